// Captcha v2, element by element as in the captures of 2025; it can't be solved here.
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { raise } from "./raised.js";

const HIDDEN =
  "border: 0px; clip: rect(0px, 0px, 0px, 0px); height: 1px; margin: -1px; overflow: hidden; padding: 0px; position: fixed; white-space: nowrap; width: 1px; top: 0px; left: 0px;";

/** A picture of noise, drawn here: the real ones are blobs too. */
export function noise(width, height, tint) {
  const canvas = h("canvas", { width: String(width), height: String(height) });
  const pen = canvas.getContext("2d");
  for (let at = 0; at < 90; at += 1) {
    pen.fillStyle = `hsl(${(tint + at * 37) % 360} 45% ${30 + ((at * 13) % 40)}%)`;
    pen.fillRect((at * 53) % width, (at * 29) % height, 46, 30);
  }
  return canvas.toDataURL();
}

function iconButton(id, name, extra = "", label = null) {
  const box = h(
    "div",
    { class: "TUXButton-content" },
    h("div", { class: "TUXButton-iconContainer" }, icon(name, 18)),
    label ? h("div", { class: "TUXButton-label" }, label) : null,
  );
  return h(
    "button",
    {
      class: `TUXButton TUXButton--borderless TUXButton--xsmall TUXButton--secondary ${extra}`,
      "aria-disabled": "false",
      type: "button",
      id,
    },
    box,
  );
}

function head(close) {
  const button = iconButton("captcha_close_button", "close");
  for (const [name, value] of [
    ["role", "button"],
    ["aria-label", "Close"],
    ["aria-live", "polite"],
  ])
    button.setAttribute(name, value);
  button.addEventListener("click", close);
  return h(
    "div",
    {
      class:
        "cap-flex cap-flex-row-reverse sm:cap-flex-col cap-justify-between sm:cap-justify-start cap-w-full cap-mb-8",
    },
    h("div", { class: "cap-flex cap-flex-row-reverse cap-items-center   }" }, button),
    h(
      "span",
      {
        class: "cap-flex cap-items-center ",
        style: "color: var(--ui-text-1); font-size: 16px; font-weight: inherit; font-family: var(--tux-web-font-body);",
      },
      "Drag the puzzle piece into place",
    ),
  );
}

function puzzle() {
  const piece = h(
    "div",
    {
      draggable: "true",
      class: "cap-flex cap-absolute ",
      style: "cursor: grab; transform: translateX(0px); top: 25.8px; left: 0px;",
    },
    h("img", {
      src: noise(69, 69, 200),
      alt: "Captcha",
      draggable: "false",
      style: "width: 69.3895px; height: 69.3895px; display: block;",
    }),
  );
  const slide = h(
    "button",
    {
      class:
        "TUXButton TUXButton--default TUXButton--medium TUXButton--secondary TUXButton--disabled secsdk-captcha-drag-icon sm:cap-w-auto cap-ml-0 cap-shadow-md",
      "aria-disabled": "true",
      type: "button",
      id: "captcha_slide_button",
      style: "opacity: 1; cursor: grab; border-radius: 32px; width: 64px; min-width: 24px;",
    },
    h("div", { class: "TUXButton-content" }, h("div", { class: "TUXButton-iconContainer" }, icon("play", 18))),
  );
  return h(
    "div",
    { class: "cap-flex cap-flex-col cap-w-full cap-justify-center cap-min-h-[180px]" },
    h(
      "div",
      { class: "cap-flex cap-flex-col cap-relative" },
      h("img", {
        id: "captcha-verify-image",
        src: noise(348, 217, 20),
        alt: "captcha_whirl_title",
        class: "cap-rounded-lg cap-w-full cap-h-auto",
        draggable: "false",
        style: "display: block;",
      }),
      piece,
    ),
    h(
      "div",
      { class: "cap-flex cap-w-full cap-mt-6 cap-mb-4" },
      h(
        "div",
        { class: "cap-flex  cap-w-full cap-h-40 cap-rounded-full cap-bg-UISheetGrouped3" },
        h(
          "div",
          { draggable: "true", class: "cap-flex cap-absolute ", style: "cursor: grab; transform: translateX(0px);" },
          slide,
        ),
      ),
    ),
  );
}

function foot() {
  return h(
    "div",
    { class: "cap-flex cap-flex-row cap-justify-between cap-w-full" },
    iconButton("captcha_switch_button", "sound", "cap-flex ", "Audio"),
    h(
      "div",
      { class: "cap-flex cap-flex-row" },
      iconButton("captcha_refresh_button", "share", "cap-flex cap-items-center cap-mx-4"),
      iconButton("captcha_feedback_button", "flag", "cap-flex cap-items-center cap-mx-4"),
    ),
  );
}

/** Cover the page; what is behind stays drawn and readable, but inert. */
export function showCaptcha() {
  const behind = [...document.querySelectorAll("#app-header, #app > div, body > div")].filter(
    (element) => element.id !== "app",
  );
  const guard = () =>
    h("span", {
      "data-type": "inside",
      tabindex: "0",
      "aria-hidden": "true",
      "data-floating-ui-focus-guard": "",
      style: HIDDEN,
    });
  const page = h("div", {
    id: "captcha-verify-container-main-page",
    "aria-modal": "true",
    role: "main",
    class: "cap-flex cap-py-4 cap-px-12 sm:cap-py-12 sm:cap-px-16 cap-flex-col sm:cap-w-[380px]",
  });
  const modal = h(
    "div",
    {
      class: "TUXModal captcha-verify-container",
      "data-width": "small",
      "aria-labelledby": ":r1:_title",
      tabindex: "0",
      id: ":r2:",
      role: "dialog",
      style: "width: 380px; max-width: unset; z-index: 8000;",
    },
    page,
  );
  const overlay = h(
    "div",
    {
      class: "TUXModal-overlay",
      "data-transition-status": "open",
      dir: "ltr",
      "data-tux-color-scheme": config.era === "a" ? "light" : "dark",
      style: "position: fixed; overflow: auto; inset: 0px; z-index: 8000;",
    },
    guard(),
    modal,
    guard(),
  );
  const portal = h("div", { id: ":r4:", "data-floating-ui-portal": "" }, overlay);
  const close = () => {
    portal.remove();
    behind.forEach((element) => element.removeAttribute("data-floating-ui-inert"));
    behind.forEach((element) => element.removeAttribute("aria-hidden"));
    document.getElementById("app").removeAttribute("inert");
  };
  page.append(head(close), puzzle(), foot());
  for (const element of behind) {
    element.setAttribute("data-floating-ui-inert", "");
    element.setAttribute("aria-hidden", "true");
  }
  document.getElementById("app").setAttribute("inert", "true");
  raise("captcha", portal);
}
