// A post of the one-column feed as era b has it (site notes 1.2).
import { avatar } from "../parts/avatar.js";
import { caption } from "../parts/caption.js";
import { clock, dateText } from "../parts/dates.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { photos } from "../parts/photos.js";
import { isBroken, poster, trouble, wrapper } from "../parts/player.js";

function creatorInfo(item) {
  return h(
    "div",
    { c: "DivCreatorInfoContainer e1g8q3v.3" },
    h(
      "a",
      { c: "StyledAuthorAnchor link-a11y-focus", href: `/@${item.handle}` },
      h("h3", { e2e: "video-author-uniqueid", c: "H3AuthorTitle emt6k1z.0" }, item.handle),
    ),
    h("span", { c: "SpanOtherInfos emt6k1z.3" }, ` · ${dateText(item.created)}`),
  );
}

function overlayTop() {
  return h(
    "div",
    { c: "DivMediaCardOverlayTop e1g8q3v.5" },
    h(
      "button",
      { "aria-label": "Volume", "aria-pressed": "true", e2e: "video-sound", c: "ButtonVolume e1g8q3v.6" },
      icon("sound", 22),
    ),
    h("div", { role: "button", "aria-label": "More", c: "DivEllipsis e1g8q3v.7" }, icon("more", 22)),
  );
}

function overlayBottom(item) {
  return h(
    "div",
    { c: "DivMediaCardOverlayBottomSection e1g8q3v.8" },
    creatorInfo(item),
    h(
      "div",
      { e2e: "video-desc", c: "DivDescriptionContentContainer ejg0rhn.1" },
      caption(item.desc, { e2e: "new-desc-span", style: "font-weight: 400;" }),
    ),
    item.ad ? h("div", { e2e: "ad-tag", c: "DivAdTag e1g8q3v.9" }, "Sponsored") : null,
    h("button", { type: "button", c: "ButtonExpand e1mzilcj.2" }, "more"),
  );
}

function progress(item) {
  const time = h("div", { c: "DivSeekBarTimeContainer e1g8q3v.11" }, `00:02 / ${clock(item.duration)}`);
  return h("div", { c: "DivVideoProgressContainer e1g8q3v.10" }, time);
}

function player(item) {
  if (item.kind === "photo") return photos(item);
  if (isBroken(item)) return trouble();
  return h(
    "div",
    { mode: "0", c: "DivContainer e1yey0rl.0" },
    poster(item),
    h("div", { c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 0)),
  );
}

/** The section of the media, with what lies over them. */
export function mediaB(item) {
  const size = item.wide ? { width: "100", height: "56.25" } : { width: "56.25", height: "100" };
  return h(
    "section",
    {
      e2e: "feed-video",
      shape: item.wide ? "horizontal" : "vertical",
      tabindex: "0",
      role: "button",
      "aria-label": "Watch in full screen",
      c: "SectionMediaCardContainer e1g8q3v.1",
    },
    h("canvas", { ...size, c: "CanvasMediaCardPlaceholder e1g8q3v.2" }),
    h("div", { c: "BasePlayerContainer" }, player(item)),
    overlayTop(),
    overlayBottom(item),
    progress(item),
  );
}

function action({ name, value, label, picture, pressed }) {
  return h(
    "button",
    { type: "button", "aria-label": label, "aria-pressed": pressed, c: "ButtonActionItem e1hk3hf9.0" },
    h("span", { e2e: `${name}-icon`, c: "SpanIconWrapper e1hk3hf9.1" }, icon(picture, 24)),
    value === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText e1hk3hf9.2" }, value),
  );
}

function actions({ likes, comments, shares, saves }) {
  return [
    { name: "like", value: likes, label: `Like video\n${likes ?? ""} likes`, picture: "like", pressed: "false" },
    { name: "comment", value: comments, label: `Read or add comments\n${comments ?? ""} comments`, picture: "comment" },
    // "undefined-count" is the site's own slip of 2025
    { name: "undefined", value: saves, label: `Add to Favorites.\n${saves ?? ""} added to Favorites`, picture: "save" },
    { name: "share", value: shares, label: `Share video\n${shares ?? ""} shares`, picture: "share" },
  ].map(action);
}

function disc(music) {
  if (!music || !music.path) return null;
  return h(
    "a",
    {
      e2e: "video-music",
      "aria-label": `Watch more videos with music ${music.text}`,
      c: "AMusicDisc e1g8q3v.14 link-a11y-focus",
      href: music.path,
    },
    icon("music", 18),
  );
}

/** The section of the counts. */
export function actionBarB(item) {
  return h(
    "section",
    { c: "SectionActionBarContainer e1g8q3v.12" },
    h(
      "div",
      { c: "DivAvatarActionItemContainer e1g8q3v.13" },
      h("a", { e2e: "video-author-avatar", c: "link-a11y-focus", href: `/@${item.handle}` }, avatar(item, 48)),
      h("button", { e2e: "feed-follow", "aria-label": "Follow", c: "ButtonFollow e1g8q3v.15" }, icon("plus", 12)),
    ),
    actions(item.counts),
    disc(item.music),
  );
}
