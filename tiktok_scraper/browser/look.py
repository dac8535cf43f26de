"""One script tells what is visible on the page, as JSON: names hit, their texts and rectangles.

Visible means: a non-empty rectangle that a visitor can see, if need be by scrolling down; not hidden by
display or visibility; and no empty shell marked aria-hidden (every page carries a few of those, site.md 6.3).
A custom element counts by what its open shadow root draws (the cookie banner, site.md 6.4).
"""

from __future__ import annotations

from selenium.webdriver.remote.webdriver import WebDriver

from tiktok_scraper.pages.names import PRESENT, SIGNS
from tiktok_scraper.pages.state import Look

BRIEF_HITS = 3
MOST_HITS = 30  # of one name; the number of all is in Look.counts
MOST_TEXT = 4000  # characters of the page's visible text
MOST_HIT_TEXT = 300

# Arguments: {name: css}, [names that need no size], most hits, most text, most text of a hit.
LOOK_SCRIPT = """
const [names, present, mostHits, mostText, mostHitText] = arguments;
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
for (const [name, css] of Object.entries(names)) {
  const found = [...document.querySelectorAll(css)].filter((el) => present.includes(name) || visible(el));
  if (found.length) counts[name] = found.length;
  for (const el of found.slice(0, mostHits)) {
    const r = box(el);
    hits.push({name, text: text(el).slice(0, mostHitText), x: r.x, y: r.y, width: r.width, height: r.height});
  }
}
return {url: location.href, title: document.title, hits, counts,
        text: mostText && document.body ? document.body.innerText.slice(0, mostText) : ''};
"""


def look(driver: WebDriver, *, brief: bool = False) -> Look:
    """Return what *driver*'s page shows now, in one call to the browser.

    A *brief* look is for a page known to be the viewer: it reads no text of the page itself, which is dear, and
    fewer hits of each name; every sign that may cover the page is still looked for.
    """
    most_hits, most_text = (BRIEF_HITS, 0) if brief else (MOST_HITS, MOST_TEXT)
    told = driver.execute_script(LOOK_SCRIPT, dict(SIGNS), sorted(PRESENT), most_hits, most_text, MOST_HIT_TEXT)
    return Look.from_dict(told)
