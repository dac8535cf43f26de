// The login modal, with and without a way past it (site notes 6.3).
import { config } from "../config.js";
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";

const WAYS = [
  "Use QR code",
  "Use phone / email / username",
  "Continue with Facebook",
  "Continue with Google",
  "Continue with X",
  "Continue with Apple",
  "Continue with LINE",
];

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

/** Cover the page. *closable*: with a close button and "Continue as guest"; else there is no way past. */
export function showLogin({ closable }) {
  const root = h("div", { c: "DivModalContainer e1gjoq3k.0", style: "z-index: 3001; position: fixed;" });
  const close = () => root.remove();
  const title = config.era === "c" ? "Log in to explore more content" : "Log in to TikTok";
  const card = h(
    "div",
    { id: "loginContainer", c: "DivLoginContainer exd0a43.0", role: "dialog" },
    h("div", { c: "DivLoginTitle exd0a43.1" }, h("h2", { e2e: "login-title" }, title)),
    WAYS.map((text) => way(text)),
    closable ? way("Continue as guest", close) : null,
    h(
      "div",
      { c: "DivFooter exd0a43.2" },
      "Don’t have an account? ",
      h("a", { e2e: "bottom-sign-up", href: "/signup" }, "Sign up"),
    ),
  );
  const button = closable
    ? h(
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
      )
    : null;
  root.append(
    h("div", { e2e: "modal-mask", c: "DivModalMask e1gjoq3k.1" }),
    h("div", { c: "DivModalContent e1gjoq3k.3" }, button, card),
  );
  document.body.append(root);
}
