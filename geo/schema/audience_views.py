"""What each audience may see on each medium: the one door out, as views.

One template writes eight schemas (four audiences, two media). A view is a ``security_barrier``
and runs with the owner's rights, so that the login roles need no grant on any table. The text of
a record is coarsened in the same place as its point: whoever changes one sees the other.

Nothing here is taken from data: every piece of SQL is composed of constants of this package.
"""

from __future__ import annotations

import hashlib

from geo.model.audience import Audience, ConsentScope, Medium, Precision, Status
from geo.schema.names import PEOPLE_COUNTS, TABLE_SCHEMA, view_schema

_TODAY = f"(SELECT {TABLE_SCHEMA}.today())"

TODAY_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {TABLE_SCHEMA}.today() RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$ BEGIN RETURN coalesce((SELECT c.today FROM {TABLE_SCHEMA}.clock c),
                            (now() AT TIME ZONE 'Asia/Tokyo')::date); END $$
"""
"""The only clock of the views. It runs with the owner's rights because a view does not lend its
own to the functions it calls. In PL/pgSQL, which keeps its plan: a function in SQL would be
planned anew by every question, which takes longer than the question."""

_POINT, _BLOCK, _AREA = Precision.POINT.value, Precision.BLOCK.value, Precision.AREA.value

_STANDING = f"""{TABLE_SCHEMA}.current_treasure c
    JOIN {TABLE_SCHEMA}.treasure_version v ON v.id = c.version_id
    JOIN {TABLE_SCHEMA}.layer l ON l.id = c.layer_id"""


def _alive(v: str = "v") -> str:
    """The condition under which a record has not ended."""
    return f"""{v}.status <> '{Status.ENDED.value}'
    AND ({v}.ended_on IS NULL OR {v}.ended_on >= {_TODAY})"""


def _visible(audience: Audience, medium: Medium, v: str = "v", layer: str = "l") -> str:
    """The condition under which a standing record exists for this audience at all.

    ``v`` and ``layer`` are what the query calls its version and its layer.
    """
    if audience is Audience.COORDINATOR:
        return f"NOT {layer}.count_only"
    scopes = [medium.value]
    if audience >= Audience.PARTNERS:
        scopes.append(ConsentScope.PARTNERS.value)
    words = ", ".join(f"'{word}'" for word in scopes)
    # A refusal holds whatever its dates say: the narrower reading is the safe one.
    return f"""NOT {layer}.count_only
    AND {v}.audience <= {audience.value}
    AND {_alive(v)}
    AND EXISTS (SELECT 1 FROM {TABLE_SCHEMA}.consent s
                WHERE s.version_id = {v}.id AND s.scope IN ({words})
                  AND (s.valid_from IS NULL OR s.valid_from <= {_TODAY})
                  AND (s.valid_until IS NULL OR s.valid_until >= {_TODAY}))
    AND NOT EXISTS (SELECT 1 FROM {TABLE_SCHEMA}.consent s
                    WHERE s.version_id = {v}.id
                      AND s.scope = '{ConsentScope.NONE.value}')"""


def _timing(audience: Audience, medium: Medium) -> str:
    """What is known of a record's days besides its text, as JSON; NULL for most, at no cost.

    Where the place is coarsened, the vehicle and its order (between which stops it lies) and the
    reasons are not told. Whom a record follows is told only to who sees that one, too.
    """
    at_point = "true" if audience is Audience.COORDINATOR else f"v.precision = {_POINT}"
    followed = f"""(SELECT f.number FROM {TABLE_SCHEMA}.current_treasure f
         JOIN {TABLE_SCHEMA}.treasure_version w ON w.id = f.version_id
         JOIN {TABLE_SCHEMA}.layer k ON k.id = f.layer_id
         WHERE f.layer_id = v.follows_layer AND w.record_id = v.follows_id
           AND {_visible(audience, medium, "w", "k")})"""
    changes = f"""CASE WHEN {at_point} OR v.day_changes IS NULL THEN v.day_changes ELSE
        (SELECT jsonb_agg(o.change - 'reason' ORDER BY o.place)
         FROM jsonb_array_elements(v.day_changes) WITH ORDINALITY o(change, place)) END"""
    return f"""CASE WHEN v.vehicle IS NULL AND v.arrive_min IS NULL AND v.day_changes IS NULL
        AND v.follows_id IS NULL THEN NULL
        ELSE jsonb_strip_nulls(jsonb_build_object(
            'vehicle', CASE WHEN {at_point} THEN v.vehicle END,
            'order', CASE WHEN {at_point} THEN v.stop_order END,
            'arrive_min', v.arrive_min,
            'stay_min', v.stay_min,
            'follows', CASE WHEN v.follows_id IS NOT NULL THEN {followed} END,
            'changes', {changes})) END"""


def _names(kind: str, values: type[Audience] | type[Precision]) -> str:
    """A CASE that turns a stored number into the enum's lower-case name."""
    whens = " ".join(f"WHEN {v.value} THEN '{v.name.lower()}'" for v in values)
    return f"CASE {kind} {whens} END"


