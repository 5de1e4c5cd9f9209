"""The library under Otakara Map: boundaries and treasures in PostGIS, questions and answers.

``geo`` knows no web: no Flask, no folium, no HTML. Its floors and the direction of its
imports are held by the contracts in ``pyproject.toml``.
"""

__version__ = "0.1.0"
