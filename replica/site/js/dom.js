// Elements in one line each: h("div", {c: "DivName e1abc.0", e2e: "browse-video"}, children).
import { className } from "./names.js";

/**
 * Make an element. Attributes are set as written; `c` is a class spec (names.js), `e2e` is data-e2e,
 * `on` is {event: handler}; true gives an empty attribute, null and false leave it out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false || value === undefined) continue;
    if (name === "c") element.setAttribute("class", className(value));
    else if (name === "e2e") element.setAttribute("data-e2e", value);
    else if (name === "on")
      for (const [event, handler] of Object.entries(value)) element.addEventListener(event, handler);
    else element.setAttribute(name, value === true ? "" : value);
  }
  append(element, children);
  return element;
}

/** Append text, elements and lists of them; null and false are left out. */
export function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child);
  }
}

/** Put *children* in place of whatever *parent* holds. */
export function fill(parent, ...children) {
  parent.textContent = "";
  append(parent, children);
  return parent;
}

/** Put *siblings* in place of whatever follows *element*; the element itself isn't touched. */
export function after(element, ...siblings) {
  while (element.nextSibling) element.nextSibling.remove();
  element.after(...siblings.filter((sibling) => sibling));
}
