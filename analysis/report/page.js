// Tables sort by the heading pressed (numbers by value, text by letters, what is missing last) and are saved as CSV.
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
