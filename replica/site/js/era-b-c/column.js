// The one-column feed of eras b and c: snapping articles, of which only those near the screen have content.
import { config } from "../config.js";
import { creatorLinks, postContent } from "./article.js";
import { fill, h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { PreviewCard } from "../parts/preview-card.js";
import { toggle } from "../parts/player.js";
import { endNote } from "../parts/end.js";
import { errorBox } from "../obstacles/error-box.js";

const LATE = config.era === "c";
const DRAWN_BESIDE = 2;

/** The feed. `open(index)` enters the full-screen view: by a click on the media (era b) or by its own button (c). */
export class Column {
  constructor({ data, obstacles, open, mediaOpens }) {
    Object.assign(this, { data, obstacles, open, mediaOpens });
    this.index = 0;
    this.articles = [];
    this.asleep = false; // true while a full-screen view is open: it takes the keys
    this.list = h("div", { id: "column-list-container", c: "DivColumnListContainer e1col7yz.1" });
    this.root = h(
      "main",
      { id: "main-content-homepage_hot", c: "MainContainer e1col7yz.0" },
      this.list,
      this.buttons(),
    );
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    document.addEventListener("keydown", (event) => this.onKey(event));
    data.onChange(() => this.draw());
    this.draw();
  }

  buttons() {
    const button = (name, label, picture, direction) => {
      const tap = h(
        "button",
        {
          e2e: LATE ? `feed-navigation-${name}` : null,
          "aria-label": label,
          type: "button",
          c: "TUXButton TUXButton--capsule ButtonFeedNavigation e1col7yz.5",
          on: { click: () => this.step(direction) },
        },
        icon(picture, 24),
      );
      return { tap, shell: LATE ? h("div", { "data-key-interaction": `feed_nav_${name}` }, tap) : tap };
    };
    const previous = button("prev", "Previous video", "up", -1);
    const next = button("next", "Next video", "down", 1);
    this.previous = previous.tap;
    this.next = next.tap;
    const entry = h(
      "button",
      {
        e2e: "cinema-mode-entry",
        "aria-label": "Enter full screen",
        type: "button",
        c: "TUXButton TUXButton--capsule ButtonCinemaEntry e1col7yz.6",
        on: { click: () => this.open(this.index) },
      },
      icon("full", 22),
    );
    return h(
      "aside",
      { c: "AsideNavigation e1col7yz.2" },
      LATE ? entry : null,
      h("div", { c: "DivFeedNavigationContainer e1col7yz.4" }, previous.shell, next.shell),
    );
  }

  draw() {
    if (this.data.failed && !this.data.items.length) {
      fill(
        this.root,
        errorBox(() => this.retry()),
      );
      return;
    }
    if (this.root.firstChild !== this.list) fill(this.root, this.list, this.buttons());
    while (this.articles.length < this.data.items.length) this.articles.push(this.article(this.articles.length));
    this.list.append(...this.articles.filter((article) => !article.isConnected));
    if (!this.data.more && !this.ended) {
      this.ended = endNote();
      this.list.append(this.ended);
    }
    this.fillNear();
  }

  retry() {
    fill(this.root, this.list, this.buttons());
    this.data.failed = false;
    this.data.pull();
  }

  article(index) {
    return h("article", {
      id: LATE ? null : `one-column-item-${index}`,
      e2e: "recommend-list-item-container",
      "data-scroll-index": String(index),
      c: "ArticleItemContainer e1col7yz.3",
    });
  }

  fillNear() {
    this.articles.forEach((article, index) => {
      const near = Math.abs(index - this.index) <= DRAWN_BESIDE;
      if (near && !article.firstChild) this.fillOne(article, index);
      if (!near && article.firstChild) article.textContent = "";
    });
    this.previous.disabled = this.index === 0;
    this.playCurrent();
  }

  fillOne(article, index) {
    const item = this.data.items[index];
    const content = postContent(item, index, (section) => (this.mediaOpens ? this.open(index) : toggle(section)));
    const card = new PreviewCard(content);
    for (const link of creatorLinks(content)) card.watch(link, () => item);
    article.append(content);
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
    const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.asleep || direction === undefined || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.step(direction);
  }

  step(direction) {
    const to = this.index + direction;
    if (direction > 0 && this.obstacles.stuck(this.index + 1)) return;
    if (this.articles[to]) this.go(to, "smooth");
    else this.data.near(this.index);
  }

  go(index, behavior = "instant") {
    this.index = index;
    this.fillNear();
    this.list.scrollTo({ top: this.articles[index].offsetTop, behavior });
    this.data.near(index);
  }

  scrolled() {
    const height = this.list.clientHeight;
    if (!height || this.asleep) return;
    const index = Math.min(this.articles.length - 1, Math.round(this.list.scrollTop / height));
    if (index === this.index || index < 0) return;
    clearTimeout(this.settling);
    this.settling = setTimeout(() => {
      this.index = index;
      this.fillNear();
      this.data.near(index);
    }, 60);
  }
}
