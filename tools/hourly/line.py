"""What one line of a crontab is to the hourly job of a checkout: read as cron and its shell read it.

Pure but for two looks: which file a path leads to, and whether it is there.
"""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

# Five fields or a word such as @hourly, then the command; a comment or a variable is no such line.
SCHEDULED = re.compile(
    rb"^[ \t]*(?:@\w+|(?:[^\s#=@][^\s=]*[ \t]+){4}[^\s=]+)[ \t]+(?P<command>\S[^\r\n]*)[\r\n]*$", re.DOTALL
)
ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
# What runs the words that follow it, in the way they say.
AROUND = frozenset(
    {
        *("bash", "chronic", "command", "cronic", "dash", "env", "exec", "flock", "ionice", "nice", "nohup", "setsid"),
        *("sh", "sudo", "systemd-cat", "time", "timeout"),
    }
)
# What a line may do beside the job and still be ours alone.
BESIDE = frozenset({"cd", "sleep", "true", ":"})
JOINTS = frozenset({";", ";;", "&", "&&", "||", "|", "(", ")"})


class Found(Enum):
    """How a line runs the job: by itself, with something else, or in a spelling that cron or the shell breaks."""

    ALONE = "alone"
    WITH_OTHERS = "with others"
    BROKEN = "broken"


@dataclass(slots=True)
class Commands:
    """What a line's command runs: *jobs*, the absolute paths of files of the job's name; *others*, anything else."""

    jobs: list[str] = field(default_factory=list)
    others: bool = False


class Checkout:
    """The job of one checkout, as crontab lines name it. job: its absolute path."""

    def __init__(self, job: Path) -> None:
        self.job = job
        # The path between quotes and no more, which breaks where it holds a quote or a percent sign.
        self._plain = os.fsencode(f"'{job}'")

    def command(self) -> bytes:
        """The job's path for a crontab: quoted for the shell, its percent signs escaped for cron."""
        return os.fsencode("'" + str(self.job).replace("'", "'\\''") + "'").replace(b"%", b"\\%")

    def look(self, line: bytes) -> Found | None:
        """How *line* runs the job; None: not at all."""
        if not (parts := SCHEDULED.match(line)):
            return None
        if self.command() != self._plain and parts["command"].startswith(self._plain):
            return Found.BROKEN
        told = commands(parts["command"], self.job.name)
        runs = [os.path.realpath(path) == os.path.realpath(self.job) for path in told.jobs]
        if not any(runs):
            return None
        return Found.ALONE if all(runs) and not told.others else Found.WITH_OTHERS

    def mended(self, line: bytes) -> bytes:
        """A broken line with the job's path spelled so that it works; its schedule and arguments stay."""
        return line.replace(self._plain, self.command(), 1)

    def of(self, lines: list[bytes], *kinds: Found) -> list[bytes]:
        """Those of *lines* that are of one of the *kinds*."""
        return [line for line in lines if self.look(line) in kinds]

    def gone(self, lines: list[bytes]) -> list[bytes]:
        """Lines that run a job of this name where there is none any more, as of a checkout that was moved."""
        scheduled = [(line, parts) for line in lines if (parts := SCHEDULED.match(line))]
        return [
            line
            for line, parts in scheduled
            if self.look(line) is None
            and any(not Path(path).exists() for path in commands(parts["command"], self.job.name).jobs)
        ]


def commands(command: bytes, name: str) -> Commands:
    """Read a crontab line's *command*: which files called *name* it runs, and whether it runs anything else."""
    told, here, after_pipe = Commands(), str(Path.home()), False
    try:
        parts = list(joined(without_percent(command)))
    except ValueError:  # a quote that is never closed: the shell will refuse it all
        return told
    for joint, words in parts:
        after_pipe = joint == "|" or (after_pipe and joint not in {";", "&", "&&", "||"})
        program = Path(words[0]).name
        found = [placed(word, here) for word in (words if program in AROUND else words[:1]) if Path(word).name == name]
        told.jobs += found
        if program == "cd" and len(words) > 1:
            here = placed(words[1], here)
        # What reads the job's output through a pipe serves it.
        told.others = told.others or not (found or program in BESIDE or (after_pipe and told.jobs))
    return told


def joined(command: str) -> Iterator[tuple[str, list[str]]]:
    """The simple commands of a shell's line, without assignments and redirections, each with the joint before it."""
    reader = shlex.shlex(command, posix=True, punctuation_chars=True)
    reader.whitespace_split, reader.commenters = True, ""
    joint, words, to_file = "", list[str](), False
    for word in reader:
        if word in JOINTS:
            if words:
                yield joint, words
            joint, words = word, []
        elif word.strip("<>&|") == "":
            to_file = True
        elif to_file:
            to_file = False
        elif words or not ASSIGNMENT.match(word):
            words.append(word)
    if words:
        yield joint, words


def without_percent(command: bytes) -> str:
    """What cron hands to the shell: up to the first percent sign that is not escaped, which begins its input."""
    shell = re.match(rb"(?:\\%|[^%])*", command)
    return os.fsdecode(shell[0].replace(b"\\%", b"%")) if shell else ""


def placed(word: str, here: str) -> str:
    """The absolute path that *word* means in the folder *here*."""
    return os.path.normpath(Path(here) / os.path.expanduser(os.path.expandvars(word)))  # noqa: PTH111
