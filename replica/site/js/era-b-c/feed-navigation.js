// The two round arrows beside the column; they stay in the page beneath a full-screen view, with the same labels as its.
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

const LATE = config.era === "c";

export class FeedNavigation {
  /** `step(direction)` is called on a click. */
  constructor(step) {
    this.previous = this.button("prev", "Previous video", "up", () => step(-1));
    this.next = this.button("next", "Next video", "down", () => step(1));
    const shells = [
      [this.previous, "prev"],
      [this.next, "next"],
    ].map(([tap, name]) => (LATE ? h("div", { "data-key-interaction": `feed_nav_${name}` }, tap) : tap));
    this.root = h(
      "aside",
      { c: "AsideNavigation e1col7yz.2" },
      h("div", { c: "DivFeedNavigationContainer e1col7yz.4" }, shells),
    );
  }

  button(name, label, picture, click) {
    return h(
      "button",
      {
        e2e: LATE ? `feed-navigation-${name}` : null,
        "aria-label": label,
        type: "button",
        c: "TUXButton TUXButton--capsule ButtonFeedNavigation e1col7yz.5",
        on: { click },
      },
      icon(picture, 24),
    );
  }

  /** Whether the post on screen is the first. */
  first(is) {
    this.previous.disabled = is;
  }
}
