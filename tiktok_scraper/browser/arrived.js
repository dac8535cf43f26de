// Which post is on screen in the viewer, and has it wholly arrived? Ends in a value or null.
// The address changes before the media and the texts do, so a post counts only when all that tell its id agree.
const [names, lastKey, waitMs, brief] = arguments; // brief: what look.js is asked
const done = arguments[arguments.length - 1];

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

const onScreen = (root) => {
  if (!names.current) return root;
  const middle = innerHeight / 2;
  const candidates = [...root.querySelectorAll(names.current)].filter((element) => {
    const r = element.getBoundingClientRect();
    return r.height > 0 && r.top <= middle && r.bottom > middle;
  });
  // Containers come before what they contain, so the last that holds any part of a post is the post's own. A photo
  // post has no media element: looking for that alone would find the container, and a neighbour's media in it.
  const parts = [names.media, names.live, names.creator_link].filter(Boolean).join(", ");
  return candidates.findLast((element) => element.querySelector(parts)) || null;
};

const told = (post, id, key, live) => {
  const link = [...post.querySelectorAll(names.creator_link)].find(drawn);
  const media = post.querySelector(names.media) || post;
  const r = link ? link.getBoundingClientRect() : { x: 0, y: 0, width: 0, height: 0 };
  const m = media.getBoundingClientRect();
  const anchor = link && (link.closest("a") || link.querySelector("a"));
  const href = anchor ? decoded(new URL(anchor.href, location.href).pathname) : "";
  const name = (href.match(/^\/@([^/]*)/) || [null, link ? link.textContent.trim() : ""])[1];
  return {
    key, id, live,
    creator: name, // beside an address without one stands a date, or a name to show
    x: r.x, y: link ? r.y : m.y, width: r.width, height: r.height,
    away: [Math.max(2, m.x + m.width / 2), Math.max(2, m.y + m.height / 2)],
    html: post.outerHTML,
  };
};

// The key of the post on screen and what it takes to tell more; null while its witnesses don't agree.
const identify = () => {
  const root = document.querySelector(names.viewer);
  const post = root && onScreen(root);
  if (!post) return null;
  // A creator who is live has the link too; a LIVE card has no likes.
  const live = !post.querySelector(names.likes) && post.querySelector(names.live);
  if (live) return { post, id: "", key: "live:" + (live.getAttribute("href") || "card"), live: true };
  const media = post.querySelector(names.media);
  const link = names.link && post.querySelector(names.link);
  const ids = [
    idIn(location.pathname),
    media ? (media.id.match(/(\d+)$/) || [])[1] || "" : "",
    link ? idIn(link.textContent) : "",
  ].filter(Boolean);
  if (!ids.length || new Set(ids).size > 1) return null;
  return { post, id: ids[0], key: ids[0], live: false, alone: ids.length === 1 };
};

// As told but for the creator, where the post has been on screen for long enough without one to rest on.
const BARE_FOR_MS = 250;
let bareSince = null;
const unreachable = (facts) => {
  const now = performance.now();
  if (!bareSince || bareSince.key !== facts.key) bareSince = { key: facts.key, at: now };
  return now - bareSince.at < BARE_FOR_MS ? null : { ...facts, creator: "", width: 0, height: 0 };
};

const current = () => {
  const found = identify();
  if (!found || found.key === lastKey) return null; // telling more is dear, and the old post is looked at most
  const facts = told(found.post, found.id, found.key, found.live);
  if (found.live) return facts;
  const x = facts.x + Math.min(facts.width / 2, 30), y = facts.y + facts.height / 2;
  // A post that tells no creator, or where the pointer can't go, is a post all the same, once it stays so.
  if (!facts.width || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return unreachable(facts);
  // One witness alone may be the address, which runs ahead: then the creator must agree with it.
  const inPath = decoded((location.pathname.match(/^\/@([^/]+)/) || [])[1] || "");
  return !found.alone || inPath === facts.creator ? facts : null;
};

// The address has left the last post already: what follows it is on its way, and needs no second key.
const isMoving = () => /^\d+$/.test(lastKey) && idIn(location.pathname) && idIn(location.pathname) !== lastKey;

const started = performance.now();
let before = null;
// A list still scrolling moves the post under the pointer: it has to stand still from one look to the next.
const still = (found) => !names.current || (before && before.key === found.key && before.y === found.y);
const look = () => {
  const found = current();
  if (found && still(found)) return done({ ...found, look: lookNow(...brief) });
  before = found;
  if (performance.now() - started >= waitMs) return done(isMoving() ? "moving" : null);
  return setTimeout(look, 4);
};
look();
