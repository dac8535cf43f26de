// The left half of era b's browse mode: player, search box and round buttons (capture 2025-03).
import { seekBar } from "../parts/browse-parts.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { photos } from "../parts/photos.js";
import { poster, wrapper } from "../parts/player.js";

const BARE = { "data-e2e": "" };

function searchBar() {
  return h(
    "div",
    { c: "DivSearchBarContainer e11s2kul.29" },
    h("div", { c: "DivSearchBarBackground e11s2kul.30" }),
    h(
      "div",
      { c: "DivSearchFormContainer e1hi1cmj.0" },
      h(
        "form",
        { e2e: "search-box", c: "search-input FormElement e14ntknm.0", action: "/search" },
        h("input", {
          placeholder: "Find related content",
          name: "q",
          type: "search",
          autocomplete: "off",
          role: "combobox",
          "aria-controls": "",
          "aria-label": "Find related content",
          "aria-expanded": "false",
          "aria-autocomplete": "list",
          e2e: "search-user-input",
          c: "InputElement e14ntknm.3",
          value: "",
        }),
        h("span", { c: "SpanSpliter e14ntknm.6" }),
        h(
          "button",
          { e2e: "search-box-button", type: "submit", "aria-label": "Search", c: "ButtonSearch e14ntknm.7" },
          h("div", { c: "DivSearchIconContainer e14ntknm.8" }, icon("search", 20, BARE)),
        ),
        h("div", { c: "DivBrowserModeInputBorder e14ntknm.2" }),
      ),
    ),
  );
}

function arrow(side, label, picture, onClick) {
  const attributes = {
    e2e: `arrow-${side}`,
    role: "button",
    "aria-label": label,
    c: "ButtonBasicButtonContainer-StyledVideoSwitch e11s2kul.10",
  };
  return h("button", { ...attributes, on: { click: onClick } }, icon(picture, 26, BARE));
}

function player(item) {
  if (item.kind === "photo") return photos(item);
  return h(
    "div",
    { mode: "2", c: "DivContainer e1yey0rl.0" },
    poster(item),
    h("div", { e2e: "browse-video", c: "DivBasicPlayerWrapper e1yey0rl.2" }, wrapper(item, 2)),
  );
}

/** What the player half shows of *item*. */
export function media(item) {
  return [
    player(item),
    seekBar(item, true),
    h("div", { c: "DivVideoControlTop e1rpry1m.7" }, h("div", { c: "DivVideoClosedCaptionContainer e11s2kul.31" })),
    h("div", { c: "DivVideoControlBottom e1rpry1m.6" }),
  ];
}

/** The half itself, around the player and its blurred background, and its two arrows. */
export function controls(turn, videoWrapper, blur) {
  const previous = arrow("left", "Go to previous video", "up", () => turn.step(-1));
  const next = arrow("right", "Go to next video", "down", () => turn.step(1));
  const close = h(
    "button",
    {
      role: "button",
      "aria-label": "Close",
      e2e: "browse-close",
      c: "ButtonBasicButtonContainer-StyledCloseIconContainer e11s2kul.6",
      on: { click: () => turn.close() },
    },
    icon("close", 20, BARE),
  );
  const sound = h(
    "button",
    {
      tabindex: "0",
      role: "button",
      "aria-label": "Volume",
      e2e: "browse-sound",
      c: "ButtonVoiceControlNew e11s2kul.20",
    },
    icon("sound", 20, BARE),
  );
  const left = h(
    "div",
    { c: "DivVideoContainer e11s2kul.24" },
    searchBar(),
    blur,
    videoWrapper,
    close,
    h(
      "div",
      { c: "DivMiniPlayerContainer e11s2kul.23" },
      h("div", { c: "DivMiniPlayerButtonContainer e1vz198y.0" }, icon("full", 20)),
    ),
    h("div", { c: "DivVoiceControlContainer e11s2kul.21" }, sound),
    previous,
    next,
    h("div", { tabindex: "0", e2e: "browse-ellipsis", c: "DivIconWrapper e11s2kul.17" }, icon("more", 20)),
    h("div", { c: "FooterBtnWrapper e11s2kul.27" }),
  );
  return { left, previous, next };
}
