// The site's own number format (site notes 7.1): rounded half-up, one decimal, ".0" dropped.
import { config } from "../config.js";

const WRAP = 2 ** 32;

function short(n, unit, letter) {
  return String(Math.round((n / unit) * 10 + 1e-9) / 10) + letter;
}

/** A count as the site prints it. A wrapped total (negative) is repaired by one wrap in eras b and c only. */
export function shown(n) {
  let value = n;
  if (value < 0 && config.era !== "a") value += WRAP;
  if (value < 10000) return String(value);
  if (value < 999999) return short(value, 1e3, "K");
  if (value < 999999999) return short(value, 1e6, "M");
  return short(value, 1e9, "B");
}

/** Count *name* of an item or a creator as text: statsV2 (2024 and later) where it is told, else stats, else null. */
export function told(name, stats, statsV2) {
  const exact = statsV2 && config.era !== "a" ? statsV2[name] : undefined;
  const value = exact === undefined || exact === null || exact === "" ? (stats || {})[name] : exact;
  if (value === undefined || value === null || value === "") return null;
  return Number.isFinite(Number(value)) ? shown(Number(value)) : String(value); // a text is printed as it came
}
