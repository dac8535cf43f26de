"""Finding the embedded state; a JavaScript literal reads as what JavaScript makes of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiktok_scraper.pages.embedded import find_state, read_literal

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    # Lone surrogates are no characters: JSON can't carry them as UTF-8.
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text("ab$_\"'\\{}[],:!/ é", max_size=6), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("literal", "value"),
    [
        ("{}", {}),
        ("{a:1,$b:2,'c d':3,\"e\":4,5:6}", {"a": 1, "$b": 2, "c d": 3, "e": 4, "5": 6}),
        ("{a:undefined,b:!0,c:!1,d:null,e:NaN}", {"a": None, "b": True, "c": False, "d": None, "e": None}),
        ("{a:[1,2,],b:{},}", {"a": [1, 2], "b": {}}),
        ("{a:[true,undefined,false]}", {"a": [True, None, False]}),
        ("{a:-1.5e3,b:0}", {"a": -1500.0, "b": 0}),
        (r"{a:'it\'s',b:'say \"hi\"',c:'a\x41b\u{1F600}\u00e9'}", {"a": "it's", "b": 'say "hi"', "c": "aAb😀é"}),
        ("{a:'\"'}", {"a": '"'}),
        (r'{a:"\u003Cscript\u003E\u002F"}', {"a": "<script>/"}),
        ('{ a : "b , c" } ; window["x"] = {', {"a": "b , c"}),
        ('{"a":"}"};}', {"a": "}"}),
        ("{a:", {}),
        ("[1]", {}),
        ("f(){}", {}),
        ("", {}),
    ],
)
def test_literal(literal: str, value: object) -> None:
    assert read_literal(literal) == value


@given(st.dictionaries(st.text(max_size=5).filter(str.isalpha), JSON), st.booleans())
def test_json_is_a_literal_too(value: dict[str, object], ascii_only: bool) -> None:
    assert read_literal(json.dumps(value, ensure_ascii=ascii_only) + ";window.x=1") == value


@given(st.text() | st.text("{}[]:,'\"\\!01ab$ \n"))
def test_never_raises(source: str) -> None:
    assert isinstance(read_literal(source), dict)
    assert isinstance(find_state(f"<script>window['SIGI_STATE']={{{source}</script>"), dict)


@pytest.mark.parametrize(
    "tag",
    [
        '<script id="SIGI_STATE" type="application/json">',
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">',
        "<script type='application/json' id='SIGI_STATE' nonce=\"x\">",
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json" data-x="1">',
    ],
)
def test_script_is_found_however_it_is_written(tag: str) -> None:
    assert find_state(f'<html>{tag}{{"a": "<b>"}}</script><script>1</script>') == {"a": "<b>"}


def test_a_broken_script_does_not_hide_a_good_one() -> None:
    html = '<script id="SIGI_STATE">{"a":</script><script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">{"b":1}</script>'
    assert find_state(html) == {"b": 1}
