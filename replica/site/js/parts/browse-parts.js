// Parts of browse mode that both of its eras have.
import { clock } from "./dates.js";
import { h } from "../dom.js";
import { icon } from "./icons.js";

/** The address that "Copy link" copies, as it is printed under the counts. */
export function copyText(item, webId) {
  return `https://www.tiktok.com${item.path}?is_from_webapp=1&sender_device=pc&web_id=${webId}`;
}

/** Seek bar and "00:01/02:27". */
export function seekBar(item, aria) {
  const progress = aria
    ? { tabindex: "0", role: "slider", "aria-label": "progress bar", "aria-valuenow": "0", "aria-valuetext": "00:00" }
    : {};
  return h(
    "div",
    { c: "DivVideoControlContainer e1rpry1m.5" },
    h(
      "div",
      { c: "DivSeekBarContainer e1rpry1m.0" },
      h("div", { ...progress, c: "DivSeekBarProgress e1rpry1m.2" }),
      h("div", { c: "DivSeekBarCircle e1rpry1m.4", style: "left: calc(4%);" }),
      h("div", { c: "DivSeekBar e1rpry1m.3", style: "transform: scaleX(0.04) translateY(-50%);" }),
    ),
    h("div", { c: "DivSeekBarTimeContainer e1rpry1m.1" }, `00:01/${clock(item.duration)}`),
  );
}

/** A count's button; the count's element is left out where the site was not told it. */
export function action({ name, count, picture, disabled, label, pressed }) {
  return h(
    "button",
    { type: "button", disabled, "aria-label": label, "aria-pressed": pressed, c: "ButtonActionItem e1hk3hf9.0" },
    h("span", { e2e: `${name}-icon`, c: "SpanIconWrapper e1hk3hf9.1" }, icon(picture, 20)),
    count === null ? null : h("strong", { e2e: `${name}-count`, c: "StrongText e1hk3hf9.2" }, count),
  );
}

const SHARES = {
  repost: ["share", "Repost", () => "#"],
  embed: ["flag", "Embed", () => "#"],
  message: ["comment", "Send to friends", () => "#"],
  whatsapp: ["comment", "Share on WhatsApp", (url) => `https://wa.me/?text=${url}`],
  facebook: [
    "face",
    "Share on Facebook",
    (url) => `https://www.facebook.com/sharer/sharer.php?display=popup&sdk=joey&u=${url}`,
  ],
  twitter: ["share", "Share on Twitter", (url) => `https://twitter.com/intent/tweet?refer_source=${url}&text=${url}`],
};

/** The row of share links; browse mode shows no share count (site notes 2.1). */
export function shareGroup(names, address, labels) {
  const links = names.map((name) => {
    const [picture, label, href] = SHARES[name];
    const outside = href("").length > 1;
    return h(
      "a",
      {
        id: labels ? `icon-element-${name}` : null,
        mode: "0",
        href: href(encodeURIComponent(address)),
        target: outside ? "_blank" : null,
        rel: outside ? "noopener noreferrer" : null,
        e2e: `video-share-${name}`,
        "aria-label": labels ? label : null,
        c: "AShareLink e15mchsh.0",
      },
      icon(picture, 20, labels ? { "data-e2e": "" } : {}),
    );
  });
  const button = h(
    "button",
    { "aria-expanded": labels ? "false" : null, "aria-label": labels ? "Share" : null, c: "ButtonShare ehlq8k3.7" },
    icon("share", 20),
  );
  return h("div", { e2e: "browse-share-group", c: "DivFlexCenterRow ehlq8k3.1" }, links, button);
}

/** The TikTok's own address as text, and the button that copies it. */
export function copyLink(item, webId) {
  return h(
    "div",
    { c: "DivCopyLinkContainer ehlq8k3.3" },
    h("p", { e2e: "browse-video-link", c: "PCopyLinkText ehlq8k3.4" }, copyText(item, webId)),
    h("button", { e2e: "browse-copy", c: "ButtonCopyLink ehlq8k3.6" }, "Copy link "),
  );
}
