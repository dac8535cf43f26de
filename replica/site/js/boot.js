// Starts the page the server asked for.
import { config } from "./config.js";
import { startError, startFeed, startNotFound, startProfile, startVideo } from "./pages.js";
import { addShells } from "./obstacles/shells.js";
import "./presses.js";

const START = {
  feed: startFeed,
  video: startVideo,
  profile: startProfile,
  error: startError,
  "not-found": startNotFound,
};

document.title = config.title;
addShells();
START[config.page]();
