"""Every byte a served town gives away: follow every address, keep every answer."""

from __future__ import annotations

import gzip
import hashlib
import html
import re
import urllib.parse
from dataclasses import dataclass, field

from flask.testing import FlaskClient
from paper_foundation.printed import lines_of
from paper_views.told_paper import cells_of

from geo.folding import fold
from webmap.paper.sheets.list_book import MEDIA_TYPE

_ADDRESS = re.compile(r'(?:href|src|action|data-url)="([^"]+)"')
_IN_JSON = re.compile(r'"href":"([^"]+)"')
_CORE = re.compile(r"zq([xy]\d{4})v")
_KANA = re.compile("ヌヘ([アイウエオカキクケコ]{4})ホヌ")
_DEGREES = re.compile(r"(?<![\d.])(138\.\d{3}|36\.\d{3})")
_BY_LOT = re.compile(
    r"""W/"[0-9a-f]{16,}"|[?&]v=[0-9a-f]{8,}|(?:sha256-|base64,)[A-Za-z0-9+/=_-]+"""
    r"""|[A-Za-z0-9+/=]{64,}"""
)
_NUMBER = re.compile(r"(?<!\d)([78]\d{4})(?!\d)")
_TOKEN = re.compile(r'(?<=name="csrf" value=")[^"]+')  # of a session, another one each time
_PICTURE = re.compile(r"base64,([A-Za-z0-9+/=]+)")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass
class Haul:
    """Answers by request, as text: status, headers and the decompressed body.

    Of a PDF or a workbook the text that stands in it, of a picture what tells it from another: in
    all of them any digits occur. ``papers`` has the PDFs themselves.
    """

    told: dict[str, str] = field(default_factory=dict)
    papers: dict[str, bytes] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    tags: dict[str, str] = field(default_factory=dict)

    def text(self) -> str:
        """All of it."""
        return "\n".join(self.told.values())


def fetch(client: FlaskClient, haul: Haul, url: str, method: str = "GET", **headers: str) -> str:
    """Ask once, compressed; returns the body."""
    answer = client.open(url, method=method, headers={"Accept-Encoding": "gzip", **headers})
    packed = answer.headers.get("Content-Encoding") == "gzip"
    data = gzip.decompress(answer.data) if packed else answer.data
    if packed and method == "GET":
        plain = client.get(url, headers=dict(headers))
        assert plain.data == data
    kept = f"{method} {url} {headers or ''}"
    if answer.mimetype == "application/pdf" and data:
        haul.papers[url] = data
        body = "\n".join([_letters(data), *lines_of(data)])
    elif answer.mimetype == MEDIA_TYPE and data:
        body = "\n".join([_letters(data), *cells_of(data)])
    else:
        body = _TOKEN.sub("", data.decode("utf-8", "replace"))
        body = _PICTURE.sub(lambda found: _letters(found[1].encode()), body)
    said = "\n".join(
        f"{name}: {'' if name == 'Set-Cookie' else value}"
        for name, value in sorted(answer.headers.items())
    )
    haul.told[kept] = f"{answer.status}\n{said}\n\n{body}"
    haul.bodies[kept.strip()] = body
    if "ETag" in answer.headers:
        haul.tags[url] = answer.headers["ETag"]
    return body


def _letters(data: bytes) -> str:
    """What tells one body from another, without a digit."""
    return "".join(chr(ord("a") + byte % 16) for byte in hashlib.sha256(data).digest())


def crawl(client: FlaskClient, code: str, areas: list[str]) -> Haul:
    """Follow every link from ``/`` on, and ask for what no link names."""
    haul = Haul()
    ends = (".json", ".geojson", ".csv", ".ics", ".pdf", ".xlsx", "?mode=week", "?mode=print")
    beside = [f"/{code}/{area}{end}" for area in areas for end in ends]
    waiting = ["/", "/healthz", "/favicon.ico", *beside, *(f"/{code}/{area}" for area in areas)]
    seen: set[str] = set()
    while waiting:
        url = waiting.pop(0)
        # Files of the program hold nothing of a town; other tests hold them.
        if url in seen or not url.startswith("/") or url.startswith(("/static/", "/map.")):
            continue
        # Each draws the same sheet anew; in other words and sizes the page says the same of it.
        if "mode=print&" in url:
            continue
        seen.add(url)
        body = fetch(client, haul, url)
        found = [*_ADDRESS.findall(body), *_IN_JSON.findall(body)]
        waiting += [html.unescape(address).split("#")[0] for address in found]
    pages = ["/", f"/{code}/zone/", f"/{code}/nothing/", f"/{code}/zone/none", "/no-such-page"]
    pages += beside[:3] + [f"/{code}/{area}" for area in areas]
    for url in pages:
        fetch(client, haul, url, Accept="application/json")
    for url in ("/", beside[0], beside[1], beside[2], f"/{code}/{areas[0]}", "/no-such-page"):
        for method in ("POST", "PUT", "DELETE", "OPTIONS", "HEAD"):
            fetch(client, haul, url, method)
    return haul


def forms(text: str) -> str:
    """The text, and what it becomes when HTML, JSON or an address is read, folded."""
    unescaped = html.unescape(text)
    plain = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), unescaped)
    return "\n".join(map(fold, {text, unescaped, plain, urllib.parse.unquote(plain)}))


def canaries_in(text: str) -> set[str]:
    """``x0012`` for every canary that stands in a text in any form."""
    folded = forms(text)
    found = set(_CORE.findall(folded))
    digits = str.maketrans("アイウエオカキクケコ", "0123456789")
    salts = {core[0] for core in found} or {"x", "y"}
    for kana in _KANA.findall(folded):
        number = kana.translate(digits)
        if not any(f"{salt}{number}" in found for salt in salts):
            found.add(f"?{number}")  # kana without its core: part of a canary has leaked
    return found


def degrees_in(text: str) -> set[str]:
    """Every longitude and latitude of the town's corner of the world, cut to 3 decimals."""
    return set(_DEGREES.findall(text))


def numbers_in(text: str) -> set[int]:
    """Every number that could be a 番号 or a head count of the town.

    Tags, versions and what is packed or sealed are letters drawn by lot: any five digits stand in
    them now and then.
    """
    return set(map(int, _NUMBER.findall(_BY_LOT.sub(" ", text))))
