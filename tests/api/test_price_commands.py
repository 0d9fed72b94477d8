"""price, price-file and lookup: the answers of the API, from the command line."""

from __future__ import annotations

import csv
import json
import re
import shlex
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import polars
import pytest
from click.testing import CliRunner, Result

from catalog.pricing.files import price_file
from service.cli import main
from service.cli import pricing as commands
from service.settings import Settings
from tests.api.billed import CONSULTATION, batch
from tests.api.golden_catalogue import CIALIS, DIAMICRON, EPREX, VALVE
from tests.api.golden_client import Golden

Run = Callable[..., Result]
OPTIONS = ("--kind", "acte", "--code", "C", "--organisme", "cnss", "--secteur", "prive", "--as-of", "2021-05-10")
HEAD = 17


@pytest.fixture
def run(golden_settings: Settings) -> Run:
    environment = {"AMO_DATABASE_URL": golden_settings.database_url, "AMO_DATA_DIR": str(golden_settings.data_dir)}

    def command(*words: str | Path) -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], env=environment)

    return command


def written(path: Path, lines: list[dict[str, Any]]) -> Path:
    """Lines as a file of the format its name ends in."""
    if path.suffix == ".ndjson":
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    elif path.suffix == ".csv":
        with path.open("w", newline="", encoding="utf-8") as target:
            writer = csv.DictWriter(target, COLUMNS)
            writer.writeheader()
            writer.writerows(lines)
    else:
        schema = {name: TYPES.get(name, polars.String) for name in COLUMNS}
        polars.DataFrame(lines, schema=schema).write_parquet(path)
    return path


COLUMNS = [
    "id", "kind", "code", "as_of", "organisme", "secteur", "mode", "quantity", "billed", "mutuelle", "exoneration",
]  # fmt: skip
TYPES: dict[str, Any] = {
    "id": polars.Int64, "quantity": polars.Int64, "mutuelle": polars.Boolean, "exoneration": polars.Boolean,
}  # fmt: skip


def tabular(size: int) -> list[dict[str, Any]]:
    """Those lines of a batch that a table can hold."""
    lines = [line for line in batch(size) if line.keys() <= set(COLUMNS)]
    return [line for line in lines if isinstance(line["organisme"], str) and isinstance(line.get("billed", ""), str)]


def test_a_line_is_answered_as_over_http(run: Run, golden: Golden) -> None:
    told = json.loads(run("price", *OPTIONS, "--billed", "150.00", "--explain", "--json").stdout)
    expected = golden.price_one(**CONSULTATION, billed="150.00", explain="true")
    assert {name: told[name] for name in expected} == expected
    assert told["release"] == HEAD


def test_a_line_is_told_in_words(run: Run) -> None:
    result = run("price", *OPTIONS, "--billed", "150.00", "--explain")
    assert result.exit_code == 0
    assert "patient             94.00" in result.stdout
    assert "150.00 is signed (conventions-2020-01-13) and not in force" in result.stdout
    assert "half-up to the centime: 56.00" in result.stdout


def test_what_is_not_reimbursed_is_an_answer_and_no_failure(run: Run) -> None:
    asked = ("--kind", "medicament", "--code", CIALIS, "--organisme", "cnops", "--as-of", "2014-07-01", "--json")
    result = run("price", *asked)
    assert (result.exit_code, json.loads(result.stdout)["status"]) == (0, "NOT_REIMBURSABLE")


