"""What a check found: ok, a warning or a failure, with what to do about it. No check hides another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..errors import TikTokScraperError

OK, WARNING, FAILURE = "ok", "warning", "failure"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the report. about: what was looked at; told: what was found; fix: what helps, "" where all is well.

    level: "ok", "warning" or "failure".
    """

    level: str
    about: str
    told: str
    fix: str = ""

    def __str__(self) -> str:
        told = " ".join(self.told.split())
        return f"{self.level:<8} {self.about + ':':<15} {told}{f'; {self.fix}' if self.fix else ''}"


Check = Callable[[], Iterable[Finding]]


def examine(checks: Mapping[str, Check]) -> Iterator[Finding]:
    """Do every check, by the name of what it is about; one that fails itself is a failure, and the next one follows."""
    said: set[str] = set()
    for about, check in checks.items():
        try:
            yield from check()
        except TikTokScraperError as error:
            # The message says what to do; a setting that can't be used keeps several checks from looking.
            yield Finding(FAILURE, about, "not looked at, see above" if str(error) in said else str(error))
            said.add(str(error))
        except Exception as error:  # noqa: BLE001  whatever it is, the other checks have something to tell
            told = f"could not be looked at: {type(error).__name__}: {error}"
            yield Finding(FAILURE, about, told, "this is a fault of the program, or of the machine: please report it")
