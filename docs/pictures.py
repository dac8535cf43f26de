"""Draws README's pictures anew: `.venv/bin/python docs/pictures.py`, from the project's root.

feed.png: the replica's viewers of 2022 and 2026, the pointer resting on the creator's name, taken by the crawl's own
browser code. demo.png: the screen of a real terminal (tmux) in which `make demo` was typed, its text set in a page.
"""

from __future__ import annotations

import base64
import html
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from selenium.webdriver.common.by import By  # noqa: E402

from replica.options import Options  # noqa: E402
from replica.serving.server import Replica  # noqa: E402
from tiktok_scraper.browser.session import Session  # noqa: E402
from tiktok_scraper.config import BrowserConfig  # noqa: E402

# The world places a creator whose likes have wrapped at the eighth TikTok.
STEPS = 7
VIEWPORT = (1280, 800)
COLUMNS, ROWS = 94, 24
TMUX = ("tmux", "-L", "pictures", "-f", "/dev/null")
SECONDS = 300
STRIP = """
<body style="margin:0"><div id="it" style="width:1580px;display:flex;gap:20px;font:24px sans-serif;color:#444">
{figures}</div>
"""
FIGURE = """
<figure style="margin:0"><img style="width:780px;display:block;border-radius:6px" src="data:image/png;base64,{png}">
<figcaption style="padding:8px 2px 0">{caption}</figcaption></figure>
"""
SCREEN = """
<body style="margin:0"><pre id="it" style="margin:0;display:inline-block;padding:18px 22px;border-radius:8px;
background:#14161a;color:#dde1e6;font:20px/1.35 'DejaVu Sans Mono',monospace">{text}</pre>
"""


def viewer(era: str, folder: Path) -> bytes:
    """The viewer of *era* with the preview card of a creator whose likes have wrapped, as PNG."""
    with Replica(Options(era=era)) as site:
        session = Session(BrowserConfig(runs_dir=folder, viewport=VIEWPORT), site.url, cut=lambda: False)
        try:
            session.turn("open", {"url": site.url, "timeout": 20})
            turn = session.turn("enter", {"timeout": 20})
            for _ in range(STEPS):
                turn = session.turn("step", {"timeout": 20})
            assert turn.current is not None
            session.turn("ask", {"username": turn.current.creator, "timeout": 10, "until": "card"})
            time.sleep(1)  # let the media be drawn
            png: bytes = session.driver.get_screenshot_as_png()
            return png
        finally:
            session.close()


def drawn(page: str, folder: Path) -> bytes:
    """The element `#it` of an HTML page, as PNG."""
    session = Session(BrowserConfig(runs_dir=folder, viewport=(1700, 1000)), "http://127.0.0.1", cut=lambda: False)
    try:
        told = base64.b64encode(page.encode()).decode()
        session.driver.get(f"data:text/html;charset=utf-8;base64,{told}")
        png: bytes = session.driver.find_element(By.ID, "it").screenshot_as_png
        return png
    finally:
        session.close()


def terminal(command: str, last: str) -> str:
    """The screen of a terminal in which *command* was typed, once a line that begins with *last* is there."""

    def tmux(*words: str) -> str:
        return subprocess.run([*TMUX, *words], cwd=HERE.parent, check=True, capture_output=True, text=True).stdout

    tmux("new-session", "-d", "-s", "it", "-x", str(COLUMNS), "-y", str(ROWS), "env PS1='$ ' sh")
    try:
        _screen(tmux, "$")
        tmux("send-keys", "-t", "it", command, "Enter")
        return _screen(tmux, last).rstrip().removesuffix("\n$")
    finally:
        tmux("kill-session", "-t", "it")


def _screen(tmux: Callable[..., str], line: str) -> str:
    """The terminal's screen, once one of its lines begins with *line*."""
    ends = time.monotonic() + SECONDS
    while time.monotonic() < ends:
        screen = tmux("capture-pane", "-p", "-t", "it")
        if any(shown.startswith(line) for shown in screen.splitlines()):
            return screen
        time.sleep(0.5)
    raise TimeoutError(f"no line beginning with {line!r} in {SECONDS} s")


def main() -> None:
    """Draw both."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        captions = {"a": "the layout of 2022, replica", "c": "the layout of 2026, replica"}
        figures = "".join(
            FIGURE.format(png=base64.b64encode(viewer(era, folder)).decode(), caption=caption)
            for era, caption in captions.items()
        )
        (HERE / "feed.png").write_bytes(drawn(STRIP.format(figures=figures), folder))
        screen = terminal("make demo", "file:")
        (HERE / "demo.png").write_bytes(drawn(SCREEN.format(text=html.escape(screen)), folder))


if __name__ == "__main__":
    main()
