"""diff on the command line: what the API tells, entry by entry, however many there are."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from catalog.snapshots.reading import PublishedFact, Snapshot
from service.cli import main
from service.cli.base import print_json, print_json_list
from service.settings import Settings

Run = Callable[..., Result]


@pytest.fixture
def run(published: Settings) -> Run:
    environment = {"AMO_DATABASE_URL": published.database_url, "AMO_DATA_DIR": str(published.data_dir)}
    return lambda *words: CliRunner().invoke(main, list(words), env=environment)


@pytest.mark.parametrize(("older", "newer"), [("0", "1"), ("1", "3"), ("2", "4"), ("2", "2")])
def test_a_diff_as_json_is_the_answer_of_the_api(run: Run, client: FlaskClient, older: str, newer: str) -> None:
    told = json.loads(run("diff", older, newer, "--json").output)
    answer = client.get(f"/api/v1/releases/{newer}/diff?from={older}&per_page=1000").get_json()
    assert (told["counts"], told["entries"]) == (answer["counts"], answer["entries"])


def test_a_limit_says_how_many_are_left(run: Run, client: FlaskClient) -> None:
    total = client.get("/api/v1/releases/1/diff").get_json()["total"]
    result = run("diff", "0", "1", "--limit", "2")
    assert result.output.count("\nadded ") == 2
    assert f"{total - 2} more entries" in result.output
    assert run("diff", "0", "1", "--limit", "-1").exit_code == 2


def test_the_withdrawals_of_a_kind_are_looked_for_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    real = Snapshot.withdrawals

    def looking(snapshot: Snapshot, kind: str, after: int, upto: int) -> Iterator[PublishedFact]:
        looked.append(kind)
        return real(snapshot, kind, after, upto)

    monkeypatch.setattr(Snapshot, "withdrawals", looking)
    assert '"withdrawn"' in run("diff", "2", "3", "--json").output
    assert looked
    assert len(looked) == len(set(looked))


@pytest.mark.parametrize("items", [[], [{}], [{"a": [1, {"é": "x\ny"}]}, {"b": None}], ["texte", 3, []]])
def test_a_list_is_printed_item_by_item_as_it_would_be_whole(
    items: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    head = {"from": 1, "counts": {"total": {}}}
    print_json({**head, "entries": items})
    whole = capsys.readouterr().out
    print_json_list(head, "entries", iter(items))
    assert capsys.readouterr().out == whole
