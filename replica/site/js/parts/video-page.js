// A TikTok's own page, /@user/video/ID opened directly: names of feed and viewer mixed (captures 2022-08, 2025-06).
import { avatar } from "./avatar.js";
import { caption } from "./caption.js";
import { config } from "../config.js";
import { clock, dateText } from "./dates.js";
import { h } from "../dom.js";
import { icon } from "./icons.js";
import { photos } from "./photos.js";
import { poster, wrapper } from "./player.js";
import { PreviewCard } from "./preview-card.js";

const EARLY = config.era === "a";

function player(item) {
  if (item.kind === "photo") return photos(item);
  const inner = EARLY
    ? h("img", { mode: "4", src: item.cover || null, alt: item.desc, loading: "lazy", c: "ImgPoster e1yey0rl.1" })
    : poster(item);
  return h(
    "div",
    { mode: "4", c: "DivContainer e1yey0rl.0" },
    inner,
    h("div", { c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 4)),
  );
}

function action(name, picture, count, boxed) {
  const button = h(
    "button",
    { type: "button", c: "ButtonActionItem edu4zum.0", style: EARLY ? null : "margin-bottom: 0px;" },
    h("span", { e2e: `${name}-icon`, c: "SpanIconWrapper edu4zum.1" }, icon(picture, 24)),
    count === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText edu4zum.2" }, count),
  );
  return boxed ? h("div", { "aria-expanded": "false", "aria-haspopup": "dialog" }, button) : button;
}

function actions({ likes, comments, saves, shares }) {
  const save = EARLY ? null : action("undefined", "save", saves, true);
  return h(
    "div",
    { c: EARLY ? "DivActionItemContainer ean6quk.0" : "DivActionItemContainer er2ywmz.0" },
    action("like", "like", likes),
    action("comment", "comment", comments),
    save,
    action("share", "share", shares),
  );
}

function arrows() {
  const arrow = (side, picture) =>
    h(
      "button",
      { e2e: `arrow-${side}`, disabled: side === "left", c: "ButtonSwitchButton e1djgv9u.1" },
      icon(picture, 20),
    );
  return h(
    "div",
    { c: "DivVideoSwitchWrapper e1djgv9u.0", style: "margin: auto; position: relative; transform: unset;" },
    arrow("left", "up"),
    arrow("right", "down"),
  );
}

function infoBar(item) {
  const nickname = EARLY ? item.name : h("span", { c: "SpanNickName e17fzhrb.1" }, item.name);
  return h(
    "div",
    { c: "DivInfoContainer e17fzhrb.0" },
    h(
      "a",
      { e2e: "browse-user-avatar", c: "e17fzhrb.5 link-a11y-focus", href: `/@${item.handle}` },
      avatar(item, EARLY ? 40 : 48),
    ),
    h(
      "a",
      { c: "StyledLink e17fzhrb.2 link-a11y-focus", href: `/@${item.handle}` },
      h("span", { e2e: "browse-username", c: "SpanUniqueId evv7pft.1" }, item.handle),
      h("br"),
      h(
        "span",
        { e2e: "browser-nickname", c: "SpanOtherInfos evv7pft.3" },
        nickname,
        h("span", { style: "margin: 0px 4px;" }, " · "),
        h("span", {}, dateText(item.created)),
      ),
    ),
    h("button", { e2e: "browse-follow", c: "e17fzhrb.6 Button-StyledFollowButtonTux e1v8cfre.0" }, "Follow"),
  );
}

function videoInfo(item) {
  const text = item.music && (EARLY ? item.music.text : h("div", { c: "DivMusicText epjbyn.3" }, item.music.text));
  const music =
    item.music &&
    h(
      "h4",
      { e2e: "browse-music", c: "H4Link epjbyn.0" },
      h("a", { c: "StyledLink epjbyn.1 link-a11y-focus", href: item.music.path }, icon("music", 16), text),
    );
  return h(
    "div",
    { c: "DivVideoInfoContainer eqrezik.3" },
    h(
      "div",
      { e2e: "browse-video-desc", c: "DivDescriptionContentContainer ejg0rhn.1" },
      caption(item.desc, EARLY ? undefined : { e2e: "new-desc-span", style: "font-weight: 400;" }),
    ),
    music || null,
  );
}

