"""The addresses of coverage: read the URL, ask one question, fill one page or file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.model.audience import Audience, Medium
from webmap.answering import (
    CSV,
    GEOJSON,
    HTML,
    JSON,
    Body,
    answered,
    compact,
    map_of_area,
    require_readable_query,
)
from webmap.coverage.coverage_asked import CoverageAsked
from webmap.coverage.coverage_page import MAP_DATA

if TYPE_CHECKING:
    from flask import Flask, Response

    from geo.model.map_answer import MapAnswer
    from webmap.context import AppContext
    from webmap.edition_shelf import Edition

SUFFIXES = (MAP_DATA, ".json", ".geojson", ".csv")


def register_coverage(app: Flask, context: AppContext) -> None:
    """Put the pages of coverage, and what they read, on the application."""
    from flask import request

    def asked() -> _Asked:
        require_readable_query()
        return _Asked(context, CoverageAsked.from_args(request.args))

    def answer(one: _Asked, query: str, make: Callable[[Any, Edition], Body]) -> Response:
        return answered(context, one.audience, f"{request.path}?{query}", make)

    @app.get("/coverage/<municipality>/<level>/")
    def coverage_of_level(municipality: str, level: str) -> Response:
        context.require_town(municipality)
        one = asked()
        return answer(one, one.url.query(), lambda conn, now: one.level_page(conn, now, level))

    @app.get("/coverage/<municipality>/<level>/<path:code>")
    def coverage_of_area(municipality: str, level: str, code: str) -> Response:
        context.require_town(municipality)
        suffix = next((s for s in SUFFIXES if code.endswith(s) and code != s), "")
        area, one = (level, code.removesuffix(suffix)), asked()
        if suffix == MAP_DATA:
            query = one.url.query_of_map()
            return answer(one, query, lambda conn, now: one.map_data(conn, now, *area))
        if suffix:
            query = one.url.asked_query()
            return answer(one, query, lambda conn, now: one.file(conn, now, *area, suffix))
        return answer(one, one.url.query(), lambda conn, now: one.area_page(conn, now, *area))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request, and how each of its kinds is answered.

    Parameters
    ----------
    context : AppContext
    url : CoverageAsked
    """

    context: AppContext
    url: CoverageAsked

    @property
    def audience(self) -> Audience:
        """Whose views answer."""
        return self.url.audience(self.context.audience)

    def area_page(self, conn: Any, now: Edition, level: str, code: str) -> Body:
        """The page of an area."""
        from geo.questions import gaps
        from webmap.coverage.coverage_page import coverage_page
        from webmap.pages import render

        found = gaps(conn, self.url.question(level, code), **self._kept(now))
        page = coverage_page(
            found, self._map(conn, now, level, code), self.url, served=self.context.audience
        )
        return Body(render(page).encode(), HTML)

    def level_page(self, conn: Any, now: Edition, level: str) -> Body:
        """The list of a level."""
        from geo.questions import coverage, town_overview
        from webmap.coverage.level_page import coverage_level_page
        from webmap.pages import render

        found = coverage(conn, self.url.question(level), **self._kept(now))
        town = town_overview(
            conn, audience=self.audience, medium=Medium.WEB, today=now.today, level=level
        )
        page = coverage_level_page(found, town, self.url, served=self.context.audience)
        return Body(render(page).encode(), HTML)

    def map_data(self, conn: Any, now: Edition, level: str, code: str) -> Body:
        """What the page's script draws."""
        from geo.questions import coverage, coverage_map
        from webmap.coverage.reach_data import days_in_some_weeks, reach_as_json

        question = self.url.question(level, code)
        counted = coverage(conn, question, **self._kept(now))
        streets = coverage_map(conn, question, **self._kept(now))
        rarely = None
        if days_in_some_weeks(counted):
            rarely = coverage_map(conn, replace(question, some_weeks=True), **self._kept(now))
        value = reach_as_json(streets, self._map(conn, now, level, code), counted, rarely)
        return Body(compact(value), JSON)

    def file(self, conn: Any, now: Edition, level: str, code: str, suffix: str) -> Body:
        """The figures to take away, for the day that was asked for."""
        from geo.questions import coverage
        from geo.questions.coverage_export import coverage_csv, coverage_geojson, coverage_json
        from webmap.exports import download_name

        found = coverage(conn, self.url.question_of_day(level, code), **self._kept(now))
        if suffix == ".json":
            return Body(compact(coverage_json(found)), JSON)
        area = self._map(conn, now, level, code)
        name = download_name(area, suffix)
        if suffix == ".csv":
            return Body(coverage_csv(found), CSV, name)
        outlines = {(level, code): area.outline} if area.outline else {}
        return Body(compact(coverage_geojson(found, outlines)), GEOJSON, name)

    def _kept(self, now: Edition) -> dict[str, Any]:
        """What every question of coverage is asked with."""
        return {"audience": self.audience, "today": now.today, "shelf": self.context.walking()}

    def _map(self, conn: Any, now: Edition, level: str, code: str) -> MapAnswer:
        return map_of_area(self.context, conn, now, self.audience, level, code)
