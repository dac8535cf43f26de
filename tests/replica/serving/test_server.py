"""What the replica answers over HTTP, held against its truth and against what real replies hold."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from protego import Protego

from replica.items.display import rounded, wrapped
from replica.options import Options
from replica.serving.server import Replica
from tests.project import ROOT
from tests.replica.asking import Client

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)
KEYS = {
    "likes": "diggCount",
    "comments": "commentCount",
    "shares": "shareCount",
    "views": "playCount",
    "saves": "collectCount",
}


def quick(**told: Any) -> Options:
    return Options(latency_ms=0, now=NOW, **told)


def posts(cards: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [card for card in cards if card["id"]]


def test_every_answer_says_that_it_is_the_replicas() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        for path in ("/", "/foryou", "/robots.txt", "/api/recommend/item_list/", "/nowhere", "/_site/js/boot.js"):
            assert client.get(path)[1]["x-replica"] == "1", path


def test_first_six_cards_then_ten_to_fifteen_in_the_real_envelope() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        client.page()
        batches = [client.batch() for _ in range(6)]
    sizes = [len(batch["itemList"]) for batch in batches]
    assert sizes[0] == 6
    assert all(10 <= size <= 15 for size in sizes[1:])
    for batch in batches:
        assert (batch["statusCode"], batch["status_code"], batch["status_msg"], batch["hasMore"]) == (0, 0, "", True)
        assert set(batch) >= {"cursor", "extra", "log_pb", "level", "itemList"}
        assert batch["extra"]["logid"].startswith("20260901")


def test_the_first_batch_can_be_told() -> None:
    with Replica(quick(first=3)) as site:
        assert len(Client(site).batch()["itemList"]) == 3


def test_every_item_has_what_public_parsers_need() -> None:
    with Replica(quick()) as site:
        every = posts(Client(site).cards(300))
    for item in every:
        assert item["author"].keys() >= {"id", "secUid", "uniqueId", "nickname"}
        assert item["music"].keys() >= {"title"} if item.get("isAd") else {"title", "authorName"}
        assert isinstance(item["video"]["duration"], int)
        assert item["video"]["cover"].startswith("http://127.0.0.1:")
        assert "www.tiktok.com" not in item["video"]["cover"]
        assert len(item["id"]) == 19
        assert all({"id", "title"} <= tag.keys() for tag in item.get("challenges", []))
        expires = int(item["video"]["cover"].split("x-expires=")[1].split("&")[0])
        assert expires > NOW.timestamp()
        for mark in item.get("textExtra", []):
            caption = item["desc"].encode("utf-16-le")[2 * mark["start"] : 2 * mark["end"]].decode("utf-16-le")
            assert caption == "#" + mark["hashtagName"]


@pytest.mark.parametrize("author_stats", ["mixed", "full", "none"])
def test_items_tell_the_truth_as_their_flavour_does(author_stats: str) -> None:
    with Replica(quick(author_stats=author_stats)) as site:
        client = Client(site)
        first: dict[str, dict[str, Any]] = {}
        for item in posts(client.cards(400)):
            first.setdefault(item["id"], item)
        truth = {line["id"]: line for line in client.truth()}
    assert truth.keys() == first.keys()
    exact = 0
    for id_, item in first.items():
        line = truth[id_]
        assert line["sent"]["stats"] == item["stats"]
        for name, key in KEYS.items():
            if key not in item["stats"]:
                continue
            assert item["stats"][key] == rounded(line[name])
            assert int(item["statsV2"][key]) in (line[name], rounded(line[name]))
        assert int(item["statsV2"].get("collectCount", line["saves"])) == line["saves"]
        exact += item["statsV2"].get("playCount") == str(line["views"]) != str(rounded(line["views"]))
        stats = item.get("authorStats")
        if stats and stats["heartCount"]:
            assert stats["heartCount"] in (rounded(line["user_likes"]), wrapped(line["user_likes"]))
            assert stats["followerCount"] == rounded(line["user_followers"])
        assert line["creator_told"] == ("item" if stats and stats["heartCount"] else "none")
    told = [item.get("authorStats") is not None for item in first.values()]
    assert {"mixed": 0 < sum(told) < len(told), "full": all(told), "none": not any(told)}[author_stats]
    assert (exact > 0) == (author_stats != "none")


def test_the_truth_has_the_names_of_the_file_and_the_place_in_the_feed() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        cards = client.cards(250)
        lines = client.truth()
    assert [line["position"] for line in lines] == sorted(line["position"] for line in lines)
    for line in lines:
        card = cards[line["position"] - 1]
        kind = "photo" if "imagePost" in card else "video"
        assert card["id"] == line["id"]
        assert line["url"].endswith(f"/{kind}/{card['id']}") and line["url"].startswith(line["username"] + "/")
        assert line["created_at"] == datetime.fromtimestamp(card["createTime"], UTC).isoformat(timespec="milliseconds")
        assert line["ad"] == bool(card.get("isAd"))
        assert line["audio_id"] == card["music"].get("id")
        seconds = card["video"]["duration"] / (1000 if line["ad"] else 1)
        assert line["duration"] == (None if kind == "photo" else seconds)
        assert " " not in line["username"]
    again = [one["position"] for line in lines for one in line["again"]]
    assert sorted(again + [line["position"] for line in lines]) == [n for n, c in enumerate(cards, 1) if c["id"]]


@pytest.mark.parametrize("era", ["a", "b", "c"])
def test_a_creator_is_told_rounded_and_exactly(era: str) -> None:
    with Replica(quick(era=era, author_stats="none", creator_failures=0)) as site:
        client = Client(site)
        names = [card["author"]["uniqueId"] for card in posts(client.cards(100))]
        replies = {name: json.loads(client.creator(name)) for name in names}
        lines = client.truth()
    blocks = set()
    for line in lines:
        told = next(r for n, r in replies.items() if line["creator_id"] == r["userInfo"]["user"]["id"])
        info, truth = told["userInfo"], line["creator"]
        assert line["creator_told"] == "detail"
        assert info["stats"]["followerCount"] == rounded(truth["user_followers"])
        total = truth["user_likes"]
        assert info["stats"]["heartCount"] == (rounded(total) if total < 2**31 else wrapped(total))
        blocks.add("statsV2" in info)
        assert truth["reply"] == ("statsV2" if "statsV2" in info else "stats")
        if "statsV2" in info:
            assert int(info["statsV2"]["heartCount"]) == total
            assert int(info["statsV2"]["followerCount"]) == truth["user_followers"]
            assert int(info["statsV2"]["videoCount"]) == truth["user_videos"]
        assert told["shareMeta"]["desc"].startswith(f"@{info['user']['uniqueId']} ")
    assert blocks == {"a": {False}, "b": {True, False}, "c": {True}}[era]


def test_some_creators_are_refused_in_every_real_way() -> None:
    with Replica(quick(creator_failures=0.5)) as site:
        client = Client(site)
        names = [card["author"]["uniqueId"] for card in posts(client.cards(120))]
        bodies = [client.creator(name) for name in dict.fromkeys(names)]
        lines = client.truth()
    codes = {json.loads(body)["statusCode"] if body else None for body in bodies}
    assert codes == {None, 0, -1, 10202, 10221, 10222}
    refused = [line for line in lines if line["creator"]["reply"] not in ("stats", "statsV2")]
    assert 30 < len(refused) < 90
    assert {line["creator_told"] for line in refused} <= {"none", "item"}


def test_an_unknown_creator_is_no_such_user() -> None:
    with Replica(quick()) as site:
        assert json.loads(Client(site).creator("nobody.at.all"))["statusCode"] == 10202


def test_items_of_2022_have_neither_saves_nor_exact_counts() -> None:
    with Replica(quick(era="a")) as site:
        every = posts(Client(site).cards(60))
    assert all("statsV2" not in item and "collectCount" not in item["stats"] for item in every)
    assert all("isAd" in item for item in every)


def test_two_visitors_see_two_feeds_that_overlap_and_one_keeps_their_place() -> None:
    with Replica(quick(profile="2022")) as site:
        one, other = Client(site), Client(site)
        one.page(), other.page()
        seen = [{card["id"] for card in client.cards(100)} - {""} for client in (one, other)]
        one.page()
        after = {card["id"] for card in one.batch()["itemList"]} - {""}
        sessions = {line["session"] for line in one.truth()}
    assert seen[0] != seen[1]
    assert seen[0] & seen[1]
    assert len(after - seen[0]) >= len(after) - 2
    assert sessions == {1, 2}


def test_the_same_seed_and_time_serve_the_same_feed() -> None:
    def ids(seed: int) -> list[str]:
        with Replica(quick(seed=seed)) as site:
            return [card["id"] for card in Client(site).cards(60)]

    assert ids(3) == ids(3)
    assert ids(3) != ids(4)


def test_the_2022_feed_is_used_up_in_the_end() -> None:
    with Replica(quick(profile="2022")) as site:
        cards = Client(site).cards()
    assert len({card["id"] for card in cards} - {""}) > 1_900


@pytest.mark.parametrize("era", ["b", "c"])
def test_later_eras_embed_the_first_batch_where_told(era: str) -> None:
    with Replica(quick(era=era, embedded=True)) as site:
        client = Client(site)
        html = client.page()
        found = re.search(r'<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__"[^>]*>(.*?)</script>', html)
        assert found
        items = json.loads(found[1])["__DEFAULT_SCOPE__"]["webapp.updated-items"]
        assert [item["id"] for item in items] == [line["id"] for line in client.truth()]
        assert len(items) == 6
        assert client.batch()["itemList"][0]["id"] not in html


def test_unless_told_pages_embed_the_first_batch_in_era_a_only() -> None:
    for era, embedded in (("a", 9), ("b", 0), ("c", 0)):
        with Replica(quick(era=era)) as site:
            client = Client(site)
            html = client.page()
            assert len(client.truth()) == embedded
            assert all(line["id"] in html for line in client.truth())


def test_a_preload_reply_moves_nothing_and_holds_nothing_that_is_served() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        client.page()
        client.batch()
        before = client.truth()
        told = json.loads(client.get("/api/preload/item_list/?count=3&from_page=fyp")[2])
        assert client.truth() == before
        client.cards(300)
        served = {line["id"] for line in client.truth()}
    ids = {item["id"] for item in told["itemList"]}
    assert len(ids) == 3
    assert ids.isdisjoint(served)


def test_a_tiktok_has_a_page_of_its_own() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        item = posts(client.cards(6))[0]
        assert item["id"] in client.page(f"/@{item['author']['uniqueId']}/video/{item['id']}")
        assert client.get("/@nobody/video/1")[0] == 200


def test_robots_txt_lets_a_generic_agent_read_the_feed_and_names_others() -> None:
    with Replica(quick()) as site:
        rules = Protego.parse(Client(site).get("/robots.txt")[2].decode())
    for path in ("/foryou", "/@someone/video/7126812345678901234", "/api/recommend/item_list/?count=9"):
        assert rules.can_fetch(path, "Mozilla/5.0 (X11; Linux x86_64) Chrome/130")
        assert not rules.can_fetch(path, "GPTBot")
    assert not rules.can_fetch("/search?q=x", "Mozilla/5.0")


def test_media_are_real_bytes_at_the_loopback_address() -> None:
    with Replica(quick()) as site:
        client = Client(site)
        item = next(i for i in posts(client.cards(20)) if "imagePost" not in i)
        status, headers, video = client.get(item["video"]["playAddr"], Range="bytes=0-99")
        assert (status, headers["content-type"], len(video)) == (206, "video/mp4", 100)
        assert video[4:8] == b"ftyp"
        status, headers, cover = client.get(item["video"]["cover"])
        assert (status, headers["content-type"], cover[:3]) == (200, "image/jpeg", b"\xff\xd8\xff")


def test_latency_delays_api_replies_only() -> None:
    from time import monotonic

    with Replica(Options(latency_ms=300, now=NOW)) as site:
        client = Client(site)
        started = monotonic()
        client.get("/robots.txt")
        between = monotonic()
        client.batch()
        assert between - started < 0.25 < monotonic() - between


def test_the_command_prints_the_feeds_address_first_and_ends_on_sigterm() -> None:
    command = [sys.executable, "-m", "replica", "serve", "--era", "c", "--latency-ms", "0", "--now", NOW.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None and served.stderr is not None
        url = served.stdout.readline().strip()
        assert url.startswith("http://127.0.0.1:") and url.endswith("/foryou")
        served.send_signal(signal.SIGTERM)
        assert served.wait(10) == 0
        assert served.stderr.read() == ""


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--obstacle", "unicorn"], "--obstacle must be one of"),
        (["--now", "2026-09-01T12:00:00"], "--now needs an offset"),
        (["--items", "/nowhere.json"], "nowhere.json"),
        (["--obstacle", "captcha@soon"], "captcha@soon"),
    ],
)
def test_a_wrong_option_is_said_in_one_line(arguments: list[str], says: str) -> None:
    command = [sys.executable, "-m", "replica", "serve", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)
    assert done.returncode != 0
    assert says in done.stderr
    assert "Traceback" not in done.stderr
