// One starter per kind of page.
import { config } from "./config.js";
import { fill, h } from "./dom.js";
import { FeedData } from "./feed-data.js";
import { Obstacles } from "./obstacles/obstacles.js";
import { Viewer } from "./viewer.js";
import { browseView as browseA } from "./era-a/browse.js";
import { browseView as browseB } from "./era-b-c/browse.js";
import { CardFeed } from "./era-a/feed.js";
import { Cinema } from "./era-b-c/cinema.js";
import { Column } from "./era-b-c/column.js";
import { errorBox } from "./obstacles/error-box.js";
import { profilePage } from "./parts/profile.js";
import { fetchPreload } from "./requests.js";
import { videoPage } from "./parts/video-page.js";
import * as navA from "./era-a/nav.js";
import * as navB from "./era-b-c/nav.js";

const app = () => document.getElementById("app");

/** What entering the full-screen view at an index comes to, as the options have it; *enter* opens the view itself. */
function entrance(data, enter) {
  return (index) => {
    if (config.viewer === "elsewhere") location.assign(data.items[index].path);
    else if (config.viewer === "own") enter(index);
  };
}

/** Era a: cards in a long page, browse mode over it; the address keeps the marks of a copied link. */
function startA(data, obstacles) {
  let viewer = null;
  const open = entrance(data, (index) => viewer.isOpen || viewer.open(index));
  const feed = new CardFeed({ data, onMedia: open });
  const { body, nodes } = navA.frame(feed.root);
  viewer = new Viewer({
    data,
    obstacles,
    makeView: browseA,
    address: (item) => `${item.path}?is_copy_url=1&is_from_webapp=v1`,
    mount: (root) => body.append(...root),
    onClose: (index) => feed.go(index),
  });
  fill(app(), nodes);
  return viewer;
}

/** Eras b and c: the column, and browse mode (b) or cinema mode (c) over it. */
function startColumn(data, obstacles) {
  let viewer = null;
  const open = entrance(data, (index) => {
    if (viewer.isOpen) return;
    column.asleep = true;
    column.playCurrent();
    viewer.open(index);
  });
  const late = config.era === "c";
  const column = new Column({ data, obstacles, open, mediaOpens: !late && config.viewer !== "none" });
  const { body, nodes } = navB.frame(column.root, () => location.assign("/foryou"));
  const parts = {
    data,
    obstacles,
    address: (item) => item.path,
    mount: (root) => body.lastElementChild.before(...root),
    onClose: (index) => {
      column.asleep = false;
      column.go(index);
    },
  };
  viewer = late ? new Cinema(parts) : new Viewer({ ...parts, makeView: browseB });
  fill(app(), nodes);
  return viewer;
}

/** The For You feed. */
export function startFeed() {
  const data = new FeedData();
  const obstacles = new Obstacles();
  const viewer = (config.era === "a" ? startA : startColumn)(data, obstacles);
  data.onChange(() => viewer.drawArrows());
  if (data.items.length === 0) data.pull();
  obstacles.loaded();
  if (config.preload === "next") return;
  if (document.readyState === "complete") fetchPreload();
  else addEventListener("load", fetchPreload, { once: true });
}

function around(content) {
  const frame = config.era === "a" ? navA.frame : navB.frame;
  fill(app(), frame(content, () => location.assign("/foryou")).nodes);
}

/** A TikTok's own page; era c draws it with the feed's player. */
export function startVideo() {
  const data = new FeedData();
  data.more = false;
  const obstacles = new Obstacles();
  if (config.era === "c" && data.items.length) startColumn(data, obstacles);
  else around(videoPage(data.items[0]));
  obstacles.loaded();
}

/** A creator's page. */
export function startProfile() {
  around(profilePage(decodeURIComponent(location.pathname).replace(/^\/@/, "").replace(/\/$/, "")));
}

/** The page that says that something went wrong. */
export function startError() {
  around(
    h(
      "main",
      { c: "MainDetailWrapper evkpurd1.0" },
      errorBox(() => location.reload()),
    ),
  );
}

/** Where visitors of some regions are sent. */
export function startNotFound() {
  around(h("main", { c: "MainNotFound e1n0tf0.0" }, h("p", { c: "PNotFoundTitle e1n0tf0.1" }, "Page not available")));
}
