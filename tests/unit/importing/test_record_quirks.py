"""Records from sources with known faults: artefacts, columns cut, companions, missing codes, odd shapes."""

from __future__ import annotations

import pytest

from catalog.importing.errors import ProfileError, UnreadableFileError
from catalog.importing.plugins import CODE_MAKERS
from catalog.validation import Severity

from .conftest import WriteFile
from .reading import AVIS, profile_of, read, rules, values

QUIRKY = profile_of(
    "code = 'CODE'\nnom = 'NOM'", tables="[quirks]\nrepeated_headers = true\ndrop_after_header = 'first_product'"
)


def test_repeated_headers_and_the_copy_after_each_are_dropped_and_counted(write: WriteFile) -> None:
    first, second, third = "6118000100058;A", "6118000100065;B", "6118000100072;C"
    path = write("l.csv", "CODE;NOM", first, second, "Code;Nom", first, third, "CODE;NOM", second.replace("B", "D"))
    found = read(path, QUIRKY)
    assert found.counts["repeated_headers"] == 2
    assert found.counts["page_break_copies"] == 1
    assert rules(found) == [("TwoValuesForOneCode", 8)]


def test_a_copy_elsewhere_is_not_an_artefact(write: WriteFile) -> None:
    found = read(write("l.csv", "CODE;NOM", "6118000100058;A", "6118000100065;B", "6118000100058;A"), QUIRKY)
    assert rules(found) == [("DuplicateRow", 4)]


def test_copies_of_the_first_product_may_differ_in_columns_nobody_reads(write: WriteFile) -> None:
    profile = profile_of("code = 'CODE'\nnom = 'NOM'", tables="[quirks]\ncopies_of_first = true")
    path = write("l.csv", "n;CODE;NOM", "1;6118000100058;A", "2;6118000100065;B", "3;6118000100058;A")
    found = read(path, profile)
    assert (found.counts["page_break_copies"], found.violations, len(found.records)) == (1, [], 2)


SPLIT = """[[split]]
column = 'F'
pattern = '(?P<forme>.+?)(?: à (?P<dosages>[\\d.,]+(?: / [\\d.,]+)*) (?P<unites>[^\\d\\s].*))?'"""


@pytest.mark.parametrize(
    ("cell", "forme", "dosages", "unites"),
    [
        ("COMPRIME à 50 MG", "COMPRIME", ("50",), ("MG",)),
        ('"COMPRIME ENROBE\nà 0.35 / 50 MG /\nMG"', "COMPRIME ENROBE", ("0.35", "50"), ("MG", "MG")),
        ("COLLYRE à 4 MG/0.4ML", "COLLYRE", ("4",), ("MG/0.4ML",)),
        ("PREPARATION INJECTABLE", "PREPARATION INJECTABLE", None, None),
        ("", None, None, None),
    ],
)
def test_a_column_is_cut(write: WriteFile, cell: str, forme: object, dosages: object, unites: object) -> None:
    profile = profile_of("code = 'CODE'\nforme = 'F.forme'\ndosages = 'F.dosages'\nunites = 'F.unites'", tables=SPLIT)
    found = read(write("l.csv", "CODE;F;x", f"6118000100058;{cell};"), profile)
    assert values(found) == [{"forme": forme, "dosages": dosages, "unites": unites}]


PARTS = """[[split]]
column = 'D'
separator = '/'
like = 'S'
like_separator = '//'
pattern = '(?P<n>[\\d.,]+)\\s*(?P<u>\\D.*)'"""


@pytest.mark.parametrize(
    ("dosage", "substances", "expected", "told"),
    [
        ("4 MG / 1,25 MG", "A // B", (("4", "1,25"), ("MG", "MG")), []),
        ("5   MG  /  100  ML", "A", (("5",), ("MG/100 ML",)), []),
        ("5 MG", "A // B", (("5",), ("MG",)), []),
        ("-", "A", (None, None), []),
        ("quelques gouttes", "A", (None, None), ["SplitUnmatched"]),
    ],
)
def test_parts_are_cut_one_by_one_when_they_are_as_many_as_their_model(
    write: WriteFile, dosage: str, substances: str, expected: tuple[object, object], told: list[str]
) -> None:
    profile = profile_of("code = 'C'\ndosages = 'D.n'\nunites = 'D.u'", tables=PARTS + "\n[format]\nnull_texts = ['-']")
    found = read(write("l.csv", "C;D;S", f"6118000100058;{dosage};{substances}"), profile)
    assert (values(found)[0]["dosages"], values(found)[0]["unites"]) == expected
    assert [violation.rule for violation in found.violations] == told


LOOKUP = """[format]
columns = ["cis", "code", "nom"]
separator = ";"
[[lookup]]
name = "labo"
file = "labos.txt"
columns = ["cis", "titulaire", "rang"]
key = "cis"
on = "cis"
prefer = { column = "rang", order = ["1", "2"] }
"""
JOINED = profile_of("code = 'code'\nnom = ['labo.titulaire', 'nom']", tables=LOOKUP)


def test_a_companion_adds_its_columns(write: WriteFile) -> None:
    write("labos.txt", "10;SANOFI;2", "10;PFIZER;1", "30;A;2", "30;B;2")
    path = write("l.txt", "10;6118000100058;X", "20;6118000100065;Y", "30;6118000100072;Z")
    found = read(path, JOINED)
    assert [record.values["nom"] for record in found.records] == ["PFIZER", "Y", "Z"]
    assert rules(found) == [("CompanionLacksKey", 2), ("CompanionIsAmbiguous", 3)]
    assert not found.errors
    assert "A, B" in found.violations[1].message


