// "3-14", "2d ago", "2024-12-17": the date beside a creator's name (site notes 2.1).
import { config } from "../config.js";

const DAY = 86400;

/** The date of *created* (seconds), seen from the world's clock. */
export function dateText(created) {
  if (!Number.isFinite(created)) return "";
  const now = config.now ? config.now : Date.now() / 1000;
  const age = Math.max(0, now - created);
  if (age < 60) return `${Math.floor(age)}s ago`;
  if (age < 3600) return `${Math.floor(age / 60)}m ago`;
  if (age < DAY) return `${Math.floor(age / 3600)}h ago`;
  if (age < 7 * DAY) return `${Math.floor(age / DAY)}d ago`;
  const then = new Date(created * 1000);
  const short = `${then.getUTCMonth() + 1}-${then.getUTCDate()}`;
  return then.getUTCFullYear() === new Date(now * 1000).getUTCFullYear() ? short : `${then.getUTCFullYear()}-${short}`;
}

/** 147 -> "02:27". */
export function clock(seconds) {
  const whole = Math.max(0, Math.floor(seconds || 0));
  return `${String(Math.floor(whole / 60)).padStart(2, "0")}:${String(whole % 60).padStart(2, "0")}`;
}