def _treasure_columns(audience: Audience, medium: Medium) -> dict[str, str]:
    """Column name to SQL, in the order of the contract; text and place coarsened side by side."""
    everything = audience is Audience.COORDINATOR

    def at_point(sql: str) -> str:
        return sql if everything else f"CASE WHEN v.precision = {_POINT} THEN {sql} END"

    def coordinators(sql: str, kind: str) -> str:
        return sql if everything else f"NULL::{kind}"

    if everything:
        geom, address = "v.geom", "v.address"
        precision = "CASE WHEN v.geom IS NULL THEN 'none' ELSE 'point' END"
        placed, contact, note, extra = "v.placed", "v.contact", "v.note", "v.extra"
    else:
        geom = f"CASE v.precision WHEN {_POINT} THEN v.geom WHEN {_BLOCK} THEN c.block_geom END"
        address = (
            f"CASE v.precision WHEN {_POINT} THEN v.address WHEN {_BLOCK} THEN c.block_text END"
        )
        precision = (
            f"CASE WHEN v.precision = {_POINT} AND v.geom IS NOT NULL THEN 'point'"
            f" WHEN v.precision = {_BLOCK} AND c.block_geom IS NOT NULL THEN 'block'"
            f" WHEN v.precision = {_AREA} THEN 'area' ELSE 'none' END"
        )
        placed = (
            f"CASE WHEN v.precision = {_POINT} THEN v.placed"
            f" WHEN v.precision = {_BLOCK} AND c.block_geom IS NOT NULL THEN 'block' END"
        )
        contact = (
            f"CASE WHEN v.precision = {_POINT} AND v.contact_audience <= {audience.value}"
            " THEN v.contact END"
        )
        note = f"CASE WHEN v.precision = {_POINT} AND l.shows_note THEN v.note END"
        extra = f"""CASE WHEN v.precision = {_POINT} THEN
        (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{{}}'::jsonb)
         FROM jsonb_each(v.extra) e WHERE e.key = ANY (l.shown_headers)) END"""
    same = {name: f"v.{name}" for name in ("schedule", "for_whom", "newcomers", "fee")}
    same |= {n: f"v.{n}" for n in ("activities", "activity_kind", "operator", "transport")}
    return {
        "number": "c.number",
        "layer_id": "c.layer_id",
        "record_id": coordinators("v.record_id", "text"),
        "name": "v.name",
        "kana": "v.kana",
        "venue_id": at_point("c.venue_id"),
        "venue": at_point("v.venue"),
        "venue_kind": at_point("v.venue_kind"),
        "address": address,
        "area_text": "v.area_text",
        "lon": f"ST_X({geom})",
        "lat": f"ST_Y({geom})",
        "geom": f"({geom})::geometry(Point, 4326)",
        "precision": precision,
        "placed": placed,
        "status": "v.status",
        **same,
        "capacity": "v.capacity",
        "participants": coordinators("v.participants", "integer"),
        "contact": contact,
        "organiser": at_point("v.organiser"),
        "functions": "v.functions",
        "meaning": "v.meaning",
        "story": at_point("v.story"),
        "photo": at_point("v.photo"),
        "url": at_point("v.url"),
        "started_on": "v.started_on",
        "ended_on": "v.ended_on",
        "confirmed_on": "v.confirmed_on",
        "found_through": coordinators("v.found_through", "text"),
        "note": note,
        "extra": extra,
        "audience": coordinators(_names("v.audience", Audience), "text"),
        "layer_as_of": "l.as_of",
        "declared_precision": coordinators(_names("v.precision", Precision), "text"),
        "vehicle": at_point("v.vehicle"),
        "stop_order": at_point("v.stop_order"),
        "arrive_min": "v.arrive_min",
        "stay_min": "v.stay_min",
        "timing": _timing(audience, medium),
    }