def test_a_missing_companion_is_named(write: WriteFile) -> None:
    with pytest.raises(UnreadableFileError, match=r"also needs labos\.txt"):
        read(write("l.txt", "10;6118000100058;X"), JOINED)


def test_an_entry_without_code_gets_an_internal_one(write: WriteFile, internal_codes: None) -> None:
    profile = profile_of("code = 'CODE'\nnom = 'NOM'", head="internal_codes = true")
    found = read(write("l.csv", "CODE;NOM", ";A", ";B", "6118000100058;C"), profile)
    assert [violation.rule for violation in found.violations] == ["NoCode", "NoCode"]
    assert {violation.severity for violation in found.violations} == {Severity.WARNING}
    assert found.records[0].code.startswith("AMO-")
    assert found.records[0].code != found.records[1].code
    assert found.counts["internal_codes"] == 2


def test_internal_codes_need_a_maker(write: WriteFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(CODE_MAKERS, "medicament", raising=False)
    profile = profile_of("nom = 'NOM'", head="internal_codes = true")
    with pytest.raises(ProfileError, match="nothing makes internal codes of medicaments"):
        read(write("l.csv", "NOM;x", "A;"), profile)


def test_siblings_are_numbered_in_the_order_of_their_texts(write: WriteFile) -> None:
    fields = "code = { template = '{d}/{s}/{ordinal}', order_by = ['t'] }\ntype_demande = 'k'\ntexte = 't'"
    profile = profile_of(fields, kind="avis")
    rows = ("D1;10;zeta;RETRAIT", "D1;10;Alpha;RETRAIT", "D1;11;x;RETRAIT")
    one = read(write("a.csv", "d;s;t;k", *rows), profile, AVIS)
    other = read(write("b.csv", "d;s;t;k", *reversed(rows)), profile, AVIS)
    assert {r.code: r.values["texte"] for r in one.records} == {"D1/10/1": "Alpha", "D1/10/2": "zeta", "D1/11/1": "x"}
    assert {r.code: r.values for r in one.records} == {r.code: r.values for r in other.records}


def test_a_code_with_a_blank_part_is_no_code(write: WriteFile) -> None:
    profile = profile_of("code = { template = '{a}/{b}' }\ntype_demande = 'k'", kind="avis")
    assert rules(read(write("l.csv", "a;b;k", "X;;RETRAIT"), profile, AVIS)) == [("MissingCode", 2)]


def test_a_code_may_be_extracted_and_one_that_cannot_is_a_violation(write: WriteFile) -> None:
    profile = profile_of("code = { column = 'C', extract = '^EAN (.+)$' }")
    found = read(write("l.csv", "C;x", "EAN 6118000100058;", "6118000100065;"), profile)
    assert [record.code for record in found.records] == ["6118000100058"]
    assert rules(found) == [("CodeUnreadable", 3)]


def test_text_steps_are_taken_in_order(write: WriteFile) -> None:
    fields = (
        "code = 'CODE'\nnom = { column = 'N', strip_tags = true, extract = 'de (.+)', replace = { ',' = '.' }, "
        "fold = true, prefix = 'X-' }"
    )
    found = read(write("l.csv", "CODE;N", '6118000100058;"boîte<br>de  2,5\né"'), profile_of(fields))
    assert values(found) == [{"nom": "X-2.5 E"}]


def test_what_is_less_than_is_no_tag(write: WriteFile) -> None:
    profile = profile_of("code = 'CODE'\nnom = { column = 'N', strip_tags = true }")
    assert values(read(write("l.csv", "CODE;N", "6118000100058;VEMS < 50 %<br/>ou > 3"), profile)) == [
        {"nom": "VEMS < 50 % ou > 3"}
    ]


def test_one_unit_printed_for_several_dosages_is_that_of_each(write: WriteFile) -> None:
    profile = profile_of("code = 'C'\ndosages = 'D'\nunites = { column = 'U', repeat_like = 'D' }")
    found = read(write("l.csv", "C;D;U", "6118000100058;20 / 12,5;MG", "6118000100065;10;MG"), profile)
    assert [record.values["unites"] for record in found.records] == [("MG", "MG"), ("MG",)]


def test_a_flag_may_be_the_presence_of_a_text(write: WriteFile) -> None:
    profile = profile_of("code = 'C'\nadmis_remboursement = { column = 'T', as = 'present' }")
    assert values(read(write("l.csv", "C;T", "6118000100058;65%", "6118000100065;"), profile)) == [
        {"admis_remboursement": True},
        {"admis_remboursement": False},
    ]


def test_constants_are_added_and_defaults_are_kept_apart(write: WriteFile) -> None:
    profile = profile_of("code = 'C'", tables="[constants]\nadmis_remboursement = true\n[defaults]\nforme = 'GELULE'")
    found = read(write("l.csv", "C;x", "6118000100058;"), profile)
    assert values(found) == [{"admis_remboursement": True}]
    assert found.defaults == {"forme": "GELULE"}


def test_a_companion_of_another_shape_is_refused(write: WriteFile) -> None:
    path = write("l.txt", "10;6118000100058;X")
    write("labos.txt", "10;SANOFI")
    with pytest.raises(UnreadableFileError, match=r"labos\.txt .* row 1 does not have 3 cells"):
        read(path, JOINED)
