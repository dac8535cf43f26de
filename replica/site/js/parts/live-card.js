// A LIVE card: no likes, a link to the room (site notes 1.2b).
import { h } from "../dom.js";
import { avatar } from "./avatar.js";
import { icon } from "./icons.js";

/** The media section of a LIVE card; its video has no end. */
export function liveSection(item) {
  const link = h(
    "a",
    { href: item.path, target: "tiktok_live_view_window", c: "ALiveLink e1live0q.1" },
    h("video", { autoplay: true, playsinline: true, muted: true, poster: item.cover || null }),
    h("div", { c: "DivLiveTag e1live0q.2" }, icon("live", 16), item.tag),
  );
  return h(
    "section",
    { e2e: "feed-video", shape: "vertical", tabindex: "0", c: "SectionMediaCardContainer e1g8q3v.1" },
    h("canvas", { width: "56.25", height: "100", c: "CanvasMediaCardPlaceholder e1g8q3v.2" }),
    h("div", { c: "BasePlayerContainer" }, link),
    h(
      "div",
      { c: "DivMediaCardOverlayBottomSection e1g8q3v.8" },
      h("a", { href: `/@${item.handle}`, c: "ALiveOwner e1live0q.3" }, avatar(item, 40), item.name),
      h("p", { c: "PLiveTitle e1live0q.4" }, item.title),
      h("button", { type: "button", c: "ButtonLive e1live0q.5" }, "LIVE"),
    ),
  );
}
