// Tables sort by the heading pressed: numbers by their value, text by its letters, what is missing always last.
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
