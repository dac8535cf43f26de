// Starts the page the server asked for.
import { config } from "./config.js";
import { startError, startFeed, startProfile, startVideo } from "./pages.js";
import { addShells } from "./obstacles/shells.js";

const START = { feed: startFeed, video: startVideo, profile: startProfile, error: startError };

document.title = config.title;
addShells();
START[config.page]();
