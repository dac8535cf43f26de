// The player: poster, wrapper whose id ends in the TikTok's id, and the video itself.
import { config } from "../config.js";
import { h } from "../dom.js";

const COVER =
  "position: absolute; inset: 0px; box-sizing: border-box; display: block; margin: auto; min-width: 100%; max-width: 100%; min-height: 100%; max-height: 100%; object-fit: contain;";

/** The poster of eras b and c, in its spans; *mode* is the player's: 0 feed, 2 viewer, 4 stand-alone page. */
export function poster(item) {
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
    {},
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
  return h("div", { id: `xgwrapper-${mode}-${item.id}`, class: "xgplayer-container tiktok-web-player" }, video(item));
}

/** Let the first click or key after it pause or play. */
export function toggle(scope) {
  const element = scope.querySelector("video");
  if (!element) return;
  if (element.paused) element.play().catch(() => {});
  else element.pause();
}
