"""``/coverage/…``: who could walk where, on which day; the page that opens a council's talk."""

from webmap.coverage.coverage_views import register_coverage

__all__ = ["register_coverage"]
