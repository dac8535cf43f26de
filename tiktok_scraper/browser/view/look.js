// What is visible on the page, as JSON: names hit, their texts and rectangles. Visible means: a non-empty rectangle
// that a visitor can see, if need be by scrolling down; not hidden; no empty shell marked aria-hidden.
const lookNow = (names, present, worded, mostHits, mostText, mostHitText, people) => {
  const page = document.scrollingElement || document.documentElement;
  const text = (el) => (el.shadowRoot ? [...el.shadowRoot.children].map(text).join(' ')
                                      : (el.innerText ?? el.textContent ?? '')).trim();
  const box = (el) => {
    if (!el.shadowRoot) return el.getBoundingClientRect();
    const drawn = [...el.shadowRoot.querySelectorAll('*')].filter(visible);
    return (drawn[0] || el).getBoundingClientRect();
  };
  const visible = (el) => {
    const r = box(el);
    if (r.width <= 0 || r.height <= 0 || r.right <= 0 || r.left >= innerWidth) return false;
    const depth = Math.max(page.scrollHeight, innerHeight);
    if (r.bottom + page.scrollTop <= 0 || r.top + page.scrollTop >= depth) return false;
    if (getComputedStyle(el).visibility !== 'visible') return false;
    return !(el.closest('[aria-hidden=true]') && !text(el) && !el.querySelector('img, video, canvas, svg'));
  };
  const hits = [], counts = {};
  const middle = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
  const squeezed = (el) => (el.childElementCount > 3 ? '' : el.textContent.trim().replace(/\s+/g, ' ')); // short ones
  const matching = Object.entries(worded).map(([name, [css, words]]) => [name, [...document.querySelectorAll(css)]
    .filter((el) => new RegExp(words, 'i').test(squeezed(el)) && visible(el))]);
  const named = Object.entries(names).map(([name, css]) => [name, [...document.querySelectorAll(css)]
    .filter((el) => present.includes(name) || visible(el))]);
  for (const [name, found] of [...named, ...matching]) {
    if (found.length) counts[name] = found.length;
    for (const el of found.slice(0, mostHits)) {
      const r = box(el);
      hits.push({name, text: wellFormed(text(el).slice(0, mostHitText)), x: r.x, y: r.y, width: r.width, height: r.height,
                 middle: Boolean(middle) && el.contains(middle),
                 people: name === 'dialog' && Boolean(el.querySelector(people)),
                 role: el.getAttribute('role') || '', label: wellFormed(el.getAttribute('aria-label') || '')});
    }
  }
  return {url: location.href, title: wellFormed(document.title), hits, counts,
          text: mostText && document.body ? wellFormed(document.body.innerText.slice(0, mostText)) : ''};
};
