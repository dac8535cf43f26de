// Pages that hold nothing: white, or a spinner that turns for ever (capture 2026-03).
import { className } from "../names.js";

const SVG = "http://www.w3.org/2000/svg";

function clear(...instead) {
  document.getElementById("app").replaceChildren(...instead);
}

/** The page loses all it has drawn. */
export function showWhite() {
  clear();
}

function drawn(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** The page loses all it has drawn, and turns. */
export function showSpinner() {
  const box = { preserveAspectRatio: "none", viewBox: "0 0 200 200", width: "48", height: "48", style: "margin:auto" };
  const spinner = drawn("svg", { ...box, class: className("SvgContainer e12d05z4.1") });
  spinner.append(drawn("circle", { cx: "74", cy: "100", r: "26", fill: "#3AF2FF" }));
  spinner.append(drawn("circle", { cx: "126", cy: "100", r: "26", fill: "#FF1764" }));
  clear(spinner);
}
