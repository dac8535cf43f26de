// One post of the one-column feed (eras b and c), also used inside cinema mode (site notes 1.2, 1.2b).
import { config } from "../config.js";
import { avatar } from "../parts/avatar.js";
import { caption } from "../parts/caption.js";
import { clock, dateText } from "../parts/dates.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { liveSection } from "../parts/live-card.js";
import { photos } from "../parts/photos.js";
import { poster, toggle, wrapper } from "../parts/player.js";

const LATE = config.era === "c";

function creatorInfo(item) {
  const name = LATE
    ? [
        h(
          "span",
          { c: "SpanCreatorName e1g8q3v.4" },
          h("p", { c: "TUXText TUXText--tiktok-sans" }, item.handle),
          ` · ${dateText(item.created)}`,
        ),
      ]
    : [h("h3", { e2e: "video-author-uniqueid", c: "H3AuthorTitle emt6k1z.0" }, item.handle)];
  const date = LATE ? null : h("span", { c: "SpanOtherInfos emt6k1z.3" }, ` · ${dateText(item.created)}`);
  return h(
    "div",
    { c: "DivCreatorInfoContainer e1g8q3v.3" },
    h("a", { c: "StyledAuthorAnchor link-a11y-focus", href: `/@${item.handle}` }, name),
    date,
  );
}

function overlayTop(item) {
  const menu = LATE ? { "data-more-menu-item-id": item.id } : {};
  const volume = h(
    "button",
    { "aria-label": "Volume", "aria-pressed": "true", e2e: LATE ? null : "video-sound", c: "ButtonVolume e1g8q3v.6" },
    icon("sound", 22),
  );
  return h(
    "div",
    { c: "DivMediaCardOverlayTop e1g8q3v.5" },
    LATE ? h("div", { "data-key-interaction": "video_mute" }, volume) : volume,
    h("div", { ...menu, role: "button", "aria-label": "More", c: "DivEllipsis e1g8q3v.7" }, icon("more", 22)),
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
  return h(
    "div",
    { mode: "0", c: "DivContainer e1yey0rl.0" },
    poster(item),
    h("div", { c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 0)),
  );
}

function media(item, index, onMedia) {
  const size = item.wide ? { width: "100", height: "56.25" } : { width: "56.25", height: "100" };
  const attributes = LATE ? { id: `media-card-${index}` } : {};
  const section = h(
    "section",
    {
      ...attributes,
      e2e: "feed-video",
      shape: item.wide ? "horizontal" : "vertical",
      tabindex: "0",
      role: "button",
      "aria-label": "Watch in full screen",
      c: "SectionMediaCardContainer e1g8q3v.1",
    },
    h("canvas", { ...size, c: "CanvasMediaCardPlaceholder e1g8q3v.2" }),
    h("div", { c: "BasePlayerContainer" }, player(item)),
    overlayTop(item),
    overlayBottom(item),
    progress(item),
  );
  section.addEventListener("click", (event) => {
    if (!event.target.closest("a, button")) onMedia(section);
  });
  return section;
}

function count(name, value) {
  return value === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText e1hk3hf9.2" }, value);
}

/** A count and its icon as 2026 has them: the name stands on the clickable container (site notes 1.2b). */
function lateAction({ name, value, label, picture, key, pressed }) {
  const inner = h(
    "span",
    {},
    h(
      "div",
      { "data-testid": "tux-web-icon-button-container" },
      h("button", { "data-testid": "tux-web-icon-button" }, icon(picture, 24)),
    ),
  );
  return h(
    "div",
    {
      role: "button",
      tabindex: "0",
      e2e: `${name}-icon`,
      "data-key-interaction": key,
      "aria-label": label,
      "aria-pressed": pressed,
      c: "DivActionItem e1hk3hf9.0",
    },
    inner,
    count(name, value),
  );
}

function earlyAction({ name, value, label, picture, pressed }) {
  return h(
    "button",
    { type: "button", "aria-label": label, "aria-pressed": pressed, c: "ButtonActionItem e1hk3hf9.0" },
    h("span", { e2e: `${name}-icon`, c: "SpanIconWrapper e1hk3hf9.1" }, icon(picture, 24)),
    count(name, value),
  );
}

function actions(item) {
  const { likes, comments, shares, saves } = item.counts;
  const save = LATE ? "favorite" : "undefined"; // "undefined-count" is the site's own slip of 2025
  return [
    {
      name: "like",
      value: likes,
      label: `Like video\n${likes ?? ""} likes`,
      picture: "like",
      key: "action_like",
      pressed: "false",
    },
    {
      name: "comment",
      value: comments,
      label: `Read or add comments\n${comments ?? ""} comments`,
      picture: "comment",
      key: "action_comment",
    },
    {
      name: save,
      value: saves,
      label: `Add to Favorites.\n${saves ?? ""} added to Favorites`,
      picture: "save",
      key: "action_favorite",
    },
    {
      name: "share",
      value: shares,
      label: `Share video\n${shares ?? ""} shares`,
      picture: "share",
      key: "action_share",
    },
  ].map(LATE ? lateAction : earlyAction);
}

function actionBar(item) {
  const disc =
    item.music && item.music.path
      ? h(
          "a",
          {
            e2e: "video-music",
            "aria-label": `Watch more videos with music ${item.music.text}`,
            c: "AMusicDisc e1g8q3v.14 link-a11y-focus",
            href: item.music.path,
          },
          icon("music", 18),
        )
      : null;
  return h(
    "section",
    { c: "SectionActionBarContainer e1g8q3v.12" },
    h(
      "div",
      { c: "DivAvatarActionItemContainer e1g8q3v.13" },
      h("a", { e2e: "video-author-avatar", c: "link-a11y-focus", href: `/@${item.handle}` }, avatar(item, 48)),
      h("button", { e2e: "feed-follow", "aria-label": "Follow", c: "ButtonFollow e1g8q3v.15" }, icon("plus", 12)),
    ),
    actions(item),
    disc,
  );
}

/** The content of an article: media and action bar; *onMedia* is called on a click on the media. */
export function postContent(item, index, onMedia = toggle) {
  if (item.kind === "live") return h("div", { c: "DivContentFlexLayout e1g8q3v.0" }, liveSection(item));
  return h("div", { c: "DivContentFlexLayout e1g8q3v.0" }, media(item, index, onMedia), actionBar(item));
}

/** The links of a post on which the pointer's rest opens the preview card. */
export function creatorLinks(content) {
  return [...content.querySelectorAll('a[data-e2e="video-author-avatar"], [class*="DivCreatorInfoContainer"] a')];
}
