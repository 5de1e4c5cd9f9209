"""One row -> one Treasure, or the faults that keep it from being one."""

from __future__ import annotations

import re
import unicodedata

from geo.folding import fold
from geo.intake.base_day import lacks_base_day
from geo.intake.layouts import ADDRESS_PARTS
from geo.intake.named_headers import column_indexes
from geo.intake.open_end import has_open_end
from geo.intake.record_fields import RecordFields
from geo.intake.record_place import read_place
from geo.intake.values import is_missing, parse_count
from geo.intake.weekly_hours import hours_text, schedule_text, under_its_header
from geo.model.accepted_words import (
    AUDIENCE_WORDS,
    CONSENT_WORDS,
    NEWCOMER_WORDS,
    PRECISION_WORDS,
    PUBLISHABLE_WORDS,
    STATUS_WORDS,
    accepted_ja,
)
from geo.model.audience import Audience, ConsentScope, Newcomers, Placed, Precision, Status
from geo.model.problem import Severity
from geo.model.town import Layer
from geo.model.treasure import Consent, Treasure

ID_LIMIT = 200
NUMBER_LIMIT = 99_999
BASIS_COLUMN = "掲載の同意の列"
BASIS_AUDIENCE = "公開範囲の指定"
_LIST_SPLIT = re.compile(r"[;；、，,\n]+")
_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
_TEXT_FIELDS = (
    "kana", "venue", "venue_kind", "area", "for_whom", "fee", "activities", "activity_kind",
    "operator", "transport", "contact", "organiser", "meaning", "story", "photo", "found_through",
    "note",
)  # fmt: skip
_ALL_AUDIENCE_WORDS = {**PUBLISHABLE_WORDS, **AUDIENCE_WORDS}


def identity(parts: list[str]) -> str:
    """The identity of a record from its columns: width and blanks do not make another record."""
    folded = [" ".join(unicodedata.normalize("NFKC", part).split()) for part in parts]
    return "|".join(folded)


def read_record(
    fields: RecordFields, layer: Layer, identify: tuple[int, ...], *, consent_column: bool
) -> Treasure | None:
    """Read one row.

    Parameters
    ----------
    fields : RecordFields
        The row; its ``problems`` gather every fault of it.
    layer : Layer
        The manifest.
    identify : tuple of int
        Column indexes of the identity where there is no usable id column.
    consent_column : bool
        Whether the layer's lists have a 掲載の同意 column.

    Returns
    -------
    Treasure or None
        None when the row has an error.
    """
    name = fields.text("name", joiner=" ")
    if name is None and not fields.failed:
        fields.error("name-missing", "名称がありません。名前を書いてください。", "name")
    record_id = _identity(fields, identify)
    number = _number(fields)
    place = read_place(fields)
    audience = _audience(fields, layer)
    precision = fields.word(
        "precision", PRECISION_WORDS, "precision-unknown", accepted_ja(Precision)
    )
    status = fields.word("status", STATUS_WORDS, "status-unknown", accepted_ja(Status))
    newcomers = fields.word(
        "newcomers", NEWCOMER_WORDS, "newcomers-unknown", accepted_ja(Newcomers), gentle=True
    )
    contact_audience = fields.word(
        "contact_audience", AUDIENCE_WORDS, "audience-unknown", accepted_ja(Audience)
    )
    if contact_audience is None:
        contact_audience = audience if layer.publication_basis else Audience.COORDINATOR
    consents = _consents(fields, layer, consent_column=consent_column)
    texts = {field: fields.text(field, joiner=" ") for field in _TEXT_FIELDS}
    treasure = Treasure(
        layer=layer.id,
        id=record_id or "",
        name=name or "",
        audience=audience,
        precision=Precision.POINT if precision is None else precision,
        consents=consents,
        number=number,
        address=fields.text("address") or _joined_address(fields),
        lon=place[0] if place else None,
        lat=place[1] if place else None,
        placed=Placed.SOURCE if place else None,
        schedule=_schedule(fields),
        newcomers=newcomers,
        capacity=fields.count("capacity"),
        participants=fields.count("participants"),
        contact_audience=contact_audience,
        functions=_functions(fields),
        url=_url(fields),
        started_on=fields.day("started_on", gentle=True),
        ended_on=fields.day("ended_on", gentle=False),
        status=status or Status.ACTIVE,
        confirmed_on=fields.day("confirmed_on", gentle=True),
        vehicle=fields.text("vehicle", joiner=" "),
        stop_order=fields.count("stop_order"),
        arrive_min=fields.clock("arrive_min"),
        stay_min=fields.minutes("stay_min"),
        extra=_extra(fields),
        follows=None,  # whose days, and which of them are changed, is read once all lists are
        day_changes=(),
        **texts,
    )
    return None if fields.failed else treasure


def _identity(fields: RecordFields, identify: tuple[int, ...]) -> str | None:
    if identify:
        parts = [fields.row.text(index).strip() for index in identify]
        found = identity(["" if is_missing(part) else part for part in parts])
        if not found.strip("|"):
            if any(index in fields.row.faults for index in identify):
                return None  # said where the field is read
            headers = "、".join(fields.table.headers[index] for index in identify)
            fields.error(
                "id-missing", f"見分けるための列（{headers}）が空です。書いてください。", "name"
            )
            return None
    else:
        text = fields.text("id")
        if text is None:
            fields.error(
                "id-missing",
                "IDがありません。ほかと重ならない番号か文字を書いてください。",
                "id" if "id" in fields.columns.of else "name",
            )
            return None
        found = identity([text])
    if len(found) > ID_LIMIT:
        if identify:
            import hashlib

            digest = hashlib.sha256(found.encode("utf-8", "replace")).hexdigest()[:16]
            return f"{found[: ID_LIMIT - 17]}~{digest}"
        fields.error(
            "id-too-long", f"IDが長すぎます（{ID_LIMIT}字まで）。短くしてください。", "id", found
        )
        return None
    return found


