// A raw item, in either of its two shapes (SIGI_STATE's and the list reply's), as the page draws it.
import { told } from "./parts/counts.js";

/** A track's link, "/music/slug-id". The slug is the title's: letters, digits and inner apostrophes (site notes 8). */
export function musicPath(title, id) {
  const words = title
    .replace(/' /g, "")
    .replace(/(?<![\p{L}\p{N}\p{M}])\p{M}+/gu, " ")
    .split(/[^\p{L}\p{N}\p{M}']+/u)
    .map((word) => word.replace(/^'+|'+$/g, ""));
  return `/music/${words.filter(Boolean).join("-")}-${id}`;
}

// What a creator's own sound is called: most replies say "original": false even of those (site notes 5.1b).
const ORIGINALS = new Set([
  ...["original sound", "sonido original", "som original", "son original", "Originalton"],
  ...["オリジナル楽曲", "오리지널 사운드", "nhạc nền"],
]);

function music(raw) {
  if (!raw || !raw.title) return null;
  const { title, authorName = "", id } = raw;
  const text = !authorName || title.endsWith(` - ${authorName}`) ? title : `${title} - ${authorName}`;
  const original = raw.original === true || ORIGINALS.has(title);
  return { text, path: id ? musicPath(title, id) : null, cover: raw.coverThumb || "", original };
}

function author(raw) {
  if (typeof raw.author === "object" && raw.author) return raw.author;
  const { nickname = raw.author || "", authorId: id, authorSecId: secUid, avatarThumb } = raw;
  return { uniqueId: raw.author || "", nickname, id, secUid, avatarThumb };
}

function live(raw) {
  const owner = raw.liveRoomInfo.ownerInfo || {};
  const tag = ((raw.liveRoomInfo.fypRoomTag || {}).tag || [{}])[0];
  return {
    kind: "live",
    id: `live_${raw.liveRoomInfo.roomID}`,
    handle: owner.uniqueId,
    name: owner.nickname,
    avatar: owner.avatarThumb || "",
    title: raw.liveRoomInfo.title || "",
    tag: tag.content || "LIVE now",
    cover: raw.liveRoomInfo.coverUrl || "",
    path: `/@${owner.uniqueId}/live`,
  };
}

function counts({ stats, statsV2 }) {
  return {
    likes: told("diggCount", stats, statsV2),
    comments: told("commentCount", stats, statsV2),
    shares: told("shareCount", stats, statsV2),
    saves: told("collectCount", stats, statsV2),
    allComments: Number((stats || {}).commentCount || 0),
  };
}

/** Ads tell milliseconds where all others tell seconds. */
function seconds(duration = 0) {
  return duration > 3600 ? duration / 1000 : duration;
}

/** What the page shows of *raw*. `kind` is "video", "photo" or "live". */
export function itemOf(raw) {
  if (raw.liveRoomInfo) return live(raw);
  const by = author(raw);
  const video = raw.video || {};
  const handle = by.uniqueId || "";
  const images = raw.imagePost ? raw.imagePost.images.map((image) => image.imageURL.urlList[0]) : [];
  const kind = images.length ? "photo" : "video";
  return {
    kind,
    id: raw.id,
    ad: raw.isAd === true,
    handle,
    name: by.nickname || handle,
    secUid: by.secUid || "",
    verified: by.verified === true,
    avatar: by.avatarThumb || "",
    desc: raw.desc || "",
    music: music(raw.music),
    counts: counts(raw),
    created: Number(raw.createTime),
    duration: seconds(video.duration),
    images,
    cover: video.cover || video.originCover || images[0] || "",
    play: video.playAddr || "",
    wide: video.width > video.height,
    path: `/@${handle}/${kind}/${raw.id}`,
  };
}
