"""One TikTok, creator or audio: found by whatever people call it, drawn from what was seen, else a clear error."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.__main__ import main
from analysis.commands import show as showing
from analysis.commands.finding import find
from analysis.commands.show import history, show
from analysis.load import Loaded, LoadReport, load
from analysis.reading.coverage import Coverage
from analysis.terms.errors import BadArgument, NotFound
from benchmarks.analysis.simulated import sightings
from tests.analysis.lines_of import line, written
from tests.analysis.plots.plot_frames import hours_frame

PNG = b"\x89PNG\r\n"


def loaded(rows: pd.DataFrame, *, simulated: bool = True) -> Loaded:
    report = LoadReport(where="memory", lines=len(rows), bytes=0, sha256="", simulated=simulated)
    coverage = Coverage(hours_frame(), pd.DataFrame())
    return Loaded(sightings=rows, runs=pd.DataFrame(), aside=rows.head(0), coverage=coverage, report=report)


@pytest.fixture(scope="module")
def data() -> Loaded:
    return loaded(sightings(600))


def most_seen(data: Loaded, column: str) -> str:
    return str(data.sightings[column].value_counts().index[0])


def test_a_tiktok_is_found_by_its_address_and_by_its_id(data: Loaded) -> None:
    key = most_seen(data, "id")
    rows = data.sightings[data.sightings["id"] == key]
    for what in (
        rows["url"].iloc[0],
        rows["url"].iloc[0] + "?is_from_webapp=1#x",
        f"https://www.tiktok.com/@any/photo/{key}",
        key,
        f"  {key}\n",
    ):
        found = find(data.sightings, what)
        assert (found.kind, found.key) == ("TikTok", key)
        assert list(found.sightings["line_from"]) == list(rows["line_from"])


def test_a_creator_is_found_by_handle_and_by_address(data: Loaded) -> None:
    key = most_seen(data, "creator")
    for what in (f"@{key}", f"https://www.tiktok.com/@{key}", f"https://www.tiktok.com/@{key}/"):
        assert (find(data.sightings, what).kind, find(data.sightings, what).key) == ("creator", key)


def test_a_name_that_is_no_handle_is_found_as_it_reads_and_as_the_address_has_it(data: Loaded) -> None:
    rows = data.sightings.head(3).assign(creator=pd.Series(["Big Sale 50%"] * 3, dtype="str"))
    assert len(find(rows, "@Big Sale 50%").sightings) == 3
    assert len(find(rows, "https://www.tiktok.com/@Big%20Sale%2050%25").sightings) == 3


def test_a_creator_is_found_under_an_earlier_handle_and_by_id_unless_several_had_it(tmp_path: Path) -> None:
    def seen(number: int, handle: str, id_: str) -> dict[str, Any]:
        return line(number, username=f"https://www.tiktok.com/@{handle}", creator_id=id_)

    people = [("ann", "1"), ("anna", "1"), ("eve", "2"), ("eva", "2"), ("eve", "3"), ("evi", "3"), ("shop", "4")]
    lines = [seen(number, *one) for number, one in enumerate([*people, ("shop", "600005")])]
    rows = load(written(tmp_path, *lines)).sightings
    for what in ("@anna", "@ann", "https://www.tiktok.com/@ann", "1"):
        assert (find(rows, what).key, len(find(rows, what).sightings)) == ("anna", 2)
    assert find(rows, "@shop").sightings["creator_id"].tolist() == ["600005"]
    assert find(rows, "4").key == "shop (4)"
    assert find(rows, "@shop (4)").sightings["creator_id"].tolist() == ["4"]
    with pytest.raises(NotFound, match=r"2 who had @eve.*@eva, @evi"):
        find(rows, "@eve")


def test_an_audio_is_found_by_address_id_and_title(data: Loaded) -> None:
    key = most_seen(data, "audio_key")
    title = data.sightings.loc[data.sightings["audio_key"] == key, "audio"].iloc[0]
    for what in (
        f"https://www.tiktok.com/music/any-slug-{key}",
        f"https://www.tiktok.com/music/{key}",
        key,
        title.upper(),
    ):
        assert (find(data.sightings, what).kind, find(data.sightings, what).key) == ("audio", key)


def test_a_title_of_digits_is_found_where_no_id_is_meant(data: Loaded) -> None:
    key = most_seen(data, "audio_key")
    title = data.sightings["audio"].where(data.sightings["audio_key"] != key, "007")
    assert find(data.sightings.assign(audio=title), "007").key == key


def test_a_title_of_several_audios_names_them(data: Loaded) -> None:
    rows = data.sightings.assign(audio=pd.Series(["same"] * len(data.sightings), dtype="str"))
    with pytest.raises(NotFound, match=r"audios named 'same'.*by its id: \d+"):
        find(rows, "same")


@pytest.mark.parametrize(
    "what",
    [
        "@nobody",
        "",
        "   ",
        "7" * 19,
        "https://example.com/",
        "https://www.tiktok.com/@",
        "[",
        "\x00",
        "x" * 10_000,
        "@",
        "a\udcff",
        "@\udcff",
    ],
)
def test_what_is_not_there_is_an_error_that_says_what_to_ask_for(data: Loaded, what: str) -> None:
    with pytest.raises(NotFound, match="expected the address") as error:
        find(data.sightings, what)
    assert len(str(error.value)) < 1000


def test_nothing_is_found_in_no_data(data: Loaded) -> None:
    with pytest.raises(NotFound, match="the data name no creator"):
        find(data.sightings.head(0), "@u1")


@pytest.mark.parametrize("column", ["id", "creator", "audio_key"])
def test_each_kind_is_drawn_into_the_file_named(data: Loaded, column: str, tmp_path: Path) -> None:
    what = most_seen(data, column)
    what = f"@{what}" if column == "creator" else what
    out = tmp_path / "shown.png"
    assert show(data, what, out) == out
    assert out.read_bytes().startswith(PNG)


def test_the_same_question_gives_the_same_bytes(data: Loaded, tmp_path: Path) -> None:
    what = most_seen(data, "audio_key")
    first, again = (show(data, what, tmp_path / name).read_bytes() for name in ("a.svg", "b.svg"))
    assert first == again


def test_without_a_name_the_file_is_named_after_what_it_shows(
    data: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    key = most_seen(data, "creator")
    rows = data.sightings.assign(
        creator=data.sightings["creator"].where(data.sightings["creator"] != key, "../a/b $x$")
    )
    out = show(loaded(rows), "@../a/b $x$")
    assert re.fullmatch(r"creator-\.\._a_b__x_-[0-9a-f]{8}\.png", str(out))  # "..%a%b%%x%" would have another digest
    assert [path.name for path in tmp_path.iterdir()] == [str(out)]


@pytest.mark.parametrize("name", ["x.pdf", "x", "tiktoks.jsonlines"])
def test_a_name_that_is_no_picture_is_refused_and_what_is_there_stays(data: Loaded, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine")
    with pytest.raises(BadArgument, match=r"\.png or \.svg"):
        show(data, most_seen(data, "creator"), tmp_path / name)
    assert (tmp_path / name).read_text() == "mine"


def heading(data: Loaded, what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    figures: list[Figure] = []

    def kept(figure: Figure, path: Path) -> Path:
        figures.append(figure)
        return path

    monkeypatch.setattr(showing, "save", kept)
    show(data, what, tmp_path / "x.png")
    return figures[0].get_suptitle()


def test_a_simulated_picture_says_so_and_a_real_one_does_not(
    data: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    what = most_seen(data, "id")
    assert heading(data, what, tmp_path, monkeypatch).startswith("Simulated: TikTok ")
    real = loaded(data.sightings, simulated=False)
    assert heading(real, what, tmp_path, monkeypatch).startswith("TikTok ")


@pytest.mark.parametrize("kind", ["id", "creator", "audio_key"])
def test_one_sighting_without_counts_is_drawn_as_no_data(data: Loaded, kind: str, tmp_path: Path) -> None:
    row = data.sightings[data.sightings["audio_key"].notna()].head(1).reset_index(drop=True)
    for column in row.columns:
        if str(row[column].dtype) == "Int64" and column not in {"position", "session", "schema", "line_from"}:
            row[column] = pd.array([pd.NA], dtype="Int64")
    what = str(row[kind].iloc[0])
    assert show(loaded(row), f"@{what}" if kind == "creator" else what, tmp_path / "x.png").exists()
    assert history(loaded(row), f"@{what}" if kind == "creator" else what).empty


def test_the_history_has_each_count_as_told_within_its_bounds(data: Loaded) -> None:
    key = most_seen(data, "id")
    told = history(data, key)
    rows = data.sightings[data.sightings["id"] == key]
    assert list(dict.fromkeys(told["count"])) == [
        count for count in ("likes", "comments", "shares", "views", "saves") if rows[count].notna().any()
    ]
    likes = told[told["count"] == "likes"]
    assert list(likes["value"]) == list(rows["likes"].dropna())
    assert list(likes["scraped_at"]) == list(rows.loc[rows["likes"].notna(), "scraped_at"])
    assert (likes["lo"] <= likes["value"]).all()
    assert (likes["value"] <= likes["hi"]).all()


def test_a_hostile_title_is_drawn(data: Loaded, tmp_path: Path) -> None:
    title = "$\\frac{1}$ \u202e\U0001f525 <b>" + "z" * 300
    rows = data.sightings.assign(audio=pd.Series([title] * len(data.sightings), dtype="str"))
    assert show(loaded(rows), most_seen(data, "audio_key"), tmp_path / "x.svg").read_text("utf-8").startswith("<?xml")


def test_a_gate_that_stops_says_force_and_force_goes_on(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    early = [line(number, created_at="2030-01-01T00:00:00+00:00") for number in range(1, 4)]
    folder, out = written(tmp_path, line(0), line(0, run="r2", hours=1), *early), tmp_path / "one.png"
    told = ["show", "@creator0", str(folder), "-o", str(out)]
    assert main(told) == 1
    assert "--force" in capsys.readouterr().err
    assert main([*told, "--force"]) == 0
    assert out.read_bytes().startswith(PNG)
