// Comments: skeletons in the 2025 view, placeholders by nobody in the 2022 view.
import { h } from "../dom.js";
import { icon } from "./icons.js";

function skeleton() {
  return h(
    "div",
    { c: "DivCommentItemSkeleton eht1nyc.1" },
    h("div", { c: "DivCommentItemSkeletonAvatar eht1nyc.2" }),
    h(
      "div",
      { c: "DivCommentItemSkeletonInfo eht1nyc.3" },
      h("div", { width: "160px", c: "DivCommentItemSkeletonLine eht1nyc.4" }),
      h("div", { height: "20px", c: "DivCommentItemSkeletonLine eht1nyc.4" }),
      h("div", { height: "12px", width: "96px", c: "DivCommentItemSkeletonLine eht1nyc.4" }),
    ),
  );
}

/** Grey boxes where an anonymous visitor's comments would load. */
export function skeletons(count = 8) {
  return h("div", { c: "DivCommentItemSkeletonContainer eht1nyc.0" }, Array.from({ length: count }, skeleton));
}

function comment(item, at) {
  const likes = (Number(item.id.slice(-4)) * (at + 3)) % 9999;
  const id = item.id.slice(0, -2) + String(10 + at);
  const more = h("div", { c: "DivMoreContainer esns4rh.1" }, h("div", { e2e: "comment-more-icon" }, icon("more", 20)));
  const like = h(
    "div",
    { c: "DivLikeWrapper ezxoskx.0" },
    h("div", { e2e: "comment-like-icon" }, icon("like", 20)),
    h(
      "span",
      { e2e: "comment-like-count", c: "SpanCount ezxoskx.2", style: "margin-left: 0px; margin-right: 0px;" },
      String(likes),
    ),
  );
  const body = h(
    "div",
    { c: "DivContentContainer e1g2efjf.1" },
    h(
      "a",
      { c: "StyledUserLinkName e1g2efjf.4", href: `/@commenter${at + 1}` },
      h("span", { e2e: "comment-username-1", c: "SpanUserNameText e1g2efjf.3" }, `Commenter ${at + 1}`),
    ),
    h("p", { e2e: "comment-level-1", c: "PCommentText e1g2efjf.6" }, h("span", {}, "comment text")),
    h(
      "p",
      { c: "PCommentSubContent e1g2efjf.8" },
      h("span", { e2e: "comment-time-1" }, `${at + 1}d ago`),
      h("span", { e2e: "comment-reply-1", c: "SpanReplyButton e1g2efjf.9" }, "Reply"),
    ),
  );
  const face = h(
    "a",
    {
      e2e: "comment-avatar-1",
      c: "StyledUserLinkAvatar e1g2efjf.5",
      href: `/@commenter${at + 1}`,
      style: "flex: 0 0 40px;",
    },
    h(
      "span",
      { shape: "circle", e2e: "", c: "SpanAvatarContainer e1e9er4e.0", style: "width: 40px; height: 40px;" },
      h("img", { loading: "lazy", c: "ImgAvatar e1e9er4e.1" }),
    ),
  );
  const replies = h(
    "div",
    { c: "DivReplyContainer eo72wou.1" },
    h(
      "div",
      { c: "DivReplyActionContainer eo72wou.2" },
      h(
        "p",
        { e2e: "view-more-1", c: "PReplyActionText eo72wou.4" },
        `View more replies (${(likes % 30) + 1})`,
        icon("down", 14),
      ),
    ),
  );
  return h(
    "div",
    { c: "DivCommentItemContainer eo72wou.0" },
    h(
      "div",
      { id, c: "DivCommentContentContainer e1g2efjf.0" },
      face,
      body,
      h("div", { c: "DivActionContainer esns4rh.0" }, more, like),
    ),
    replies,
  );
}

/** The comment list of 2022's browse mode. Their like counts are decoys for whoever takes the first number. */
export function commentList(item) {
  const count = Math.min(6, item.counts.allComments);
  return h(
    "div",
    { c: "DivCommentListContainer ekjxngi.0" },
    Array.from({ length: count }, (_, at) => comment(item, at)),
  );
}

/** The composer under them: the capture's visitor was logged in. Nothing can be written here. */
export function composer() {
  const input = h(
    "div",
    { e2e: "comment-input", c: "DivInputAreaContainer e1rzzhjk.2" },
    h("div", { e2e: "comment-text", c: "DivInputEditorContainer e1rzzhjk.3" }, "Add comment..."),
    h("div", { e2e: "comment-at-icon", c: "DivMentionButton e1rzzhjk.4" }, icon("person", 20)),
    h("div", { e2e: "comment-emoji-icon", c: "DivEmojiButton e1rzzhjk.5" }, icon("face", 20)),
  );
  return h(
    "div",
    { c: "DivBottomCommentContainer e1mecfx0.4" },
    h(
      "div",
      { c: "DivCommentContainer e1rzzhjk.0" },
      h("div", { c: "DivLayoutContainer e1rzzhjk.1" }, input),
      h("div", { e2e: "comment-post", c: "DivPostButton e1rzzhjk.6" }, "Post"),
    ),
  );
}
