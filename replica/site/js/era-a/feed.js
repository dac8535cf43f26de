// Era a's feed: a long page of cards; the last one coming into view loads more.
import { feedCard, player } from "./card.js";
import { endNote } from "../parts/end.js";
import { errorBox } from "../obstacles/error-box.js";
import { fill, h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { PreviewCard } from "../parts/preview-card.js";

function bottom() {
  const item = h(
    "div",
    { e2e: "pwa-mobile", c: "DivItemContainer ejkrawn.6" },
    icon("person", 20),
    h("span", { c: "SpanText ejkrawn.7" }, "Get TikTok App"),
  );
  return h(
    "div",
    { c: "DivBottomContainer ew8lpw5.0" },
    h(
      "div",
      { c: "DivPromotionContainer ejkrawn.0" },
      h("button", { c: "ButtonGetAppText ejkrawn.1" }, "Get app"),
      h(
        "div",
        { c: "DivExpandContainer ejkrawn.3" },
        h("div", { c: "DivXMarkWrapper ejkrawn.4" }, icon("close", 12)),
        h("div", { c: "DivExpandWrapper ejkrawn.5" }, item),
      ),
    ),
    h("button", { c: "ButtonIconContainer ejylfo5.0" }, icon("up", 20)),
  );
}

export class CardFeed {
  constructor({ data, onMedia }) {
    Object.assign(this, { data, onMedia });
    this.cards = [];
    this.list = h("div");
    this.root = h("div", { c: "DivMainContainer ec6jhlz.0" }, this.list, bottom());
    this.seen = new IntersectionObserver((entries) => this.onSeen(entries), { threshold: 0.6 });
    this.last = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && data.pull());
    data.onChange(() => this.draw());
    this.draw();
  }

  draw() {
    if (this.data.failed && !this.data.items.length) {
      fill(
        this.list,
        h(
          "main",
          {},
          errorBox(() => this.data.pull()),
        ),
      );
      return;
    }
    if (!this.cards.length) fill(this.list);
    while (this.cards.length < this.data.items.length) this.add(this.cards.length);
    this.last.disconnect();
    if (this.cards.length) this.last.observe(this.cards.at(-1));
    if (!this.data.more && !this.ended) this.list.append((this.ended = endNote()));
  }

  add(index) {
    const item = this.data.items[index];
    const card = feedCard(item, () => this.onMedia(index));
    const preview = new PreviewCard(card);
    for (const link of card.querySelectorAll('a[class*="avatar-anchor"], a[class*="StyledAuthorAnchor"]'))
      preview.watch(link, () => item);
    this.cards.push(card);
    this.list.append(card);
    this.seen.observe(card);
  }

  /** Only the card on screen holds a player. */
  onSeen(entries) {
    for (const { target, isIntersecting } of entries) {
      const item = this.data.items[this.cards.indexOf(target)];
      const old = item.kind === "video" && target.querySelector('[class*="DivVideoPlayerContainer"] > [mode]');
      if (old) old.replaceWith(player(item, "0", isIntersecting));
    }
  }

  go(index) {
    if (this.cards[index]) this.cards[index].scrollIntoView({ block: "center" });
  }
}
