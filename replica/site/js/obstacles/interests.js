// "Choose your interests": a picker over the feed, whose tiles lie where one would click on a post (site notes 6.7).
import { h } from "../dom.js";
import { raise } from "./raised.js";

const INTERESTS = [
  ...["Singing & Dancing", "Comedy", "Sports", "Anime & Comics", "Relationship", "Shows"],
  ...["Lipsync", "Daily Life", "Beauty Care", "Games", "Society", "Outfit"],
];

function tile(name) {
  const made = h("button", { type: "button", "aria-pressed": "false", c: "ButtonInterest e1nte5t0.4" }, name);
  made.addEventListener("click", () => {
    made.setAttribute("aria-pressed", String(made.getAttribute("aria-pressed") !== "true"));
  });
  return made;
}

/** Cover the page until Skip or Done is pressed. */
export function showInterests() {
  const root = h("div", { c: "DivInterestMask e1nte5t0.0" });
  const close = () => root.remove();
  const button = (text, mark) =>
    h("button", { type: "button", c: `TUXButton TUXButton--medium ButtonInterestEnd ${mark}`, on: { click: close } }, text);
  root.append(
    h(
      "div",
      { role: "dialog", "aria-modal": "true", c: "DivInterestContainer e1nte5t0.1" },
      h("h2", { c: "H2InterestTitle e1nte5t0.2" }, "Choose your interests"),
      h("div", { c: "DivInterestTiles e1nte5t0.3" }, INTERESTS.map(tile)),
      h("div", { c: "DivInterestEnds e1nte5t0.5" }, button("Skip", "e1nte5t0.6"), button("Done", "e1nte5t0.7")),
    ),
  );
  raise("interests", root);
}
