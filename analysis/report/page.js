// Tables sort by the heading pressed (numbers by value, text by letters, what is missing last) and are saved as CSV;
// figures open large; what is broader than the screen says that it scrolls.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => {
      const now = heading.getAttribute("aria-sort");
      const next = now ? (now === "ascending" ? "descending" : "ascending") : first(heading);
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", next);
      const direction = next === "ascending" ? 1 : -1;
      const rows = [...table.tBodies[0].rows].map((row, at) => ({ row, at, cell: row.cells[column] }));
      rows.sort((a, b) => compare(a.cell, b.cell, direction) || a.at - b.at);
      table.tBodies[0].append(...rows.map(({ row }) => row));
    });
  });
}

// The greatest number is looked for more often than the least, a name from the start of the alphabet.
function first(heading) {
  return heading.classList.contains("number") ? "descending" : "ascending";
}

function compare(a, b, direction) {
  const [left, right] = [a, b].map((cell) => cell?.dataset.v);
  const [noLeft, noRight] = [left === "" || !a, right === "" || !b];
  if (noLeft || noRight) return noLeft - noRight;
  const order = left !== undefined && right !== undefined
    ? Number(left) - Number(right)
    : a.textContent.localeCompare(b.textContent, "en", { numeric: true });
  return order * direction;
}

// What goes on to the left or to the right of its box.
const boxes = new ResizeObserver((seen) => seen.forEach(({ target }) => tell(target.closest(".scroll, .plot"))));
for (const box of document.querySelectorAll(".scroll, .plot")) {
  box.addEventListener("scroll", () => tell(box), { passive: true });
  boxes.observe(box);
  boxes.observe(box.firstElementChild);
}

function tell(box) {
  const beyond = box.scrollWidth - box.clientWidth;
  box.classList.toggle("wide", beyond > 1);
  box.classList.toggle("more-left", beyond > 1 && box.scrollLeft > 1);
  box.classList.toggle("more-right", beyond > 1 && box.scrollLeft < beyond - 1);
}

// A figure pressed, or its button, opens as large as the screen; on a phone larger, to be moved about.
const large = document.createElement("dialog");
large.className = "large";
document.body.append(large);
for (const box of document.querySelectorAll(".plot")) {
  const caption = box.parentElement.querySelector("figcaption");
  const enlarge = button("Enlarge", () => enlarged(box));
  enlarge.className = "enlarge";
  enlarge.setAttribute("aria-label", `Enlarge ${box.getAttribute("aria-label")}`);
  box.classList.add("opens");
  box.addEventListener("click", () => enlarged(box));
  caption.append(" ", enlarge);
}

function enlarged(box) {
  large.setAttribute("aria-label", box.getAttribute("aria-label"));
  large.replaceChildren(button("Close", () => large.close()), box.querySelector(".drawn").cloneNode(true));
  large.showModal();
}

function button(told, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = told;
  made.addEventListener("click", act);
  return made;
}

// A number's button is a box to the browser, which would part it from the bracket before it and the stop after it.
for (const fact of document.querySelectorAll("button.fact")) {
  const note = document.getElementById(fact.getAttribute("popovertarget"));
  const [opened, closed] = [ends(fact.previousSibling, /[(]$/), ends(note.nextSibling, /^[).,;:]+/)];
  if (!opened && !closed) continue;
  const whole = document.createElement("span");
  whole.className = "whole";
  fact.before(whole);
  whole.append(opened, fact, note, closed);
}

// A link to what is folded unfolds it, also where the browser would not by itself.
function unfold() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  let opened = false;
  for (let part = target?.closest("details:not([open])"); part; part = part.closest("details:not([open])")) {
    part.open = opened = true;
  }
  if (opened) target.scrollIntoView();
}
addEventListener("hashchange", unfold);
unfold();

// Paper cannot be pressed: what is folded is unfolded for it.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details:not([open])")];
  folded.forEach((part) => { part.open = true; });
});
addEventListener("afterprint", () => folded.forEach((part) => { part.open = false; }));

// What of *text* matches, taken away from it.
function ends(text, pattern) {
  const found = text?.nodeType === Node.TEXT_NODE ? text.data.match(pattern)?.[0] ?? "" : "";
  if (found) text.data = text.data.replace(pattern, "");
  return found;
}

// A table's link holds its CSV compressed. Unpacked here; a browser that cannot (or without scripts) saves the .csv.gz.
if (typeof DecompressionStream === "function") {
  for (const link of document.querySelectorAll("a.csv")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      save(link.getAttribute("href"), link.dataset.file);
    });
  }
}

async function save(address, name) {
  const packed = Uint8Array.from(atob(address.slice(address.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const plain = await new Response(stream).arrayBuffer();
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([plain], { type: "text/csv;charset=utf-8" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // the browser has begun to read it by then
}
