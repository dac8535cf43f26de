// One starter per kind of page.
import { config } from "./config.js";
import { fill } from "./dom.js";
import { FeedData } from "./feed-data.js";
import { Obstacles } from "./obstacles.js";
import { Viewer } from "./viewer.js";
import { browseView } from "./browse-b.js";
import { Column } from "./column.js";
import { endNote } from "./end.js";
import { frame } from "./nav-b.js";

const app = () => document.getElementById("app");

/** Era b: the column, and browse mode over it. */
export function startFeed() {
  const data = new FeedData();
  const obstacles = new Obstacles();
  let viewer = null;
  const column = new Column({ data, obstacles, atEnd: endNote, onMedia: (index) => openViewer(index) });
  const { body, nodes } = frame(column.root, () => location.assign("/foryou"));
  viewer = new Viewer({
    data, obstacles, makeView: browseView, address: (item) => item.path,
    mount: (root) => body.lastElementChild.before(...root),
    onClose: (index) => {
      column.asleep = false;
      column.go(index);
    },
  });
  function openViewer(index) {
    if (viewer.isOpen) return;
    column.asleep = true;
    column.playCurrent();
    viewer.open(index);
  }
  fill(app(), nodes);
  obstacles.loaded();
  data.onChange(() => viewer.drawArrows());
  if (data.items.length === 0) data.pull();
}
