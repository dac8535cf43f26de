// The media of a post as era c has them, element by element as in the capture of 2026-10 (site notes 1.2c).
import { captionC } from "./caption-c.js";
import { clock, dateText } from "../parts/dates.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { photos } from "../parts/photos.js";
import { isBroken, poster, trouble, wrapper } from "../parts/player.js";

const TEXT = "TUXText TUXText--tiktok-sans";
const NAME = `${TEXT} TUXText--weight-medium e1gw1eda.0`;
const ROUND = "TUXButton TUXButton--capsule TUXButton--medium TUXButton--secondary";
const LONG = 60; // characters of a caption that has "more" under it

function roundButton(attributes, picture) {
  const inner = h("div", { class: "TUXButton-iconContainer" }, icon(picture, 22));
  return h("button", attributes, h("div", { class: "TUXButton-content" }, inner));
}

function overlayTop(item, onEnter) {
  const volume = { c: `${ROUND} action-item`, "aria-label": "Volume", tabindex: "-1" };
  const menu = { c: `${ROUND} eco3q8z.0 action-item`, e2e: "more-menu-icon", "data-more-menu-item-id": item.id };
  const entry = { c: `${ROUND} e1cb0yqt.1 action-item`, e2e: "cinema-mode-entry", "aria-label": "Enter full screen" };
  return h(
    "div",
    { c: "DivMediaCardOverlayTop e1vama6v.2" },
    h("div", { tabindex: "0", c: "DivVolume edr45th.0" }, h("div", {}, roundButton(volume, "sound"))),
    h(
      "div",
      { c: "DivMediaCardControls e1vama6v.3" },
      h("div", {}, roundButton(menu, "more")),
      onEnter ? h("div", {}, roundButton({ ...entry, on: { click: onEnter } }, "full")) : null,
    ),
  );
}

function link(item, inner) {
  return h("a", { c: "link-a11y-focus", href: `/@${item.handle}` }, inner);
}

/** Who made it: the display name, alone. In cinema mode the handle with the date, as tools have it. */
function creatorInfo(item, cinema) {
  const inner = cinema
    ? h("span", { c: "SpanCreatorName e1g8q3v.4" }, h("p", { c: NAME }, item.handle), ` · ${dateText(item.created)}`)
    : h("div", {}, h("p", { c: NAME }, item.name));
  return h("div", { c: "DivCreatorInfoContainer edkiopa.0" }, link(item, inner));
}

function description(item) {
  const long = item.desc.length > LONG || item.desc.includes("\n");
  return h(
    "div",
    { c: "DivDescription e1v001d4.0" },
    h(
      "div",
      { c: "DivMultilineText e1bn5aw2.0" },
      h("div", { c: "DivTextContainer e1bn5aw2.1" }, h("div", { e2e: "video-desc", c: "e11y6mls.1" }, captionC(item.desc))),
      long ? h("button", { c: "ButtonExpand e1bn5aw2.3" }, "more") : null,
    ),
    long ? h("p", { c: `${TEXT} TUXText--weight-medium e7uvjjg.0 e1gw1eda.0` }, "See translation") : null,
  );
}

/** The audio of somebody else, over the media; a creator's own is a disc in the action bar. */
function audioLink({ music }) {
  if (!music || !music.path || music.original) return null;
  const label = `Watch more videos with music ${music.text}`;
  return h(
    "div",
    { c: "DivMusicLink ew21clu.0" },
    h(
      "a",
      { "aria-label": label, c: "link-a11y-focus", href: music.path },
      h("div", { c: "ew21clu.1" }, h("p", { c: `${TEXT} ew21clu.2 e1gw1eda.0` }, music.text)),
    ),
  );
}

function overlayBottom(item, cinema) {
  const parts = h(
    "div",
    { c: "DivMediaCardBottomParts e1vama6v.5" },
    item.music && !item.music.original ? h("div", { c: "e1nv076w.0" }) : null,
    h("div", { c: "e1epcu8u.0" }),
    creatorInfo(item, cinema),
    description(item),
    item.ad ? h("div", { e2e: "ad-tag", c: "DivAdTag e1g8q3v.9" }, "Sponsored") : null,
    audioLink(item),
  );
  const held = h("div", { c: "e1vama6v.4" }, parts, h("div", { c: "e1vama6v.6" }));
  return h("div", { c: "DivMediaCardOverlayBottomSection e1vama6v.1" }, held);
}

function progress(item) {
  const time = item.kind === "photo" ? "00:00 / 00:00" : `00:02 / ${clock(item.duration)}`;
  const slider = h(
    "div",
    { c: "eer0cdn.1" },
    h("div", { tabindex: "0", role: "slider", "aria-label": "Video progress", c: "eer0cdn.3" }),
    h("div", { c: "eer0cdn.4" }),
  );
  return h(
    "div",
    { c: "DivVideoProgressContainer eer0cdn.0" },
    h("p", { c: "TUXText TUXText--tiktok-display TUXText--weight-bold e10i2kxg.0 e1gw1eda.0" }, time),
    h("div", { c: "eer0cdn.5" }, h("div", { c: "eer0cdn.2" }), slider),
  );
}

function player(item) {
  if (item.kind === "photo") return photos(item);
  if (isBroken(item)) return trouble();
  return h(
    "div",
    { c: "DivPlayerBox e1sq7r4z.0" },
    poster(item, "DivPoster etuqjjj.0"),
    h("div", { c: "DivBasicPlayerWrapper e1sq7r4z.2" }, wrapper(item, 0)),
  );
}

/** The section of the media. *onEnter*: what the entry to cinema mode does; null: there is no entry. */
export function mediaC(item, index, { onEnter, cinema }) {
  const size = item.wide ? { width: "100", height: "56.25" } : { width: "56.25", height: "100" };
  return h(
    "section",
    {
      id: `media-card-${index}`,
      tabindex: "0",
      "aria-label": "Watch in full screen",
      e2e: "feed-video",
      c: "SectionMediaCardContainer ezfgn9c.0",
    },
    h("canvas", { ...size, c: "CanvasMediaCardPlaceholder e1g8q3v.2" }),
    h("div", { c: "DivBasePlayerContainer e1gen9l3.3" }, player(item)),
    h("div", { c: "DivMediaCardOverlay e1vama6v.0" }, overlayTop(item, onEnter), overlayBottom(item, cinema)),
    progress(item),
  );
}
