"""A real cron under a clock of its own, with nothing in its crontabs but ours, whose mail is kept."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

CRON, UNSHARE = (shutil.which(name, path=os.defpath + ":/usr/sbin") for name in ("cron", "unshare"))
# The library of the package faketime, which its program would load: here its clock is in a file, to be set anew.
LIBRARY = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)
# Folders of ours over the machine's crontabs, over /run where cron keeps its lock, and over /usr/sbin, for its mail.
ONLY_OURS = """
set -e
mount --bind /usr/sbin "$1/sbin-of-the-machine"
mount --bind "$1/none" /etc/cron.d
mount --bind "$1/crontab" /etc/crontab
mount --bind "$1/spool" /var/spool/cron/crontabs
mount --bind "$1/run" /run
mount --bind "$1/sbin" /usr/sbin
mount -t tmpfs -o size=64k tmpfs "$1/full"
mount -t tmpfs tmpfs /dev/shm
exec env LD_PRELOAD="$2" FAKETIME_TIMESTAMP_FILE="$1/clock" FAKETIME_NO_CACHE=1 cron -f
"""
SENDMAIL = '#!/bin/sh\ncat >"{}/$$.new" && mv "{}/$$.new" "{}/$$.mail"\n'
needs_cron = pytest.mark.skipif(
    os.geteuid() != 0 or not (LIBRARY and CRON and UNSHARE), reason="only root may start cron; needs faketime, unshare"
)
SPEED = 5  # cron is to be up before the minute that matters, on a machine that has much else to do


class Machine:
    """Where cron and what it mails are kept. `full`: a folder that is as good as full, for cron and its jobs alone."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mails, self.full = folder, folder / "mail", folder / "full"
        for name in ("none", "spool", "run", "sbin", "sbin-of-the-machine", "mail", "full"):
            (folder / name).mkdir(parents=True)
        (folder / "crontab").touch()
        for program in Path("/usr/sbin").iterdir():
            (folder / "sbin" / program.name).symlink_to(folder / "sbin-of-the-machine" / program.name)
        sendmail = folder / "sbin" / "sendmail"
        sendmail.unlink(missing_ok=True)
        sendmail.write_text(SENDMAIL.format(*[self.mails] * 3))
        sendmail.chmod(0o755)

    def step_to(self, moment: datetime) -> None:
        """Have cron's clock show *moment* now, and run on from there."""
        goes = time.time() - self._began
        ahead = moment.timestamp() - self._began - goes * SPEED
        new = self.folder / "clock.new"
        new.write_text(f"{ahead:+.0f} x{SPEED}\n")
        new.replace(self.folder / "clock")

    @contextlib.contextmanager
    def cron(self, crontab: str, moment: datetime, zone: str = "UTC") -> Iterator[None]:
        """Have cron go from *moment* on, SPEED times as fast as the world."""
        spool = self.folder / "spool" / "root"
        spool.write_text(crontab)
        spool.chmod(0o600)
        words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", ONLY_OURS, "sh", str(self.folder)]
        self._began = time.time()
        self.step_to(moment)
        told = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "SHELL": "/bin/sh", "HOME": "/root", "TZ": zone}
        with subprocess.Popen([*words, str(LIBRARY)], env=told) as daemon:
            try:
                yield
            finally:
                daemon.kill()

    def mail(self) -> list[str]:
        """What was mailed so far: the bodies, behind cron's head."""
        return [path.read_text().partition("\n\n")[2] for path in sorted(self.mails.glob("*.mail"))]
