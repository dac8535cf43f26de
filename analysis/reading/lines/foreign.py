"""What a file is that holds no JSON lines: its name, and how lines are made of it.

The crawl decides the same on its own (tiktok_scraper/lines/foreign.py); tests/contract/files.json is the table of
beginnings and names that both are held to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

from analysis.reading.lines.json_line import is_whole, salvaged

MARK = b"\xef\xbb\xbf"
BEGINS = "scraped_at"
HEAD = 1 << 16  # bytes of a file's beginning by which it is known


@dataclass(frozen=True, slots=True)
class Foreign:
    """name: what the file is. convert: what to do, a sentence with FILE for the file and NEW for the lines made."""

    name: str
    convert: str

    def __str__(self) -> str:
        return f"{self.name}, no JSON lines"

    def advice(self, path: Path) -> str:
        """What to do about *path*."""
        return self.convert.replace("NEW", "NEW.jsonlines").replace("FILE", quote(str(path)))


def _made_by(command: str) -> str:
    return f"Make lines of it with `{command} > NEW`"


def _by_pandas(read: str) -> str:
    return f'Make lines of it with `python -c "import pandas, sys; pandas.{read}.{_TO_JSON}" FILE`'


_TO_JSON = "to_json('NEW', orient='records', lines=True, date_format='iso')"
_IDS = "dtype=dict.fromkeys(('id', 'creator_id', 'audio_id'), str)"
_AGAIN = "Get it anew: this is not what was meant to be saved"
_LOOK = "Check that this is the file you meant"
_BINARY = (
    (b"\x1f\x8b", Foreign("gzip", _made_by("gunzip < FILE"))),
    (b"\xfd7zXZ\0", Foreign("xz", _made_by("xz -dc < FILE"))),
    (b"\x28\xb5\x2f\xfd", Foreign("zstd", _made_by("zstd -dc < FILE"))),
    (b"BZh", Foreign("bzip2", _made_by("bunzip2 < FILE"))),
    (b"\x04\x22\x4d\x18", Foreign("lz4", _made_by("lz4 -dc < FILE"))),
    (b"PK\x03\x04", Foreign("a zip archive or a spreadsheet", _made_by("unzip -p FILE"))),
    (b"7z\xbc\xaf\x27\x1c", Foreign("a 7z archive", _made_by("7z e -so FILE"))),
    (b"PAR1", Foreign("Parquet", _by_pandas("read_parquet(sys.argv[1])"))),
    (b"ARROW1", Foreign("Feather (Arrow)", _by_pandas("read_feather(sys.argv[1])"))),
    (
        b"SQLite format 3\0",
        Foreign("an SQLite database", _made_by("sqlite3 -json FILE 'select * from ...' | jq -c '.[]'")),
    ),
    (b"%PDF-", Foreign("PDF", _AGAIN)),
    (b"\xff\xfe\0\0", Foreign("UTF-32", _made_by("iconv -f UTF-32 -t UTF-8 FILE"))),
    (b"\0\0\xfe\xff", Foreign("UTF-32", _made_by("iconv -f UTF-32 -t UTF-8 FILE"))),
    (b"\xff\xfe", Foreign("UTF-16", _made_by("iconv -f UTF-16 -t UTF-8 FILE"))),
    (b"\xfe\xff", Foreign("UTF-16", _made_by("iconv -f UTF-16 -t UTF-8 FILE"))),
)
_UNMARKED = (
    (re.compile(rb"(?:[^\0]\0){4}"), Foreign("UTF-16", _made_by("iconv -f UTF-16LE -t UTF-8 FILE"))),
    (re.compile(rb"(?:\0[^\0]){4}"), Foreign("UTF-16", _made_by("iconv -f UTF-16BE -t UTF-8 FILE"))),
)
_ARRAY = Foreign("a JSON array", _made_by("jq -c '.[]' FILE"))
_INDENTED = Foreign("indented JSON", _made_by("jq -c . FILE"))
_PYTHON = Foreign(
    "Python's own spelling of dicts",
    _made_by(
        "python -c 'import ast, json, sys; [print(json.dumps(ast.literal_eval(line))) for line in sys.stdin]' < FILE"
    ),
)
_CSV = Foreign("CSV", _by_pandas(f"read_csv(sys.argv[1], sep=None, engine='python', {_IDS})"))
_PAGE = Foreign("HTML or XML", _AGAIN)
_POINTER = Foreign("a Git LFS pointer", "Get what it points to: git lfs pull")
_OTHER_TEXT = Foreign("text of another kind", _LOOK)
_OTHER_BYTES = Foreign("data of a kind not known here", _LOOK)

_BEGINS = (
    (re.compile(rb"\[\s*(?:[{\[\]]|\Z)"), _ARRAY),
    (re.compile(rb"\{\s*'"), _PYTHON),
    (re.compile(rb"<(?:[!?]|[A-Za-z])"), _PAGE),
    (re.compile(rb"version https://git-lfs"), _POINTER),
)
_INNER = re.compile(rb'\s*(?:"(?:[^"\\]|\\.)*"\s*[:,]?.*|[\[\]{}\s,]+|[-\d.]+,?|true,?|false,?|null,?)\s*')
_HEADER = re.compile(rb'"?[\w .-]+"?(?:([,;\t])"?[\w .-]+"?)(?:\1"?[\w .-]*"?)*\s*')


def foreign(head: bytes) -> Foreign | None:
    """Return what a file is that begins with *head* (HEAD bytes, or all it has); None: lines, if only broken ones."""
    for magic, known in _BINARY:
        if head.startswith(magic):
            return known
    for coded, known in _UNMARKED:
        if coded.match(head):
            return known
    lines = [line for line in head.removeprefix(MARK).split(b"\n") if line.strip()]
    if len(head) >= HEAD and len(lines) > 1:
        lines.pop()  # the head's own end cut it
    whole = sum(map(is_whole, lines))
    if not lines or 2 * whole >= len(lines):
        return None
    return _of_text(lines, whole)


def _of_text(lines: list[bytes], whole: int) -> Foreign | None:
    first = lines[0].strip()
    for begins, known in _BEGINS:
        if begins.match(first) and not (known is _ARRAY and _is_one_of_many(lines)):
            return known
    if first.startswith(b"{") and len(lines) > 1 and all(map(_INNER.fullmatch, lines[1:])) and not whole:
        return _INDENTED
    if whole or any(map(_may_be_ours, lines)):
        return None
    if _HEADER.fullmatch(first) and all(b"{" not in line for line in lines[:2]):
        return _CSV
    text = b"\n".join(lines)
    printable = sum(byte >= 32 or byte in b"\t\r\n" for byte in text)
    return _OTHER_TEXT if printable == len(text) and _is_utf8(text) else _OTHER_BYTES


def _may_be_ours(line: bytes) -> bool:
    """Whether it is a torn record, the NULs that a power cut leaves, or the end of a torn record with another on it."""
    return line.lstrip(b" \t\r\0")[:1] in (b"", b"{") or any(True for _ in salvaged(line, BEGINS))


def _is_one_of_many(lines: list[bytes]) -> bool:
    """Whether the first line is a list by itself and records follow it: then it is a bad line of a file of lines."""
    return len(lines) > 1 and lines[0].strip().endswith(b"]") and any(map(is_whole, lines[1:]))


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"
    return True
