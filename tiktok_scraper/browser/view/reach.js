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

// The class that tells the component, "css-1a2b-DivName"; else the last.
const componentOf = (element) => {
  const all = (element.getAttribute("class") || "").trim().split(/\s+/);
  return all.find((each) => /[A-Z][a-z]/.test(each)) || all.pop();
};

// What covers: the dialog that an element belongs to, else the outermost part that floats *within* something.
const floatingOf = (there, within) => {
  let floating = there;
  for (let part = there; part && part !== within; part = part.parentElement) {
    if (part.getAttribute("role") || part.tagName === "DIALOG") return part;
    if (["fixed", "absolute", "sticky"].includes(getComputedStyle(part).position)) floating = part;
  }
  return floating;
};

// people: it holds a post or leads to somebody (PEOPLE, signs.py), so that its words may be theirs, though it is a dialog.
const describe = (there, within = document.body) => {
  const floating = floatingOf(there, within);
  const words = (floating.innerText || floating.textContent || "").trim().replace(/\s+/g, " ").slice(0, 80);
  return {
    role: floating.getAttribute("role") || floating.tagName.toLowerCase(),
    label: wellFormed(floating.getAttribute("aria-label") || ""),
    name: floating.dataset.e2e || componentOf(floating) || "",
    words: wellFormed(words),
    people: Boolean(floating.querySelector(PEOPLE)),
  };
};

// What lies over a view at one of these points and is no part of it, described; null where nothing does. A part of the
// view that is fixed to the window and holds nothing of a post lies over it as well.
// apart: it is outside the view and leads to nobody, so that its words are the site's.
const coverOver = (view, own, post, points) => {
  const roots = [...document.querySelectorAll(view)];
  for (const [x, y] of roots.length ? points : []) {
    const there = document.elementFromPoint(x, y);
    if (!there || there.closest(own) || roots.some((root) => there.contains(root))) continue;
    const root = roots.find((each) => each.contains(there));
    let fixed = null;
    for (let part = there; root && part !== root && !fixed; part = part.parentElement) {
      if (getComputedStyle(part).position === "fixed") fixed = part;
    }
    if (root && (!fixed || fixed.querySelector(post) || fixed.closest(post))) continue;
    const within = root ? fixed.parentElement : document.body;
    const leads = floatingOf(there, within).querySelector('a[href*="/@"], a[href*="/music/"], a[href*="/tag/"]');
    return { ...describe(there, within), apart: !root && !leads };
  }
  return null;
};
