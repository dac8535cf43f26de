// The action bar of a post as era c has it, element by element as in the capture of 2026-10 (site notes 1.2c).
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

const TUX = "tux-web-canary tux-interaction-container__ohUjRG_v1_8_0";
const TUX_BUTTON =
  "tux-web-canary tux-button__rFq4rS_v1_8_0 tux-button--medium__R3_Njm_v1_8_0 tux-button--capsule___8kVNR_v1_8_0";

function tuxButton(picture) {
  const shape = h("span", { c: "epsz9x8.0" }, icon(picture, 24));
  const content = h(
    "div",
    { class: "tux-button__content__naVKgq_v1_8_0" },
    h("div", { class: "tux-icon-button__JtMg7v_v1_8_0" }, shape),
  );
  const button = h("button", { class: "tux-button__element__ZBq38f_v1_8_0" }, content);
  return h("div", { class: `${TUX} ${TUX_BUTTON}` }, button);
}

/** A count and its picture: the name stands on the clickable container. */
function action(name, value, label, inner) {
  return h(
    "div",
    { role: "button", tabindex: "0", "aria-label": label, e2e: `${name}-icon`, c: "DivActionItem e12fjiy.3" },
    h("span", { c: "SpanIconWrapper e12fjiy.4" }, inner),
    value === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText e12fjiy.2" }, value),
  );
}

function held(...inner) {
  return h("div", { c: "e1ml4pxy.1" }, inner);
}

function actions({ likes, comments, shares, saves }) {
  const comment = h("div", { class: TUX }, h("button", { class: "tux-button__element__ZBq38f_v1_8_0" }, icon("comment", 24)));
  const saved = `Add to Favorites. ${saves ?? ""} added to Favorites`;
  return [
    held(action("like", likes, `Like video\n${likes ?? ""} likes`, tuxButton("like"))),
    action("comment", comments, `Read or add comments\n${comments ?? ""} comments`, comment),
    held(h("div", {}, action("favorite", saves, saved, icon("save", 24)))),
    // No shares are no number (site notes 1.2c).
    held(action("share", shares === "0" ? "Share" : shares, `Share video\n${shares ?? ""} shares`, icon("share", 24))),
  ];
}

function creatorPicture(item) {
  const image = h("img", { alt: item.handle, src: item.avatar || null, loading: "lazy", c: "ImgAvatar e1iqrkv7.1" });
  const circle = h(
    "span",
    { e2e: "", c: "SpanAvatarContainer ens6jdb.3 e1iqrkv7.0", style: "width: 48px; height: 48px;" },
    image,
  );
  return h(
    "a",
    { e2e: "video-author-avatar", c: "e1dcu8g.14 link-a11y-focus", href: `/@${item.handle}` },
    h("div", { c: "e1dcu8g.10 ens6jdb.1" }, h("div", { c: "ens6jdb.2" }, circle)),
  );
}

/** A creator's own audio; that of somebody else lies over the media. */
function disc({ music }) {
  if (!music || !music.path || !music.original) return null;
  const label = `Watch more videos with music ${music.text}`;
  return h(
    "a",
    { e2e: "video-music", "aria-label": label, c: "link-a11y-focus", href: music.path },
    h("div", { c: "DivMusicDisc e1p6ui5z.0" }, icon("music", 18)),
  );
}

/** The section of the counts. */
export function actionBarC(item) {
  return h(
    "section",
    { c: "SectionActionBarContainer e1ml4pxy.0" },
    h(
      "div",
      { c: "DivAvatarActionItemContainer elfe6iu.0" },
      creatorPicture(item),
      h("button", { c: "ButtonFollow elfe6iu.1 e11yjfl.0", e2e: "feed-follow" }, h("div", { c: "e11yjfl.2" }, icon("plus", 12))),
    ),
    actions(item.counts),
    disc(item),
  );
}
