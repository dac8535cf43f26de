// The round picture of a creator, in the nesting that all captures share.
import { config } from "../config.js";
import { h } from "../dom.js";

/** div > span[shape=circle] > img, *size* pixels wide. */
export function avatar(item, size) {
  const style = `width: ${size}px; height: ${size}px;`;
  const image = h("img", {
    loading: "lazy",
    alt: config.era === "a" ? null : "",
    src: item.avatar || null,
    c: "ImgAvatar e1e9er4e.1",
  });
  const circle = h(
    "span",
    { shape: "circle", e2e: "", c: "e1vl87hj.2 SpanAvatarContainer-StyledAvatar e1e9er4e.0", style },
    image,
  );
  return h("div", { c: "DivContainer e1vl87hj.1", style }, circle);
}
