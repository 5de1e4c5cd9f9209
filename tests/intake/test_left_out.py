"""Columns a manifest leaves out, contacts put together from columns, headers of two rows, answers."""

from __future__ import annotations

import pytest

from geo.model.audience import Audience
from geo.model.treasure import ShownField


def test_a_column_left_out_is_nowhere(read_one) -> None:
    reading = read_one(
        {"a.csv": "ID,名称,番号,備考,生年月日\n1,さくら会,7,x,S10.1.1\n"},
        'leave_out = ["番号", "備 考", "生年月日"]\n',
    )
    (treasure,) = reading.layers[0].treasures
    assert (treasure.number, treasure.note, dict(treasure.extra)) == (None, None, {})


def test_a_contact_put_together_from_columns_is_only_a_contact(read_one) -> None:
    """Shown under the name of one of its columns, it still has the circle of a contact."""
    reading = read_one(
        {"a.csv": "ID,名称,代表者,電話番号\n1,さくら会,山田,054-000-1\n"},
        'audience = "だれでも"\n[columns]\ncontact = ["代表者", "電話番号"]\n[show]\n"電話" = "電話番号"\n',
    )
    (layer,) = reading.layers
    assert layer.show == (ShownField("電話", "電話番号", "contact"),)
    (treasure,) = layer.treasures
    assert (treasure.contact, dict(treasure.extra)) == ("山田 054-000-1", {})
    assert treasure.contact_audience is Audience.COORDINATOR


def test_a_header_of_two_rows(read_one) -> None:
    """Blank in the lower row, named in the upper one; a title over the table names nothing."""
    reading = read_one(
        {"a.csv": "ID,名称,いつ,\n,,曜日,時間\n1,さくら会,火,10時\n"}, "header_row = 2\n"
    )
    (treasure,) = reading.layers[0].treasures
    assert (treasure.id, treasure.name) == ("1", "さくら会")
    assert dict(treasure.extra) == {"曜日": "火", "時間": "10時"}
    reading = read_one({"a.csv": "一覧,,R8\nID,名称,\n1,さくら会,あ\n"}, "header_row = 2\n")
    assert dict(reading.layers[0].treasures[0].extra) == {"（C列）": "あ"}


@pytest.mark.parametrize("header", ["掲載可否", "公開範囲"])
@pytest.mark.parametrize(
    ("word", "audience"),
    [
        ("○", 0),
        ("◎", 0),
        ("ＯＫ", 0),
        ("×", 3),
        ("x", 3),
        ("Ｘ", 3),
        ("-", 3),
        ("－", 3),
        ("△", 3),
        ("否", 3),
        ("", 0),
    ],
)
def test_an_answer_is_an_answer_also_in_a_published_list(read_one, header, word, audience) -> None:
    """A dash or an x says no; only an empty cell leaves it to the manifest."""
    reading = read_one(
        {"a.csv": f"ID,名称,{header}\n1,さくら会,{word}\n"}, 'audience = "だれでも"\n'
    )
    assert reading.layers[0].treasures[0].audience is Audience(audience)
