// Browse mode of era b: tags, nesting, attributes and texts of the 2025-03 capture.
import { avatar } from "./avatar.js";
import { action, copyLink, copyText, seekBar, shareGroup } from "./browse-parts.js";
import { caption } from "./caption.js";
import { skeletons } from "./comments.js";
import { config } from "./config.js";
import { placeStyle, reuse } from "./creator-link.js";
import { dateText } from "./dates.js";
import { after, fill, h } from "./dom.js";
import { icon } from "./icons.js";
import { photos } from "./photos.js";
import { poster, wrapper } from "./player.js";

const BARE = { "data-e2e": "" };
const GUARD = "width: 1px; height: 0px; padding: 0px; overflow: hidden; position: fixed; top: 1px; left: 1px;";

function searchBar() {
  return h("div", { c: "DivSearchBarContainer e11s2kul.29" },
    h("div", { c: "DivSearchBarBackground e11s2kul.30" }),
    h("div", { c: "DivSearchFormContainer e1hi1cmj.0" },
      h("form", { e2e: "search-box", c: "search-input FormElement e14ntknm.0", action: "/search" },
        h("input", {
          placeholder: "Find related content", name: "q", type: "search", autocomplete: "off", role: "combobox", "aria-controls": "",
          "aria-label": "Find related content", "aria-expanded": "false", "aria-autocomplete": "list", e2e: "search-user-input", c: "InputElement e14ntknm.3", value: "",
        }),
        h("span", { c: "SpanSpliter e14ntknm.6" }),
        h("button", { e2e: "search-box-button", type: "submit", "aria-label": "Search", c: "ButtonSearch e14ntknm.7" },
          h("div", { c: "DivSearchIconContainer e14ntknm.8" }, icon("search", 20, BARE))),
        h("div", { c: "DivBrowserModeInputBorder e14ntknm.2" }))));
}

function arrow(side, label, picture, onClick) {
  const attributes = { e2e: `arrow-${side}`, role: "button", "aria-label": label, c: "ButtonBasicButtonContainer-StyledVideoSwitch e11s2kul.10" };
  return h("button", { ...attributes, on: { click: onClick } }, icon(picture, 26, BARE));
}

function player(item) {
  if (item.kind === "photo") return photos(item);
  return h("div", { mode: "2", c: "DivContainer e1yey0rl.0" }, poster(item),
    h("div", { e2e: "browse-video", c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 2)));
}

function media(item) {
  return [player(item), seekBar(item, true),
    h("div", { c: "DivVideoControlTop e1rpry1m.7" }, h("div", { c: "DivVideoClosedCaptionContainer e11s2kul.31" })),
    h("div", { c: "DivVideoControlBottom e1rpry1m.6" })];
}

function infoBar(item, n) {
  const mark = item.verified ? h("span", { width: "14", height: "14", e2e: "browse-bluev", c: "SpanVerifyBadgeContainer e1aglo37.0" }, icon("tick", 14)) : null;
  return h("div", { c: "DivInfoContainer evv7pft.0", style: placeStyle(n) },
    h("a", { rel: "opener", target: "_self", e2e: "browse-user-avatar", c: "1q3wyxm evv7pft.6 link-a11y-focus", href: `/@${item.handle}` }, avatar(item, 40)),
    h("a", { target: "_self", rel: "opener", c: "StyledLink evv7pft.4 link-a11y-focus", href: `/@${item.handle}` },
      h("span", { e2e: "browse-username", c: "SpanUniqueId evv7pft.1" }, h("span", { c: "SpanEllipsis evv7pft.2" }, item.handle), mark),
      h("br"),
      h("span", { e2e: "browser-nickname", c: "SpanOtherInfos evv7pft.3" },
        h("span", { c: "SpanEllipsis evv7pft.2" }, item.name), h("span", { style: "margin: 0px 4px;" }, " · "), h("span", {}, dateText(item.created)))),
    h("div", { e2e: "browse-follow", c: "DivBtnWrapper evv7pft.7" },
      h("button", { c: "Button e1v8cfre.0" }, h("div", { c: "ButtonContent e1v8cfre.2" }, h("div", { c: "ButtonLabel e1v8cfre.3" }, "Follow")))));
}

function music(item) {
  if (!item.music) return null;
  const label = `Watch more videos with music ${item.music.text}`;
  const text = h("div", { c: "DivMusicText epjbyn.3" }, item.music.text);
  return h("h4", { e2e: "browse-music", c: "H4Link epjbyn.0" },
    h("a", { target: "_self", rel: "opener", "aria-label": label, c: "StyledLink epjbyn.1 link-a11y-focus", href: item.music.path }, icon("music", 16), text));
}

function description(item) {
  return h("div", { c: "DivMainContent e1mecfx0.1" },
    h("div", { c: "DivWrapper e1mzilcj.0" },
      h("div", { c: "DivText e1mzilcj.1", style: "max-height: unset;" },
        h("div", { c: "DivBtnWrapper e1mzilcj.4" }, h("button", { type: "button", c: "ButtonExpand e1mzilcj.2" }, "more")),
        h("div", { c: "DivOverflowContainer e1mzilcj.5" },
          h("div", { e2e: "browse-video-desc", c: "DivDescriptionContentContainer ejg0rhn.1" }, caption(item.desc))))),
    music(item),
    h("div", { c: "DivAnchorTagWrapper e1sksq2r.0" }, item.ad ? h("div", { e2e: "ad-tag", c: "DivAdTag e1sksq2r.1" }, "Sponsored") : null));
}

