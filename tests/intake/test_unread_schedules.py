"""``check`` lists every 開催日時 that could not be read, with the part, and the share per layer."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from geo.cli.group import GEO_COMMANDS, build_group
from geo.intake.unread_schedules import schedule_shares

LIST = (
    "ID,名称,開催日時\n"
    "1,さくら会,毎週火曜 10:00-12:00\n"
    "2,もみじ会,雪の降った朝\n"
    "3,うめ会,雪の降った朝\n"
    "4,まつ会,\n"
    '5,たけ会,"毎週水曜 10時〜\n=cmd"\n'
)


def test_the_share_and_the_parts(read_one) -> None:
    (share,) = schedule_shares(read_one({"a.csv": LIST}))
    assert (share.layer, share.said, share.understood) == ("tea", 4, 1)
    snow, hostile = share.unread
    assert (snow.text, snow.parts, snow.count, snow.where) == (
        "雪の降った朝",
        ("雪の降った朝",),
        2,
        "C3",
    )
    assert hostile.parts == ("=cmd",)


def test_a_list_that_does_not_say_when_is_no_share(read_one) -> None:
    assert list(schedule_shares(read_one({"a.csv": "ID,名称\n1,さくら会\n"}))) == []


def test_the_clerk_and_the_machine_read_it(read_one, tmp_path: Path) -> None:
    read_one({"a.csv": LIST})
    words = ["--town", str(tmp_path / "town"), "check"]
    said = CliRunner().invoke(build_group(GEO_COMMANDS), words)
    assert said.exit_code == 0  # nothing stops a load: the text stays as it was written
    assert (
        "日時  お茶の会: 4件のうち1件を、すべて読めました\n"
        "    「雪の降った朝」の「雪の降った朝」が読めません（layers/tea/a.csv の C3 など2件）\n"
    ) in said.output
    told = json.loads(CliRunner().invoke(build_group(GEO_COMMANDS), [*words, "--json"]).output)
    assert told["schedules"]["tea"]["understood"] == 1
    assert told["schedules"]["tea"]["unread"][0] == {
        "text": "雪の降った朝",
        "not_understood": ["雪の降った朝"],
        "count": 2,
        "file": "layers/tea/a.csv",
        "sheet": None,
        "where": "C3",
    }
