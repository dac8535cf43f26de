"""A name is hit, missed, absent beside another name of its field, or not judged: each by itself."""

from __future__ import annotations

from dataclasses import replace

from tiktok_scraper.doctor.tally import LABEL_CSS, LABEL_FIELD, Row, Tally, fields_of, names_in
from tiktok_scraper.pages.names import CARD, names_of

TABLE = replace(names_of("viewer", "c"), likes=".likes, .hearts", music=(".music",), link="", live=".live")


def tally(*names: str, **counted: int) -> Tally:
    made = Tally("a table", TABLE, names)
    made.add(names, {f".{css}": count for css, count in counted.items()})
    return made


def test_each_name_is_counted_over_its_samples() -> None:
    made = tally("likes", likes=0, hearts=2)
    made.add(["likes"], {".likes": 0, ".hearts": 0})
    assert list(made.rows()) == [
        Row("likes", ".likes", "absent", 0, 2),
        Row("likes", ".hearts", "hit", 1, 2),
    ]


def test_only_what_is_due_is_missed_and_the_first_reason_is_told() -> None:
    made = tally("likes", "live", likes=0, hearts=0, live=0)
    made.owe(["likes"], "every post has it")
    made.owe(["likes"], "and more")
    made.untold["live"] = "no LIVE card was shown"
    told = {(row.field, row.verdict, row.why) for row in made.rows()}
    assert told == {("likes", "MISSED", "every post has it"), ("live", "not judged", "no LIVE card was shown")}


def test_what_is_exempt_is_not_judged_though_it_is_due_and_hit_where_it_is_there() -> None:
    made = tally("music", "live", music=1, live=0)
    made.owe(["music", "live"], "every post has it")
    made.exempt |= {"music": "none here", "live": "none here"}
    assert [(row.field, row.verdict) for row in made.rows()] == [("music", "hit"), ("live", "not judged")]


def test_what_was_never_looked_for_is_not_missed() -> None:
    made = Tally("a table", TABLE, ("likes",))
    made.owe(["likes"], "every post has it")
    assert [(row.verdict, row.samples) for row in made.rows()] == [("not judged", 0)] * 2


def test_css_with_commas_is_several_names_and_a_truth_or_nothing_is_none() -> None:
    assert names_in(TABLE, "likes") == (".likes", ".hearts")
    assert names_in(replace(TABLE, likes='[aria-label="a, b"], .c'), "likes") == ('[aria-label="a, b"]', ".c")
    assert names_in(TABLE, "several") == names_in(TABLE, "link") == ()
    assert names_in(TABLE, LABEL_FIELD) == (LABEL_CSS,)


def test_the_fields_of_a_table_are_those_that_have_a_name() -> None:
    assert not {"several", "link"} & set(fields_of(TABLE))
    assert LABEL_FIELD in fields_of(TABLE)
    assert fields_of(CARD) == ("root", "username", "followers", "likes", "stats")
