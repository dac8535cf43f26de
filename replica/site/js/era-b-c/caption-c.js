// A caption as era c marks it up: a span a line or, in lines with links, a span a part (capture of 2026-10).
import { h } from "../dom.js";

const PARTS = /([#@][\p{L}\p{N}\p{M}_.]+)/u;
const TEXT = "TUXText TUXText--tiktok-sans";

function link(word) {
  const name = word.slice(1);
  const tag = word.startsWith("#");
  return h(
    "a",
    {
      e2e: "search-common-link",
      "aria-label": tag ? `Watch more videos of the ${name} category` : `Watch more videos from user ${word}`,
      c: "link-a11y-focus",
      href: tag ? `/tag/${name}` : `/@${name}`,
    },
    h("p", { c: `${TEXT} TUXText--weight-medium e1gw1eda.0` }, word),
  );
}

function text(place, words) {
  return h("span", { c: `${TEXT} e1gw1eda.0`, e2e: `desc-span-${place}` }, words);
}

function line(words, at) {
  const parts = words.split(PARTS);
  if (parts.length === 1) return [text(at, words)];
  return parts.map((part, n) => (n % 2 ? link(part) : part || n ? text(`${at}_${n}`, part) : null));
}

/** The parts of *desc*. */
export function captionC(desc) {
  return desc.split("\n").map((words, at) => [at ? h("br") : null, line(words, at)]);
}
