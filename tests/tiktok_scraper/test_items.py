"""A line's fields and their order, and how addresses and times are spelled."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.items import EXTRAS, FIELDS, TikTok, creator_url, record, stamp, tiktok_url, uploaded

# As the contract of the file lists them; written out here, because an order made by the code proves nothing.
LISTED = """
scraped_at url audio audio_url likes comments username user_followers user_likes
shares views saves user_videos
likes_step comments_step user_followers_step user_likes_step shares_step views_step saves_step user_videos_step
likes_shown comments_shown user_followers_shown user_likes_shown
shares_shown views_shown saves_shown user_videos_shown
user_likes_repair user_likes_wraps
id creator_id audio_id created_at created_from shown_at user_scraped_at
run position session era source user_source
ad kind audio_original duration language simulated schema
"""
THE_FILE = LISTED.split()


def test_a_line_has_the_files_fields_in_the_files_order() -> None:
    assert list(record(TikTok())) == THE_FILE == list(FIELDS)


def test_the_first_nine_are_those_of_2022() -> None:
    line_of_2022 = (
        '{"scraped_at": 0, "url": 0, "audio": 0, "audio_url": 0, "likes": 0, "comments": 0, "username": 0, '
        '"user_followers": 0, "user_likes": 0}'
    )
    assert list(line_of_2022.split('"')[1::2]) == THE_FILE[:9]


def test_what_was_not_told_is_none_and_the_schema_is_2() -> None:
    line = record(TikTok())
    assert line.pop("schema") == 2
    assert line.pop("simulated") is False
    assert set(line.values()) == {None}


def test_caption_and_hashtags_are_written_only_when_asked_for() -> None:
    def told(*extras: str) -> dict[str, Any]:
        return record(TikTok(caption="hello #world", hashtags=("world",), extras=extras))

    assert not set(EXTRAS) & set(told())
    assert told("hashtags")["hashtags"] == ("world",)
    assert list(told("hashtags", "caption"))[-2:] == ["caption", "hashtags"]


def test_what_the_page_told_is_not_written() -> None:
    assert "told" not in record(TikTok(told={"stats": {"likes": "1"}}, extras=EXTRAS))


@pytest.mark.parametrize(
    ("username", "kind", "expected"),
    [
        ("a.b_c9", "video", "https://www.tiktok.com/@a.b_c9/video/7126812345678901234"),
        ("a.b_c9", "photo", "https://www.tiktok.com/@a.b_c9/photo/7126812345678901234"),
        ("Tailor Brands", "video", "https://www.tiktok.com/@Tailor%20Brands/video/7126812345678901234"),
        ("a/b?c#d", "video", "https://www.tiktok.com/@a%2Fb%3Fc%23d/video/7126812345678901234"),
        (None, "video", None),
        ("", "video", None),
    ],
)
def test_a_tiktoks_address(username: str | None, kind: str, expected: str | None) -> None:
    assert tiktok_url(username, "7126812345678901234", kind) == expected


def test_without_an_id_there_is_no_address() -> None:
    assert tiktok_url("someone", "") is None
    assert tiktok_url("someone", None) is None


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_name_can_be_read_back_from_the_creators_address(name: str) -> None:
    address = urlsplit(str(creator_url(name)))
    assert (address.netloc, address.query, address.fragment) == ("www.tiktok.com", "", "")
    assert unquote(address.path) == f"/@{name}"
    assert address.path.isascii()


def test_a_name_that_has_no_spelling_still_gives_an_address() -> None:
    assert creator_url("a\ud800b") == "https://www.tiktok.com/@a%3Fb"


def test_the_upload_time_is_the_pages_where_it_tells_one() -> None:
    # 2022-08-01 14:00:05 UTC; this id's own second is six hours earlier.
    assert uploaded(1659362405, "7126812345678901234") == ("2022-08-01T14:00:05+00:00", "page")


def test_the_id_of_19_digits_holds_the_upload_second() -> None:
    second = int(datetime(2024, 2, 29, 12, 0, 1, tzinfo=UTC).timestamp())
    id_then = str(second * 2**32 + 12345)
    assert len(id_then) == 19
    assert uploaded(None, id_then) == ("2024-02-29T12:00:01+00:00", "id")


@pytest.mark.parametrize("id_", ["829541", "712681234567890123", "71268123456789012345", "", None, "live_1"])
def test_other_ids_hold_no_time(id_: str | None) -> None:
    assert uploaded(None, id_) == (None, None)


def test_a_time_of_zero_is_a_time_not_told() -> None:
    assert uploaded(0, "829541") == (None, None)


def test_stamps_are_utc_with_milliseconds() -> None:
    moment = datetime(2026, 11, 22, 22, 7, 0, 123_400, tzinfo=UTC)
    assert stamp(moment.timestamp()) == "2026-11-22T22:07:00.123+00:00"
    assert stamp(moment.replace(microsecond=0).timestamp()) == "2026-11-22T22:07:00.000+00:00"