def _view_queries(audience: Audience, medium: Medium) -> dict[str, str]:
    """View name to query.

    ``treasure_area`` repeats the columns of ``treasure``: joined to it, the two barriers would be
    evaluated one by one, and the planner drops what a question does not name.

    ``OFFSET 0`` keeps the planner from making one great join of a layer's EXISTS: asked layer by
    layer it stops at the first treasure.
    """
    visible = _visible(audience, medium)
    exact = "true" if audience is Audience.COORDINATOR else "false"
    columns = ",\n    ".join(
        f"{sql} AS {name}" for name, sql in _treasure_columns(audience, medium).items()
    )
    counted = "" if audience is Audience.COORDINATOR else " AND false"
    return {
        "town": f"""
SELECT m.code, m.name, m.word, m.contact, m.public_url, m.metric_crs, m.walk_speed_m_per_min,
    m.walk_limits_min, m.attach_limit_m, m.people_band, m.revision, {_TODAY} AS today, s.edition_id AS streets_edition, s.title AS streets_title,
    s.source AS streets_source, s.licence AS streets_licence, s.as_of AS streets_as_of,
    s.west AS streets_west, s.south AS streets_south, s.east AS streets_east,
    s.north AS streets_north, p.edition_id AS people_edition, p.title AS people_title,
    p.source AS people_source, p.licence AS people_licence, p.as_of AS people_as_of,
    p.shares AS people_shares
FROM {TABLE_SCHEMA}.municipality m LEFT JOIN {TABLE_SCHEMA}.streets s ON true
    LEFT JOIN {TABLE_SCHEMA}.people p ON true""",
        "level": f"""
SELECT k.id, k.title, k.tier, k.ord, k.source, k.licence, k.as_of FROM {TABLE_SCHEMA}.level k""",
        "area": f"""
SELECT k.id AS level_id, a.code, a.name, a.kana, a.ord, a.contact,
    a.outline IS NOT NULL AS drawn, a.outline, a.area_m2,
    CASE WHEN a.outline IS NULL THEN
        (SELECT jsonb_agg(jsonb_build_object('level', m.pair->>0, 'code', m.pair->>1)
                          ORDER BY m.place)
         FROM jsonb_array_elements(a.members) WITH ORDINALITY m(pair, place)) END AS members
FROM {TABLE_SCHEMA}.level k
    JOIN {TABLE_SCHEMA}.edition_area e ON e.edition_id = k.edition_id
    JOIN {TABLE_SCHEMA}.area_version a ON a.id = e.version_id""",
        "overlap": f"""
SELECT o.level_id, o.code, o.other_level_id, o.other_code, o.share FROM {TABLE_SCHEMA}.overlap o""",
        "treasure": f"""
SELECT {columns}
FROM {_STANDING}
WHERE {visible}""",
        "layer": f"""
SELECT k.id, k.title, k.symbol, k.color, k.ord, k.source, k.licence, k.as_of, k.shown AS show,
    k.counts_as_place
FROM {TABLE_SCHEMA}.layer k
WHERE EXISTS (SELECT 1 FROM {_STANDING} WHERE c.layer_id = k.id AND {visible} OFFSET 0)""",
        "treasure_area": f"""
SELECT a.level_id, a.code,
    {columns}
FROM {_STANDING}
    JOIN {TABLE_SCHEMA}.treasure_area a ON a.version_id = c.version_id AND a.exact = {exact}
WHERE {visible}""",
        "backdrop": f"""
SELECT l.id AS layer_id, l.title, l.color, b.name, b.geom, l.source, l.licence, l.as_of
FROM {TABLE_SCHEMA}.layer l
    JOIN {TABLE_SCHEMA}.edition_backdrop e ON e.edition_id = l.edition_id
    JOIN {TABLE_SCHEMA}.backdrop_version b ON b.id = e.version_id
WHERE l.backdrop""",
        "hidden_count": f"""
SELECT a.level_id, a.code, count(*)::integer AS n
FROM {_STANDING}
    JOIN {TABLE_SCHEMA}.treasure_area a ON a.version_id = c.version_id AND a.exact
WHERE l.count_only AND {_alive()}{counted}
GROUP BY a.level_id, a.code
UNION ALL
SELECT NULL, NULL, count(*)::integer
FROM {_STANDING}
WHERE l.count_only AND {_alive()}{counted}
HAVING true{counted}""",
    }


