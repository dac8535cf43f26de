// A caption cut into text, hashtags and mentions, marked up as each era does.
import { config } from "../config.js";
import { h } from "../dom.js";

const PARTS = /([#@][\p{L}\p{N}\p{M}_.]+)/u;

function link(word) {
  const href = word.startsWith("#") ? `/tag/${word.slice(1)}` : `/@${word.slice(1)}`;
  const late = config.era !== "a";
  const strong = h(
    "strong",
    { c: late ? "StrongText ejg0rhn.2" : "StrongText ejg0rhn.1", color: late ? "rgba(143, 190, 233, 1)" : null },
    `${word} `,
  );
  const attributes = late
    ? {
        e2e: "search-common-link",
        target: "_self",
        rel: "opener",
        "aria-label": `Watch more videos ${word.startsWith("#") ? "tagged with" : "from user"} ${word}`,
        c: "StyledCommonLink ejg0rhn.6 link-a11y-focus",
        href,
      }
    : { c: "StyledCommonLink ejg0rhn.4", href };
  return h("a", attributes, strong);
}

/** The parts of *desc*: texts in the element the caller's view uses for them, links between. */
export function caption(desc, textAttributes = { c: "SpanText efbd9f.0" }) {
  const parts = desc.split(PARTS);
  const nodes = parts.map((part, at) => (at % 2 ? link(part) : part ? h("span", textAttributes, part) : null));
  if (config.era === "a" && parts.length > 1 && !parts.at(-1)) nodes.push(h("span", textAttributes));
  return nodes;
}