function counts(item) {
  const { likes, comments, saves } = item.counts;
  const saved = h("div", { "aria-expanded": "false", "aria-haspopup": "dialog" }, action({ name: "undefined", count: saves, picture: "save" }));
  return h("div", { c: "DivMainContent e1mecfx0.1" },
    h("div", { c: "DivContainer ehlq8k3.0" },
      h("div", { c: "DivFlexCenterRow-StyledWrapper ehlq8k3.2" },
        h("div", { c: "DivFlexCenterRow ehlq8k3.1", style: "gap: 20px;" },
          action({ name: "browse-like", count: likes, picture: "like", label: `${likes ?? ""} Likes`, pressed: "false" }),
          action({ name: "browse-comment", count: comments, picture: "comment", disabled: true }),
          saved),
        shareGroup(["repost", "embed", "message", "whatsapp", "facebook"], copyText(item, config.webId), true)),
      copyLink(item, config.webId)));
}

function tab(text) {
  return h("div", { c: "DivTabItemContainer e1aa9wve.1" }, h("div", { c: "DivTabItem e1aa9wve.2" }, text));
}

function tabs(item) {
  return h("div", { c: "DivTabMenuWrapper e1aa9wve.4" },
    h("div", { c: "DivTabMenuContainer e1aa9wve.0" }, tab(`Comments (${item.counts.allComments})`), tab("Creator videos")),
    h("div", { c: "DivBorder e1aa9wve.3" }));
}

function controls(turn, videoWrapper, blur) {
  const previous = arrow("left", "Go to previous video", "up", () => turn.step(-1));
  const next = arrow("right", "Go to next video", "down", () => turn.step(1));
  const close = h("button", {
    role: "button", "aria-label": "Close", e2e: "browse-close", c: "ButtonBasicButtonContainer-StyledCloseIconContainer e11s2kul.6", on: { click: () => turn.close() },
  }, icon("close", 20, BARE));
  const sound = h("button", { tabindex: "0", role: "button", "aria-label": "Volume", e2e: "browse-sound", c: "ButtonVoiceControlNew e11s2kul.20" }, icon("sound", 20, BARE));
  const left = h("div", { c: "DivVideoContainer e11s2kul.24" }, searchBar(), blur, videoWrapper, close,
    h("div", { c: "DivMiniPlayerContainer e11s2kul.23" }, h("div", { c: "DivMiniPlayerButtonContainer e1vz198y.0" }, icon("full", 20))),
    h("div", { c: "DivVoiceControlContainer e11s2kul.21" }, sound),
    previous, next,
    h("div", { tabindex: "0", e2e: "browse-ellipsis", c: "DivIconWrapper e11s2kul.17" }, icon("more", 20)),
    h("div", { c: "FooterBtnWrapper e11s2kul.27" }));
  return { left, previous, next };
}

/** The view of browse mode: `root` to mount, then media() and texts() for each TikTok, ends() for the arrows. */
export function browseView(turn) {
  const blur = h("div", { c: "e11s2kul.2 StyledVideoBlurBackground" });
  const videoWrapper = h("div", { c: "DivVideoWrapper e11s2kul.3" });
  const { left, previous, next } = controls(turn, videoWrapper, blur);
  const told = h("div", { c: "DivDescriptionContentWrapper e1mecfx0.11" });
  const list = h("div", { c: "DivCommentListContainer ekjxngi.3" }, h("div", { c: "DivProfileWrapper ekjxngi.4" }, told));
  const right = h("div", { c: "DivContentContainer e1mecfx0.0" },
    h("div", { e2e: "search-comment-container", c: "DivCommentContainer ekjxngi.0" }, list),
    h("div", { c: "DivBottomCommentContainer e1mecfx0.4" }, h("div", { c: "DivLoginBar e1mecfx0.7" }, "Log in to comment")));
  const dialog = h("div", { tabindex: "0", role: "dialog", "aria-modal": "true", c: "DivBrowserModeContainer e11s2kul.0", style: "z-index: 3000;" }, left, right);
  const guard = () => h("div", { "data-focus-guard": "true", tabindex: "-1", style: GUARD });
  const root = [guard(), h("div", { "data-focus-lock-disabled": "disabled" }, dialog), guard()];
  let info = null;

  function creator(item, n) {
    const fresh = infoBar(item, n);
    if (config.link === "reused" && info) reuse(info, fresh);
    else info = fresh;
    return info;
  }

  return {
    root,
    dialog,
    media(item) {
      fill(blur, item.cover ? h("span", {}, h("picture", {}, h("img", { decoding: "async", src: item.cover }))) : null);
      fill(videoWrapper, media(item));
    },
    texts(item, n) {
      const bar = creator(item, n);
      if (bar.parentElement !== told) fill(told, bar);
      after(bar, description(item));
      after(told, counts(item));
      after(list.firstChild, tabs(item), skeletons());
      return { place: bar, links: [...bar.children].filter((child) => child.tagName === "A") };
    },
    ends(first, last) {
      previous.toggleAttribute("disabled", first);
      next.toggleAttribute("disabled", last);
    },
  };
}
