// A banner that floats over the foot of the page, where a post's creator and caption are (site notes 6.7).
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { raise } from "./raised.js";

/** Float until the cross is pressed, which is no button. */
export function showFloatingBanner() {
  const root = h("div", { c: "DivFloatingBannerContainer e1fl0at1.0" });
  root.append(
    h("p", { c: "PFloatingBanner e1fl0at1.1" }, "Get the full app experience"),
    h("button", { type: "button", c: "TUXButton ButtonFloatingBanner e1fl0at1.2" }, "Get TikTok App"),
    h("div", { c: "DivIconCloseContainer e1fl0at1.3", on: { click: () => root.remove() } }, icon("close", 16)),
  );
  raise("floating-banner", root);
}
