// A dialog that no list of obstacles knows: it asks for a consent that is nobody's but the visitor's to give.
import { h } from "../dom.js";
import { raise } from "./raised.js";

/** Cover the page; its one button agrees to something. */
export function showCover() {
  const root = h("div", { c: "DivNoticeMask e1n0t1ce.0" });
  root.append(
    h(
      "div",
      { role: "dialog", "aria-modal": "true", "aria-label": "Notice", c: "DivNoticeContainer e1n0t1ce.1" },
      h("h2", { c: "H2NoticeTitle e1n0t1ce.2" }, "Confirm your age"),
      h("p", { c: "PNotice e1n0t1ce.3" }, "A new law asks us to check how old you are before you go on."),
      h(
        "button",
        { type: "button", c: "TUXButton TUXButton--medium ButtonNotice e1n0t1ce.4", on: { click: () => root.remove() } },
        "Agree and continue",
      ),
    ),
  );
  raise("cover", root);
}
