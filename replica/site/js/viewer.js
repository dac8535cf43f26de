// Browse mode's behaviour, the same in eras a and b: open, step, close, and the address that runs ahead.
import { config } from "./config.js";
import { PreviewCard } from "./parts/preview-card.js";
import { fetchComments } from "./requests.js";
import { Steps } from "./steps.js";

const TEXTS_AFTER_MEDIA_MS = 10;
const COMMENTS_AFTER_MS = 250; // who steps on faster never waits for comments

export class Viewer {
  /** `data` is the FeedData, `makeView` a view's maker (browse-a, browse-b), `obstacles` may hold a step back. */
  constructor({ data, makeView, mount, obstacles, address, onClose }) {
    Object.assign(this, { data, makeView, mount, obstacles, address, onClose });
    this.index = -1;
    this.shown = 0; // how many TikToks this viewer has shown: numbers the obstacles and the moving links
    this.furthest = -1;
    this.card = null;
    this.watched = new WeakSet();
    this.steps = new Steps({ step: (direction) => this.step(direction), leave: () => this.leave() });
    this.onPop = this.onPop.bind(this);
  }

  get isOpen() {
    return Boolean(this.view);
  }

  open(index) {
    this.home = location.pathname + location.search;
    this.view = this.makeView({ step: (direction) => this.steps.button(direction), close: () => this.leave() });
    this.index = index;
    history.pushState({ index }, "", this.address(this.item));
    this.mount(this.view.root);
    document.body.classList.add("hidden");
    this.steps.listen();
    window.addEventListener("popstate", this.onPop);
    this.media();
    this.texts();
    if (this.view.dialog) this.view.dialog.focus({ preventScroll: true });
  }

  get item() {
    return this.data.items[this.index];
  }

  /** One TikTok on or back: the address at once, media and texts some tens of milliseconds later. */
  step(direction) {
    if (direction > 0 && this.obstacles.stuck(this.shown)) return;
    const to = this.data.beside(this.index, direction, true);
    this.data.near(this.index + direction);
    if (to === -1) return;
    this.index = to;
    history.pushState({ index: to }, "", this.address(this.item));
    this.swap();
  }

  swap() {
    clearTimeout(this.swapping);
    clearTimeout(this.commenting);
    this.swapping = setTimeout(() => {
      this.media();
      this.swapping = setTimeout(() => this.texts(), TEXTS_AFTER_MEDIA_MS);
    }, config.swapMs);
  }

  media() {
    this.view.media(this.item);
  }

  texts() {
    if (this.card) this.card.close();
    const { place, links } = this.view.texts(this.item, this.index);
    if (!this.card || this.card.place !== place) this.card = new PreviewCard(place);
    for (const link of links) this.watch(link);
    this.drawArrows();
    this.data.near(this.index);
    this.commenting = setTimeout(fetchComments, COMMENTS_AFTER_MS, this.item);
    if (this.index <= this.furthest) return;
    this.furthest = this.index;
    this.shown += 1;
    this.obstacles.shown(this.shown, this.item);
  }

  watch(link) {
    if (this.watched.has(link)) return;
    this.watched.add(link);
    this.card.watch(link, () => this.item);
  }

  drawArrows() {
    if (!this.view) return;
    this.view.ends(
      this.data.beside(this.index, -1, true) === -1,
      this.data.beside(this.index, 1, true) === -1 && !this.data.more,
    );
  }

  onPop(event) {
    const index = event.state && event.state.index;
    if (typeof index !== "number" || !this.data.items[index]) return this.close();
    this.index = index;
    return this.swap();
  }

  leave() {
    history.pushState(null, "", this.home);
    this.close();
  }

  close() {
    if (!this.view) return;
    clearTimeout(this.swapping);
    clearTimeout(this.commenting);
    if (this.card) this.card.close();
    this.card = null;
    this.steps.stop();
    window.removeEventListener("popstate", this.onPop);
    document.body.classList.remove("hidden");
    for (const node of [this.view.root].flat()) node.remove();
    this.view = null;
    this.onClose(this.index);
  }
}
