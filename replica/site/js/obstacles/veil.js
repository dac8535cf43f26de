// A notice that is no dialog and has no way past: it lies over the post, and keys and wheel stop at it.
import { h } from "../dom.js";
import { raise } from "./raised.js";

const stop = (event) => {
  event.stopImmediatePropagation();
  event.preventDefault();
};

/** Cover the post and leave the edges free, where the buttons of the views are. */
export function showVeil() {
  const root = h(
    "div",
    { c: "DivUpdateVeil e1ve1l00.0" },
    h("p", { c: "PUpdateVeil e1ve1l00.1" }, "We are getting things ready for you"),
  );
  for (const kind of ["keydown", "wheel"]) addEventListener(kind, stop, { capture: true, passive: false });
  raise("veil", root);
}
