// The login modal, with and without a way past it (site notes 6.3).
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { raise } from "./raised.js";

const WAYS = [
  "Use QR code",
  "Use phone / email / username",
  "Continue with Facebook",
  "Continue with Google",
  "Continue with X",
  "Continue with Apple",
  "Continue with LINE",
];

// How a guest gets past: the words of the strings, and the older element that has neither role nor name (6.7).
const WORDS = {
  guest: "Continue as guest",
  login: "Continue without login",
  signup: "Continue without signup",
  video: "Continue to video",
  div: "Continue as guest",
};

function way(text, onClick) {
  return h(
    "div",
    {
      tabindex: "0",
      role: "link",
      e2e: "channel-item",
      c: "DivBoxContainer e1cgu1qo.0",
      on: onClick ? { click: onClick } : {},
    },
    icon("person", 18),
    h("div", { c: "DivBoxText e1cgu1qo.1" }, text),
  );
}

function guestWay(guest, close) {
  if (guest === null) return null;
  if (guest !== "div") return way(WORDS[guest], close);
  const box = h("div", { c: "DivBoxContainer e1cgu1qo.0", on: { click: close } }, WORDS[guest]);
  return h("div", { c: "DivGuestModeContainer exd0a43.3" }, box);
}

function cross(close) {
  return h(
    "div",
    {
      e2e: "modal-close-inner-button",
      role: "button",
      "aria-label": "Close",
      tabindex: "0",
      c: "DivCloseWrapper e1gjoq3k.6",
      on: { click: close },
    },
    icon("close", 20),
  );
}

/** Cover the page. *guest*: the way past, one of WORDS; only "guest" has a cross too; null: there is no way. */
export function showLogin(name, guest) {
  const root = h("div", { c: "DivModalContainer e1gjoq3k.0", style: "z-index: 3001; position: fixed;" });
  const close = () => root.remove();
  const title = config.era === "c" ? "Log in to explore more content" : "Log in to TikTok";
  const card = h(
    "div",
    { id: "loginContainer", c: "DivLoginContainer exd0a43.0", role: "dialog" },
    h("div", { c: "DivLoginTitle exd0a43.1" }, h("h2", { e2e: "login-title" }, title)),
    WAYS.map((text) => way(text)),
    guestWay(guest, close),
    h(
      "div",
      { c: "DivFooter exd0a43.2" },
      "Don’t have an account? ",
      h("a", { e2e: "bottom-sign-up", href: "/signup" }, "Sign up"),
    ),
  );
  root.append(
    h("div", { e2e: "modal-mask", c: "DivModalMask e1gjoq3k.1" }),
    h("div", { c: "DivModalContent e1gjoq3k.3" }, guest === "guest" ? cross(close) : null, card),
  );
  raise(name, root);
}
