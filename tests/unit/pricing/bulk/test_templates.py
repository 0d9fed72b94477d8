"""What a template rests on: pricing reads no field of a medicine but those of its shape, and its name, only told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

import pytest

from catalog.kinds import Payload
from catalog.pricing.bulk import templates
from catalog.pricing.bulk.by_shape import Shelf
from catalog.pricing.bulk.intervals import READ, Medicines, medicines
from catalog.pricing.bulk.templates import Case, Template, Templates
from catalog.pricing.lines import Question
from catalog.pricing.quoting import quote
from catalog.snapshots import reading
from catalog.snapshots.reading import Snapshot
from catalog.temporal import Moment
from tests.unit.pricing.bulk.framing import check_like_the_api, frame
from tests.unit.pricing.shelf import pack, snapshot
from tests.unit.pricing.world import medicament, world

DAY = date(2015, 6, 1)
OTHERS = [f"61180001{number:05d}" for number in range(6)]


class Recording(dict[str, Any]):
    """A payload that remembers what was read of it."""

    read: ClassVar[set[str]] = set()

    def __getitem__(self, name: str) -> Any:
        self.read.add(name)
        return super().__getitem__(name)

    def get(self, name: str, default: Any = None) -> Any:
        return self[name]

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("the whole payload was read")


def test_pricing_reads_nothing_else_of_a_medicine(monkeypatch: pytest.MonkeyPatch) -> None:
    restore = reading._restore

    def recorded(kind: Any, values: Any) -> Payload:
        payload = restore(kind, values)
        return Recording(payload) if kind.name == "medicament" else payload

    monkeypatch.setattr(reading, "_restore", recorded)
    Recording.read = set()
    found = Snapshot(pack().packed, pack().kinds)
    modes, flags = (None, "ambulatoire", "hospitalisation"), (False, True)
    asked = [
        Question("medicament", code, organisme, None, mode, exempt)
        for code in found.codes("medicament")
        for organisme in ("cnops", "cnss")
        for mode in modes
        for exempt in flags
    ]
    told = {
        quote(found, question, Moment(date(year, 9, 1), found.head)).status
        for question in asked
        for year in (2014, 2020, 2026)
    }
    assert {"OK", "HOSPITAL_ONLY", "NOT_REIMBURSABLE"} <= told
    assert Recording.read == READ | {"nom"}


def shelf() -> Snapshot:
    """Six medicines of one shape, at prices of their own."""
    boxes = [medicament(f"{100 + place}.00", code=code, pbr="60.00") for place, code in enumerate(OTHERS)]
    return snapshot([*world(), *boxes])


def case(known: Medicines, code: str) -> Case:
    version = int((known.code == known.codes.index(code)).nonzero()[0][0])
    return Case(version, Question("medicament", code, "cnops"), DAY)


def test_a_template_serves_every_version_of_its_shape() -> None:
    found = shelf()
    known = medicines(found)
    assert len({int(shape) for shape in known.shape}) == 2  # the box of the world is its own base
    learnt = Templates(found, known).find(("shape",), 1, [case(known, code) for code in OTHERS[:3]])
    assert learnt is not None
    for code in OTHERS:
        real = quote(found, Question("medicament", code, "cnops"), Moment(DAY, 1))
        prices = known.prices[case(known, code).version]
        assert (real.unit_price, real.ceiling) == (prices[learnt.unit_price], prices[learnt.ceiling])


def refuse_one(found: Snapshot, question: Question, moment: Moment) -> Any:
    """A rule that tells one medicine from its like."""
    real = quote(found, question, moment)
    return replace(real, ceiling=1) if question.code == OTHERS[1] else real


def test_a_shape_that_does_not_foretell_is_asked_version_by_version(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shelf()
    known = medicines(found)
    monkeypatch.setattr(templates, "quote", refuse_one)
    asked = [case(known, code) for code in OTHERS[:3]]
    assert Templates(found, known).find(("shape",), 1, asked) is None
    assert isinstance(Templates(found, known).find(("shape",), 1, asked[:1]), Template)


def test_a_quote_with_errors_is_no_template() -> None:
    found = snapshot([*world(), medicament(None, code=OTHERS[0], pbr="60.00", ph="20.00")])
    known = medicines(found)
    hospital = Question("medicament", OTHERS[0], "cnops", None, "hospitalisation")
    asked = case(known, OTHERS[0])._replace(question=hospital)
    assert quote(found, hospital, Moment(DAY, 1)).status == "NOT_COVERED"
    assert Templates(found, known).find(("a",), 1, [asked]) is not None
    without_base = snapshot([*world(), medicament("50.00", code=OTHERS[0], pbr=None)])
    known = medicines(without_base)
    assert Templates(without_base, known).find(("a",), 1, [case(known, OTHERS[0])]) is None


def test_templates_are_used_for_most_lines_of_the_pack() -> None:
    """Otherwise all the other tests would hold of an engine that asks line by line."""
    from catalog.pricing.bulk import engine
    from tests.unit.pricing.bulk.framing import days_of, random_lines

    codes = [("medicament", code) for code in pack().codes("medicament") if code not in pack().codes("gtin")]
    lines = frame(random_lines(codes, days_of(range(2015, 2020)), 800, seed=9), "ndjson")
    read = engine.read_lines(lines, "ndjson", None)
    found = Shelf(pack())
    entries = engine.Entries(engine.ResultTeller(pack(), pack().head), found.known.acts)
    rows = read.readable.nonzero()[0]
    code = found.codes(read)[read.code[rows]]
    answered = found.find(read, rows[code >= 0], code[code >= 0], pack().head, entries)
    assert len(answered.rows) > 0.5 * len(rows)
    check_like_the_api(pack(), lines, "ndjson")