/** When the video has ended: "Next video in 3", and on (here: away with it, for no next one is known). */
function countdown(box) {
  let left = 3;
  const title = h("div", { c: "DivVideoCountdownTitle eebq5cu.12" }, `Next video in ${left}`);
  const cover = h(
    "div",
    { c: "DivVideoCountdown eebq5cu.0 mask-enter-done" },
    title,
    h("div", { c: "DivVideoPlayNowBtn eebq5cu.13" }, "Play now"),
  );
  box.append(cover);
  const ticking = setInterval(() => {
    left -= 1;
    title.textContent = `Next video in ${left}`;
    if (left > 0) return;
    clearInterval(ticking);
    cover.remove();
  }, 1000);
}

/** The page's main part around *item*; *unavailable* when the site has no such TikTok. */
export function videoPage(item) {
  if (!item) return unavailable();
  const bar = infoBar(item);
  const card = new PreviewCard(bar);
  for (const link of bar.querySelectorAll("a")) card.watch(link, () => item);
  const box = h(
    "div",
    { c: "DivVideoContainer eqrezik.7" },
    h("div", { e2e: EARLY ? null : "detail-video", c: "DivVideoWrapper eqrezik.6" }, player(item)),
    EARLY
      ? null
      : h(
          "div",
          {
            e2e: "more-menu",
            "aria-expanded": "false",
            "aria-haspopup": "dialog",
            c: "DivMoreMenuContainer eqrezik.19",
          },
          icon("more", 20),
        ),
    h("div", { c: "DivActionBarWrapper eqrezik.8" }, EARLY ? null : arrows(), actions(item.counts)),
    h("div", { c: "DivSeekBarTimeContainer e1ya9dnw.1" }, `00:01 / ${clock(item.duration)}`),
  );
  const video = box.querySelector("video");
  if (video && !EARLY) video.addEventListener("ended", () => countdown(box));
  const comments = h(
    "div",
    { c: "DivCommentContainer ejcng16.0" },
    h("p", { c: "PCommentTitle ejcng16.1" }, `${item.counts.allComments} comments`),
    h(
      "div",
      { c: "comment-login-bar DivLoginBar e1mecfx0.7" },
      h("span", { c: "SpanLogin eqi68xd.4" }, "Log in"),
      " to comment",
    ),
  );
  const left = h(
    "div",
    { c: "DivLeftContainer ege8lhx.3" },
    h(
      "div",
      { c: "DivPlayerContainer eqrezik.4" },
      box,
      h(
        "div",
        { c: "DivDescriptionContentWrapper-StyledDetailContentWrapper eqrezik.17" },
        h("div", { c: "DivAuthorContainer eqrezik.18" }, bar),
        videoInfo(item),
      ),
    ),
    comments,
  );
  const list = h(
    "div",
    { c: "DivVideoList ege8lhx.7" },
    h("p", { c: "PVideoListTitle ege8lhx.9" }, EARLY ? "Recommended videos" : "You may like"),
  );
  return h(
    "div",
    { id: "main-content-video_detail", c: "DivMainContainer elnrzms.0" },
    h("div", { c: "DivVideoDetailContainer ege8lhx.0" }, h("div", { c: "DivContentContainer ege8lhx.2" }, left, list)),
  );
}

function unavailable() {
  return h(
    "div",
    { id: "main-content-video_detail", c: "DivMainContainer elnrzms.0" },
    h("div", { c: "DivErrorContainer emuynwa.0" }, h("p", { c: "PTitle emuynwa.1" }, "Video currently unavailable")),
  );
}
