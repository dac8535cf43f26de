"""Running programs at the place: over ssh with one connection for all, or on this machine.

Whatever runs there is given as a script on its standard input, so that no shell there reads a path or a name.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from ..errors import BadSetting, CouldNotPull
from .place import Place
from .said import of_ssh

# A dead line is known after a minute, and nobody is waited for who does not answer.
_PATIENCE = {
    "ConnectTimeout": "20",
    "ServerAliveInterval": "15",
    "ServerAliveCountMax": "4",
    "ClearAllForwardings": "yes",
}
_LONGEST_SOCKET = 80  # bytes of its path: the system allows about 104, and ssh appends to it


class Connection:
    """How programs are run at a place. ssh: the command, up to the host. folder: for what lasts as long as this."""

    def __init__(self, place: Place, ssh: list[str], said: IO[bytes], folder: Path) -> None:
        self.place = place
        self.ssh = ssh
        self.folder = folder
        self._said = said

    def start(self, script: str) -> subprocess.Popen[bytes]:
        """Start a script of sh there; its output can be read.

        Raises:
            CouldNotPull: there is no such program as ssh.
        """
        command = [*self.ssh, "--", self.place.host, "sh -s"] if self.place.host is not None else ["sh", "-s"]
        with tempfile.TemporaryFile(dir=self.folder) as given:
            given.write(script.encode("utf-8", "surrogateescape"))
            given.seek(0)
            return self._started(command, stdin=given, stdout=subprocess.PIPE)

    def run(self, command: list[str], *, given: bytes = b"", quiet: bool = False) -> int:
        """Run a program of this machine, such as rsync, that makes its own way there; returns its exit code.

        Raises:
            CouldNotPull: there is no such program.
        """
        process = self._started(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL if quiet else None)
        try:
            process.communicate(given)
        except BaseException:
            process.terminate()
            process.wait()
            raise
        return process.returncode

    def said(self) -> str:
        """What was said on standard error since this was asked last."""
        return self._said.read().decode(errors="replace").strip()

    def failed(self, code: int, what: str) -> CouldNotPull:
        """The error that *what* met, in the words of ssh and of the programs, with the next step."""
        said = self.said()
        return of_ssh(self.place, said, code) or CouldNotPull(
            f"{self.place.told}: {what}: {said or f'exit code {code}'}"
        )

    def _started(self, command: list[str], *, stdin: int | IO[bytes], stdout: int | None) -> subprocess.Popen[bytes]:
        try:
            with Path(self._said.name).open("ab") as stderr:
                return subprocess.Popen(command, stdin=stdin, stdout=stdout, stderr=stderr)
        except FileNotFoundError:
            raise CouldNotPull(f"there is no program {command[0]} here: install it{_package(command[0])}") from None
        except OSError as error:
            raise CouldNotPull(f"{command[0]} can't be run: {error.strerror}") from None


@contextmanager
def connection(place: Place, ssh: str) -> Iterator[Connection]:
    """Yield the way to a place; the connection is made when it is first needed, kept, and ended with this.

    ssh: the command, as a shell splits it; what it says counts before what is said here.
    """
    with tempfile.TemporaryDirectory(prefix="pull-") as folder:
        socket = Path(folder) / "c"
        with (Path(folder) / "said").open("w+b") as said:
            way = Connection(place, _command(place, ssh, socket), said, Path(folder))
            try:
                yield way
            finally:
                if socket.exists():
                    way.run([*way.ssh, "-O", "exit", "--", place.host or ""], quiet=True)


def _command(place: Place, ssh: str, socket: Path) -> list[str]:
    options = dict(_PATIENCE)
    if not sys.stdin.isatty():
        options["BatchMode"] = "yes"  # nobody is there to be asked: cron's jobs end instead of waiting for ever
    if len(str(socket)) <= _LONGEST_SOCKET:
        # One connection, so one password, and no hand-shake a file. It ends by itself where this is killed.
        options |= {"ControlMaster": "auto", "ControlPath": str(socket), "ControlPersist": "60"}
    port = ["-p", str(place.port)] if place.port is not None else []
    told = [word for name, value in options.items() for word in ("-o", f"{name}={value}")]
    try:
        program = shlex.split(ssh)
    except ValueError as error:
        raise BadSetting(f"--ssh takes a command such as 'ssh -p 2222', not {ssh!r}: {error}") from None
    return [*program, *port, "-T", *told]


def _package(program: str) -> str:
    packages = {"ssh": "openssh-client", "scp": "openssh-client", "rsync": "rsync"}
    if (package := packages.get(program)) is None or shutil.which("apt-get") is None:
        return ""
    return f": sudo apt-get install {package}"
