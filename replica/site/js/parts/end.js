// The end of the feed, in the site's own words (2022 and 2025).
import { h } from "../dom.js";

/** p "You've reached the end of your feed". */
export function endNote() {
  return h(
    "div",
    { c: "DivEndOfFeed e1end0fd.0" },
    h("p", { c: "PEndOfFeed e1end0fd.1" }, "You've reached the end of your feed"),
  );
}
