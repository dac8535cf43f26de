// Which post is on screen, and has it wholly arrived? Ends in a value or null.
// The address changes before the media and the texts do, so a post counts only when all that tell its id agree.
const [names, lastKey, waitMs, brief] = arguments; // brief: what look.js is asked
const done = arguments[arguments.length - 1];

// A post that tells no creator, or where the pointer can't go, is a post all the same, once it has stayed so.
const BARE_FOR_MS = 250;

const drawn = (element) => {
  const r = element.getBoundingClientRect();
  return r.width > 0 && r.height > 0;
};
// A name to show, as ads have them, may hold a "%" of its own.
const decoded = (text) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
const idIn = (text) => ((text || "").match(/\/(?:video|photo)\/(\d+)/) || [])[1] || "";
const firstOf = (root, selectors) => {
  for (const css of selectors) {
    const found = [...root.querySelectorAll(css)].find(drawn);
    if (found) return found;
  }
  return null;
};
const has = (root, selectors) => selectors.some((css) => root.querySelector(css));

// What tells a post's id by an attribute of its own: the player's wrapper, or the menu's button.
const idOf = (element) => element.dataset.moreMenuItemId || (element.id.match(/-(\d+)$/) || [])[1] || "";
const tellers = (root) =>
  [...root.querySelectorAll(`${names.media}, ${names.menu}`)].filter((element) => idOf(element));

// The post around a teller: the smallest ancestor that holds likes and creator, however deep; never one that holds a
// neighbour, which are drawn as well.
const postAround = (teller, all, root) => {
  const others = all.filter((other) => idOf(other) !== idOf(teller));
  let post = null;
  for (let part = teller; part && root.contains(part); part = part.parentElement) {
    if (others.some((other) => part.contains(other))) break;
    post = part;
    if (part !== teller && part.querySelector(names.likes) && has(part, names.creator_link)) break;
    if (part === root) break;
  }
  return post;
};

// A post without any teller (a LIVE card, a photo whose menu is not drawn): the one that is hit at mid-screen, up to
// where a neighbour begins.
const postHit = (root, posts) => {
  const hit = document.elementsFromPoint(innerWidth / 2, innerHeight / 2).find((e) => e !== root && root.contains(e));
  let post = null;
  for (let part = hit; part && part !== root && root.contains(part); part = part.parentElement) {
    if (posts.some((other) => part.contains(other) || other.contains(part))) break;
    if (part.querySelectorAll(names.likes).length > 1) break;
    const scrolls = part.scrollHeight > part.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(part).overflowY);
    if (scrolls) break;
    if (names.feed_card && part.querySelector(names.feed_card)) break;
    post = part;
  }
  const told = [names.live, names.likes].some((css) => css && post && post.querySelector(css));
  return post && (told || has(post, names.creator_link)) ? post : null;
};

const onScreen = (root) => {
  if (!names.several) return root;
  const all = tellers(root), middle = innerHeight / 2;
  const posts = [...new Set(all.map((teller) => postAround(teller, all, root)).filter(Boolean))];
  const there = posts.filter((post) => {
    const r = post.getBoundingClientRect();
    return r.height > 0 && r.width > 0 && r.top <= middle && r.bottom > middle;
  });
  if (there.length === 1) return there[0];
  if (!there.length) return postHit(root, posts);
  // Drawn over each other: the one that a visitor sees there.
  const seen = document.elementsFromPoint(innerWidth / 2, middle);
  const top = seen.map((element) => there.find((post) => post.contains(element))).find(Boolean);
  return top || null;
};

const told = (post, id, key, live) => {
  const link = firstOf(post, names.creator_link);
  const media = post.querySelector(names.media) || post;
  const r = link ? link.getBoundingClientRect() : { x: 0, y: 0, width: 0, height: 0 };
  const m = media.getBoundingClientRect();
  const anchor = link && (link.closest("a") || link.querySelector("a"));
  const href = anchor ? decoded(new URL(anchor.href, location.href).pathname) : "";
  const name = (href.match(/^\/@([^/]*)/) || [null, link ? link.textContent.trim() : ""])[1];
  return {
    key, id, live,
    creator: wellFormed(name), // beside an address without one stands a date, or a name to show
    x: r.x, y: link ? r.y : m.y, width: r.width, height: r.height,
    away: [Math.max(2, m.x + m.width / 2), Math.max(2, m.y + m.height / 2)],
    html: wellFormed(post.outerHTML),
  };
};

