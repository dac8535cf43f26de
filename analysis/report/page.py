"""The frame of the page: head, banner, contents, sections, foot; style and script within it, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.plots.parts.theme import DARK, LIGHT, declared
from analysis.report.markup import Html, el, join

HERE = Path(__file__).parent
POLICY = "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'"


@dataclass(frozen=True)
class Section:
    """One section: its id in the page, its heading, what stands in it."""

    key: str
    title: str
    body: Html


def page(title: str, lead: Html, sections: Sequence[Section], foot: Html) -> str:
    """The whole page. Its policy lets nothing load and no other script run, whatever a name in the data holds."""
    css, js = _style(), (HERE / "page.js").read_text("utf-8")
    policy = f"{POLICY}; style-src {_hash(css)}; script-src {_hash(js)}"
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=policy),
        el("meta", name_="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name_="color-scheme", content="light dark"),
        el("meta", name_="referrer", content="no-referrer"),
        el("link", rel="icon", href="data:,"),
        el("title", title),
        el("style", Html(css)),
    )
    body = el(
        "body",
        el("a", "To the findings", href="#" + sections[0].key, cls="skip") if sections else None,
        el("header", el("h1", title), lead, cls="top"),
        el("main", [_section(part) for part in sections[:1]], _contents(sections), map(_section, sections[1:])),
        el("footer", foot),
        el("script", Html(js)),
    )
    return "<!doctype html>\n" + join(["", Html('<html lang="en">'), head, body, Html("</html>")], "\n").lstrip() + "\n"


def _section(part: Section) -> Html:
    return el("section", el("h2", part.title), part.body, id=part.key)


def _style() -> str:
    """The style sheet, with the colours that figures name: in the dark others, on paper those of the light."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {declared(DARK)} }} }}"
    return f"{(HERE / 'page.css').read_text('utf-8')}:root {{ {declared(LIGHT)} }}\n{dark}\n"


def _contents(sections: Sequence[Section]) -> Html:
    entries = [el("li", el("a", part.title, href="#" + part.key)) for part in sections]
    return el("nav", el("ol", entries), cls="contents", aria_label="Contents")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"