@pytest.mark.parametrize(
    ("options", "field"),
    [
        (("--quantity", "-1"), "quantity"),
        (("--quantity", "deux"), "quantity"),
        (("--billed", "12,50"), "billed"),
        (("--organisme", "cnops,cnss"), "organisme"),
        (("--code", "6118"), "code"),
    ],
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_a_line_that_cannot_be_read_exits_1_and_says_why(
    run: Run, options: tuple[str, ...], field: str, form: tuple[str, ...]
) -> None:
    result = run("price", *OPTIONS, *options, *form)
    assert result.exit_code == 1
    assert f"Refused: {field}: " in result.stderr
    assert bool(result.stdout) is bool(form)


@pytest.mark.parametrize(
    "words",
    [
        ("price", "--kind", "acte"),
        ("price", *OPTIONS, "--as-of", "2021-02-30"),
        ("price", *OPTIONS, "--release", "1", "--known-at", "2014-01-01T00:00:00Z"),
        ("price-file", "absent.csv", "-o", "out.csv"),
    ],
)
def test_wrong_usage_exits_2(run: Run, words: tuple[str, ...]) -> None:
    assert run(*words).exit_code == 2


def test_clocks_of_a_line_are_those_of_the_options(run: Run) -> None:
    words = ("--kind", "acte", "--code", "C", "--organisme", "cnops", "--secteur", "prive", "--as-of", "2013-07-15")
    told = json.loads(run("price", *words, "--release", "3", "--json").stdout)
    assert (told["base"], told["release"], told["known_at"]) == ("15.00", 3, "2013-08-01T09:00:00Z")


@pytest.mark.parametrize("form", ["csv", "ndjson", "parquet"])
def test_a_file_is_answered_line_by_line_as_over_http(run: Run, golden: Golden, tmp_path: Path, form: str) -> None:
    sent = tabular(1500)
    assert len(sent) > 1400
    source = written(tmp_path / f"lines.{form}", sent)
    target = tmp_path / "answers.ndjson"
    result = run("price-file", source, "-o", target, "--explain")
    assert result.exit_code == 0, result.output
    answers = [json.loads(row) for row in target.read_text(encoding="utf-8").splitlines()]
    expected = golden.price(*sent, explain="true")
    if form == "csv":
        expected = [{**answer, "id": str(answer["id"])} for answer in expected]
    assert answers == expected
    assert f"{len(sent)} lines priced as known at release {HEAD}" in result.stderr


def test_the_answers_are_the_same_in_every_format(run: Run, golden: Golden, tmp_path: Path) -> None:
    sent = tabular(300)
    source = written(tmp_path / "lines.ndjson", sent)
    for form in ("csv", "parquet"):
        assert run("price-file", source, "-o", tmp_path / f"answers.{form}").exit_code == 0
    with (tmp_path / "answers.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    typed = polars.read_parquet(tmp_path / "answers.parquet").rows(named=True)
    for answer, row, columns in zip(golden.price(*sent), rows, typed, strict=True):
        for name in ("status", "unit_price", "base", "rate", "amo", "mutuelle", "patient", "valid_from", "as_of"):
            assert row[name] == (answer[name] or "")
        for name in ("unit_price", "base", "amo", "mutuelle", "patient"):
            assert (None if columns[name] is None else f"{columns[name]:.2f}") == answer[name]


def test_a_summary_tells_how_many_lines_had_each_status(run: Run, tmp_path: Path) -> None:
    lines = [CONSULTATION, {**CONSULTATION, "quantity": 0}, {**CONSULTATION, "code": "QQ1"}, CONSULTATION]
    source = written(tmp_path / "lines.ndjson", lines)
    words = ("price-file", source, "-o", tmp_path / "answers.csv")
    assert "4 lines priced" in run(*words).stderr
    assert "1 INVALID, 2 OK, 1 UNKNOWN_CODE" in run(*words).stderr
    told = json.loads(run(*words, "--json").stdout)
    assert (told["total"], told["statuses"]) == (4, {"INVALID": 1, "OK": 2, "UNKNOWN_CODE": 1})


def test_a_refused_file_leaves_what_was_there(run: Run, tmp_path: Path) -> None:
    source, target = tmp_path / "lines.csv", tmp_path / "answers.csv"
    source.write_text("kind,couleur\nacte,bleu\n", encoding="utf-8")
    target.write_text("before", encoding="utf-8")
    result = run("price-file", source, "-o", target)
    assert (result.exit_code, target.read_text(encoding="utf-8")) == (1, "before")
    assert "no field 'couleur'" in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == ["answers.csv", "lines.csv"]


def test_a_format_that_is_not_known_and_steps_without_room_are_refused(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path / "lines.ndjson", [CONSULTATION])
    assert run("price-file", source, "-o", tmp_path / "answers.txt").exit_code == 1
    assert run("price-file", source, "-o", tmp_path / "answers.csv", "--explain").exit_code == 2
    assert run("price-file", source, "-o", tmp_path / "absent" / "answers.csv").exit_code == 2


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("medicaments", DIAMICRON, "DIAMICRON"),
        ("medicaments", EPREX, "cnops / cnss"),
        ("actes-ngap", "ASD01", "acte D510"),
        ("actes-ccam", "HBJD001", "Prophylaxie buccodentaire"),
        ("dispositifs", VALVE, "10000.00"),
        ("conventions", "medecins-prive-2020", "Refus de signer"),
        ("lettres-cles", "C", "amount 150.00"),
        ("lettres-cles", "C:medecins-prive-2020", "in_force        non"),
        ("forfaits", "HOSPITALISATION_JOUR", "montant 850.00"),
        ("taux", "cnops:AMO:ACTE:ambulatoire:*:NORMALE", "0.80"),
        ("tiers-payant", f"cnops:{EPREX}", "2018-03-08"),
        ("adherences", "medecins-prive-2006:cnops", "oui"),
        ("regles-organismes", "cnops-cesarienne-non-justifiee", "CESARIENNE_NON_JUSTIFIEE"),
        ("arbre-ccam", "000683", "Prophylaxie"),
        ("actes-juridiques", "arrete-1961-06", "1961-06"),
    ],
)
def test_lookup_tells_what_matters_of_every_kind(run: Run, kind: str, code: str, words: str) -> None:
    result = run("lookup", kind, code)
    assert result.exit_code == 0, result.output
    assert words in result.stdout
    told = json.loads(run("lookup", kind, code, "--json").stdout)
    assert told["release"] == HEAD


