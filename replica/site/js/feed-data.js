// The list behind feed and viewer: what is embedded, then what list replies bring, each id once.
import { config, embeddedItems } from "./config.js";
import { itemOf } from "./item.js";
import { fetchList, fetchPreloaded } from "./requests.js";

const LEFT_BEFORE_NEXT = 3;
const ACCEPTED = new Set([0, 10404]); // any other status is an empty list that is asked for again (site notes 5.1)

export class FeedData {
  constructor() {
    this.items = [];
    this.more = config.hasMore !== false;
    this.failed = false;
    this.listeners = [];
    this.pending = null;
    this.known = new Set();
    this.add(embeddedItems());
    this.pulls = this.items.length ? 1 : 0; // what is embedded stands for the first pull
  }

  add(raws) {
    for (const raw of raws) {
      const item = itemOf(raw.itemStruct || raw);
      if (config.dedupe && this.known.has(item.id)) continue;
      this.known.add(item.id);
      this.items.push(item);
    }
  }

  onChange(listener) {
    this.listeners.push(listener);
  }

  changed() {
    for (const listener of this.listeners) listener(this);
  }

  /** Ask for the next list unless one is on its way or the feed has ended. */
  pull() {
    if (this.pending || !this.more) return this.pending;
    this.pending = this.receive().finally(() => {
      this.pending = null;
      this.changed();
    });
    return this.pending;
  }

  async receive() {
    try {
      const preloaded = config.preload === "next" && this.pulls % 2 === 1;
      const reply = await (preloaded ? fetchPreloaded() : fetchList(this.pulls));
      this.failed = reply === null && this.items.length === 0;
      if (reply === null) return;
      this.pulls += 1;
      if (!ACCEPTED.has(reply.statusCode)) return;
      this.add(reply.itemList || []);
      this.more = reply.hasMore !== false;
    } catch {
      this.failed = this.items.length === 0;
    }
  }

  /** Called with the index on screen: fetches the next list when few are left behind it. */
  near(index) {
    if (this.items.length - 1 - index <= LEFT_BEFORE_NEXT) this.pull();
  }

  /** The next index after *index* in *direction*, passing over LIVE cards if *pass*; -1 where there is none. */
  beside(index, direction, pass) {
    let at = index + direction;
    while (pass && this.items[at] && this.items[at].kind === "live") at += direction;
    return this.items[at] ? at : -1;
  }
}
