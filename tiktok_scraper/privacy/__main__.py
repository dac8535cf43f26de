"""python -m tiktok_scraper.privacy pseudonymise|forget|expire|share|key"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from scrapy.utils.project import get_project_settings

from ..config import data_dir, typed_path
from ..errors import BadSetting, TikTokScraperError
from .expire import cutoff, expire
from .folder import Folder, alone_in
from .forget import forget
from .generations import current, settle
from .key import NAME, key_file, make_key, read_key
from .person import asked, find
from .pseudonymise import pseudonymise, pseudonymised_copy
from .pseudonyms import Pseudonyms
from .removal import Removal
from .share.package import share

COPIES = "Backups, snapshots and copies elsewhere are yours to see to: nothing here reaches them."


def main(arguments: list[str] | None = None) -> int:
    """Do what was asked. Exit code 0: it is done; 1: it is not, or was not confirmed."""
    told = _parser().parse_args(arguments)
    try:
        done: int = told.does(told)
    except (TikTokScraperError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("stopped; files that were not finished are as they were, and the command can be given again")
        return 130
    return done


def _pseudonymise(told: argparse.Namespace) -> int:
    path = _directory(told)
    with _alone(path) as folder:
        pseudonyms = _pseudonyms(told, path, make=True)
        if told.out is not None:
            out = typed_path("-o", told.out)
            done = pseudonymised_copy(folder, pseudonyms, out, ids=told.ids)
            print(f"{out}: a copy of {done.lines:,} lines with pseudonyms {pseudonyms.name}; {path} is as it was.")
            return 0
        done = pseudonymise(folder, pseudonyms, ids=told.ids, drop_raw=told.drop_raw)
        if not done.files and not folder.lines:
            print(f"{path} holds no lines yet: TIKTOK_PSEUDONYMISE=True has runs write pseudonyms from the first on.")
            return 1
        if not done.files:
            print(f"{path} is pseudonymised already, with {pseudonyms.name}: nothing is changed.")
            return 0
        _tell(done, f"{path}: {done.lines:,} lines with pseudonyms {pseudonyms.name} are in place", folder, went=False)
    if told.ids:
        print("No run can add to it, since runs write ids as they are: give them another TIKTOK_DATA_DIR.")
    else:
        print("Later runs need TIKTOK_PSEUDONYMISE=True, or they end with mixed-lines.")
    print("A pseudonymised file is not anonymous: a TikTok's id leads to its creator (docs/privacy.md).")
    return 0


def _forget(told: argparse.Namespace) -> int:
    *typed, last = told.creators
    # The directory is the last word, and may be left out.
    given = Path(last).expanduser()
    path = given if typed and given.is_dir() else data_dir(get_project_settings())
    those = [asked(one) for one in (typed if path == given else told.creators)]
    with _alone(path) as folder:
        pseudonyms = _pseudonyms(told, path, make=not told.dry_run)
        person = find(those, folder.lines, pseudonyms)
        names = ", ".join(person.told())
        if told.dry_run or not told.yes:
            planned = forget(folder, person, pseudonyms, dry_run=True)
            _tell(planned, f"{path}: would go, of {names}", folder, notes=told.dry_run)
            _tell_unseen(planned, names)
            if told.dry_run:
                print("Nothing is changed (--dry-run).")
                return 0
            if not _confirmed("Remove all this, for good, and leave out what comes later?"):
                return 1
        done = forget(folder, person, pseudonyms)
        _tell(done, f"{path}: gone, of {names}", folder)
        if told.yes:
            _tell_unseen(done, names)
    print("Later sightings of them are left out, and only counted (forgotten.jsonlines, which names nobody).")
    return 0


def _tell_unseen(removal: Removal, names: str) -> None:
    if not removal.total:
        print(f"No line is of {names}: is it spelled as on the site?")


def _expire(told: argparse.Namespace) -> int:
    path = _directory(told)
    before = cutoff(told.older_than, datetime.now(UTC))
    try:
        zone = ZoneInfo(told.naive_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadSetting(f"--naive-zone takes an IANA name such as Europe/Berlin, not {told.naive_zone!r}") from None
    with _alone(path) as folder:
        age = f"older than {before:%Y-%m-%d %H:%M} UTC"
        planned = expire(folder, before, zone, dry_run=True)
        if told.dry_run or not planned.total:
            _tell(planned, f"{path}: would go, {age}" if planned.total else f"{path}: nothing is {age}", folder)
            print("Nothing is changed" + (" (--dry-run)." if told.dry_run else "."))
            return 0
        _tell(expire(folder, before, zone), f"{path}: gone, {age}", folder)
    return 0


def _share(told: argparse.Namespace) -> int:
    path, out = _directory(told), typed_path("-o", told.out)
    made = share(Folder.at(path), out, what=told.what, k=told.k)
    print(f"{out}: {', '.join(made)}")
    print("Before you publish, fill in title, licence and contact in datapackage.json, and read codebook.md.")
    return 0


def _key(told: argparse.Namespace) -> int:
    path = _key_file(told)
    if path.exists():
        print(f"{path} holds the key {Pseudonyms(read_key(path)).name}")
        return 0
    print(f"{path}: made the key {Pseudonyms(make_key(path, data_dir(get_project_settings()))).name}.")
    print("Keep it apart from the data; without it nobody can be found again.")
    return 0


@contextmanager
def _alone(path: Path) -> Iterator[Folder]:
    """The data directory, to this command alone, with what a killed one left put right."""
    Folder.at(path)
    with alone_in(path):
        settle(Folder.at(path))
        yield Folder.at(path)


def _pseudonyms(told: argparse.Namespace, path: Path, *, make: bool) -> Pseudonyms:
    where = _key_file(told)
    if where.exists() or not make:
        return Pseudonyms(read_key(where, path))
    made = Pseudonyms(make_key(where, path))
    print(f"Made a key of pseudonyms, {made.name}, in {where}: keep it apart from the data.")
    return made


def _key_file(told: argparse.Namespace) -> Path:
    return typed_path("--key", told.key) if told.key else key_file(get_project_settings())


def _directory(told: argparse.Namespace) -> Path:
    return typed_path("DIR", told.directory) if told.directory else data_dir(get_project_settings())


def _tell(done: Removal, heading: str, folder: Folder, *, notes: bool = True, went: bool = True) -> None:
    print(f"{heading}:")
    width = max((len(name) for name in done.files), default=0)
    for name, count in done.files.items():
        whole = name not in {path.name for path in (*folder.lines, *folder.rejected, *folder.torn)}
        whole = whole and not name.startswith("raw/")
        print(f"  {name:<{width}}  {'removed' if whole else format(count, ',')}")
    if went:
        print(f"  {done.lines:,} lines stay.")
    if not notes:
        return
    for note in done.notes:
        print(note)
    if folder.derived:
        print(f"Made of the old lines, and not changed: {', '.join(path.name for path in folder.derived)}.")
    print(f"Generation {current(folder).number}. {COPIES}")


def _confirmed(question: str) -> bool:
    if not sys.stdin.isatty():
        raise BadSetting("this is no terminal to ask at, so nothing is changed: add --yes, or --dry-run to look first")
    if input(f"{question} [y/N] ").strip().lower() in {"y", "yes"}:
        return True
    print("Nothing is changed.")
    return False


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tiktok_scraper.privacy", epilog="docs/privacy.md says more.")
    what = parser.add_subparsers(required=True, metavar="pseudonymise|forget|expire|share|key")
    directory = {"nargs": "?", "metavar": "DIR", "help": "the data directory; without it TIKTOK_DATA_DIR"}
    key = {"metavar": "FILE", "help": f"the key of the pseudonyms; without it {NAME}"}
    yes, dry = "ask nothing", "only say what would go"

    part = what.add_parser("pseudonymise", help="pseudonyms for creators' ids and names")
    part.add_argument("directory", **directory)  # type: ignore[arg-type]
    part.add_argument("-o", dest="out", metavar="OUT", help="write a copy there, and leave the data as they are")
    part.add_argument("--ids", action="store_true", help="of TikToks' and audios' ids too")
    part.add_argument("--drop-raw", action="store_true", help="remove raw/, contact/, evidence/ and torn pieces")
    part.add_argument("--key", **key)  # type: ignore[arg-type]
    part.set_defaults(does=_pseudonymise)

    part = what.add_parser("forget", help="remove a creator, and leave them out from now on")
    part.add_argument(
        "creators", nargs="+", metavar="CREATOR", help="@handle, address or id, as many as you like, then DIR"
    )
    part.add_argument("--yes", action="store_true", help=yes)
    part.add_argument("--dry-run", action="store_true", help=dry)
    part.add_argument("--key", **key)  # type: ignore[arg-type]
    part.set_defaults(does=_forget)

    part = what.add_parser("expire", help="remove what is older than a moment")
    part.add_argument("directory", **directory)  # type: ignore[arg-type]
    part.add_argument("--older-than", required=True, metavar="AGE", help="180d, 26w, 48h, or an ISO date or time")
    part.add_argument("--naive-zone", default="UTC", metavar="ZONE", help="of 2022's local times; default: UTC")
    part.add_argument("--dry-run", action="store_true", help=dry)
    part.set_defaults(does=_expire)

    part = what.add_parser("share", help="a data package that names nobody, to publish")
    part.add_argument("directory", **directory)  # type: ignore[arg-type]
    part.add_argument("-o", dest="out", required=True, metavar="OUT", help="a new folder")
    part.add_argument("--aggregates", dest="what", action="store_const", const="aggregates", help="no ids of TikToks")
    part.add_argument("--ids", dest="what", action="store_const", const="ids", help="ids of TikToks, no aggregates")
    part.add_argument("-k", type=int, default=10, help="the least creators a number may be of; default: 10")
    part.set_defaults(does=_share, what="all")

    part = what.add_parser("key", help="make the key of the pseudonyms, or tell which there is")
    part.add_argument("--key", **key)  # type: ignore[arg-type]
    part.set_defaults(does=_key)
    return parser


if __name__ == "__main__":
    sys.exit(main())
