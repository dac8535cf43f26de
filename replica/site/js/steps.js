// What steps a view: key, button, wheel, or fewer of them than the site has.
import { config } from "./config.js";

const DIRECTION = { ArrowDown: 1, ArrowUp: -1 };
const ONE_TURN_MS = 200; // a wheel's turn is many events, and one step

/** The direction in which *event*'s key steps; undefined: it is no such key, or is typed. */
export function keyDirection(event) {
  return event.target instanceof HTMLInputElement ? undefined : DIRECTION[event.key];
}

/** Whether *means* steps a view in which the site lets *usual* do so. */
export function works(means, usual) {
  return (config.stepsBy || usual).includes(means);
}

/** The ways to step a full-screen view, from `listen` to `stop`. `holdsWheel`: nothing in it follows a wheel. */
export class Steps {
  constructor({ step, leave, holdsWheel }) {
    Object.assign(this, { step, leave, holdsWheel });
    this.turned = -Infinity;
    this.onKey = this.onKey.bind(this);
    this.onWheel = this.onWheel.bind(this);
  }

  works(means) {
    return works(means, ["key", "button"]);
  }

  listen() {
    document.addEventListener("keydown", this.onKey);
    document.addEventListener("wheel", this.onWheel, { passive: false });
  }

  stop() {
    document.removeEventListener("keydown", this.onKey);
    document.removeEventListener("wheel", this.onWheel);
  }

  button(direction) {
    if (this.works("button")) this.step(direction);
  }

  onKey(event) {
    const direction = keyDirection(event);
    if (event.key === "Escape" && !(event.target instanceof HTMLInputElement)) this.leave();
    if (direction === undefined) return;
    event.preventDefault();
    if (this.works("key")) this.step(direction);
  }

  onWheel(event) {
    const works = this.works("wheel");
    if (works || this.holdsWheel) event.preventDefault();
    const first = event.timeStamp - this.turned > ONE_TURN_MS;
    this.turned = event.timeStamp;
    if (works && first && event.deltaY) this.step(Math.sign(event.deltaY));
  }
}
