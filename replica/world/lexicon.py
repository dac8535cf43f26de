"""Words for handles, nicknames, captions and sounds. All invented; any likeness to an account is chance.

They are as varied as the real ones: several alphabets, emoji, dots and underscores, empty captions.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

_WORDS = tomllib.loads((Path(__file__).parent / "lexicon.toml").read_text(encoding="utf-8"))


def handle(number: int, random: Random) -> str:
    """A handle that no other *number* has."""
    first, second, joints = _WORDS["first"], _WORDS["second"], _WORDS["joints"]
    round_, pair = divmod(number, len(first) * len(second))
    name = f"{first[pair % len(first)]}{random.choice(joints)}{second[pair // len(first)]}"
    return f"{name}{round_ + random.choice((0, 100, 1900))}" if round_ else name


def nickname(name: str, random: Random) -> str:
    """A display name: like the handle, or in another alphabet."""
    if random.random() < 0.15:
        return str(random.choice(_WORDS["foreign"]))
    plain = name.replace("_", " ").replace(".", " ")
    return (plain.title() if random.random() < 0.6 else name) + str(random.choice(_WORDS["flourishes"]))


def advertiser(number: int) -> str:
    """An advertiser's display name, no two the same."""
    rounds, which = divmod(number, len(_WORDS["advertisers"]))
    name: str = _WORDS["advertisers"][which]
    return f"{name} {rounds + 1}" if rounds else name


def bio(random: Random) -> str:
    """What a creator says of themselves."""
    return str(random.choice(_WORDS["bios"]))


def language(random: Random) -> str:
    """The language of a caption; "un" where there are no words."""
    common: dict[str, int] = _WORDS["languages"]
    return random.choices(tuple(common), tuple(common.values()))[0]


def caption(spoken: str, random: Random) -> tuple[str, tuple[str, ...]]:
    """A caption in the language *spoken*, and its hashtags."""
    text = random.choice(_WORDS["captions"][spoken])
    tags = tuple(random.sample(_WORDS["tags"], random.choice((0, 0, 1, 2, 3, 5, 8))))
    return " ".join(filter(None, (text, *(f"#{tag}" for tag in tags)))), tags


def original(spoken: str, owner: str, random: Random) -> str:
    """The title of a creator's own sound, in their language, with their name in a third of cases."""
    titles: dict[str, str] = _WORDS["originals"]
    title = titles.get(spoken, titles["en"])
    return f"{title} - {owner}" if random.random() < 0.3 else title


def song(random: Random) -> tuple[str, str]:
    """A record's title and artist."""
    band = str(random.choice(_WORDS["bands"]))
    if random.random() < 0.3:
        return random.choice(_WORDS["songs"]), band
    return f"{random.choice(_WORDS['first'])} {random.choice(_WORDS['second'])}".title(), band
