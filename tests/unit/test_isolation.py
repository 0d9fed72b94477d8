"""Unit tests cannot reach a database or a network."""

from __future__ import annotations

import socket
import sqlite3
from pathlib import Path

import psycopg
import pytest

from catalog.database import open_engine


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///{}/any.sqlite", "postgresql+psycopg://amo@localhost/amo"])
def test_no_engine_connects(url: str, tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="reach no database"):
        open_engine(url.format(tmp_path)).connect()
    assert list(tmp_path.iterdir()) == []


def test_no_driver_connects(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="reach no database"):
        sqlite3.connect(tmp_path / "any.sqlite")
    with pytest.raises(AssertionError, match="reach no database"):
        psycopg.connect("host=localhost")


def test_no_socket_connects() -> None:
    with pytest.raises(AssertionError, match="no network"):
        socket.create_connection(("127.0.0.1", 9), timeout=1)
    with socket.socket() as made, pytest.raises(AssertionError, match="no network"):
        made.connect(("127.0.0.1", 9))
