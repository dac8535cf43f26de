"""The HTML that the server sends: a shell without posts, the data its era embeds, the scripts that draw the rest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from replica.options import Options
from replica.serving import embedded
from replica.serving.classes import ClassNames, this_start

TITLE = "TikTok - Make Your Day"
KINDS = ("feed", "video", "profile", "error", "waf", "not-found", "white-page", "spinner")
UNDRAWN = ("white-page", "spinner")  # their scripts draw nothing
STYLES = (
    "base",
    "nav",
    "feed-a",
    "feed-column",
    "browse",
    "cinema",
    "preview-card",
    "overlays",
    "notices",
    "video-page",
)
SITE = Path(__file__).parent.parent / "site"
MODULES = sorted(path.relative_to(SITE).as_posix() for path in (SITE / "js").rglob("*.js"))
DESCRIPTION = (
    "TikTok - trends start here. On a device or on the web, viewers can watch and discover millions of "
    "personalized short videos. Download the app to get started."
)
SPINNER = (
    '<svg preserveAspectRatio="none" viewBox="0 0 200 200" width="48" height="48" style="margin:auto" '
    'class="{css}"><circle cx="74" cy="100" r="26" fill="#3AF2FF"></circle>'
    '<circle cx="126" cy="100" r="26" fill="#FF1764"></circle></svg>'
)
APP_STYLE = "min-height: 100vh; display: flex; flex-direction: column; justify-content: flex-start"


def render(options: Options, kind: str, *, first: Sequence[Mapping[str, Any]], config: Mapping[str, Any]) -> str:
    """The page of *kind*: "feed", "video" (one TikTok's own page), "profile", "error", "not-found", "waf", or one that
    is never drawn: "white-page", "spinner".

    *first*: the raw items to embed, as a list reply holds them; era a's are turned into its own shape here.
    *config*: what the scripts are told (`window.__replicaConfig`); `now` in it: the world's clock in seconds.
    """
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}; not {kind!r}")
    if kind == "waf":
        return waf_page()
    names = ClassNames(options.era, this_start(), options.classes)
    told = {**config, "page": kind, "build": names.build, "webId": embedded.WEB_ID}
    return _page(options, kind, list(first), told, names)


def script_json(value: object) -> str:
    """JSON that can stand inside a script element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _page(
    options: Options, kind: str, first: list[Mapping[str, Any]], config: dict[str, Any], names: ClassNames
) -> str:
    title = _title(kind, first)
    config["title"] = title
    state = embedded.scripts(options, kind, first, config, script_json)
    links = "".join(f'<link rel="stylesheet" href="/_site/css/{name}.css">' for name in STYLES)
    # Modules name their own imports, a round trip a level; the real site's scripts are bundles, which have none.
    links += "".join(f'<link rel="modulepreload" href="/_site/{name}">' for name in MODULES)
    told = f"<script>window.__replicaConfig={script_json(config)};</script>"
    script = "presses" if kind in UNDRAWN else "boot"
    start = f'{told}<script type="module" src="/_site/js/{script}.js"></script>'
    return (
        f'<!DOCTYPE html><html lang="en" data-tux-color-scheme="light" data-era="{options.era}" dir="ltr">'
        f"<head>"
        f'<meta charset="UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1.0">'
        f"<title>{escape(title)}</title>"
        f'<meta name="description" content="{DESCRIPTION}"><meta name="robots" content="index, follow">'
        f'<link rel="shortcut icon" href="data:;base64,=">'
        f'<link rel="canonical" href="https://www.tiktok.com/en/">{links}</head>'
        f'<body style="margin: 0">{_app(options, kind, names)}{state}{start}</body></html>'
    )


def _title(kind: str, first: Sequence[Mapping[str, Any]]) -> str:
    if kind == "video" and first:
        words = str(first[0].get("desc") or "").strip()
        return f"{words[:60]} | TikTok" if words else TITLE
    return "TikTok" if kind == "spinner" else TITLE


def _app(options: Options, kind: str, names: ClassNames) -> str:
    """#app as it is before any script has run: all that a visitor without scripts gets."""
    if kind in UNDRAWN:
        inner = SPINNER.format(css=names.component("SvgContainer")) if kind == "spinner" else ""
        return f'<div id="app" style="{APP_STYLE}">{inner}</div>'
    if options.era == "a":
        inner = _error(names) if kind in ("feed", "error") else SPINNER.format(css=names.component("SvgContainer"))
        return f'<div id="app" style="{APP_STYLE}">{inner}</div>'
    boxes = "".join(f'<div class="{names.component("SkeletonItem")}"></div>' for _ in range(8))
    nav = f'<div class="{names.component("DivSkeletonSideNavContainer")}">{boxes}</div>'
    body = "BaseBodyContainer" if options.era == "c" else "DivBodyContainer"
    inner = f'<div class="{names.component(body)}">{nav}</div>'
    return f'<div id="app" style="{APP_STYLE}" data-csr="1">{inner}</div>'


def _error(names: ClassNames) -> str:
    """Era a's page without scripts: an error. With scripts it is gone before it is seen."""
    box = (
        f'<main><div class="{names.component("DivErrorContainer")}">'
        f'<p class="{names.component("PErrorTitle")}">Something went wrong</p>'
        f'<p class="{names.component("PErrorDesc")}">Sorry about that! Please try again later.</p>'
        f"</div></main>"
    )
    return f"{box}<script>document.currentScript.previousElementSibling.remove();</script>"


def waf_page() -> str:
    """The firewall's page: a real browser passes it by itself, by answering with a cookie and coming back."""
    return (
        '<!DOCTYPE html> <html lang="en"> <head> <link rel="icon" href="data:;base64,="> '
        '<script id="slardar-config" type="application/json"> { "slardarClient": "SlardarWAF", '
        '"bid": "slardar_us_waf", "pid": "pid" } </script> </head> <body> Please wait... '
        '<p id="wci" class="_wafchallengeid"></p> '
        '<p id="cs" class="eyJ2Ijp7ImEiOiJyZXBsaWNhIiwiYiI6MX0sInMiOiIwIn0"></p> '
        '<p id="rci" class="waforiginalreid"></p> <p id="rs" class=""></p> '
        '<p id="place_hold" class="support original referer"></p> '
        '<script src="/_site/js/obstacles/waf.js"></script> </body> </html>'
    )
