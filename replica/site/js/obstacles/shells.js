// What is in every page and is no obstacle: empty modal shells, and the cookie banner's element (site notes 6.3, 6.4).
import { config } from "../config.js";
import { h } from "../dom.js";
import { bannerElement } from "./cookie-banner.js";

function modalShell(layer) {
  const mask = h("div", { c: "DivModalMask e1gjoq3k.1" });
  return h("div", { c: "DivModalContainer e1gjoq3k.0", style: `z-index: ${layer}; position: fixed;` }, mask);
}

/** Put the shells at the end of body; the banner's element is in it whether or not a banner shows. */
export function addShells() {
  const layer = config.era === "a" ? 1001 : 3001;
  // None of the 2026 captures has the modal shells or the banner.
  if (config.era === "c") return;
  document.body.append(modalShell(layer), modalShell(layer), modalShell(10010), bannerElement(), modalShell(layer));
  if (config.era === "b")
    document.body.append(h("div", { id: "tiktok-verify-ele", inert: "true", "aria-hidden": "true" }));
}
