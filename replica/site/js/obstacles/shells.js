// What is in every page and is no obstacle: empty modal shells, and the cookie banner's element (site notes 6.3, 6.4).
import { config } from "../config.js";
import { h } from "../dom.js";

function modalShell(layer) {
  const mask = h("div", { c: "DivModalMask e1gjoq3k.1" });
  return h("div", { c: "DivModalContainer e1gjoq3k.0", style: `z-index: ${layer}; position: fixed;` }, mask);
}

class CookieBanner extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const early = config.era === "a";
    const root = this.attachShadow({ mode: "open" });
    const button = (text) => {
      const element = document.createElement("button");
      element.textContent = text;
      element.addEventListener("click", () => root.replaceChildren());
      return element;
    };
    const style = document.createElement("style");
    style.textContent =
      ".tiktok-cookie-banner{position:fixed;left:0;right:0;bottom:0;z-index:2000;background:#1f1f1f;color:#fff;padding:14px 24px;display:flex;gap:12px;align-items:center;font:14px sans-serif}p{flex:1;margin:0}button{border:0;border-radius:4px;padding:8px 14px;font-weight:600;cursor:pointer}";
    const box = document.createElement("div");
    box.className = "tiktok-cookie-banner";
    const text = document.createElement("p");
    text.textContent = early
      ? "Accept cookies from TikTok on this browser?"
      : "Allow cookies from TikTok on this browser?";
    const names = early ? ["Decline all", "Accept all"] : ["Decline optional cookies", "Allow all"];
    box.append(text, ...names.map(button));
    root.append(style, ...(config.cookieBanner ? [box] : []));
  }
}

/** Put the shells at the end of body; the banner's element is in it whether or not a banner shows. */
export function addShells() {
  customElements.define("tiktok-cookie-banner", CookieBanner);
  const layer = config.era === "a" ? 1001 : 3001;
  const banner = document.createElement("tiktok-cookie-banner");
  for (const [name, value] of Object.entries({
    locale: "en",
    "user-config-ele-id": "tiktok-cookie-banner-config",
    disabled: "false",
  }))
    banner.setAttribute(name, value);
  // None of the 2026 captures has the modal shells or the banner.
  if (config.era === "c") return;
  document.body.append(modalShell(layer), modalShell(layer), modalShell(10010), banner, modalShell(layer));
  if (config.era === "b")
    document.body.append(h("div", { id: "tiktok-verify-ele", inert: "true", "aria-hidden": "true" }));
}
