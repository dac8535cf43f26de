"""One definition of ads: a TikTok ever seen as an ad is in no ranking, and is counted elsewhere."""

from __future__ import annotations

import pandas as pd

from analysis.counts.bounds import with_bounds
from analysis.measures import ads, audios, creators
from analysis.terms.schema import empty_sightings
from tests.analysis.by_hand import bounded, sighting


def history() -> pd.DataFrame:
    """ "paid" was an ad in one run of three, "free" never was, of "silent" nobody told."""
    return bounded(
        *(
            sighting(name, hours, ad=ad, creator="both", likes=likes + hours, user_followers=1_000 * (hours + 1))
            for name, likes, told in (("paid", 9_000, (False, True, False)), ("free", 10, (False,) * 3))
            for hours, ad in zip((0, 30, 60), told, strict=True)
        ),
        sighting("silent", 5, ad=None, creator="quiet", likes=3),
    )


def test_one_sighting_as_an_ad_makes_the_tiktok_one() -> None:
    frame = history()
    paid = [id_ == "paid" for id_ in frame["id"]]
    assert ads.advertised(frame).tolist() == paid
    assert ads.left_out(frame)["id"].tolist() == [id_ for id_ in frame["id"] if id_ != "paid"]


def test_what_was_told_of_others_stays_as_it_was() -> None:
    frame = history()
    marked = ads.marked(frame).set_index("id")["ad"]
    assert marked.loc["paid"].tolist() == [True] * 3
    assert marked.loc["free"].tolist() == [False] * 3
    assert pd.isna(marked.loc["silent"])  # not told is not "no"
    assert ads.marked(frame).dtypes.equals(frame.dtypes)
    pd.testing.assert_frame_equal(ads.left_out(ads.marked(frame)), ads.left_out(frame))


def test_within_an_entity_only_its_own_sightings_count() -> None:
    frame = bounded(sighting("x", 0, audio_key="1", ad=True), sighting("x", 1, audio_key="2", ad=False))
    assert ads.advertised(frame).tolist() == [True, True]
    assert ads.advertised(frame, "audio_key").tolist() == [True, False]


def test_a_sighting_without_an_id_speaks_for_itself() -> None:
    frame = bounded(sighting("x", 0, ad=True), sighting("y", 1)).assign(id=pd.array([None, None], dtype="str"))
    assert ads.advertised(frame.assign(ad=pd.array([True, None], dtype="boolean"))).tolist()[0]


def test_nothing_is_left_out_of_nothing() -> None:
    empty = with_bounds(empty_sightings())
    assert ads.left_out(empty).empty
    assert ads.marked(empty).dtypes.equals(empty.dtypes)


def test_a_creator_of_both_is_measured_without_the_ads() -> None:
    row = creators.creator_rows(ads.left_out(history())).set_index("creator").loc["both"]
    assert (row["tiktoks"], row["sightings"], row["likes_per_tiktok_seen"]) == (1, 3, 10 + 60)


def test_an_audio_is_not_carried_by_a_tiktok_that_was_an_ad_once() -> None:
    row = audios.audio_rows(history()).iloc[0]
    assert (row["tiktoks"], row["sightings"], row["ad_tiktoks"], row["ad_sightings"]) == (2, 4, 1, 3)
    assert row["likes"] == 10 + 60 + 3
    uses = audios.uses_over_time(history())
    assert uses["uses_seen"].max() == 2
    assert set(uses["id"]) == {"free", "silent"}
