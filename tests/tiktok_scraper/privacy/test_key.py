"""The key is its owner's alone, lies outside of the data, and is never made twice."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tiktok_scraper.errors import BadSetting
from tiktok_scraper.privacy.key import key_file, make_key, read_key


def test_a_key_is_made_for_its_owner_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "config" / "pseudonyms.key"
    key = make_key(path, tmp_path / "data")
    assert len(key) == 32
    assert read_key(path, tmp_path / "data") == key == path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pseudonyms.key"
    key = make_key(path)
    with pytest.raises(BadSetting, match="already"):
        make_key(path)
    assert path.read_bytes() == key


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_key_that_others_may_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a key"
    make_key(path)
    path.chmod(mode)
    with pytest.raises(BadSetting, match=r"chmod 600 '.*a key'"):
        read_key(path)


def test_a_key_among_the_data_is_refused_through_a_link_too(tmp_path: Path) -> None:
    data, link = tmp_path / "data", tmp_path / "elsewhere"
    data.mkdir()
    link.symlink_to(data)
    for path in (data / "pseudonyms.key", link / "deep" / "pseudonyms.key"):
        for use in (read_key, make_key):
            with pytest.raises(BadSetting, match="lies in the data directory"):
                use(path, data)
    assert not list(data.iterdir())


@pytest.mark.parametrize("held", [b"", b"x" * 31, b"x" * 33])
def test_what_is_no_key_is_refused(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "pseudonyms.key"
    path.write_bytes(held)
    path.chmod(0o600)
    with pytest.raises(BadSetting, match="has 32 bytes"):
        read_key(path)


def test_a_missing_key_is_told_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"tiktok_scraper\.privacy key"):
        read_key(tmp_path / "none")


def test_the_setting_counts_before_the_environment_and_that_before_the_default() -> None:
    around = {"TIKTOK_PSEUDONYM_KEY": "/around", "XDG_CONFIG_HOME": "/xdg"}
    assert key_file({"TIKTOK_PSEUDONYM_KEY": "/told"}, around) == Path("/told")
    assert key_file({}, around) == Path("/around")
    assert key_file({}, {"XDG_CONFIG_HOME": "/xdg"}) == Path("/xdg/tiktok_scraper/pseudonyms.key")
    assert key_file({}, {}) == Path("~/.config/tiktok_scraper/pseudonyms.key").expanduser()
