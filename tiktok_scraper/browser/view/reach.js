// Where an element can be pressed: a point of it that nothing else covers. Else what lies there in its place.
// reach(elements, prefer) -> {x, y} in CSS pixels of the viewport, or {cover: {...}}, or null where none is drawn.
const reach = (elements) => {
  const parts = [0.5, 0.25, 0.75, 0.1, 0.9];
  let cover = null;
  for (const element of elements) {
    const r = element.getBoundingClientRect();
    if (!r.width || !r.height || getComputedStyle(element).visibility !== "visible") continue;
    for (const down of parts) {
      for (const across of parts) {
        const x = r.x + r.width * across, y = r.y + r.height * down;
        if (x < 1 || y < 1 || x >= innerWidth - 1 || y >= innerHeight - 1) continue;
        const there = document.elementFromPoint(x, y);
        if (there && element.contains(there) && !inAnother(there, element)) return { x, y };
        if (there && !there.contains(element)) cover = cover || describe(there);
      }
    }
  }
  return cover ? { cover } : null;
};

// A link or a button inside the target is a target of its own.
const inAnother = (there, element) => {
  const own = there.closest('a, button, [role="button"], [role="link"], [role="slider"]');
  return Boolean(own) && own !== element && element.contains(own);
};

// What covers: the dialog that the element belongs to, else the outermost part of the page that floats above it.
const describe = (there) => {
  let floating = there;
  for (let part = there; part && part !== document.body; part = part.parentElement) {
    if (part.getAttribute("role") || part.tagName === "DIALOG") { floating = part; break; }
    if (["fixed", "absolute", "sticky"].includes(getComputedStyle(part).position)) floating = part;
  }
  const words = (floating.innerText || floating.textContent || "").trim().replace(/\s+/g, " ").slice(0, 80);
  return {
    role: floating.getAttribute("role") || floating.tagName.toLowerCase(),
    label: whole(floating.getAttribute("aria-label") || ""),
    name: floating.dataset.e2e || (floating.className && String(floating.className).split(" ").pop()) || "",
    words: whole(words),
  };
};

// Half an emoji, as a cut can leave one, is no text that a driver can hand on.
const whole = (text) => text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, "");
