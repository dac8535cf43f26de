// The feed's first-visit tooltip (site notes 1.2, 6.7): nothing beneath it takes a click until it is answered.
import { h } from "../dom.js";
import { raise } from "./raised.js";

const TEXT = "Scroll, use the ↑ ↓ keys, or click the arrows on the right to browse your feed.";

/** Cover the page until "Got it" is pressed. */
export function showGotIt() {
  const root = h("div", { c: "DivGuidanceMask e1gu1d4n.0" });
  root.append(
    h(
      "div",
      { role: "tooltip", c: "DivScrollGuidance e1gu1d4n.1" },
      h("p", { c: "PGuidance e1gu1d4n.2" }, TEXT),
      h(
        "button",
        { type: "button", c: "TUXButton TUXButton--medium ButtonGuidance e1gu1d4n.3", on: { click: () => root.remove() } },
        "Got it",
      ),
    ),
  );
  raise("got-it", root);
}
