// The card that opens when the pointer rests on a creator's picture or name (site notes 3).
import { config } from "../config.js";
import { told } from "./counts.js";
import { h } from "../dom.js";
import { avatar } from "./avatar.js";
import { fetchCreator } from "../requests.js";

const NOT_LOADED = "--";
const GRACE_MS = 120; // the way from the name to the card

function countsLine(followers, likes) {
  const span = (name, text) => h("span", { e2e: `user-card-${name}`, c: "SpanUserStat er09511.8" }, text);
  // No white space between the spans: the line reads "340.7KFollowers12.6MLikes".
  return [
    span("follower-count", followers),
    span("follower", "Followers"),
    span("like-count", likes),
    span("like", "Likes"),
  ];
}

function userLink(item, attributes, ...children) {
  return h("a", { ...attributes, href: `/@${item.handle}?lang=en`, target: "_blank", rel: "noopener" }, ...children);
}

function draw(item) {
  const counts = h("p", { c: "PUserStat er09511.7" }, countsLine(NOT_LOADED, NOT_LOADED));
  const bio = h("p", { e2e: "user-card-user-bio", c: "PUserDesc er09511.9" });
  const head = h(
    "div",
    { c: "DivHeadContainer er09511.3" },
    userLink(item, { e2e: "user-card-avatar", c: "StyledAvatarLink er09511.4" }, avatar(item, 44)),
    h("button", { type: "button", e2e: "user-card-follow", c: "Button-StyledFollowButton ehk74z0.0" }, "Follow"),
  );
  const title = userLink(
    item,
    { c: "StyledUserTitle er09511.5" },
    h("span", { e2e: "user-card-username", c: "SpanUniqueId er09511.10" }, item.handle),
  );
  const name = userLink(item, { e2e: "user-card-nickname", c: "StyledNickname er09511.6" }, item.name);
  const root = h(
    "div",
    { c: "DivProfileOuterContainer er09511.0", style: "top: 60px; left: 32px;" },
    h("div", { c: "DivPaddingTop er09511.1" }),
    h("div", { c: "DivProfileContainer er09511.2" }, head, title, h("br"), name, counts, bio),
  );
  return { root, counts, bio };
}

/** The card of one place (the viewer, or one card of the feed): at most one is open at a time. */
export class PreviewCard {
  constructor(place) {
    this.place = place; // the element the card is appended to
    this.opening = 0;
    this.closing = 0;
    this.request = null;
    this.open = null;
  }

  /** Let the pointer's rest on *trigger* open the card of the item that *current* returns then. */
  watch(trigger, current) {
    trigger.addEventListener("mouseenter", () => this.enter(current()));
    trigger.addEventListener("mouseleave", () => this.leave());
  }

  enter(item) {
    clearTimeout(this.closing);
    clearTimeout(this.opening);
    if (config.card === "absent" || (this.open && this.open.item === item)) return;
    this.opening = setTimeout(() => this.show(item), config.cardDelayMs);
  }

  leave() {
    clearTimeout(this.opening);
    clearTimeout(this.closing);
    if (this.open) this.closing = setTimeout(() => this.close(), GRACE_MS);
  }

  show(item) {
    this.close();
    const card = draw(item);
    card.root.addEventListener("mouseenter", () => clearTimeout(this.closing));
    card.root.addEventListener("mouseleave", () => this.leave());
    this.open = { ...card, item };
    this.place.append(card.root);
    this.load(card, item);
  }

  async load(card, item) {
    this.request = new AbortController();
    try {
      const info = await fetchCreator(item, this.request.signal);
      if (info === null) return;
      const count = (name) => told(name, info.stats, info.statsV2) ?? NOT_LOADED;
      card.counts.replaceChildren(...countsLine(count("followerCount"), count("heartCount")));
      card.bio.textContent = (info.user && info.user.signature) || "";
    } catch (error) {
      if (error.name !== "AbortError") card.counts.dataset.failed = "true";
    }
  }

  /** Close at once; where the site cancels what it no longer shows, the request ends with the card. */
  close() {
    clearTimeout(this.opening);
    clearTimeout(this.closing);
    if (this.open) this.open.root.remove();
    if (this.request && config.card === "abort") this.request.abort();
    this.open = null;
    this.request = null;
  }
}
