// What becomes of the creator's links from one TikTok to the next: replaced, reused or moving.
import { config } from "../config.js";

const PLACES = [
  [0, 0],
  [36, 24],
  [72, 0],
  [12, 60],
  [48, 96],
]; // px down, px right

/** Style that puts the n-th creator elsewhere, where the links are said to move. */
export function placeStyle(n) {
  if (config.link !== "moving") return null;
  const [down, right] = PLACES[n % PLACES.length];
  return `margin-top: ${down}px; margin-left: ${right}px;`;
}

/** Copy *fresh* into *old*, keeping *old*'s links themselves: attributes and content change, elements stay. */
export function reuse(old, fresh) {
  const links = [...old.children].filter((child) => child.tagName === "A");
  const renewed = [...fresh.children].filter((child) => child.tagName === "A");
  links.forEach((link, at) => {
    for (const { name, value } of [...renewed[at].attributes]) link.setAttribute(name, value);
    link.replaceChildren(...renewed[at].childNodes);
  });
}
