// The page's own requests and the parameters that real ones carry (site notes 5.1).
import { config } from "./config.js";

function common() {
  return {
    aid: "1988",
    app_language: "en",
    app_name: "tiktok_web",
    browser_language: "en-US",
    browser_name: "Mozilla",
    browser_online: "true",
    browser_platform: "Linux x86_64",
    channel: "tiktok_web",
    cookie_enabled: "true",
    device_id: config.webId,
    device_platform: "web_pc",
    focus_state: "true",
    from_page: "fyp",
    history_len: String(history.length),
    is_fullscreen: "false",
    is_page_visible: "true",
    language: "en",
    odinId: config.webId,
    os: "linux",
    priority_region: "",
    referer: "",
    region: config.region,
    screen_height: String(screen.height),
    screen_width: String(screen.width),
    tz_name: "UTC",
    user_is_login: "false",
    webcast_language: "en",
  };
}

function guestViews() {
  const seen = Number(localStorage.getItem("w_g_fyp_vv") || 0);
  localStorage.setItem("w_g_fyp_vv", String(seen + 1));
  return String(seen);
}

/** The next list of the For You feed; the first pull asks for 9 items, later ones for 30. */
export async function fetchList(pull) {
  const query = new URLSearchParams({
    ...common(),
    count: pull === 0 ? "9" : "30",
    coverFormat: "2",
    cursor: "0",
    device_type: "web_h264",
    insertedItemID: "",
    itemID: "",
    isNonPersonalized: "false",
    pullType: pull === 0 ? "1" : "2",
    recommendType: "",
    vv_count_fyp: guestViews(),
    watchLiveLastTime: "",
  });
  return listAt(`/api/recommend/item_list/?${query}`);
}

async function listAt(address) {
  const reply = await fetch(address, { credentials: "include" });
  if (!reply.ok) throw new Error(`list answered ${reply.status}`);
  const text = await reply.text();
  return text ? JSON.parse(text) : null;
}

function preloadAddress() {
  return `/api/preload/item_list/?${new URLSearchParams({ ...common(), count: "3", cursor: "0", itemID: "" })}`;
}

/** The next list of the feed where the preload brings it. */
export function fetchPreloaded() {
  return listAt(preloadAddress());
}

/** Ask for a few TikToks ahead of time; nothing is made of the reply. */
export function fetchPreload() {
  return fetch(preloadAddress(), { credentials: "include" }).catch(() => null);
}

/** Ask for a TikTok's comments, as the viewer does; nothing is made of the reply. */
export function fetchComments(item) {
  const query = new URLSearchParams({ ...common(), aweme_id: item.id, count: "20", cursor: "0" });
  return fetch(`/api/comment/list/?${query}`, { credentials: "include" }).catch(() => null);
}

/** A creator's userInfo, or null where the reply is empty or tells none. */
export async function fetchCreator(item, signal) {
  const query = new URLSearchParams({ ...common(), abTestVersion: "", secUid: item.secUid, uniqueId: item.handle });
  const reply = await fetch(`/api/user/detail/?${query}`, { credentials: "include", signal });
  const text = await reply.text();
  const info = text ? JSON.parse(text).userInfo : null;
  return info && info.stats ? info : null;
}