def _joined_address(fields: RecordFields) -> str | None:
    if not fields.columns.national:
        return None
    parts = [
        fields.cell(index, needed=False)
        for header in ADDRESS_PARTS
        for index in column_indexes(fields.table, (header,)) or ()
    ]
    # Town and prefecture alone are no address.
    return "".join(part for part in parts if not is_missing(part)) if any(parts[2:]) else None


def _number(fields: RecordFields) -> int | None:
    text = fields.text("number")
    if text is None:
        return None
    try:
        value = parse_count(text)
    except ValueError:
        value = 0
    if not 1 <= value <= NUMBER_LIMIT:
        fields.error(
            "map-number-wrong",
            f"番号は1から{NUMBER_LIMIT:,}までの整数で書くか、空にしてください（空なら自動でつきます）。",
            "number",
            text,
        )
        return None
    return value


def _audience(fields: RecordFields, layer: Layer) -> Audience:
    """公開範囲, else 掲載可否, else what the layer says of rows that say nothing.

    A dash or an x is an answer here (not to be shown), not an empty cell.
    """
    for index in (fields.columns.first("audience"), fields.columns.publishable):
        text = "" if index is None else fields.cell(index, needed=True)
        if index is None or not text:
            continue
        meaning = _ALL_AUDIENCE_WORDS.get(fold(text))
        if meaning is not None:
            return meaning
        if is_missing(text):
            continue
        words = accepted_ja(Audience)
        if index == fields.columns.publishable or len(fold(text)) == 1:
            words = "「○」「×」「未確認」"
        header = fields.table.headers[index]
        message = f"{header}の「{text[:40]}」は決まった言葉ではありません。{words}のどれかにしてください。"
        fields.problems.append(
            fields.table.problem(
                Severity.ERROR,
                "audience-unknown",
                message,
                row=fields.row.number,
                column=index,
                value=text,
            )
        )
    return Audience.COORDINATOR if layer.audience is None else layer.audience


def _consents(fields: RecordFields, layer: Layer, *, consent_column: bool) -> tuple[Consent, ...]:
    if not consent_column:
        basis = layer.publication_basis or BASIS_AUDIENCE
        return (Consent(ConsentScope.WEB, basis), Consent(ConsentScope.PRINT, basis))
    text = fields.text("consent")
    if text is None:
        return ()
    scopes: list[ConsentScope] = []
    for part in _LIST_SPLIT.split(text):
        word = part.strip()
        if is_missing(word):
            continue
        scope = CONSENT_WORDS.get(fold(word))
        if scope is None:
            fields.error(
                "consent-unknown",
                f"掲載の同意の「{word[:40]}」は決まった言葉ではありません。{accepted_ja(ConsentScope)}を"
                "「;」で区切って書いてください。",
                "consent",
                text,
            )
        elif scope not in scopes:
            scopes.append(scope)
    if ConsentScope.NONE in scopes and len(scopes) > 1:
        fields.error(
            "consent-contradiction",
            "掲載の同意に「のせない」とほかの言葉がいっしょに書いてあります。どちらかにしてください。",
            "consent",
            text,
        )
    return tuple(Consent(scope, BASIS_COLUMN) for scope in scopes)


def _schedule(fields: RecordFields) -> str | None:
    written = _columns_said(fields, "schedule")
    if written is not None:
        if lacks_base_day(written):
            fields.warn(
                "schedule-no-base",
                "隔週の、どの週か分かりません。「隔週火曜(基準日 2026/4/7)」のように、開く日を1つ書いてください。"
                "書くまで、日にちは出ません。",
                "schedule",
                written,
            )
        if has_open_end(written):
            fields.warn("schedule-no-end", "終わりの時刻がありません。", "schedule", written)
        return written
    note = _columns_said(fields, "schedule_note") or ""
    if fields.columns.weekday_hours:
        hours = {
            day: (fields.cell(start, needed=False), fields.cell(end, needed=False))
            for day, (start, end) in fields.columns.weekday_hours.items()
        }
        return " ".join(part for part in (hours_text(hours), note) if part) or None
    return schedule_text(
        fields.text("weekdays") or "",
        fields.text("start") or "",
        fields.text("end") or "",
        note,
    )


def _columns_said(fields: RecordFields, name: str) -> str | None:
    parts = [
        under_its_header(fields.table.headers[index], cell)
        for index in fields.columns.of.get(name, ())
        if not is_missing(cell := fields.cell(index, needed=True))
    ]
    return " ".join(parts) or None


def _functions(fields: RecordFields) -> tuple[str, ...]:
    text = fields.text("functions", joiner=";")
    if text is None:
        return ()
    words = [part.strip() for part in _LIST_SPLIT.split(text)]
    return tuple(dict.fromkeys(word for word in words if word))


def _url(fields: RecordFields) -> str | None:
    text = fields.text("url", joiner=" ")
    if text is None or _URL.fullmatch(text):
        return text
    fields.warn(
        "url-not-a-link",
        "http:// か https:// で始まるアドレスではないので、リンクにはしません。",
        "url",
        text,
    )
    fields.keep("url", text)
    return None


def _extra(fields: RecordFields) -> dict[str, str]:
    extra: dict[str, str] = {}
    for index in fields.columns.extra:
        text = fields.cell(index, needed=False)
        if not is_missing(text):
            extra[fields.table.headers[index]] = text
    return {**extra, **fields.kept}
