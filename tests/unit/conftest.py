"""Unit tests are about the domain alone: a database or a network within their reach would be a design fault."""

from __future__ import annotations

import socket
import sqlite3
from typing import Any, NoReturn

import psycopg
import pytest


class OutOfReachError(AssertionError):
    """A unit test tried to leave the process."""


def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
    raise OutOfReachError("unit tests reach no database and no network: this test belongs in tests/integration")


@pytest.fixture(autouse=True)
def nothing_but_the_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    for place, name in (
        (sqlite3, "connect"),
        (sqlite3.dbapi2, "connect"),
        (psycopg, "connect"),
        (psycopg.Connection, "connect"),
        (socket.socket, "connect"),
        (socket.socket, "bind"),
        (socket, "create_connection"),
    ):
        monkeypatch.setattr(place, name, refuse)
