"""The town in Latin letters behind the real app, over a real database, and in a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask.testing import FlaskClient
from opened_apps import opened_apps
from served_apps import served_apps
from words.ascii_town import write_town

from geo.loading import load_town
from geo.settings import Settings

MakeClient = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def latin_town(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the loaded town."""
    settings = make_settings(write_town(tmp_path_factory.mktemp("words") / "town"))
    load_town(settings)
    return settings


@pytest.fixture(scope="session")
def make_client(latin_town: Settings) -> Iterator[MakeClient]:
    """``make_client(audience, **changed settings)``: a client of a fresh app."""
    with opened_apps() as open_app:
        yield partial(open_app, latin_town)


@pytest.fixture(scope="session")
def latin_base(latin_town: Settings) -> Iterator[str]:
    """Where the town is served to a browser."""
    with served_apps() as serve:
        yield serve(latin_town).base
