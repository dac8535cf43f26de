"""What a page failed at: loads that did not come, and its scripts' errors, counted by kind and name alone.

Neither an address nor a text of the page is kept: of a load its kind and a status or the browser's name for what came
of it, of an error its class.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from http import HTTPStatus

# Kinds of loads without which a page may not be drawn: by CDP's resource type, and by the destination of Fetch, "" for
# what a script fetches. Pictures and clips are none: they may be blocked, and a page is drawn without them.
KINDS = {"Document": "document", "Script": "script", "Stylesheet": "style", "XHR": "data", "Fetch": "data"}
KINDS |= {"document": "document", "script": "script", "style": "style", "": "data"}
# As V8 and Gecko print an error: its class stands before the first colon, or alone.
ERROR = re.compile(r"\b([A-Z][A-Za-z]{0,40}(?:Error|Exception))\b")
# How the browsers' consoles name what is as bad as an error.
SEVERE = {"SEVERE", "error"}


@dataclass(slots=True)
class Failures:
    """loads: kind -> status or name -> how many; scripts: class of error -> how many, None where it is not told."""

    loads: dict[str, Counter[str]] = field(default_factory=dict)
    scripts: Counter[str] | None = field(default_factory=Counter)

    def answered(self, resource: str, status: int) -> None:
        """A load was answered; it failed if its *status* says so."""
        if status >= HTTPStatus.BAD_REQUEST:
            self.failed(resource, str(status))

    def failed(self, resource: str, why: str) -> None:
        """A load did not come; *why* as the browser names it ("net::ERR_CONNECTION_REFUSED")."""
        if kind := KINDS.get(resource):
            self.loads.setdefault(kind, Counter())[why.partition(" ")[0][:60] or "not told"] += 1

    def logged(self, level: str, source: str, text: str) -> None:
        """The console has an entry of the page's; loads are counted where they fail."""
        if level in SEVERE and source != "network" and self.scripts is not None:
            found = ERROR.search(text)
            self.scripts[found.group(1) if found else source] += 1

    def forget(self) -> None:
        """Begin anew."""
        self.loads.clear()
        if self.scripts is not None:
            self.scripts.clear()

    def told(self) -> str:
        """All of it, as JSON for a turn."""
        scripts = "not told by this browser" if self.scripts is None else dict(sorted(self.scripts.items()))
        loads = {kind: dict(sorted(whys.items())) for kind, whys in sorted(self.loads.items())}
        return json.dumps({"loads": loads, "scripts": scripts})
