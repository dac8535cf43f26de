"""What may be typed as the place, and that nothing of it becomes an option or is read by a shell."""

from __future__ import annotations

import pytest

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.pull.names import is_copied, is_packed
from tiktok_scraper.pull.place import Place, place_of


@pytest.mark.parametrize(
    ("told", "place"),
    [
        ("me@host:data", Place("me@host", "./data")),
        ("host:", Place("host", "./")),
        ("host:/srv/my data", Place("host", "/srv/my data")),
        ("host:~/data", Place("host", "./data")),
        ("host:-rf", Place("host", "./-rf")),
        ("host:a:b", Place("host", "./a:b")),
        ("me@[fe80::1%eth0]:data", Place("me@fe80::1%eth0", "./data")),
        ("ssh://me@host:2222/srv/data", Place("me@host", "/srv/data", 2222)),
        ("ssh://host/~/data", Place("host", "./data")),
        ("./here", Place(None, "here")),
        ("/mnt/a:b", Place(None, "/mnt/a:b")),
    ],
)
def test_a_place_is_read_as_it_was_meant(told: str, place: Place) -> None:
    assert place_of(told) == place


@pytest.mark.parametrize(
    "told",
    [
        "",
        "-oProxyCommand=touch x:data",
        "me@-oProxyCommand=x:data",
        "-l@host:data",
        "a b:data",
        "$(x):data",
        "ssh://-oProxyCommand=x/data",
        "ssh://me:secret@host/data",
        "host:~other/data",
        "host:a\nb",
    ],
)
def test_what_could_be_an_option_or_is_no_host_is_refused(told: str) -> None:
    with pytest.raises(BadSetting):
        place_of(told)


def test_a_place_is_told_as_it_is_typed() -> None:
    assert place_of("me@[::1]:data").told == "me@[::1]:data"
    assert place_of("host:~/data").told == "host:data"


@pytest.mark.parametrize(
    ("name", "copied", "packed"),
    [
        ("tiktoks.jsonlines", True, False),
        ("tiktoks-2025 (1).jsonlines.zst", True, True),
        ("rejected.jsonlines", True, False),
        ("tiktoks.jsonlines.torn", False, False),
        ("../tiktoks.jsonlines", False, False),
        ("tiktoks/../../x.jsonlines", False, False),
        (".tiktoks.jsonlines", False, False),
        ("-tiktoks.jsonlines", False, False),
        ("tiktoks\n.jsonlines", False, False),
        ("forgotten.jsonlines", False, False),
    ],
)
def test_only_files_of_lines_are_copied_and_none_leads_out_of_the_folder(name: str, copied: bool, packed: bool) -> None:
    assert (is_copied(name), is_packed(name)) == (copied, packed)
