// Tells the server what a pointer or a key was really pressed on, so that a test can see that nothing else was.
import { nameOf, standing } from "./obstacles/raised.js";

const CONTROL =
  'button, a, input, [role="button"], [role="link"], [role="slider"], [data-e2e]:not([data-e2e=""]), [tabindex]';
const VIEWER = '[class*="DivBrowserModeContainer"], [class*="DivCinemaModeRoot"]';
const FEED = 'main, [data-e2e="recommend-list-item-container"]';
const ONE_TURN_MS = 300; // a wheel's turn is many events

function inside(element, path) {
  if (nameOf(path)) return "obstacle";
  if (element.closest(VIEWER)) return "viewer";
  return element.closest(FEED) ? "feed" : "page";
}

function report(kind, event, told = {}) {
  const path = event.composedPath();
  const under = path[0] instanceof Element ? path[0] : document.body;
  const control = under.closest(CONTROL) || under;
  const outer = event.target instanceof Element ? event.target : document.body;
  const press = {
    kind,
    ...told,
    target: under.tagName.toLowerCase(),
    tag: control.tagName.toLowerCase(),
    e2e: control.getAttribute("data-e2e"),
    label: control.getAttribute("aria-label"),
    text: (control.textContent || "").trim().slice(0, 80),
    inside: inside(outer, path),
    viewing: document.querySelector(VIEWER) !== null,
    obstacle: nameOf(path),
    covered: standing().length > 0,
    standing: standing(),
    path: location.pathname,
    at: Date.now(),
  };
  navigator.sendBeacon("/_replica/presses", JSON.stringify(press));
}

let turned = 0;

function onWheel(event) {
  const first = event.timeStamp - turned > ONE_TURN_MS;
  turned = event.timeStamp;
  if (event.isTrusted && first) report("wheel", event, { x: event.clientX, y: event.clientY });
}

addEventListener(
  "pointerdown",
  (event) => event.isTrusted && report("pointer", event, { x: event.clientX, y: event.clientY }),
  true,
);
addEventListener("keydown", (event) => event.isTrusted && report("key", event, { key: event.key }), true);
addEventListener("wheel", onWheel, { capture: true, passive: true });
