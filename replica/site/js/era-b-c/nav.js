// Header, side navigation and corner buttons of eras b and c, as anonymous captures of 2025 have them.
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

const YEAR = config.era === "c" ? "2026" : "2025";

function logo() {
  return h(
    "a",
    {
      e2e: "tiktok-logo",
      "aria-label": "Go to TikTok For You feed",
      c: "StyledLinkLogo e1x4ogdq.0 link-a11y-focus",
      href: "/",
      style: "position: relative;",
    },
    h("div", { style: "margin-inline-start: 0px;" }, icon("logo", 32)),
    h("strong", {}, "TikTok"),
  );
}

function tuxButton(label, picture, attributes = {}) {
  const box = picture
    ? h(
        "div",
        { c: "TUXButton-iconContainer" },
        h("div", { c: "DivIconWithRedDotContainer ej7on1p.2", style: "font-size: 24px;" }, icon(picture, 24)),
      )
    : null;
  return h(
    "button",
    {
      c: "TUXButton TUXButton--default TUXButton--medium TUXButton--secondary StyledTUXNavButton ej7on1p.0",
      "aria-disabled": "false",
      type: "button",
      "aria-label": label,
      ...attributes,
    },
    h("div", { c: "TUXButton-content" }, box, h("div", { c: "TUXButton-label" }, label)),
  );
}

function row(name, label, picture, href) {
  return h(
    "div",
    { c: "TUXTooltip-reference StyledTUXTooltip ej7on1p.1" },
    h(
      "a",
      { e2e: `nav-${name}`, tabindex: "-1", c: "link-a11y-focus", href },
      tuxButton(label, picture, { role: "listitem" }),
    ),
  );
}

function rows(onForYou) {
  const all = [
    row("foryou", "For You", "home", "/"),
    row("explore", "Explore", "compass", "/explore"),
    row("following", "Following", "people", "/following"),
    row("upload", "Upload", "plus", "/upload"),
    row("live", "LIVE", "live", "/live"),
    row("profile", "Profile", "person", "/@"),
  ];
  all[0].querySelector("a").addEventListener("click", (event) => {
    event.preventDefault();
    onForYou();
  });
  const more = h(
    "div",
    { c: "TUXTooltip-reference StyledTUXTooltip ej7on1p.1" },
    tuxButton("More", "more", { "data-e2e": "nav-more-menu" }),
  );
  return [...all, more];
}

function header() {
  return h(
    "div",
    { id: "app-header", c: "DivHeaderContainer e1as599v.0", style: "display: none;" },
    h(
      "div",
      { c: "DivHeaderWrapperMain-StyledDivHeaderWrapperMainV2 e1as599v.2" },
      h(
        "div",
        { c: "DivHeaderRightContainer e8m7uf6.0" },
        h(
          "button",
          { type: "button", e2e: "top-login-button", c: "e8m7uf6.1 Button-StyledLoginButton ehk74z0.0" },
          "Log in",
        ),
      ),
    ),
  );
}

function sideNav(onForYou) {
  const search = h(
    "button",
    {
      c: "TUXButton TUXButton--capsule TUXButton--medium TUXButton--secondary StyledTUXSearchButton ej7on1p.5",
      e2e: "nav-search",
      "aria-disabled": "false",
      type: "button",
      "aria-label": "Search",
      role: "searchbox",
    },
    h(
      "div",
      { c: "TUXButton-content" },
      h("div", { c: "TUXButton-iconContainer" }, icon("search", 20)),
      h("div", { c: "TUXButton-label" }, "Search"),
    ),
  );
  const login = h(
    "button",
    {
      id: "header-login-button",
      c: "TUXButton TUXButton--default TUXButton--medium TUXButton--primary StyledLeftSidePrimaryButtonRedesign enq7hkb.0",
      "aria-disabled": "false",
      type: "button",
    },
    h("div", { c: "TUXButton-content" }, h("div", { c: "TUXButton-label" }, "Log in")),
  );
  const footer = h(
    "div",
    { c: "DivFooterContainer eo220d8.0" },
    ["Company", "Program", "Terms & Policies"].map((text) => h("h4", { c: "H4LinkListHeader eo220d8.8" }, text)),
    h("span", { e2e: "copyright", c: "SpanCopyright eo220d8.1" }, `© ${YEAR} TikTok`),
  );
  return h(
    "div",
    { c: "DivSideNavPlaceholderContainer e1u58fka.0" },
    h(
      "div",
      { c: "DivSideNavContainer e1u58fka.1" },
      h("div", { c: "DivAnimationCover e1u58fka.9" }),
      h(
        "div",
        { c: "DivFixedContentContainer e1u58fka.2" },
        h("div", { c: "DivLogoWrapper e1u58fka.3" }, logo()),
        h("div", { c: "DivSearchWrapper e1u58fka.4" }, search),
      ),
      h(
        "div",
        { c: "DivScrollingContentContainer e1u58fka.5" },
        h("div", { c: "DivMainNavContainer ej7on1p.4" }, rows(onForYou)),
        h("div", { c: "SubMainNavContentContainer e1u58fka.7" }, login),
        h("div", { c: "SubMainNavFooterContainer e1u58fka.8" }, footer),
      ),
    ),
  );
}

function topRight() {
  const offers = [
    h("a", { e2e: "top-right-action-bar-get-coin", href: "/coin", c: "ATopRight e4x3x65.1" }, "Get Coins"),
    h("button", { c: "ATopRight e4x3x65.2" }, "Get App"),
  ];
  return h(
    "div",
    { c: "DivFixedTopContainer ew8lpw5.1" },
    h(
      "div",
      { c: "DivTopRightContainer e4x3x65.2" },
      offers,
      h(
        "button",
        {
          id: "top-right-action-bar-login-button",
          c: "TUXButton TUXButton--capsule TUXButton--medium TUXButton--primary StyledPrimaryLoginButton e4x3x65.4",
          "aria-disabled": "false",
          type: "button",
        },
        h("div", { c: "TUXButton-content" }, h("div", { c: "TUXButton-label" }, "Log in")),
      ),
    ),
  );
}

/** What stands in #app around *content*: [header, body container]; *body* takes overlays too. */
export function frame(content, onForYou) {
  const body = h(
    "div",
    { c: config.era === "c" ? "BaseBodyContainer e1hiov6b.0" : "DivBodyContainer e1irlpdw.0" },
    sideNav(onForYou),
    content,
    topRight(),
  );
  const notice = h("section", {
    "aria-label": "Notifications alt+T",
    tabindex: "-1",
    "aria-live": "polite",
    "aria-relevant": "additions text",
    "aria-atomic": "false",
  });
  return { body, nodes: [notice, header(), body] };
}
