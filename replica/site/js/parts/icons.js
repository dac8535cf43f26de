// Line pictures of our own, in the shapes one expects: the real ones' paths are not in the captures.
const PATHS = {
  like: "M24 40S6 29 6 17.5C6 11.7 10.3 8 15 8c3.8 0 7 2.2 9 5.5C26 10.2 29.2 8 33 8c4.7 0 9 3.7 9 9.5C42 29 24 40 24 40Z",
  comment: "M24 6C13 6 5 13 5 22c0 5.2 2.7 9.8 7 12.7V43l8.6-5.3c1.1.2 2.2.3 3.4.3 11 0 19-7 19-16S35 6 24 6Z",
  save: "M12 5h24c1.7 0 3 1.3 3 3v36L24 34 9 44V8c0-1.7 1.3-3 3-3Z",
  share: "M27 8v9C12 18 6 28 5 40c5-8 12-12 22-12v9l17-14.5L27 8Z",
  music: "M38 4v29a8 8 0 1 1-4-7V13l-17 4v21a8 8 0 1 1-4-7V10L38 4Z",
  close: "M10 6 24 20 38 6l4 4-14 14 14 14-4 4-14-14-14 14-4-4 14-14L6 10Z",
  up: "M24 14 42 32l-4 4-14-14-14 14-4-4Z",
  down: "M24 34 6 16l4-4 14 14 14-14 4 4Z",
  play: "M14 6v36l28-18Z",
  sound:
    "M6 17v14h9l12 10V7L15 17H6Zm26-2a12 12 0 0 1 0 18v-5a7 7 0 0 0 0-8Zm0-9a20 20 0 0 1 0 36v-5a16 16 0 0 0 0-26Z",
  more: "M8 20a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm16 0a4 4 0 1 0 0 8 4 4 0 0 0 0-8Zm16 0a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z",
  flag: "M9 4h4v3h26l-6 10 6 10H13v17H9Z",
  home: "M24 5 4 22h6v20h11V30h6v12h11V22h6Z",
  search: "M20 6a14 14 0 1 0 8.6 25L40 42l3-3-11.3-11.3A14 14 0 0 0 20 6Zm0 4a10 10 0 1 1 0 20 10 10 0 0 1 0-20Z",
  person: "M24 4a10 10 0 1 0 0 20 10 10 0 0 0 0-20ZM6 44c0-10 8-16 18-16s18 6 18 16Z",
  compass: "M24 4a20 20 0 1 0 0 40 20 20 0 0 0 0-40Zm9 11-6 14-14 6 6-14Z",
  people:
    "M17 8a8 8 0 1 0 0 16 8 8 0 0 0 0-16ZM3 40c0-8 6-13 14-13s14 5 14 13Zm30-30a7 7 0 0 1 0 14Zm2 17c6 0 10 5 10 11h-9c0-4-2-8-5-11Z",
  live: "M14 4l10 9L34 4l3 3-6 6h11c2 0 3 1 3 3v23c0 2-1 3-3 3H6c-2 0-3-1-3-3V16c0-2 1-3 3-3h11l-6-6Zm4 14v18l16-9Z",
  plus: "M21 6h6v15h15v6H27v15h-6V27H6v-6h15Z",
  full: "M6 6h14v5H11v9H6Zm22 0h14v14h-5v-9h-9ZM6 28h5v9h9v5H6Zm31 0h5v14H28v-5h9Z",
  tick: "M24 3a21 21 0 1 0 0 42 21 21 0 0 0 0-42Zm-3 30-9-9 4-4 5 5 12-12 4 4Z",
  face: "M24 4a20 20 0 1 0 0 40 20 20 0 0 0 0-40Zm-8 12h4v6h-4Zm12 0h4v6h-4ZM14 33c3-6 17-6 20 0Z",
  logo: "M31 4c.5 5 3.6 8.3 8.5 8.7v6.6c-3.2.1-6-.9-8.5-2.6v13.5C31 38 25.5 44 18.5 44S6 38.5 6 31.5 12 19 20 19.5v7c-3.5-.6-6.8 1.5-6.8 5 0 3.2 2.4 5.5 5.3 5.5s5.7-2.3 5.7-6.5V4Z",
};

/** One of the pictures, *size* pixels wide; *extra*: further attributes (2025's icons have an empty data-e2e). */
export function icon(name, size = 24, extra = {}) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [key, value] of Object.entries({
    width: size,
    height: size,
    viewBox: "0 0 48 48",
    fill: "currentColor",
    ...extra,
  }))
    svg.setAttribute(key, value);
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  path.setAttribute("fill-rule", "evenodd");
  svg.append(path);
  return svg;
}
