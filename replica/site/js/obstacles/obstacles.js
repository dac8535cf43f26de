// What gets in the way: which obstacle, and at the how-manieth TikTok shown (or at load).
import { config } from "../config.js";
import { showCaptcha } from "./captcha.js";
import { showCaptchaOld } from "./captcha-old.js";
import { showCookieBanner, showLightCookieBanner } from "./cookie-banner.js";
import { showCover } from "./cover.js";
import { showFloatingBanner } from "./floating-banner.js";
import { showGotIt } from "./got-it.js";
import { showInterests } from "./interests.js";
import { showLogin } from "./login.js";
import { showShortcuts } from "./shortcuts.js";
import { showSpinner, showWhite } from "./undrawn.js";
import { showVeil } from "./veil.js";

const SHOW = {
  captcha: showCaptcha,
  "captcha-old": showCaptchaOld,
  "login-wall": () => showLogin("login-wall", null),
  "login-prompt": () => showLogin("login-prompt", config.guest),
  interests: showInterests,
  shortcuts: showShortcuts,
  "got-it": showGotIt,
  cover: showCover,
  veil: showVeil,
  "floating-banner": showFloatingBanner,
  "cookie-banner": showCookieBanner,
  "cookie-banner-light": showLightCookieBanner,
};
// After these there is no feed any more; at load it is the server that gives them in its place.
const LEAVE = {
  "white-page": showWhite,
  spinner: showSpinner,
  region: () => location.assign(config.notFound),
  "video-page": (item) => location.assign(item.path),
};

export class Obstacles {
  constructor() {
    this.done = false;
    this.left = false;
  }

  get at() {
    return config.obstacleAt || null;
  }

  raise(item) {
    const show = SHOW[config.obstacle] || LEAVE[config.obstacle];
    const leaves = config.obstacle in LEAVE;
    if (this.done || !show || (leaves && config.page !== "feed")) return;
    this.done = true;
    this.left = leaves;
    show(item);
  }

  /** The page has been drawn. */
  loaded() {
    if (this.at === null && config.obstacle in SHOW) this.raise();
  }

  /** The n-th TikTok is shown, *item*. */
  shown(n, item) {
    if (this.at !== null && n >= this.at) this.raise(item);
  }

  /** Whether "next" does nothing after the n-th TikTok. */
  stuck(n) {
    if (config.obstacle === "veil" && this.done) return true;
    return this.left || (config.obstacle === "feed-stuck" && n >= (this.at || 1));
  }
}
