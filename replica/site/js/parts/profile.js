// A creator's page, as little of it as the crawl may come across (capture 2025-04).
import { config } from "../config.js";
import { told } from "./counts.js";
import { h } from "../dom.js";

function count(name, label, value) {
  return h(
    "div",
    { c: "DivNumber e1457k4r.1" },
    h("strong", { title: label, e2e: `${name}-count` }, value),
    h("span", { e2e: name, c: "SpanUnit e1457k4r.2" }, label),
  );
}

function counts({ stats, statsV2 }) {
  const value = (key) => told(key, stats, statsV2) ?? "0";
  return h(
    "h3",
    { c: "H3CountInfos e1457k4r.0" },
    count("following", "Following", value("followingCount")),
    count("followers", "Followers", value("followerCount")),
    count("likes", "Likes", value("heartCount")),
  );
}

/** The page's main part for *handle*; `config.userInfo` is what the server knows of them, if anything. */
export function profilePage(handle) {
  const info = config.userInfo;
  const head = h(
    "div",
    { c: "DivShareLayoutHeader-StyledDivShareLayoutHeaderV2-CreatorPageHeader e13xij56.2" },
    h("h1", { e2e: "user-title", c: "H1ShareTitle e1457k4r.8" }, handle),
    h("h2", { e2e: "user-subtitle", c: "H2ShareSubTitle evkpurd.7" }, (info && info.user.nickname) || handle),
    info ? counts(info) : null,
  );
  return h(
    "div",
    { id: "main-content-others_homepage", e2e: "user-page", c: "DivShareLayoutBase-StyledShareLayoutV2 e13xij56.0" },
    h(
      "div",
      { c: "DivShareLayoutContentV2 e13xij56.1" },
      head,
      h("div", { e2e: "user-post-item-list", mode: "compact", c: "DivVideoFeedV2 ecyq5ls.0" }),
    ),
  );
}
