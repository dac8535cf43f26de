// A photo post: an inner, horizontal carousel of slides in place of the player (site notes 1.2).
import { h } from "../dom.js";

/** div.swiper > div.swiper-wrapper > div.swiper-slide > img[class*=ImgPhotoSlide]. */
export function photos(item) {
  const slides = item.images.map((source, at) =>
    h(
      "div",
      { c: at === 0 ? "swiper-slide swiper-slide-active" : "swiper-slide", "data-swiper-slide-index": String(at) },
      h("img", { c: "ImgPhotoSlide e10jea83.2", src: source, alt: item.desc }),
    ),
  );
  const dots = item.images.map((_, at) => h("i", { c: at === 0 ? "IDot-on" : "IDot-off" }));
  return h(
    "div",
    { c: "DivPhotoVideoContainer e10jea83.0" },
    h("div", { c: "swiper swiper-initialized swiper-horizontal" }, h("div", { c: "swiper-wrapper" }, slides)),
    h("div", { c: "DivPhotoControl e10jea83.1" }, dots),
  );
}