def _counts(table: str) -> str:
    return ", ".join(f"{table}.{name}" for name in PEOPLE_COUNTS)


def _open_queries() -> dict[str, str]:
    """Streets, base map and people: the same for everybody.

    They have no barrier, which would keep a question's window from the index: nothing in them is
    anybody's secret.
    """
    return {
        "ground_shape": f"""
SELECT g.band, g.layer, g.ord, g.kind, g.bridge, g.tunnel, g.name, g.geom
FROM {TABLE_SCHEMA}.ground_tile_shape g""",
        "ground_label": f"""
SELECT g.kind, g.name, g.rank, g.min_zoom, g.geom FROM {TABLE_SCHEMA}.ground_tile_label g""",
        "street_node": f"""
SELECT n.id, n.lon, n.lat, n.height_m, n.component
FROM {TABLE_SCHEMA}.street_node n JOIN {TABLE_SCHEMA}.streets s ON s.edition_id = n.edition_id""",
        "street_edge": f"""
SELECT e.id, e.from_node, e.to_node, e.length_m, e.kind, e.marks, e.name, e.geom
FROM {TABLE_SCHEMA}.street_edge e JOIN {TABLE_SCHEMA}.streets s ON s.edition_id = e.edition_id""",
        "people_cell": f"""
SELECT c.id, c.code, c.name, c.geom, {_counts("c")}, c.merged
FROM {TABLE_SCHEMA}.people_cell c JOIN {TABLE_SCHEMA}.people p ON p.edition_id = c.edition_id""",
        "area_people": f"""
SELECT a.level_id, a.code, {_counts("a")} FROM {TABLE_SCHEMA}.area_people a""",
    }


BARRIER_VIEW_NAMES = tuple(_view_queries(Audience.PUBLIC, Medium.WEB))
"""The views that decide who sees what."""

VIEW_NAMES = (*BARRIER_VIEW_NAMES, *_open_queries())
"""The views that every schema holds."""

VIEW_SCHEMAS = {
    (audience, medium): view_schema(audience, medium) for audience in Audience for medium in Medium
}


def view_statements() -> tuple[str, ...]:
    """Every statement that makes the clock and the eight view schemas anew."""
    statements = [
        TODAY_FUNCTION,
        f"REVOKE ALL ON FUNCTION {TABLE_SCHEMA}.today() FROM PUBLIC",
    ]
    for (audience, medium), schema in VIEW_SCHEMAS.items():
        statements += [f"DROP SCHEMA IF EXISTS {schema} CASCADE", f"CREATE SCHEMA {schema}"]
        statements += [
            f"CREATE VIEW {schema}.{name} WITH (security_barrier) AS{query}"
            for name, query in _view_queries(audience, medium).items()
        ]
        statements += [
            f"CREATE VIEW {schema}.{name} AS{query}" for name, query in _open_queries().items()
        ]
    return tuple(statements)


def views_fingerprint() -> str:
    """Changes whenever a view would be written differently."""
    return hashlib.sha256("\n".join(view_statements()).encode()).hexdigest()
