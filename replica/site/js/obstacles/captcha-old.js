// Captcha v1, as it was until mid-2024 (site notes 6.1); it can't be solved here.
import { h } from "../dom.js";
import { icon } from "../parts/icons.js";
import { noise } from "./captcha.js";
import { raise } from "./raised.js";

/** Cover the page; the cross takes it away. */
export function showCaptchaOld() {
  const root = h("div", { id: "captcha_container" });
  const close = () => {
    root.remove();
    document.body.classList.remove("captcha-disable-scroll");
  };
  const bar = h(
    "div",
    { class: "captcha_verify_bar sc-jTzLTM" },
    h("div", { class: "captcha_verify_bar--title" }, "Verify to continue:"),
    h("a", { id: "verify-bar-close", class: "captcha_verify_bar--close", on: { click: close } }, icon("close", 18)),
  );
  const pictures = h(
    "div",
    { class: "captcha_verify_img--wrapper" },
    h("img", { id: "captcha-verify-image", src: noise(340, 212, 40), alt: "" }),
    h("img", { class: "captcha_verify_img_slide", src: noise(60, 60, 200), alt: "" }),
  );
  const slide = h(
    "div",
    { class: "captcha_verify_slide--slidebar" },
    h("div", { class: "secsdk-captcha-drag-icon" }, icon("play", 18)),
  );
  const message = h("div", { class: "captcha_verify_message" }, "Drag the slider to fit the puzzle");
  root.append(h("div", { class: "captcha_verify_container" }, bar, pictures, message, slide));
  document.body.classList.add("captcha-disable-scroll");
  raise("captcha-old", root);
}
