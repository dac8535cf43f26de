// "Introducing keyboard shortcuts!": a panel in the corner (site notes 6.7).
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { raise } from "./raised.js";

const ROWS = [
  ["Go to previous video", "up"],
  ["Go to next video", "down"],
  ["Like video", "like"],
  ["Mute / unmute video", "sound"],
];

/** Stand in the corner until the cross is pressed, which is no button. */
export function showShortcuts() {
  const root = h("div", { c: "DivFixedBottomContainer e14p7s8h.0" });
  root.append(
    h(
      "div",
      { c: "DivKeyboardShortcutContainer e14p7s8h.1" },
      h("div", { c: "DivXMarkWrapper e14p7s8h.2", on: { click: () => root.remove() } }, icon("close", 15)),
      h("div", { c: "DivKeyboardShortcutTitle e14p7s8h.3" }, "Introducing keyboard shortcuts!"),
      ROWS.map(([text, picture]) => h("div", { c: "DivKeyboardShortcutContent e14p7s8h.4" }, text, icon(picture, 18))),
    ),
  );
  raise("shortcuts", root);
}
