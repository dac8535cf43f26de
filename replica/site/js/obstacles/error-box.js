// "Something went wrong" with its Refresh button, as the 2025-07 capture has it.
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

/** div.DivErrorContainer; *onRefresh* is called when its button is clicked. */
export function errorBox(onRefresh) {
  const late = config.era !== "a";
  return h(
    "div",
    { c: "DivErrorContainer emuynwa.0" },
    h("div", { style: "display: flex; font-size: 72px; fill-opacity: 0.34;" }, icon("face", 72)),
    h("p", { c: late ? "PTitle emuynwa.1" : "PErrorTitle emuynwa.1" }, "Something went wrong"),
    h("p", { c: late ? "PDesc emuynwa.2" : "PErrorDesc emuynwa.2" }, "Sorry about that! Please try again later."),
    h("button", { type: "button", c: "emuynwa.3 Button-StyledButton ehk74z0.0", on: { click: onRefresh } }, "Refresh"),
  );
}
