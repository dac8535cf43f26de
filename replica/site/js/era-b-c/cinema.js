// Cinema mode of era c: a dialog that is a scrolling list of posts, entered by a button of its own (site notes 2.2).
import { config } from "../config.js";
import { creatorLinks, postContent } from "./article.js";
import { Steps } from "../steps.js";
import { placeStyle } from "../parts/creator-link.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { clock } from "../parts/dates.js";
import { PreviewCard } from "../parts/preview-card.js";

const DRAWN_BESIDE = { next: [0, 1], both: [2, 2], none: [0, 0] };

function control(label, picture, onClick, attributes = {}) {
  return h(
    "button",
    {
      type: "button",
      "aria-label": label,
      c: "TUXButton ButtonCinemaControl e1cine0m.6",
      ...attributes,
      on: { click: onClick },
    },
    icon(picture, 22),
  );
}

export class Cinema {
  constructor({ data, obstacles, address, mount, onClose }) {
    Object.assign(this, { data, obstacles, address, mount, onClose });
    this.index = -1;
    this.shown = 0;
    this.furthest = -1;
    // A wheel does not step it, nor does its list follow one (site notes 2.2).
    const step = (direction) => this.step(direction);
    this.steps = new Steps({ step, leave: () => this.leave(), holdsWheel: true });
    this.onPop = this.onPop.bind(this);
    data.onChange(() => this.root && this.addPosts());
  }

  get isOpen() {
    return Boolean(this.root);
  }

  get item() {
    return this.data.items[this.index];
  }

  open(index) {
    this.home = location.pathname + location.search;
    this.index = index;
    this.posts = [];
    history.pushState({ index }, "", this.address(this.item));
    this.draw();
    this.mount([this.root]);
    this.steps.listen();
    window.addEventListener("popstate", this.onPop);
    this.show();
    this.root.focus({ preventScroll: true });
  }

  draw() {
    // Content > scroller > its first child > the posts: two levels deeper than one would think (site notes 1.2c).
    this.list = h("div", { c: "DivCinemaRail e1cine0m.8" });
    this.scroller = h("div", { c: "DivCinemaScroller e1cine0m.7" }, this.list);
    this.previous = control("Previous video", "up", () => this.steps.button(-1));
    this.next = control("Next video", "down", () => this.steps.button(1));
    this.time = h("span", { e2e: "cinema-playback-time", c: "SpanPlaybackTime e1cine0m.5" });
    const exit = control("Exit cinema mode", "close", () => this.leave(), { e2e: "cinema-mode-exit" });
    const menu = control("More", "more", () => {}, { e2e: "cinema-more-menu-trigger" });
    this.root = h(
      "div",
      {
        role: "dialog",
        "aria-label": "Cinema mode",
        "aria-modal": "true",
        tabindex: "0",
        c: "DivCinemaModeRoot e1cine0m.0",
      },
      h("div", { c: "DivCinemaModeContent e1cine0m.1" }, this.scroller),
      h("div", { c: "DivCinemaTopBar e1cine0m.3" }, exit, this.time, menu),
      h("div", { c: "DivCinemaNavigation e1cine0m.4" }, this.previous, this.next),
    );
    this.addPosts();
  }

  addPosts() {
    while (this.posts.length < this.data.items.length) {
      const post = h("div", { c: "DivCinemaCard e1cine0m.2", "data-scroll-index": String(this.posts.length) });
      this.posts.push(post);
      this.list.append(post);
    }
  }

  /** One post on or back, LIVE cards too: the address at once, the posts some tens of milliseconds later. */
  step(direction) {
    if (direction > 0 && this.obstacles.stuck(this.shown)) return;
    const to = this.data.beside(this.index, direction, false);
    this.data.near(this.index + direction);
    if (to === -1) return;
    this.index = to;
    history.pushState({ index: to }, "", this.address(this.item));
    clearTimeout(this.swapping);
    this.swapping = setTimeout(() => this.show(), config.swapMs);
  }

  /** The post on screen and the one behind it have content; those before it have none, unless told otherwise. */
  show() {
    const [before, behind] = DRAWN_BESIDE[config.neighbours];
    this.posts.forEach((post, at) => {
      const near = at >= this.index - before && at <= this.index + behind;
      if (near && !post.firstChild) this.fillPost(post, at);
      if (!near && post.firstChild) this.empty(post);
    });
    this.scroller.scrollTo({ top: this.posts[this.index].offsetTop, behavior: "instant" });
    this.time.textContent = this.item.kind === "live" ? "" : `00:02 / ${clock(this.item.duration)}`;
    this.drawArrows();
    this.data.near(this.index);
    if (this.index <= this.furthest) return;
    this.furthest = this.index;
    if (this.item.kind === "live") return;
    this.shown += 1;
    this.obstacles.shown(this.shown, this.item);
  }

  fillPost(post, at) {
    const item = this.data.items[at];
    const content = postContent(item, at, { cinema: true });
    const info = content.querySelector('[class*="DivCreatorInfoContainer"]');
    const style = placeStyle(at);
    if (info && style) info.setAttribute("style", style);
    post.card = new PreviewCard(content);
    for (const link of creatorLinks(content)) post.card.watch(link, () => item);
    post.append(content);
  }

  empty(post) {
    post.card.close();
    post.textContent = "";
  }

  drawArrows() {
    if (!this.root) return;
    this.previous.disabled = this.index === 0;
    this.next.disabled = !this.data.items[this.index + 1] && !this.data.more;
  }

  onPop(event) {
    const index = event.state && event.state.index;
    if (typeof index !== "number" || !this.data.items[index]) return this.close();
    this.index = index;
    return this.show();
  }

  leave() {
    history.pushState(null, "", this.home);
    this.close();
  }

  close() {
    if (!this.root) return;
    clearTimeout(this.swapping);
    for (const post of this.posts) if (post.card) post.card.close();
    this.steps.stop();
    window.removeEventListener("popstate", this.onPop);
    this.root.remove();
    this.root = null;
    this.onClose(this.index);
  }
}
