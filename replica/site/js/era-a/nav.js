// Header and side navigation of era a, as the anonymous capture of 2022-03 has them.
import { avatar } from "../parts/avatar.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

const ACCOUNTS = [
  "quiet.harbor",
  "paper.lanterns",
  "north.window",
  "copper.kite",
  "river.almanac",
  "velvet.compass",
  "plain.biscuit",
  "august.orchard",
];
const TOPICS = ["rap", "comedy", "gaming", "food", "dance", "beauty", "animals", "sports"];
const LINKS = {
  page: ["About", "TikTok Browse", "Newsroom", "Contact", "Careers", "ByteDance"],
  program: ["TikTok for Good", "Advertise", "Developers", "TikTok Rewards"],
  legal: ["Help", "Safety", "Terms", "Privacy", "Creator Portal", "Community Guidelines"],
};

function header() {
  const search = h(
    "form",
    { c: "search-input FormElement ev30f21.0", action: "/search" },
    h("input", {
      type: "search",
      value: "",
      placeholder: "Search accounts",
      name: "q",
      autocomplete: "off",
      e2e: "search-user-input",
      c: "InputElement ev30f21.2",
    }),
    h("span", { c: "SpanSpliter ev30f21.5" }),
    h("button", { e2e: "search-button", type: "submit", c: "ButtonSearch ev30f21.6" }, icon("search", 20)),
    h("div", { c: "DivInputBorder ev30f21.1" }),
  );
  return h(
    "div",
    { c: "DivHeaderContainer e10win0d.0", style: "right: 0px" },
    h(
      "div",
      { c: "DivHeaderWrapperMain e10win0d.1" },
      h(
        "a",
        { e2e: "tiktok-logo", c: "StyledLinkLogo e1an6zpe.0", href: "/" },
        icon("logo", 32),
        h("strong", {}, "TikTok"),
      ),
      h(
        "div",
        { c: "DivHeaderCenterContainer e1y44jw.0" },
        h("div", { c: "DivSearchFormContainer eagc08l.0" }, search),
      ),
      h(
        "div",
        { c: "DivHeaderRightContainer e13wiwn6.0" },
        h("div", {}, h("a", { href: "/upload", e2e: "upload-icon", c: "StyledLinkText e18d3d94.1" }, "Upload")),
        h(
          "button",
          { type: "button", e2e: "top-login-button", c: "e13wiwn6.2 Button-StyledLoginButton ehk74z0.0" },
          "Log in",
        ),
        h("i", { e2e: "see-more-icon", c: "IMoreIconWrapper e13wiwn6.3" }, icon("more", 20)),
      ),
    ),
  );
}

function mainNav() {
  const row = (name, label, picture, href) =>
    h(
      "div",
      {},
      h(
        "a",
        { href, e2e: `nav-${name}`, c: "StyledTmpLink e14l9ebt.5" },
        icon(picture, 32),
        h("h2", { c: "H2MainNavText e14l9ebt.7" }, label),
      ),
    );
  return h(
    "div",
    { c: "DivMainNavContainer e14l9ebt.8" },
    row("foryou", "For You", "home", "/en"),
    row("following", "Following", "people", "/following"),
    row("live", "LIVE", "live", "/live"),
  );
}

function account(name, at) {
  const face = avatar({ avatar: "" }, 32);
  const words = h(
    "div",
    { c: "DivUserTitleWrapper e797se2.6" },
    h("h4", { e2e: "suggest-user-title", c: "H4UserTitle e797se2.7" }, name),
    h("div", { e2e: "suggest-user-bluev" }, icon("tick", 14)),
  );
  return h(
    "div",
    { c: "DivUserLinkContainer e797se2.0", style: at > 4 ? "display: none" : null },
    h("a", { e2e: "suggest-user-avatar", href: `/@${name}` }, face),
    h(
      "a",
      { c: "StyledUserContentLink e797se2.4", href: `/@${name}` },
      words,
      h("p", { e2e: "suggest-user-desc", c: "PUserDesc e797se2.9" }, name.replace(".", " ")),
    ),
  );
}

function suggestions() {
  return h(
    "div",
    { c: "DivUserContainer e4a681b.0" },
    h("p", { e2e: "suggest-accounts", c: "PTitle e4a681b.1" }, "Suggested accounts"),
    ACCOUNTS.map(account),
    h(
      "div",
      { e2e: "see-all", c: "DivShowMoreTextContainer e4a681b.2" },
      h("p", { e2e: "suggest-see-all", c: "PShowMoreText e4a681b.3" }, "See all"),
    ),
  );
}

function discover() {
  const topic = (name) =>
    h(
      "a",
      { e2e: "nav-discover-href", c: "StyledTmpLink eikhr9j.6", href: `/tag/${name}?lang=en` },
      h("div", { c: "DivDiscoverItemContainer eikhr9j.7" }, h("p", { c: "PText eikhr9j.12" }, `# ${name}`)),
    );
  return h(
    "div",
    { c: "DivDiscoverContainer eikhr9j.2" },
    h("p", { e2e: "nav-discover-title", c: "PDiscoverTitle eikhr9j.3" }, "Discover"),
    h("div", { e2e: "nav-discover-list", c: "DivDiscoverListContainer eikhr9j.4" }, TOPICS.map(topic)),
  );
}

function footer() {
  const link = (kind, text) =>
    h(
      "a",
      {
        href: `https://www.tiktok.com/${text.toLowerCase().replaceAll(" ", "-")}?lang=en`,
        target: "_blank",
        e2e: `${kind}-link`,
        c: "StyledNavLink el3hfgg.3",
      },
      text,
    );
  const group = ([kind, texts]) =>
    h(
      "div",
      { c: "DivLinkContainer el3hfgg.1" },
      texts.map((text) => link(kind, text)),
    );
  return h(
    "div",
    { c: "DivFooterContainer el3hfgg.0" },
    Object.entries(LINKS).map(group),
    h("span", { e2e: "copyright", c: "SpanCopyright el3hfgg.2" }, "© 2022 TikTok"),
  );
}

function sideNav() {
  const login = h(
    "div",
    { c: "DivFrameContainer efna91q.0" },
    h(
      "p",
      { e2e: "nav-login-tip", c: "PLoginHint efna91q.1" },
      "Log in to follow creators, like videos, and view comments.",
    ),
    h("button", { type: "button", e2e: "nav-login-button", c: "efna91q.2 Button-StyledLogin ehk74z0.0" }, "Log in"),
  );
  return h(
    "div",
    { c: "DivSideNavContainer e1irlpdw.1" },
    h(
      "div",
      {},
      h("div", { c: "DivSideNavMask e1irlpdw.2" }),
      h(
        "div",
        { c: "DivSideNavContainer e14l9ebt.1" },
        h(
          "div",
          { c: "e14l9ebt.0 DivScrollContainer-StyledScroll e1b4u1n.1" },
          h(
            "div",
            { c: "DivWrapper e14l9ebt.2" },
            mainNav(),
            login,
            suggestions(),
            discover(),
            h("div", { c: "DivPlaceholder e14l9ebt.6" }),
            footer(),
          ),
          h("div", { c: "DivScrollBar e1b4u1n.0" }, h("div", { c: "DivScrollBarThumb e1b4u1n.3" })),
        ),
      ),
    ),
  );
}

/** What stands in #app around *content*; *body* takes the viewer too. */
export function frame(content) {
  const body = h("div", { c: "DivBodyContainer e1irlpdw.0" }, sideNav(), content);
  return { body, nodes: [header(), body] };
}
