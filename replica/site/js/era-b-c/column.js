// The one-column feed of eras b and c: snapping articles, of which only those near the screen have content.
import { config } from "../config.js";
import { creatorLinks, postContent } from "./article.js";
import { fill, h } from "../dom.js";
import { FeedNavigation } from "./feed-navigation.js";
import { PreviewCard } from "../parts/preview-card.js";
import { toggle } from "../parts/player.js";
import { endNote } from "../parts/end.js";
import { errorBox } from "../obstacles/error-box.js";
import { keyDirection, works } from "../steps.js";

const LATE = config.era === "c";
const DRAWN_BESIDE = { next: 2, both: 3, none: 0 }[config.neighbours];
const USUAL = ["key", "button", "wheel"];
const SETTLED_MS = 60;

/** The feed. `open(index)` enters the full-screen view: by a click on the media (era b) or by a post's own button (c). */
export class Column {
  constructor({ data, obstacles, open, mediaOpens }) {
    Object.assign(this, { data, obstacles, open, mediaOpens });
    this.index = 0;
    this.going = null; // the index that a step scrolls to: until it is there, what it passes is not on screen
    this.articles = [];
    this.drawable = 0; // so many articles may have content
    this.shown = 0; // how many TikToks have been on screen: numbers the obstacles
    this.furthest = -1;
    this.asleep = false; // true while a full-screen view is open: it takes the keys
    this.list = h("div", { id: "column-list-container", c: "DivColumnListContainer e3bfsj6.0" });
    this.navigation = new FeedNavigation((direction) => works("button", USUAL) && this.step(direction));
    this.root = h("main", { id: "main-content-homepage_hot", c: "MainContainer er8k1k7.0" });
    fill(this.root, this.list, this.navigation.root);
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.list.addEventListener("scrollend", () => this.arrived());
    this.list.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    document.addEventListener("keydown", (event) => this.onKey(event));
    data.onChange(() => this.draw());
    this.draw();
  }

  draw() {
    if (this.data.failed && !this.data.items.length) {
      const box = errorBox(() => this.retry());
      fill(this.root, LATE ? h("div", { c: "DivErrorWrapper e1err0r.0" }, box) : box);
      return;
    }
    if (this.root.firstChild !== this.list) fill(this.root, this.list, this.navigation.root);
    while (this.articles.length < this.data.items.length) this.articles.push(this.article(this.articles.length));
    this.list.append(...this.articles.filter((article) => !article.isConnected));
    if (!this.data.more && !this.ended) {
      this.ended = endNote();
      this.list.append(this.ended);
    }
    const count = this.articles.length;
    if (config.drawMs) setTimeout(() => this.allow(count), config.drawMs);
    else this.allow(count);
  }

  retry() {
    fill(this.root, this.list, this.navigation.root);
    this.data.failed = false;
    this.data.pull();
  }

  article(index) {
    return h("article", {
      id: `one-column-item-${index}`,
      "data-scroll-index": String(index),
      e2e: "recommend-list-item-container",
      c: "ArticleItemContainer e1cb0yqt.0",
    });
  }

  allow(count) {
    this.drawable = Math.max(this.drawable, count);
    this.fillNear();
    this.count();
  }

  fillNear() {
    this.articles.forEach((article, index) => {
      const near = Math.abs(index - this.index) <= DRAWN_BESIDE && index < this.drawable;
      if (near && !article.firstChild) this.fillOne(article, index);
      if (!near && article.firstChild) this.empty(article);
    });
    this.navigation.first(this.index === 0);
    this.playCurrent();
  }

  fillOne(article, index) {
    const item = this.data.items[index];
    const content = postContent(item, index, {
      onMedia: (section) => (this.mediaOpens ? this.open(index) : toggle(section)),
      onEnter: config.viewer === "none" ? null : () => this.open(index),
    });
    article.card = new PreviewCard(content);
    for (const link of creatorLinks(content)) article.card.watch(link, () => item);
    article.append(content);
  }

  empty(article) {
    article.card.close();
    article.textContent = "";
  }

  playCurrent() {
    this.articles.forEach((article, index) => {
      const video = article.querySelector("video");
      if (!video) return;
      if (index === this.index && !this.asleep) video.play().catch(() => {});
      else video.pause();
    });
  }

  onKey(event) {
    const direction = keyDirection(event);
    if (this.asleep || direction === undefined) return;
    event.preventDefault();
    if (works("key", USUAL)) this.step(direction);
  }

  onWheel(event) {
    const held = event.deltaY > 0 && this.obstacles.stuck(this.shown);
    if (held || !works("wheel", USUAL)) event.preventDefault();
    else this.going = null; // the pointer takes over
  }

  step(direction) {
    const to = this.index + direction;
    if (direction > 0 && this.obstacles.stuck(this.shown)) return;
    if (this.articles[to]) this.go(to, "smooth");
    else this.data.near(this.index);
  }

  go(index, behavior = "instant") {
    clearTimeout(this.settling);
    const top = this.articles[index].offsetTop;
    this.going = Math.abs(this.list.scrollTop - top) < 2 ? null : index;
    this.show(index);
    this.list.scrollTo({ top, behavior });
  }

  /** The post at *index* is the one on screen. */
  show(index) {
    this.index = index;
    this.fillNear();
    this.data.near(index);
    this.count();
  }

  /** Number the TikTok on screen. The first is numbered aloud only where no full-screen view will number it anew. */
  count() {
    const item = this.data.items[this.index];
    if (this.asleep || this.index <= this.furthest || this.index >= this.drawable) return;
    this.furthest = this.index;
    if (item.kind === "live") return;
    this.shown += 1;
    if (this.shown > 1 || config.viewer !== "own") this.obstacles.shown(this.shown, item);
  }

  /** The post at mid-screen becomes the one on screen once the list rests, unless a step is on its way to another. */
  scrolled() {
    clearTimeout(this.settling);
    if (this.going === null) this.settling = setTimeout(() => this.settle(), SETTLED_MS);
  }

  arrived() {
    clearTimeout(this.settling);
    this.going = null;
    this.settle();
  }

  settle() {
    const height = this.list.clientHeight;
    if (!height || this.asleep) return;
    const index = Math.min(this.articles.length - 1, Math.round(this.list.scrollTop / height));
    if (index !== this.index && index >= 0) this.show(index);
  }
}
