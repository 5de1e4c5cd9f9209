"""The town of squares behind the real app, over a real database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from flask.testing import FlaskClient
from opened_apps import opened_apps
from town_copy import copy_of_squares

from geo.loading import load_town
from geo.model.audience import Audience
from geo.settings import Settings

CODE = "99711"

MakeClient = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def squares(
    make_settings: Callable[..., Settings], tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    """Settings of the loaded town of squares."""
    town = copy_of_squares(tmp_path_factory.mktemp("app") / "町 の写し", CODE)
    settings = make_settings(town)
    load_town(settings)
    return settings


@pytest.fixture(scope="session")
def make_client(squares: Settings) -> Iterator[MakeClient]:
    """``make_client(audience, **changed settings)``: a client of a fresh app."""
    with opened_apps() as open_app:
        yield partial(open_app, squares)


@pytest.fixture(scope="session")
def public(make_client: MakeClient) -> FlaskClient:
    """What everybody gets."""
    return make_client()


@pytest.fixture(scope="session")
def coordinator(make_client: MakeClient) -> FlaskClient:
    """What only the coordinator gets, on this machine."""
    return make_client(Audience.COORDINATOR)
