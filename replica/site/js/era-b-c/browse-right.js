// The right half of era b's browse mode: creator, texts, counts, tabs (capture 2025-03).
import { avatar } from "../parts/avatar.js";
import { action, copyLink, copyText, shareGroup } from "../parts/browse-parts.js";
import { caption } from "../parts/caption.js";
import { config } from "../config.js";
import { placeStyle } from "../parts/creator-link.js";
import { dateText } from "../parts/dates.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

/** The creator: picture, name, nickname, date, follow button; *n* numbers the places of moving links. */
export function infoBar(item, n) {
  const mark = item.verified
    ? h(
        "span",
        { width: "14", height: "14", e2e: "browse-bluev", c: "SpanVerifyBadgeContainer e1aglo37.0" },
        icon("tick", 14),
      )
    : null;
  return h(
    "div",
    { c: "DivInfoContainer evv7pft.0", style: placeStyle(n) },
    h(
      "a",
      {
        rel: "opener",
        target: "_self",
        e2e: "browse-user-avatar",
        c: "evv7pft.6 link-a11y-focus",
        href: `/@${item.handle}`,
      },
      avatar(item, 40),
    ),
    h(
      "a",
      { target: "_self", rel: "opener", c: "StyledLink evv7pft.4 link-a11y-focus", href: `/@${item.handle}` },
      h(
        "span",
        { e2e: "browse-username", c: "SpanUniqueId evv7pft.1" },
        h("span", { c: "SpanEllipsis evv7pft.2" }, item.handle),
        mark,
      ),
      h("br"),
      h(
        "span",
        { e2e: "browser-nickname", c: "SpanOtherInfos evv7pft.3" },
        h("span", { c: "SpanEllipsis evv7pft.2" }, item.name),
        h("span", { style: "margin: 0px 4px;" }, " · "),
        h("span", {}, dateText(item.created)),
      ),
    ),
    h(
      "div",
      { e2e: "browse-follow", c: "DivBtnWrapper evv7pft.7" },
      h(
        "button",
        { c: "Button e1v8cfre.0" },
        h("div", { c: "ButtonContent e1v8cfre.2" }, h("div", { c: "ButtonLabel e1v8cfre.3" }, "Follow")),
      ),
    ),
  );
}

function music(item) {
  if (!item.music) return null;
  const label = `Watch more videos with music ${item.music.text}`;
  const text = h("div", { c: "DivMusicText epjbyn.3" }, item.music.text);
  return h(
    "h4",
    { e2e: "browse-music", c: "H4Link epjbyn.0" },
    h(
      "a",
      {
        target: "_self",
        rel: "opener",
        "aria-label": label,
        c: "StyledLink epjbyn.1 link-a11y-focus",
        href: item.music.path,
      },
      icon("music", 16),
      text,
    ),
  );
}

/** Caption and audio. */
export function description(item) {
  return h(
    "div",
    { c: "DivMainContent e1mecfx0.1" },
    h(
      "div",
      { c: "DivWrapper e1mzilcj.0" },
      h(
        "div",
        { c: "DivText e1mzilcj.1", style: "max-height: unset;" },
        h(
          "div",
          { c: "DivBtnWrapper e1mzilcj.4" },
          h("button", { type: "button", c: "ButtonExpand e1mzilcj.2" }, "more"),
        ),
        h(
          "div",
          { c: "DivOverflowContainer e1mzilcj.5" },
          h("div", { e2e: "browse-video-desc", c: "DivDescriptionContentContainer ejg0rhn.1" }, caption(item.desc)),
        ),
      ),
    ),
    music(item),
    h(
      "div",
      { c: "DivAnchorTagWrapper e1sksq2r.0" },
      item.ad ? h("div", { e2e: "ad-tag", c: "DivAdTag e1sksq2r.1" }, "Sponsored") : null,
    ),
  );
}

/** Counts, share links, and the address to copy. */
export function counts(item) {
  const { likes, comments, saves } = item.counts;
  const saved = h(
    "div",
    { "aria-expanded": "false", "aria-haspopup": "dialog" },
    action({ name: "undefined", count: saves, picture: "save" }),
  );
  return h(
    "div",
    { c: "DivMainContent e1mecfx0.1" },
    h(
      "div",
      { c: "DivContainer ehlq8k3.0" },
      h(
        "div",
        { c: "DivFlexCenterRow-StyledWrapper ehlq8k3.2" },
        h(
          "div",
          { c: "DivFlexCenterRow ehlq8k3.1", style: "gap: 20px;" },
          action({
            name: "browse-like",
            count: likes,
            picture: "like",
            label: `${likes ?? ""} Likes`,
            pressed: "false",
          }),
          action({ name: "browse-comment", count: comments, picture: "comment", disabled: true }),
          saved,
        ),
        shareGroup(["repost", "embed", "message", "whatsapp", "facebook"], copyText(item, config.webId), true),
      ),
      copyLink(item, config.webId),
    ),
  );
}

function tab(text) {
  return h("div", { c: "DivTabItemContainer e1aa9wve.1" }, h("div", { c: "DivTabItem e1aa9wve.2" }, text));
}

/** "Comments (1234)", unabbreviated, and "Creator videos". */
export function tabs(item) {
  return h(
    "div",
    { c: "DivTabMenuWrapper e1aa9wve.4" },
    h(
      "div",
      { c: "DivTabMenuContainer e1aa9wve.0" },
      tab(`Comments (${item.counts.allComments})`),
      tab("Creator videos"),
    ),
    h("div", { c: "DivBorder e1aa9wve.3" }),
  );
}
