// Browse mode of era b: tags, nesting, attributes and texts of the 2025-03 capture.
import { controls, media } from "./browse-left.js";
import { counts, description, infoBar, tabs } from "./browse-right.js";
import { skeletons } from "../parts/comments.js";
import { config } from "../config.js";
import { reuse } from "../parts/creator-link.js";
import { after, fill, h } from "../dom.js";

const GUARD = "width: 1px; height: 0px; padding: 0px; overflow: hidden; position: fixed; top: 1px; left: 1px;";

/** The view of browse mode: `root` to mount, then media() and texts() for each TikTok, ends() for the arrows. */
export function browseView(turn) {
  const blur = h("div", { c: "e11s2kul.2 StyledVideoBlurBackground" });
  const videoWrapper = h("div", { c: "DivVideoWrapper e11s2kul.3" });
  const { left, previous, next } = controls(turn, videoWrapper, blur);
  const told = h("div", { c: "DivDescriptionContentWrapper e1mecfx0.11" });
  const list = h(
    "div",
    { c: "DivCommentListContainer ekjxngi.3" },
    h("div", { c: "DivProfileWrapper ekjxngi.4" }, told),
  );
  const right = h(
    "div",
    { c: "DivContentContainer e1mecfx0.0" },
    h("div", { e2e: "search-comment-container", c: "DivCommentContainer ekjxngi.0" }, list),
    h(
      "div",
      { c: "DivBottomCommentContainer e1mecfx0.4" },
      h("div", { c: "DivLoginBar e1mecfx0.7" }, "Log in to comment"),
    ),
  );
  const dialog = h(
    "div",
    {
      tabindex: "0",
      role: "dialog",
      "aria-modal": "true",
      c: "DivBrowserModeContainer e11s2kul.0",
      style: "z-index: 3000;",
    },
    left,
    right,
  );
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
