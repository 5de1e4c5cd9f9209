"""A workbook becomes a list on the map; a hostile one becomes a sentence."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from desk.conftest import DeskTown, token_of
from flask.testing import FlaskClient

XSS = '<img src=x onerror="alert(1)">サロン'
ROWS = (
    (
        "港町ひだまりサロン",
        "港町公会堂",
        "みなと市港町2-6-3",
        "第2・4木",
        "10時〜11時",
        "000-000-1111",
    ),
    (XSS, "西浜公民館", "みなと市西浜一丁目9-1", "毎週火曜", "13:30〜15:00", "000-000-1112"),
    ("=1+1の会", "川東会館", "みなと市川東2-4-7", "毎月10日", "10:00-12:00", ""),
)
HEADERS = ("サロン名", "会場", "住所", "開催日", "時間", "連絡先")


def workbook(rows: tuple[tuple[str, ...], ...] = ROWS, sheet: str = "サロン") -> bytes:
    book = openpyxl.Workbook()
    page: Any = book.active
    page.title = sheet
    page.append(["令和8年度 サロン一覧"])
    page.append([])
    page.append(HEADERS)
    for row in rows:
        page.append(row)
        for cell in page[page.max_row]:
            cell.data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def town(make_desk_town: Callable[..., DeskTown]) -> DeskTown:
    return make_desk_town("99732")


@pytest.fixture(autouse=True)
def as_it_was(town: DeskTown) -> Iterator[None]:
    """Take away what a test has written."""
    before = everything(town)
    yield
    for path in sorted(town.folder.rglob("*"), reverse=True):
        if path.is_file() and path.relative_to(town.folder).as_posix() not in before:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()
    for name, content in before.items():
        (town.folder / name).write_bytes(content)


@pytest.fixture
def clerk(town: DeskTown, make_desk_client: Callable[..., FlaskClient]) -> FlaskClient:
    return make_desk_client(town)


def layers(town: DeskTown) -> set[str]:
    return {path.name for path in (town.folder / "layers").iterdir() if path.is_dir()}


def everything(town: DeskTown) -> dict[str, bytes]:
    return {
        path.relative_to(town.folder).as_posix(): path.read_bytes()
        for path in town.folder.rglob("*")
        if path.is_file()
    }


def hand_in(clerk: FlaskClient, content: bytes, name: str = "一覧.xlsx") -> Any:
    token = token_of(clerk.get("/desk/new").text)
    # Written out, because the test client leaves large forms behind in open files.
    edge = "----upload"
    head = (
        f'--{edge}\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
        f'--{edge}\r\nContent-Disposition: form-data; name="list"; filename="{name}"\r\n\r\n'
    )
    body = head.encode() + content + f"\r\n--{edge}--\r\n".encode()
    return clerk.post("/desk/new", data=body, content_type=f"multipart/form-data; boundary={edge}")


def shelf(clerk: FlaskClient) -> list[Path]:
    return list(clerk.application.extensions["otakara_desk"].shelf.folder.iterdir())


def decide(clerk: FlaskClient, address: str, **said: str) -> Any:
    page = clerk.get(address).text
    form: dict[str, str] = {"csrf": token_of(page), "public": "no", "basis": ""}
    form |= dict(re.findall(r'name="(title-\d)" value="([^"]*)"', page))
    return clerk.post(address, data=form | said)


def test_from_a_workbook_to_the_map(clerk: FlaskClient, town: DeskTown) -> None:
    before = everything(town)
    there = layers(town)
    answer = hand_in(clerk, workbook())
    assert answer.status_code == 303
    assert re.fullmatch(r"/desk/new/[A-Za-z0-9_-]{32}", answer.location)
    page = clerk.get(answer.location).text
    assert "3件を読み込みました。だれでも見られるもの 0件、担当者だけ 3件" in page
    assert "&lt;img src=x onerror=" in page
    assert "<img" not in page
    assert everything(town) == before, "nothing is written before 「この一覧を使う」"

    used = decide(clerk, answer.location, do="use", **{"title-0": "ふれあいサロン"})
    assert (used.status_code, used.location) == (303, "/desk/load")
    assert shelf(clerk) == [] or all(path.name == "loading" for path in shelf(clerk))
    (new,) = layers(town) - there
    manifest = (town.folder / "layers" / new / "layer.toml").read_text("utf-8")
    assert 'title = "ふれあいサロン"' in manifest
    loading = clerk.get("/desk/load").text
    assert "読み込んでいます…" in loading
    assert clerk.post("/desk/load", data={"csrf": token_of(loading)}).status_code == 303
    home = clerk.get("/desk").text
    assert "「ふれあいサロン」3件を入れました。" in home
    assert "ふれあいサロン" in clerk.get("/").text
    assert XSS not in clerk.get("/desk/place").text
    assert clerk.get(answer.location).status_code == 404, "it is not used twice"


def test_leaving_it_writes_nothing(clerk: FlaskClient, town: DeskTown) -> None:
    before = everything(town)
    answer = hand_in(clerk, workbook())
    left = decide(clerk, answer.location, do="drop")
    assert (left.status_code, left.location) == (303, "/desk")
    assert "やめました。何も書き込んでいません。" in clerk.get("/desk").text
    assert everything(town) == before
    assert clerk.get(answer.location).status_code == 404


def test_a_column_can_be_something_else(clerk: FlaskClient, town: DeskTown) -> None:
    there = layers(town)
    address = hand_in(clerk, workbook()).location
    again = decide(clerk, address, do="again", **{"c-0-F": "left_out", "c-0-A": "hack"})
    assert (again.status_code, again.location) == (303, address)
    page = clerk.get(address).text
    assert re.search(r'name="c-0-F".*?<option value="left_out" selected>', page, re.DOTALL)
    assert "hack" not in page
    decide(clerk, address, do="use")
    (new,) = layers(town) - there
    assert (
        "連絡先"
        not in (town.folder / "layers" / new / "layer.toml").read_text("utf-8").split("[show]")[-1]
    )


def test_the_whole_list_for_everybody_with_its_basis(clerk: FlaskClient, town: DeskTown) -> None:
    there = layers(town)
    address = hand_in(clerk, workbook()).location
    used = decide(clerk, address, do="use", public="yes", basis="公表済みの冊子に掲載")
    assert (used.status_code, used.location) == (303, "/desk/publish")
    (new,) = layers(town) - there
    manifest = town.folder / "layers" / new / "layer.toml"
    assert "公表済みの冊子に掲載" not in manifest.read_text("utf-8")
    page = clerk.get("/desk/publish").text
    assert "だれでも見られるものは 0件 から 3件 になります" in page
    done = clerk.post("/desk/publish", data={"csrf": token_of(page), "do": "yes"})
    assert done.location == "/desk/load"
    assert 'publication_basis = "公表済みの冊子に掲載"' in manifest.read_text("utf-8")
    assert clerk.get("/desk/publish").status_code == 404


def test_not_now_leaves_it_to_the_coordinator(clerk: FlaskClient, town: DeskTown) -> None:
    there = layers(town)
    address = hand_in(clerk, workbook()).location
    decide(clerk, address, do="use", public="yes", basis="公表済みの冊子に掲載")
    page = clerk.get("/desk/publish").text
    clerk.post("/desk/publish", data={"csrf": token_of(page), "do": "no"})
    (new,) = layers(town) - there
    assert "publication_basis =" not in (town.folder / "layers" / new / "layer.toml").read_text()


def test_public_needs_its_basis(clerk: FlaskClient, town: DeskTown) -> None:
    before = everything(town)
    address = hand_in(clerk, workbook()).location
    answer = decide(clerk, address, do="use", public="yes", basis="  ")
    assert answer.status_code == 400
    assert "どこで公表したか（根拠）が書いてありません" in answer.text
    assert everything(town) == before


def test_the_same_list_twice(clerk: FlaskClient, town: DeskTown) -> None:
    same = workbook()  # a workbook knows the second it was saved
    decide(clerk, hand_in(clerk, same).location, do="use")
    before = everything(town)
    answer = hand_in(clerk, same)
    assert answer.status_code == 409
    assert "この一覧は、もう" in answer.text
    # What only a terminal understands is not said.
    assert "otakara " not in answer.text
    # The form's token is random letters, two hyphens in a row among them now and then.
    words = answer.text.partition("<main")[2].replace(token_of(answer.text), "")
    assert "--" not in words
    assert everything(town) == before


@pytest.mark.parametrize(
    "name",
    [
        "../../../etc/cron.d/x.xlsx",
        "..\\..\\x.xlsx",
        "a\x00b.xlsx",
        "/etc/passwd",
        "layer.toml.xlsx",
        "-rf.xlsx",
    ],
)
def test_a_name_is_never_a_path(clerk: FlaskClient, town: DeskTown, name: str) -> None:
    there = everything(town)
    answer = hand_in(clerk, workbook(), name)
    if answer.status_code == 303:
        decide(clerk, answer.location, do="use")
    else:
        assert 'role="alert"' in answer.text
    new = set(everything(town)) - set(there)
    assert all(re.fullmatch(r"layers/[a-z0-9_]+/[^/]+", path) for path in new)
    assert {path: everything(town)[path] for path in there} == there
    outside = [p for p in town.folder.parent.iterdir() if p != town.folder]
    assert outside == []


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", "<Types/>")
        book.writestr("xl/workbook.xml", "<workbook/>")
        book.writestr("xl/worksheets/sheet1.xml", b"0" * (400 * 1024 * 1024))
    return out.getvalue()


def entities() -> bytes:
    source = zipfile.ZipFile(io.BytesIO(workbook()))
    out = io.BytesIO()
    evil = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    with zipfile.ZipFile(out, "w") as book:
        for name in source.namelist():
            words = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                assert "ひだまり".encode() in words
                words = words.replace(b"<worksheet", evil.encode() + b"<worksheet", 1).replace(
                    "ひだまり".encode(), b"&e;"
                )
            book.writestr(name, words)
    return out.getvalue()


VRT = b'<OGRVRTDataSource><OGRVRTLayer name="x"><SrcDataSource>/etc/passwd</SrcDataSource>'


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "a.xlsx"),
        (b"\x00" * 100, "a.csv"),
        (b"PK\x03\x04 no zip", "a.xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xls"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.xlsx"),
        (VRT, "a.csv"),
        (VRT, "a.geojson"),
        (b"MZ\x90\x00" + bytes(range(256)) * 20, "a.csv"),
        (b"a,b\n1,2\n", "a.exe"),
        ("名称,住所\n".encode("utf-16"), "a.csv"),
        (entities(), "a.xlsx"),
        (bomb(), "a.xlsx"),
    ],
    ids=[
        "empty",
        "nul",
        "half-zip",
        "xls",
        "locked",
        "vrt-csv",
        "vrt",
        "exe",
        "kind",
        "header-only",
        "xxe",
        "bomb",
    ],
)
def test_a_hostile_file_becomes_a_sentence(
    clerk: FlaskClient, town: DeskTown, content: bytes, name: str
) -> None:
    before = everything(town)
    answer = hand_in(clerk, content, name)
    assert answer.status_code in {400, 409}
    assert 'role="alert"' in answer.text
    assert "root:" not in answer.text
    assert "Traceback" not in answer.text
    assert everything(town) == before
    assert [path for path in shelf(clerk) if path.is_dir()] == []


def test_an_oversized_file_is_refused_before_it_is_read(clerk: FlaskClient, town: DeskTown) -> None:
    from webmap.desk.list_views import MOST_UPLOAD_BYTES

    before = everything(town)
    answer = hand_in(clerk, b"x" * (MOST_UPLOAD_BYTES + 1), "a.csv")
    assert answer.status_code == 413
    assert "ファイルが大きすぎます（20MBまで）" in answer.text
    far = hand_in(clerk, b"x" * (MOST_UPLOAD_BYTES + 2**20), "a.csv")
    assert far.status_code == 413
    assert "ファイルが大きすぎます（20MBまで）" in far.text
    assert everything(town) == before
    assert [path for path in shelf(clerk) if path.is_dir()] == []


def test_a_list_without_a_file(clerk: FlaskClient) -> None:
    token = token_of(clerk.get("/desk/new").text)
    answer = clerk.post("/desk/new", data={"csrf": token}, content_type="multipart/form-data")
    assert answer.status_code == 400
    assert "一覧のファイルが選ばれていないか、空です" in answer.text


@pytest.mark.parametrize("token", ["x", "a" * 32, "..", "%2e%2e%2fetc"])
def test_a_strange_token_finds_nothing(clerk: FlaskClient, token: str) -> None:
    assert clerk.get(f"/desk/new/{token}").status_code == 404


def test_another_worker_finds_the_list(clerk: FlaskClient) -> None:
    from webmap.desk.draft_shelf import DraftShelf

    address = hand_in(clerk, workbook()).location
    folder = clerk.application.extensions["otakara_desk"].shelf.folder
    assert DraftShelf(folder).find(address.rsplit("/", 1)[1]) is not None