@pytest.mark.parametrize(
    ("kind", "code", "words"),
    [
        ("lettres-cles", "ZZ", "No key letter with code ZZ"),
        ("forfaits", "JAMAIS", "No forfait with code JAMAIS"),
        ("dispositifs", "JAMAIS", "No device"),
        ("conventions", "jamais", "No convention"),
        ("actes-ngap", "HBJD001", "a code of the CCAM"),
    ],
)
def test_lookup_refuses_what_was_never_published(run: Run, kind: str, code: str, words: str) -> None:
    result = run("lookup", kind, code)
    assert (result.exit_code, result.stdout) == (1, "")
    assert words in result.stderr


def test_an_interrupted_run_says_how_to_go_on_and_goes_on(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, whole, target = (tmp_path / name for name in ("the lines.csv", "whole.csv", "priced.csv"))
    written(source, tabular(400))
    clocks = ("--as-of", "2021-05-10", "--release", str(HEAD))
    assert run("price-file", source, "-o", whole, *clocks).exit_code == 0

    def struck(*asked: Any, progress: Callable[..., None], **options: Any) -> Any:
        def until_a_third(done: Any, size: int) -> None:
            progress(done, size)
            if done.place.offset > size / 3:
                raise KeyboardInterrupt

        return price_file(*asked, progress=until_a_third, block=2_000, **options)

    monkeypatch.setattr(commands, "price_file", struck)
    result = run("price-file", source, "-o", target, *clocks)
    assert (result.exit_code, target.exists()) == (1, False)
    told = result.stderr.splitlines()[-1]
    assert told.startswith("Interrupted: there is no priced.csv. What was priced is kept; go on with: amo-catalog ")
    monkeypatch.setattr(commands, "price_file", partial(price_file, block=2_000))
    resumed = run(*shlex.split(told.partition("amo-catalog ")[2]))
    assert resumed.exit_code == 0, resumed.output
    assert "Going on after " in resumed.stderr
    assert f"{len(tabular(400))} lines priced" in resumed.stderr
    assert target.read_bytes() == whole.read_bytes()


def test_a_resumed_run_of_something_else_is_refused(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source, target = written(tmp_path / "lines.csv", tabular(200)), tmp_path / "priced.csv"

    def struck(*asked: Any, **options: Any) -> Any:
        def at_once(done: Any, _: int) -> None:
            if done.statuses:
                raise KeyboardInterrupt

        return price_file(*asked, **{**options, "progress": at_once, "block": 2_000})

    monkeypatch.setattr(commands, "price_file", struck)
    assert run("price-file", source, "-o", target, "--release", "3").exit_code == 1
    monkeypatch.undo()
    result = run("price-file", source, "-o", target, "--resume", "--release", "4")
    assert result.exit_code == 1
    assert (
        "Refused: priced.csv cannot be resumed: it was begun as known at release 3: say --release 3." in result.stderr
    )


def test_seconds_and_lines_a_second_are_told_to_people_alone(run: Run, tmp_path: Path) -> None:
    source = written(tmp_path / "lines.csv", tabular(50))
    assert re.search(r"\d\.\d s, [\d,]+ lines/s\.", run("price-file", source, "-o", tmp_path / "a.csv").stderr)
    told = run("price-file", source, "-o", tmp_path / "a.csv", "--json")
    assert set(json.loads(told.stdout)) == {"output", "total", "statuses", "as_of", "known_at", "release"}
    assert told.stderr == ""
