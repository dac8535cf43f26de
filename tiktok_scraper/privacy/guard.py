"""What a crawl keeps out of its files: creators who are to be left out, and names where pseudonyms are wanted."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

from ..config import CrawlConfig
from ..config.values import Settings
from ..errors import BadSetting
from ..lines import check_names
from ..lines.pseudonymised import PLAIN, PREFIX, names_in
from .forgotten import FILE, Forgotten
from .key import key_file, make_key, read_key
from .pseudonyms import Pseudonyms, handle_of

logger = logging.getLogger(__name__)
_LONGEST_NAME = 64  # characters


class Guard:
    """kind: what names the run's lines hold (see `lines.pseudonymised.names_of`). pseudonyms: None where none are."""

    def __init__(self, directory: Path, key: Path, *, pseudonymise: bool = False) -> None:
        self._directory, self._key_file = directory, key
        self._lines = directory / "tiktoks.jsonlines"
        self.pseudonyms: Pseudonyms | None = self._pseudonyms() if pseudonymise else None
        self.kind = self.pseudonyms.name if self.pseudonyms else PLAIN
        self._forgotten: Forgotten | None = None

    @classmethod
    def from_settings(cls, settings: Settings) -> Self:
        """Read the settings.

        Raises:
            BadSetting: one can't be used, or the key can't.
        """
        crawl = CrawlConfig.from_settings(settings)
        return cls(crawl.data_dir, key_file(settings), pseudonymise=crawl.pseudonymise)

    def check(self) -> None:
        """Make sure, before a visit, that the run's lines may go into the file, and that whom to leave out is known.

        Raises:
            MixedLines: the file holds names of another kind.
            BadSetting: forgotten.jsonlines is there and its key is not.
        """
        with suppress(OSError):  # what is wrong with a file that can't be read is told where it is opened for lines
            check_names(self._lines, self.kind)
        self.leaves_out(None, None)

    def leaves_out(self, creator_id: str | None, handle: str | None) -> bool:
        """Whether a creator is to be left out, as forgotten.jsonlines stands now.

        Raises:
            BadSetting: it came to be, and its key can't be read.
        """
        if self._forgotten is None:
            if not (self._directory / FILE).exists():
                return False
            key = self.pseudonyms or Pseudonyms(read_key(self._key_file, self._directory))
            self._forgotten = Forgotten(self._directory, key)
        self._forgotten.refresh()
        return self._forgotten.holds(creator_id, handle)

    def leaves_out_any(self, told: Any) -> bool:
        """Whether anything of a card as it came, JSON, names somebody who is to be left out."""
        self.leaves_out(None, None)  # so that marks are read, if there are any
        return self._forgotten is not None and any(self._forgotten.holds(text, text) for text in _texts(told))

    def leaves_out_line(self, line: Mapping[str, Any]) -> bool:
        """Whether a line, also a rejected one, is of somebody who is to be left out. Raises as `leaves_out`."""
        return self.leaves_out(line.get("creator_id"), handle_of(line)) or self.leaves_out_any(dict(line))

    def _pseudonyms(self) -> Pseudonyms:
        try:
            return Pseudonyms(read_key(self._key_file, self._directory))
        except BadSetting:
            held = names_in(self._lines)
            if self._key_file.exists() or (self._directory / FILE).exists() or held - {PLAIN}:
                raise  # a new key would be another
            check_names(self._lines, PREFIX)
        made = Pseudonyms(make_key(self._key_file, self._directory))
        logger.warning(
            "Made a key of pseudonyms, %s, in %s: keep it apart from the data; without it nobody can be found again",
            made.name,
            self._key_file,
        )
        return made


def _texts(told: Any) -> Iterator[str]:
    if isinstance(told, dict):
        for key, value in told.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _texts(value)
    elif isinstance(told, str) and 0 < len(told) <= _LONGEST_NAME:
        yield told
    elif isinstance(told, int) and not isinstance(told, bool):
        yield str(told)
