// The player: poster, wrapper whose id ends in the TikTok's id, and the video itself.
import { config } from "../config.js";
import { h } from "../dom.js";
import { hash } from "../names.js";

const COVER =
  "position: absolute; inset: 0px; box-sizing: border-box; display: block; margin: auto; min-width: 100%; max-width: 100%; min-height: 100%; max-height: 100%; object-fit: contain;";

/** The poster of eras b and c, in its spans; *mode* is the player's: 0 feed, 2 viewer, 4 stand-alone page. */
export function poster(item, c = null) {
  const image = h("img", {
    alt: item.desc,
    fetchpriority: "auto",
    decoding: "async",
    src: item.cover || null,
    "imagex-type": "react",
    "imagex-version": "0.3.10",
    style: COVER,
  });
  return h(
    "div",
    { c },
    h(
      "span",
      { style: "box-sizing: border-box; display: block; position: absolute; inset: 0px;" },
      h("picture", {}, image),
    ),
  );
}

function video(item) {
  const element = h("video", {
    class: "",
    autoplay: true,
    playsinline: true,
    "x5-playsinline": "true",
    "webkit-playsinline": "true",
    mediatype: "video",
    preload: "auto",
    style: "width: 100%; height: 100%; position: absolute; top: 0px; left: 0px;",
  });
  element.muted = true;
  if (!item.play) return element;
  if (config.era === "a") element.src = item.play;
  else element.append(h("source", { class: "", src: item.play, type: "", "data-index": "1" }));
  return element;
}

function bars() {
  return ["top", "left", "right"].map((side) => h("xg-bar", { class: `xg-${side}-bar`, "data-index": "-1" }));
}

/** div#xgwrapper-MODE-ID > video. */
export function wrapper(item, mode) {
  if (config.era === "a") {
    const attributes = {
      id: `xgwrapper-${mode}-${item.id}`,
      class: "xgplayer-container xgplayer xgplayer-pc no-controls xgplayer-playing",
      style: "width: 100%; height: 100%;",
    };
    return h("div", attributes, video(item), bars());
  }
  const inner = config.era === "c" && mode === 0 ? h("div", {}, video(item)) : video(item);
  return h("div", { id: `xgwrapper-${mode}-${item.id}`, class: "xgplayer-container tiktok-web-player" }, inner);
}

/** Whether *item*'s video is one of those that can't be played. */
export function isBroken(item) {
  return parseInt(hash(`broken|${item.id}`), 36) / 2 ** 32 < config.brokenPlayers;
}

/** What stands in the player's place then: no wrapper, so no id (site notes 6.7). */
export function trouble() {
  const text = "We're having trouble playing this video. Please refresh and try again.";
  return h("div", { c: "DivPlayerError e1tr0ub1.0" }, h("p", { c: "StyledErrorText e1tr0ub1.1" }, text));
}

/** Let the first click or key after it pause or play. */
export function toggle(scope) {
  const element = scope.querySelector("video");
  if (!element) return;
  if (element.paused) element.play().catch(() => {});
  else element.pause();
}
