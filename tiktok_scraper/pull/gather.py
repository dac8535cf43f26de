"""Gathering: look what is there, decide, fetch what is new, and look again whether it is still the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ..errors import CouldNotPull, NotItsCopy
from ..lines import Generation, generation_of
from ..lines.generation import FIRST
from . import fetch
from .connection import Connection
from .copy import Copy
from .decide import Refused, Way, decide, next_step
from .here import files_here
from .look import Listing, NoShell, There, look
from .names import LINES, RUNS, in_order, is_copied, is_packed
from .stage import Stage
from .verify import records

By = Literal["rsync", "ssh", "scp"]


@dataclass(slots=True)
class Gathered:
    """by: which program fetched. there: the files there. copies: each as it would be. ways: what is to become of each.
    generation: the newest that the record there tells of. newer: the files here are of an older one. gone: files that
    are here and no longer there. notes: sentences on what is not copied, and why.
    """

    by: By
    there: dict[str, There]
    copies: dict[str, Copy]
    ways: dict[str, Way]
    generation: Generation
    newer: bool
    gone: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Replaced(Exception):
    """A file there was replaced by another in the middle: what was fetched may be partly the one, partly the other."""


def gather(way: Connection, stage: Stage, by: By | None) -> Gathered:
    """Fetch what is new into the stage. by: with which program, None: the best that is there.

    Raises:
        CouldNotPull: the connection failed, or there is nothing to copy; what came is kept.
        NotItsCopy: what is here is no copy of what is there.
        Replaced: begin again.
    """
    return _Gathering(way, stage, by).done()


class _Gathering:
    def __init__(self, way: Connection, stage: Stage, by: By | None) -> None:
        self._way, self._stage = way, stage
        self._here = files_here(stage.into)
        self._copies = {name: Copy(stage.into / name, here.size) for name, here in self._here.items()}
        self._by: By = by or "rsync"
        listing = self._listing(by)
        self._there, self._unreadable = listing.files, listing.unreadable

    def done(self) -> Gathered:
        self._check_listing()
        told = {name: self._decided(name, newer=False) for name in self._there}
        self._fetch([name for name, way in told.items() if way == "append"], self._appended)
        here, there = self._generations()
        if isinstance(told.get(RUNS), Refused) and here.number > FIRST:
            raise self._older_there(here)
        self._or_raise(RUNS, told.get(RUNS))
        newer = self._is_newer(here, there)
        told |= {name: self._decided(name, newer=newer) for name, way in told.items() if isinstance(way, Refused)}
        self._or_raise(LINES, told.get(LINES))
        self._fetch([name for name, way in told.items() if way == "anew"], self._stage.replaced)
        if self._by != "scp":
            self._look_again()
        notes = [f"{name} can't be read there, and is not copied" for name in self._unreadable]
        notes += [
            f"{name} stays as it is: {way.why}; {next_step(name, self._stage.into, self._way.place.told)}"
            for name, way in told.items()
            if isinstance(way, Refused)
        ]
        ways: dict[str, Way] = {name: way for name, way in told.items() if not isinstance(way, Refused)}
        copies = {name: copy for name, copy in self._copies.items() if name in ways}
        return Gathered(
            self._by, self._there, copies, ways, there, newer, sorted(self._here.keys() - self._there.keys()), notes
        )

    def _listing(self, by: By | None) -> Listing:
        if by != "scp":
            try:
                return self._looked(by)
            except NoShell as none:
                if by is not None:
                    raise
                try:
                    return self._copied_whole()
                except CouldNotPull as error:
                    raise CouldNotPull(f"{none}\n{error}", lost=error.lost) from error
        return self._copied_whole()

    def _copied_whole(self) -> Listing:
        self._by = "scp"
        files = fetch.by_scp(self._way, self._stage.fresh())
        for name, there in files.items():
            here = self._here.get(name)
            if here is not None and here.size <= there.size:
                there.sums[here.size] = Copy(self._stage.anew / name, there.size).sha256(0, here.size)
        return Listing({name: there for name, there in files.items() if is_copied(name)})

    def _looked(self, by: By | None) -> Listing:
        """Look with the sums that tell what is the same: of what is here, and of that with what was left staged."""
        left = self._stage.left({name: here.size for name, here in self._here.items()})
        wanted = {name: [copy.whole for copy in copies if copy.whole] for name, copies in left.items()}
        for name, here in self._here.items():
            if not is_packed(name):
                wanted.setdefault(name, []).append(here.size)
        listing = look(self._way, wanted)
        self._stage.keep_what_fits(left, listing.files)
        if by is None and not (listing.rsync and fetch.has_rsync()):
            self._by = "ssh"
        return listing

    def _check_listing(self) -> None:
        place = self._way.place.told
        if LINES in self._unreadable:
            raise CouldNotPull(
                f"{place}: {LINES} can't be read by that user: ask its owner for the right to (chmod o+r)"
            )
        if not self._there:
            raise CouldNotPull(
                f"{place} has no tiktoks*.jsonlines: name the folder where the crawl writes (TIKTOK_DATA_DIR)"
            )

    def _decided(self, name: str, *, newer: bool) -> Way | Refused:
        return decide(name, self._here.get(name), self._there[name], newer=newer)

    def _or_raise(self, name: str, way: Way | Refused | None) -> None:
        if isinstance(way, Refused):
            path, place = self._stage.into / name, self._way.place.told
            raise NotItsCopy(
                f"{path} is no copy of the one at {place}, and nothing is changed: {way.why}. What helps: "
                f"{next_step(name, self._stage.into, place)}"
            )

    def _generations(self) -> tuple[Generation, Generation]:
        """The generations of the files here and there, by their records as far as they were fetched."""
        runs = self._copies.get(RUNS)
        there = generation_of(records(runs)) if runs is not None and RUNS in self._there else Generation()
        here = self._here.get(RUNS)
        kept = Copy(self._stage.into / RUNS, here.size) if here is not None else None
        return generation_of(records(kept)) if kept is not None else Generation(), there

    def _is_newer(self, here: Generation, there: Generation) -> bool:
        if here.number > there.number:
            raise self._older_there(here)
        # Without a record here nothing says that what is here was ever a copy of what is there.
        return there.number > here.number and RUNS in self._here and self._here[RUNS].size > 0

    def _older_there(self, here: Generation) -> NotItsCopy:
        return NotItsCopy(
            f"{self._stage.into} is at generation {here.number} ({here.reason}), of which the record at "
            f"{self._way.place.told} does not tell: what was taken out here would come back, so nothing is copied. "
            "Do the same there, and pull into a new folder with INTO="
        )

    def _appended(self, name: str) -> Copy:
        size = self._here[name].size if name in self._here else 0
        whole = Copy(self._stage.into / name, size, self._stage.anew / name)
        return whole if self._by == "scp" else self._stage.appended(name, size)

    def _fetch(self, names: list[str], copy_of: Callable[[str], Copy]) -> None:
        copies = {name: copy_of(name) for name in in_order(names)}
        self._copies |= copies
        if self._by == "scp":
            return
        # An earlier pull may have been cut when all had come.
        rest = {
            name: self._there[name] for name, copy in copies.items() if self._stage.begin(copy) < self._there[name].size
        }
        if rest and (fetched := copies[next(iter(rest))].fetched) is not None:
            (fetch.by_rsync if self._by == "rsync" else fetch.by_tail)(self._way, rest, fetched.parent)

    def _look_again(self) -> None:
        after = look(self._way, {}).files
        for name, copy in self._copies.items():
            if copy.fetched is None:
                continue
            then, now = self._there[name], after.get(name)
            if now is None or now.number != then.number or now.size < copy.whole:
                raise Replaced
            if is_packed(name) and (now.size, now.mtime) != (copy.whole, then.mtime):
                raise Replaced
