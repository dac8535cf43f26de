"""A real ssh server on this machine's loopback, run by whoever runs the tests, with keys and a record of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
SFTP = "/usr/lib/openssh/sftp-server"  # where Debian has it

# A session: what is sent is passed on as it comes, and counted; `cut` has after how many bytes it is killed.
_SESSION = """#!{python} -IS
import os, signal, subprocess
folder = {folder!r}
if os.path.exists(folder + "/refuse"):
    print("This service allows sftp connections only.")
    raise SystemExit(1)
limit = int(open(folder + "/cut").read()) if os.path.exists(folder + "/cut") else 1 << 60
command = os.environ.get("SSH_ORIGINAL_COMMAND", "")
child = subprocess.Popen(["/bin/sh", "-c", command], cwd=folder + "/home", env={{"PATH": folder + "/bin"}}, stdout=-1)
sent = 0
while sent < limit and (block := os.read(child.stdout.fileno(), min(65536, limit - sent))):
    os.write(1, block)
    sent += len(block)
with open(folder + "/log", "a") as log:
    log.write(f"{{sent}} {{command}}\\n")
if sent >= limit:
    child.kill()
    os.kill(os.getppid(), signal.SIGKILL)
raise SystemExit(child.wait())
"""
_PROGRAMS = ("sh", "head", "tail", "cut", "sha256sum", "stat", "rsync")


@dataclass(frozen=True)
class Server:
    """A server whose user's home is `home`, which its sessions begin in."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes]

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def known(self) -> Path:
        return self.folder / "known_hosts"

    @property
    def ssh(self) -> str:
        """The command that reaches it, by nothing of the one who runs the tests."""
        options = f"-o UserKnownHostsFile={self.known} -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes"
        return f"ssh -F none -p {self.port} -i {self.folder}/key {options}"

    def sessions(self) -> list[tuple[int, str]]:
        """What was asked for since this was asked last: bytes sent, command."""
        log = self.folder / "log"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return [(int(line.split(" ", 1)[0]), line.split(" ", 1)[1]) for line in lines]

    def know(self, key: str = "host_key") -> None:
        """Make the server's key known, or another in its place."""
        kind, words, *_ = (self.folder / f"{key}.pub").read_text().split()
        self.known.write_text(f"[127.0.0.1]:{self.port} {kind} {words}\n")

    @contextlib.contextmanager
    def cut(self, after: int) -> Iterator[None]:
        """Every session is cut, its server's process killed, after so many bytes."""
        (self.folder / "cut").write_text(str(after))
        try:
            yield
        finally:
            (self.folder / "cut").unlink()

    @contextlib.contextmanager
    def without(self, program: str) -> Iterator[None]:
        """The server has no such program."""
        there = self.folder / "bin" / program
        target = there.readlink()
        there.unlink()
        try:
            yield
        finally:
            there.symlink_to(target)

    @contextlib.contextmanager
    def files_only(self) -> Iterator[None]:
        """The server runs no command."""
        (self.folder / "refuse").touch()
        try:
            yield
        finally:
            (self.folder / "refuse").unlink()


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Start the server with a folder for all that it needs; it ends with this."""
    assert SSHD is not None
    for name in ("host_key", "other_key", "key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / name)], check=True)
    (folder / "authorized").write_bytes((folder / "key.pub").read_bytes())
    (folder / "bin").mkdir()
    (folder / "home").mkdir()
    for program in _PROGRAMS:
        if found := shutil.which(program):
            (folder / "bin" / program).symlink_to(found)
    wrapper = folder / "session"
    wrapper.write_text(_SESSION.format(folder=str(folder), python=sys.executable))
    wrapper.chmod(0o755)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "config").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host_key\nPidFile none\n"
        f"AuthorizedKeysFile {folder}/authorized\nStrictModes no\nUsePAM no\nPasswordAuthentication no\n"
        f'ForceCommand case "$SSH_ORIGINAL_COMMAND" in internal-sftp) cd {folder}/home && exec {SFTP};; '
        f"*) exec {wrapper};; esac\nSubsystem sftp internal-sftp\n"
    )
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it locks itself in before anybody has logged in
    with (folder / "sshd.log").open("wb") as log:
        process = subprocess.Popen([SSHD, "-D", "-e", "-f", str(folder / "config")], stderr=log)
    server = Server(folder, port, process)
    server.know()
    try:
        _answers(server)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)


def _answers(server: Server) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        assert server.process.poll() is None, (server.folder / "sshd.log").read_text()
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", server.port), timeout=5) as one:
            if one.recv(4):
                return
        time.sleep(0.02)
    raise AssertionError("sshd does not answer")
