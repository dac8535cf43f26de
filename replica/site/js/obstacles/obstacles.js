// What gets in the way: which obstacle, and at the how-manieth TikTok shown in the viewer (or at load).
import { config } from "../config.js";
import { showCaptcha } from "./captcha.js";
import { showLogin } from "./login.js";

const SHOW = {
  captcha: showCaptcha,
  "login-wall": () => showLogin({ closable: false }),
  "login-prompt": () => showLogin({ closable: true }),
};

export class Obstacles {
  constructor() {
    this.done = false;
  }

  get at() {
    return config.obstacleAt || null;
  }

  raise() {
    const show = SHOW[config.obstacle];
    if (this.done || !show) return;
    this.done = true;
    show();
  }

  /** The page has been drawn. */
  loaded() {
    if (this.at === null) this.raise();
  }

  /** The viewer shows its n-th TikTok. */
  shown(n) {
    if (this.at !== null && n >= this.at) this.raise();
  }

  /** Whether "next" does nothing after the n-th TikTok. */
  stuck(n) {
    return config.obstacle === "feed-stuck" && n >= (this.at || 1);
  }
}
