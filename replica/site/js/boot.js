// Starts the page the server asked for.
import { config } from "./config.js";
import { startFeed } from "./pages.js";
import { addShells } from "./shells.js";

document.title = config.title || "TikTok - Make Your Day";
addShells();
startFeed();
