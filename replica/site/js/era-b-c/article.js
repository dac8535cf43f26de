// One post of the one-column feed (eras b and c), also used inside cinema mode (site notes 1.2, 1.2b, 1.2c).
import { config } from "../config.js";
import { actionBarB, mediaB } from "./post-b.js";
import { actionBarC } from "./post-c-actions.js";
import { mediaC } from "./post-c-media.js";
import { h } from "../dom.js";
import { liveSection } from "../parts/live-card.js";
import { toggle } from "../parts/player.js";

const LATE = config.era === "c";

/**
 * The content of an article: media and action bar. *onMedia* is called with the section on a click on the media;
 * *onEnter* by the entry to cinema mode (null: there is none); *cinema*: it stands in cinema mode.
 */
export function postContent(item, index, { onMedia = toggle, onEnter = null, cinema = false } = {}) {
  const content = h("div", { c: `DivContentFlexLayout ${LATE ? "e1cb0yqt.2" : "e1g8q3v.0"}` });
  if (item.kind === "live") content.append(liveSection(item));
  else {
    const media = LATE ? mediaC(item, index, { onEnter, cinema }) : mediaB(item);
    media.addEventListener("click", (event) => {
      if (!event.target.closest("a, button")) onMedia(media);
    });
    content.append(media, LATE ? actionBarC(item) : actionBarB(item));
  }
  return content;
}

/** The links of a post on which the pointer's rest opens the preview card. */
export function creatorLinks(content) {
  return [...content.querySelectorAll('a[data-e2e="video-author-avatar"], [class*="DivCreatorInfoContainer"] a')];
}
