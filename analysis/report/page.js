// Tables sort by the heading pressed: numbers by their value, text by its letters, what is missing always last.
"use strict";
for (const table of document.querySelectorAll("table.sortable")) {
  const headings = [...table.tHead.rows[0].cells];
  headings.forEach((heading, column) => {
    heading.querySelector("button").addEventListener("click", () => {
      const down = heading.getAttribute("aria-sort") === "descending" ? 1 : -1;
      headings.forEach((other) => other.removeAttribute("aria-sort"));
      heading.setAttribute("aria-sort", down === 1 ? "ascending" : "descending");
      const rows = [...table.tBodies[0].rows].map((row, at) => ({ row, at, cell: row.cells[column] }));
      rows.sort((a, b) => compare(a.cell, b.cell, down) || a.at - b.at);
      table.tBodies[0].append(...rows.map(({ row }) => row));
    });
  });
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
