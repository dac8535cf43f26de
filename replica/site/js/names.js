// Class names: component names are stable, the hashes around them change with every build.
import { config } from "./config.js";

/** FNV-1a of *text* in base 36: the same as replica/serving/classes.py, so that shell and scripts agree. */
export function hash(text) {
  let value = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) {
    value ^= byte;
    value = Math.imul(value, 0x01000193) >>> 0;
  }
  return value.toString(36);
}

const PREFIX = { a: "tiktok", b: "css", c: "css" };

function component(name) {
  const inner = hash(`${config.build}|${name}`).slice(0, 6);
  const build = config.era === "c" ? `${config.build}--` : "";
  return `${PREFIX[config.era]}-${inner}-${build}${name}`;
}

function target(base, index) {
  const kept = config.classes === "2022" ? base : "e" + hash(`${config.build}|target|${base}`);
  return kept + index;
}

/**
 * The class attribute for a spec of words: "DivName" (capital first: a component) becomes
 * "css-hash-DivName"; "e1hk3hf9.0" (a component's mark and its index) keeps its letters only in the
 * 2022 build; any other word stays as it is.
 */
export function className(spec) {
  return spec
    .split(" ")
    .map((word) => {
      if (/^[A-Z]/.test(word) && !word.startsWith("TUX")) return component(word);
      const mark = /^(e[a-z0-9]+)\.(\d+)$/.exec(word);
      return mark ? target(mark[1], mark[2]) : word;
    })
    .join(" ");
}
