"""A profile that is wrong says where; the built-in ones are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.importing import conversions  # noqa: F401 - fills CONVERTERS
from catalog.importing.binding import bind
from catalog.importing.errors import ProfileError, UnknownProfileError
from catalog.importing.profiles import (
    Profile,
    builtin_profiles,
    canonical_profile,
    load_profile,
    parse_profile,
    profiles_for,
)
from catalog.importing.profiles.model import fill, placeholders
from catalog.registry import KINDS

from .conftest import WriteFile

MEDICAMENTS = KINDS.find("medicaments")
AVIS = KINDS.find("avis")

HEAD = 'kind = "medicaments"\ntitle = "Essai"\n'
FIELDS = '[fields]\ncode = "CODE"\nnom = "NOM"\n'


@pytest.mark.parametrize("profile", builtin_profiles(), ids=lambda profile: profile.name)
def test_each_built_in_profile_fits_its_kind(profile: Profile) -> None:
    kind = KINDS.find(profile.kind)
    binding = bind(profile, kind, profile.needed_columns)
    told = {field.name for field in binding.fields} | binding.constants.keys() | binding.defaults.keys()
    required = {name for name, field in kind.fields.items() if field.required}
    assert required <= told


@pytest.mark.parametrize("profile", builtin_profiles(), ids=lambda profile: profile.name)
def test_each_built_in_profile_says_what_it_rests_on(profile: Profile) -> None:
    assert profile.legal_act is not None
    assert profile.title
    dated = profile.effective or profile.effective_from_path or "valid_from" in profile.fields
    assert dated
    assert profile.effective is None or (profile.effective_note or "").startswith("[A]")


def test_the_real_sources_have_a_profile() -> None:
    names = {profile.name for profile in profiles_for(MEDICAMENTS)}
    assert names == {
        "ammps-2026", "bdpm-presentations", "canonique-medicaments", "cnops-2014", "cnss-2026", "gmr-6-23-rows",
        "gmr-6-23-verbatim",
    }  # fmt: skip


def test_every_kind_has_a_canonical_profile() -> None:
    for kind in KINDS:
        assert profiles_for(kind)[-1] is canonical_profile(kind)
        assert load_profile(f"canonique-{kind.plural}", kind) is canonical_profile(kind)


def test_a_profile_of_ones_own_is_loaded_by_its_path(write: WriteFile) -> None:
    profile = load_profile(write("mien.toml", HEAD + FIELDS), MEDICAMENTS)
    assert (profile.name, profile.mode, profile.needed_columns) == ("mien", "full", ("CODE", "NOM"))


def test_an_unknown_profile_is_answered_with_the_known_ones(tmp_path: Path) -> None:
    for asked in ("cnops-2015", tmp_path / "absent.toml"):
        with pytest.raises(UnknownProfileError, match=r"no import profile .*cnops-2014.*"):
            load_profile(asked, MEDICAMENTS)


def test_a_profile_of_another_kind_is_refused() -> None:
    with pytest.raises(ProfileError, match="bdpm-smr: it reads avis, not medicaments"):
        load_profile("bdpm-smr", MEDICAMENTS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("kind = ", "it is not TOML"),
        ('title = "x"\n' + FIELDS, "lacks kind"),
        (HEAD, r"fields\.code is missing"),
        (HEAD + 'mood = "full"\n' + FIELDS, "has no key 'mood'; known: .*mode"),
        (HEAD + 'mode = "partial"\n' + FIELDS, "mode must be one of full, delta, not 'partial'"),
        (HEAD + 'effective = "2014-06-09"\n' + FIELDS, "effective must be a day, .* without quotation marks"),
        (HEAD + 'effective_from_path = "("\n' + FIELDS, "effective_from_path is no regular expression"),
        (HEAD + "notes = [1]\n" + FIELDS, "notes must be a text or a list of texts"),
        (HEAD + FIELDS + "[format]\ndecimal = ';'\n", "format.decimal must be one of"),
        (HEAD + FIELDS + "[format]\nzero_is_null = 'no'\n", "format.zero_is_null must be true or false, not 'no'"),
        (HEAD + FIELDS + "ppv = { colum = 'PPV' }\n", r"fields\.ppv has no key 'colum'"),
        (HEAD + FIELDS + "ppv = {}\n", r"fields\.ppv needs either column or template"),
        (HEAD + FIELDS + "ppv = { column = 'P', template = '{P}' }\n", r"fields\.ppv needs either column or template"),
        (HEAD + FIELDS + "ppv = { column = 'P', extract = 'x' }\n", r"fields\.ppv\.extract must hold one group"),
        (HEAD + FIELDS + "ppv = { column = 'P', replace = { a = 1 } }\n", r"fields\.ppv\.replace must replace texts"),
        (HEAD + "[fields]\ncode = { column = 'C', as = 'list' }\n", r"fields\.code takes neither map nor as"),
        (HEAD + FIELDS + "[format]\ncolumns = ['CODE']\n", r"format\.columns does not name NOM"),
        (HEAD + FIELDS + "[[split]]\ncolumn = 'F'\npattern = '(x)'\n", "pattern must hold named groups"),
        (HEAD + FIELDS + "[[lookup]]\nname = 'x'\n", r"lookup\[1\] lacks file"),
        (HEAD + FIELDS + "[quirks]\ndrop_after_header = 'two'\n", "drop_after_header must be one of"),
        (HEAD + FIELDS + "[legal_act]\nid = 'x'\n", "legal_act: Code 'x' cannot be read"),
        (HEAD + FIELDS + "[legal_act]\nid = 'acte-1'\ntype = 'arrete'\n", r"legal_act: .*title"),
        (HEAD + FIELDS + "[group]\nsum = ['dci']\n", "group has no key 'sum'"),
        ("fields = 3\n" + HEAD, "fields must be a table"),
    ],
)
def test_a_faulty_profile_says_where(text: str, said: str) -> None:
    with pytest.raises(ProfileError, match=said) as refused:
        parse_profile("essai", text)
    assert str(refused.value).startswith("Import profile essai: ")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("prix = 'PPV'\n", "medicaments has no field 'prix'; its fields are .*ppv"),
        ("ppv = { column = 'PPV', as = 'money' }\n", r"fields\.ppv\.as: no converter is named 'money'"),
        ("[constants]\nadmis = true\n", "has no field 'admis'"),
        ("[constants]\nadmis_remboursement = 'peut-être'\n", "neither oui nor non"),
        ("[defaults]\nppv = -1\n", "not an amount"),
        ("[group]\nmerge = ['nom']\n", "group.merge: nom is not one of the list fields"),
        ("[group]\nmerge = ['dci']\n", "group.merge: dci is not one of the list fields it reads"),
    ],
)
def test_a_profile_must_fit_its_kind(text: str, said: str) -> None:
    profile = parse_profile("essai", HEAD + FIELDS + text)
    with pytest.raises(ProfileError, match=said):
        bind(profile, MEDICAMENTS, profile.needed_columns)


def test_only_the_columns_of_the_file_itself_are_needed() -> None:
    text = (
        HEAD + FIELDS + "forme = 'F.forme'\nlaboratoire = 'cis.titulaire'\n"
        "[[split]]\ncolumn = 'F'\npattern = '(?P<forme>.+)'\n"
        "[[lookup]]\nname = 'cis'\nfile = 'x.txt'\nkey = 'cis'\non = 'CIS'\n"
    )
    assert parse_profile("essai", text).needed_columns == ("CODE", "NOM", "F", "CIS")


def test_templates_are_filled_from_columns() -> None:
    assert placeholders("{a}/{Forme & Dosage.b}/1") == ("a", "Forme & Dosage.b")
    assert fill("{a} - {b}", {"a": "x", "b": ""}) == "x -"


def test_the_legal_act_of_a_profile_is_typed() -> None:
    act = load_profile("gmr-6-23-verbatim", MEDICAMENTS).legal_act
    assert act is not None
    assert (act.code, act.payload["type"], act.payload["numero"]) == ("gmr-06-23", "guide", "06-23")
