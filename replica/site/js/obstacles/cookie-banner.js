// The cookie banner: an element with an open shadow root (captures), and the same in the page itself (site notes 6.7).
import { config } from "../config.js";
import { lower, raise } from "./raised.js";

const STYLE =
  ".tiktok-cookie-banner{position:fixed;left:0;right:0;bottom:0;z-index:2000;background:#1f1f1f;color:#fff;padding:14px 24px;display:flex;gap:12px;align-items:center;font:14px sans-serif}.tiktok-cookie-banner p{flex:1;margin:0}.tiktok-cookie-banner button{border:0;border-radius:4px;padding:8px 14px;font-weight:600;cursor:pointer}";

function make(tag, text = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  return made;
}

function banner(close) {
  const early = config.era === "a";
  const box = make("div");
  box.className = "tiktok-cookie-banner";
  const names = early ? ["Decline all", "Accept all"] : ["Decline optional cookies", "Allow all"];
  const buttons = names.map((name) => {
    const button = make("button", name);
    button.addEventListener("click", close);
    return button;
  });
  box.append(make("p", `${early ? "Accept" : "Allow"} cookies from TikTok on this browser?`), ...buttons);
  return box;
}

class CookieBanner extends HTMLElement {
  connectedCallback() {
    if (!this.shadowRoot) this.attachShadow({ mode: "open" }).append(make("style", STYLE));
  }

  show() {
    const box = banner(() => {
      box.remove();
      lower(this);
    });
    this.shadowRoot.append(box);
  }
}

/** The banner's element, which shows nothing yet. */
export function bannerElement() {
  if (!customElements.get("tiktok-cookie-banner")) customElements.define("tiktok-cookie-banner", CookieBanner);
  const made = document.createElement("tiktok-cookie-banner");
  for (const [name, value] of Object.entries({
    locale: "en",
    "user-config-ele-id": "tiktok-cookie-banner-config",
    disabled: "false",
  }))
    made.setAttribute(name, value);
  return made;
}

/** Show it in its shadow root. */
export function showCookieBanner() {
  const element = document.querySelector("tiktok-cookie-banner") || bannerElement();
  raise("cookie-banner", element);
  element.show();
}

/** Show it in the page itself. */
export function showLightCookieBanner() {
  const root = make("div");
  root.append(
    make("style", STYLE),
    banner(() => root.remove()),
  );
  raise("cookie-banner-light", root);
}
