// Browse mode of era a: tags, nesting, attributes and texts of the 2022-08 capture.
import { avatar } from "../parts/avatar.js";
import { action, copyLink, copyText, seekBar, shareGroup } from "../parts/browse-parts.js";
import { caption } from "../parts/caption.js";
import { commentList, composer } from "../parts/comments.js";
import { config } from "../config.js";
import { placeStyle, reuse } from "../parts/creator-link.js";
import { dateText } from "../parts/dates.js";
import { after, fill, h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { className } from "../names.js";
import { photos } from "../parts/photos.js";
import { wrapper } from "../parts/player.js";

const SHARES = ["embed", "message", "whatsapp", "facebook", "twitter"];

function player(item) {
  if (item.kind === "photo") return photos(item);
  return h(
    "div",
    { mode: "2", c: "DivContainer e1yey0rl.0" },
    h("img", { mode: "2", src: item.cover || null, alt: item.desc, loading: "lazy", c: "ImgPoster e1yey0rl.1" }),
    h("div", { e2e: "browse-video", c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 2)),
  );
}

function infoBar(item, n) {
  return h(
    "div",
    { c: "DivInfoContainer evv7pft.0", style: placeStyle(n) },
    h("a", { e2e: "browse-user-avatar", c: "evv7pft.5", href: `/@${item.handle}` }, avatar(item, 40)),
    h(
      "a",
      { c: "StyledLink evv7pft.3", href: `/@${item.handle}` },
      h("span", { e2e: "browse-username", c: "SpanUniqueId evv7pft.1" }, item.handle),
      h("br"),
      h(
        "span",
        { e2e: "browser-nickname", c: "SpanOtherInfos evv7pft.2" },
        item.name,
        h("span", { style: "margin: 0px 4px;" }, " · "),
        h("span", {}, dateText(item.created)),
      ),
    ),
    h("button", { type: "button", e2e: "browse-follow", c: "evv7pft.6 Button-StyledFollowButton ehk74z0.0" }, "Follow"),
  );
}

function mainContent(item) {
  const { likes, comments } = item.counts;
  const music =
    item.music &&
    h(
      "h4",
      { e2e: "browse-music", c: "H4Link epjbyn.0" },
      h("a", { href: item.music.path }, icon("music", 16), item.music.text),
    );
  return h(
    "div",
    { c: "DivMainContent e1mecfx0.1" },
    h(
      "div",
      { e2e: "browse-video-desc", c: "DivContainer ejg0rhn.0" },
      caption(item.desc),
      item.ad ? h("span", { e2e: "ad-tag", c: "SpanAdTag ejg0rhn.9" }, "Sponsored") : null,
    ),
    music || null,
    h(
      "div",
      { c: "DivContainer ehlq8k3.0" },
      h(
        "div",
        { c: "DivFlexCenterRow-StyledWrapper ehlq8k3.2" },
        h(
          "div",
          { c: "DivFlexCenterRow ehlq8k3.1" },
          action({ name: "browse-like", count: likes, picture: "like" }),
          action({ name: "browse-comment", count: comments, picture: "comment", disabled: true }),
        ),
        shareGroup(SHARES, copyText(item, config.webId), false),
      ),
      copyLink(item, config.webId),
    ),
  );
}

function volume() {
  return h(
    "div",
    { c: "DivVoiceControlContainer e11s2kul.26" },
    h(
      "div",
      { c: "DivVolumeControlContainer e1exqkaz.0" },
      h("div", { c: "DivVolumeControlProgress e1exqkaz.1" }),
      h("div", { c: "DivVolumeControlCircle e1exqkaz.3", style: "transform: translateY(-57.6px);" }),
      h("div", { c: "DivVolumeControlBar e1exqkaz.2", style: "transform: scaleY(0.8);" }),
    ),
    h("button", { e2e: "browse-sound", c: "ButtonVoiceControlNew e11s2kul.25" }, icon("sound", 20)),
  );
}

/** The view of browse mode: the same parts as era-b-c/browse.js gives. */
export function browseView(turn) {
  const blur = h("div", { c: "DivBlurBackground e11s2kul.8" });
  const videoWrapper = h("div", { c: "DivVideoWrapper e11s2kul.9" });
  const arrow = (side, picture, direction) =>
    h(
      "button",
      {
        e2e: `arrow-${side}`,
        c: "ButtonBasicButtonContainer-StyledVideoSwitchV2 e11s2kul.15",
        on: { click: () => turn.step(direction) },
      },
      icon(picture, 26),
    );
  const previous = arrow("left", "up", -1);
  const next = arrow("right", "down", 1);
  const close = h(
    "button",
    {
      e2e: "browse-close",
      c: "ButtonBasicButtonContainer-StyledCloseIconContainer e11s2kul.12",
      on: { click: () => turn.close() },
    },
    icon("close", 20),
  );
  const play = icon("play", 70, { "data-e2e": "browse-video-play", class: className("SvgPlayIcon e11s2kul.10") });
  const logo = icon("logo", 40, { "data-e2e": "browse-logo", class: className("StyledLogo e11s2kul.13") });
  const left = h(
    "div",
    { c: "DivVideoContainer e11s2kul.27" },
    blur,
    videoWrapper,
    play,
    close,
    logo,
    volume(),
    previous,
    next,
    h("div", { e2e: "browse-report", c: "DivReportText e11s2kul.22" }, icon("flag", 20), "Report"),
  );
  const right = h("div", { c: "DivContentContainer e1mecfx0.0" });
  let info = null;

  return {
    root: [h("div", { c: "DivBrowserModeContainer e11s2kul.0" }, left, right)],
    media(item) {
      blur.style.backgroundImage = item.cover ? `url("${item.cover}")` : "";
      fill(
        videoWrapper,
        player(item),
        seekBar(item, false),
        h("div", { c: "DivVideoControlTop e1rpry1m.7" }),
        h("div", { c: "DivVideoControlBottom e1rpry1m.6" }),
      );
    },
    texts(item, n) {
      const fresh = infoBar(item, n);
      if (config.link === "reused" && info) reuse(info, fresh);
      else fill(right, (info = fresh));
      after(info, mainContent(item), commentList(item), composer());
      return { place: info, links: [...info.children].filter((child) => child.tagName === "A") };
    },
    ends(first, last) {
      previous.toggleAttribute("disabled", first);
      next.toggleAttribute("disabled", last);
    },
  };
}