// Who tells the id of a post: [[who, id], ...].
const witnesses = (post) => {
  const media = post.querySelector(names.media);
  const menu = post.matches(names.menu) ? post : post.querySelector(names.menu);
  const link = names.link && post.querySelector(names.link);
  return [
    ["address", idIn(location.pathname)],
    ["media", media ? idOf(media) : ""],
    ["menu", menu ? idOf(menu) : ""],
    ["link", link ? idIn(link.textContent) : ""],
  ].filter(([, id]) => id);
};

// The post on screen, what tells of it, and why it can't be taken yet ("" where it can).
const identify = () => {
  const root = document.querySelector(names.viewer);
  const post = root && onScreen(root);
  if (!post) return null;
  // A creator who is live has the link too; a LIVE card has no likes.
  const live = !post.querySelector(names.likes) && post.querySelector(names.live);
  if (live) return { post, id: "", key: "live:" + (live.getAttribute("href") || "card"), live: true, why: "" };
  const found = witnesses(post);
  const ids = [...new Set(found.map(([, id]) => id))];
  const why = !ids.length ? "nothing tells which it is" : ids.length > 1 ? "what tells its id does not agree" : "";
  return { post, id: ids[0] || "", key: ids[0] || "", live: false, why, address: found.every(([who]) => who === "address") };
};

let bare = { key: "", at: 0 };
const bareFor = (key) => {
  const now = performance.now();
  if (bare.key !== key) bare = { key, at: now };
  return now - bare.at;
};

// A post on screen that does not tell which it is: what it looks like, so that it is not taken for the one before, and
// why. How long it stays so is counted outside.
const unsettled = () => {
  const found = identify();
  if (!found || !found.why) return null;
  const link = firstOf(found.post, names.creator_link);
  const ids = witnesses(found.post).map(([who, id]) => `${who} ${id}`).join();
  const key = `odd:${ids}|${link ? link.getAttribute("href") : ""}|${wellFormed(found.post.textContent.slice(0, 80))}`;
  return key === lastKey ? null : { ...told(found.post, "", key, false), odd: found.why, look: lookNow(...brief) };
};

const current = (found) => {
  if (!found || found.why || found.key === lastKey) return null; // telling more is dear, and the old post is looked at most
  const facts = told(found.post, found.id, found.key, found.live);
  if (found.live) return facts;
  const x = facts.x + Math.min(facts.width / 2, 30), y = facts.y + facts.height / 2;
  if (!facts.width || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) {
    return bareFor(facts.key) < BARE_FOR_MS ? null : { ...facts, creator: "", width: 0, height: 0 };
  }
  // The address alone runs ahead: then the creator must agree with it.
  const inPath = decoded((location.pathname.match(/^\/@([^/]+)/) || [])[1] || "");
  return !found.address || inPath === facts.creator ? facts : null;
};

// What follows the last post is on its way, and needs no second key: the address has left it already, or the list of
// posts is scrolling.
const JUST_NOW_MS = 120;
let spot = null, movedAt = -Infinity;
const follow = (found) => {
  const y = found ? found.post.getBoundingClientRect().y : null;
  if (spot !== null && y !== spot) movedAt = performance.now();
  spot = y;
};
const isMoving = () =>
  (/^\d+$/.test(lastKey) && idIn(location.pathname) && idIn(location.pathname) !== lastKey) ||
  (names.several && performance.now() - movedAt < JUST_NOW_MS);

const started = performance.now();
// A list still scrolling moves the post under the pointer: it has to stand still from one frame to the next but one,
// or, where no frames are drawn, for a while.
const FRAMES = 2, LONG_ENOUGH_MS = 200;
let frames = 0;
let ended = false;
const count = () => {
  frames += 1;
  if (!ended) requestAnimationFrame(count);
};
const end = (told) => {
  ended = true;
  done(told);
};
if (names.several) requestAnimationFrame(count);
let before = null;
const still = (found) => {
  if (!names.several) return true;
  if (!before || before.key !== found.key || before.y !== found.y) {
    before = { key: found.key, y: found.y, frame: frames, at: performance.now() };
    return false;
  }
  return frames - before.frame >= FRAMES || performance.now() - before.at >= LONG_ENOUGH_MS;
};
const look = () => {
  const there = identify();
  if (names.several) follow(there);
  const found = current(there);
  if (found && still(found)) return end({ ...found, look: lookNow(...brief) });
  if (performance.now() - started >= waitMs) return end(unsettled() || (isMoving() ? "moving" : null));
  return setTimeout(look, 4);
};
look();
