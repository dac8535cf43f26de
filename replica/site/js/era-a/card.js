// One card of era a's feed: tags, nesting and names of the captures of 2022-03 and 2022-08.
import { avatar } from "../parts/avatar.js";
import { caption } from "../parts/caption.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { photos } from "../parts/photos.js";
import { wrapper } from "../parts/player.js";

function author(item) {
  const name =
    item.kind === "live" ? null : h("h3", { e2e: "video-author-uniqueid", c: "H3AuthorTitle emt6k1z.0" }, item.handle);
  return h(
    "div",
    { c: "DivAuthorContainer etvrc4k.6" },
    h("a", { c: "avatar-anchor etvrc4k.4", href: `/@${item.handle}` }, avatar(item, 40)),
    h(
      "a",
      { c: "StyledAuthorAnchor emt6k1z.1", href: `/@${item.handle}` },
      name,
      h("h4", { e2e: "video-author-nickname", c: "H4AuthorName emt6k1z.2" }, item.name),
    ),
  );
}

/** The text column: author, follow button, caption, music. */
function texts(item) {
  const music =
    item.music &&
    h(
      "h4",
      { e2e: "video-music", c: "H4Link epjbyn.0" },
      h("a", { href: item.music.path }, icon("music", 14), item.music.text),
    );
  return h(
    "div",
    { c: "DivTextInfoContainer etvrc4k.7" },
    author(item),
    h("button", { type: "button", e2e: "feed-follow", c: "e4an5uj.0 Button-StyledFollowButton ehk74z0.0" }, "Follow"),
    h(
      "div",
      { e2e: "video-desc", c: "DivContainer ejg0rhn.0" },
      caption(item.desc),
      item.ad ? h("span", { e2e: "ad-tag", c: "SpanAdTag ejg0rhn.9" }, "Sponsored") : null,
    ),
    music,
  );
}

/** Poster, and the player while this card plays; the wrapper's id is the card's only trace of its id. */
export function player(item, mode, playing) {
  const image = h("img", { mode, src: item.cover || null, alt: item.desc, loading: "lazy", c: "ImgPoster e1yey0rl.1" });
  const video = playing ? h("div", { c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, mode)) : null;
  return h("div", { mode, c: "DivContainer e1yey0rl.0" }, image, video);
}

function videoCard(item, onMedia) {
  const inner = item.kind === "photo" ? photos(item) : player(item, "0", false);
  return h(
    "div",
    { e2e: "feed-video", c: "DivVideoCardContainer e1bh0wg7.7", on: { click: onMedia } },
    h("canvas", {
      width: item.wide ? "100" : "56.25",
      height: item.wide ? "56.25" : "100",
      c: "CanvasVideoCardPlaceholder e1bh0wg7.0",
    }),
    h(
      "div",
      { c: "DivVideoPlayerContainer e1bh0wg7.15" },
      inner,
      h(
        "div",
        { e2e: "video-play", c: "DivPlayIconContainer-StyledDivPlayIconContainer e1bh0wg7.9" },
        icon("play", 20),
      ),
      h(
        "div",
        { c: "DivVoiceControlContainer e1bh0wg7.12" },
        h("div", { e2e: "video-sound", c: "DivMuteIconContainer e1bh0wg7.11" }, icon("sound", 24)),
      ),
      h("div", { c: "DivVideoControlBottom e1n49v43.0" }),
      h("p", { e2e: "video-report", c: "PReportText e1bh0wg7.13" }, icon("flag", 16), "Report"),
    ),
  );
}

function action(name, picture, count) {
  return h(
    "button",
    { type: "button", c: "ButtonActionItem e1hk3hf9.0" },
    h("span", { e2e: `${name}-icon`, c: "SpanIconWrapper e1hk3hf9.1" }, icon(picture, 24)),
    count === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText e1hk3hf9.2" }, count),
  );
}

function actions({ counts }) {
  return h(
    "div",
    { c: "DivActionItemContainer e1whjx9o.0" },
    action("like", "like", counts.likes),
    action("comment", "comment", counts.comments),
    action("share", "share", counts.shares),
  );
}

function liveCard(item) {
  return h(
    "div",
    { c: "DivVideoWrapper e1bh0wg7.16" },
    h(
      "a",
      { href: item.path, target: "tiktok_live_view_window", c: "ALiveLink e1live0q.1" },
      h("canvas", { width: "56.25", height: "100", c: "CanvasVideoCardPlaceholder e1bh0wg7.0" }),
      h("div", { c: "DivLiveTag e1live0q.2" }, item.tag),
    ),
  );
}

/** div[data-e2e=recommend-list-item-container]; *onMedia* is called on a click on the video. */
export function feedCard(item, onMedia) {
  const large = h(
    "a",
    { e2e: "video-author-avatar", c: "avatar-anchor etvrc4k.4", href: `/@${item.handle}` },
    avatar(item, 56),
  );
  const live = item.kind === "live";
  const media = live
    ? liveCard(item)
    : h("div", { c: "DivVideoWrapper e1bh0wg7.16" }, videoCard(item, onMedia), actions(item));
  return h(
    "div",
    { e2e: "recommend-list-item-container", c: "DivItemContainer etvrc4k.0" },
    large,
    h(
      "div",
      { c: "DivContentContainer etvrc4k.1" },
      live ? h("div", { c: "DivTextInfoContainer etvrc4k.7" }, author(item)) : texts(item),
      media,
    ),
  );
}
