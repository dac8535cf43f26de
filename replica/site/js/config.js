// What the server told this page, and what it embedded as each era does.

export const config = Object.assign(
  {
    era: "b",
    cardDelayMs: 150,
    card: "keep",
    link: "replaced",
    classes: "random",
    hasMore: true,
    region: "US",
    swapMs: 25,
    drawMs: 0,
    viewer: "own",
    stepsBy: null,
    neighbours: "next",
    brokenPlayers: 0,
    preload: "ahead",
    guest: "guest",
    dedupe: true,
  },
  window.__replicaConfig || {},
);

function parsed(id) {
  const element = document.getElementById(id);
  return element && element.type === "application/json" ? JSON.parse(element.textContent) : null;
}

/** The first items: SIGI_STATE's (era a), those of the rehydration data (b, c), or none. */
export function embeddedItems() {
  const state = parsed("SIGI_STATE") || window.SIGI_STATE;
  if (state) {
    const list = (state.ItemList.foryou || state.ItemList.video || { list: [] }).list;
    return list.map((id) => state.ItemModule[id]);
  }
  const data = parsed("__UNIVERSAL_DATA_FOR_REHYDRATION__");
  const scope = (data && data.__DEFAULT_SCOPE__) || {};
  const detail = scope["webapp.video-detail"];
  if (detail) return detail.itemInfo ? [detail.itemInfo.itemStruct] : [];
  return scope["webapp.updated-items"] || [];
}
