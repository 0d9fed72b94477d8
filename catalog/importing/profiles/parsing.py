"""A profile of its TOML text. Every fault is a ProfileError that names the place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

from catalog.errors import InvalidError
from catalog.importing.errors import ProfileError
from catalog.importing.profiles.model import (
    CODE,
    DefaultLegalAct,
    Detection,
    FieldRule,
    Format,
    Lookup,
    Profile,
    Quirks,
    Selection,
    Split,
)
from catalog.importing.profiles.reader import TableReader
from catalog.legal.family import LEGAL_ACT

_DECIMALS = (None, ",", ".")


def parse_profile(name: str, text: str) -> Profile:
    """Raises ProfileError."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(name, f"it is not TOML: {error}") from error
    top = TableReader(name, "", content)
    profile = _profile(name, top)
    top.finish()
    _check(profile)
    return profile


def _check(profile: Profile) -> None:
    """What only shows when the tables of a profile are seen together."""
    code = profile.fields.get(CODE)
    if code is None and not profile.internal_codes:
        raise ProfileError(profile.name, "fields.code is missing, and internal_codes is not set")
    if code is not None and (code.map is not None or code.convert is not None):
        raise ProfileError(profile.name, "fields.code takes neither map nor as: its kind reads it")
    named = profile.format.columns
    if named and (unknown := [column for column in profile.needed_columns if column not in named]):
        raise ProfileError(profile.name, f"format.columns does not name {', '.join(unknown)}")


def _profile(name: str, top: TableReader) -> Profile:
    return Profile(
        name=top.text("name") or name,
        kind=top.needed("kind"),
        title=top.needed("title"),
        source=top.text("source"),
        confidence=top.choice("confidence", (None, "H", "M", "L"), None),
        mode=top.choice("mode", ("full", "delta"), "full"),
        effective=_day(top, "effective"),
        effective_from_path=top.pattern("effective_from_path"),
        effective_note=top.text("effective_note"),
        notes=top.texts("notes"),
        covers_codes=top.pattern("covers_codes"),
        internal_codes=top.take("internal_codes", bool, False),
        format=_format(top.table("format")),
        detect=_detection(top.table("detect")),
        quirks=_quirks(top.table("quirks")),
        rows=_selection(top.table("rows")),
        fields=_fields(top.table("fields")),
        constants=dict(top.table("constants").rest()),
        defaults=dict(top.table("defaults").rest()),
        splits=tuple(_split(table) for table in top.tables("split")),
        lookups=tuple(_lookup(table) for table in top.tables("lookup")),
        merge=_merge(top),
        legal_act=_legal_act(name, dict(top.table("legal_act").rest())),
    )


def _day(top: TableReader, key: str) -> date | None:
    value = top.take(key, object, None)
    if value is not None and type(value) is not date:
        raise top.error(f"{key} must be a day, written {key} = 2014-06-09 without quotation marks")
    return value


def _format(table: TableReader) -> Format:
    made = Format(
        encoding=table.text("encoding"),
        separator=table.text("separator"),
        quote=table.take("quote", str, '"'),
        sheet=table.text("sheet"),
        decimal=table.choice("decimal", _DECIMALS, None),  # type: ignore[arg-type]
        zero_is_null=table.take("zero_is_null", bool, True),
        null_texts=table.texts("null_texts"),
        columns=table.texts("columns"),
        overflow=table.choice("overflow", ("refuse", "last"), "refuse"),
        short_rows=table.take("short_rows", bool, False),
    )
    table.finish()
    return made


def _detection(table: TableReader) -> Detection:
    patterns = table.take("patterns", dict, {})
    made = Detection(
        files=table.texts("files"),
        headers=table.texts("headers"),
        patterns={column: table.compile(f"patterns.{column}", text) for column, text in patterns.items()},
    )
    table.finish()
    return made


def _quirks(table: TableReader) -> Quirks:
    made = Quirks(
        repeated_headers=table.take("repeated_headers", bool, False),
        drop_after_header=table.choice("drop_after_header", ("nothing", "first_product"), "nothing"),
        copies_of_first=table.take("copies_of_first", bool, False),
    )
    table.finish()
    return made


def _selection(table: TableReader) -> Selection:
    asked = table.table("only")
    made = Selection(only={column: asked.texts(column) for column in asked.names}, filled=table.texts("filled"))
    asked.finish()
    table.finish()
    return made


def _fields(table: TableReader) -> Mapping[str, FieldRule]:
    """A field is told by the name of its column, a list of columns of which the first filled one counts, or a table."""
    return {
        name: _rule(TableReader(table.profile, f"fields.{name}", told if isinstance(told, dict) else {"column": told}))
        for name, told in table.rest().items()
    }


def _rule(table: TableReader) -> FieldRule:
    mapped = table.take("map", dict, {})
    rule = FieldRule(
        columns=table.texts("column"),
        template=table.text("template"),
        strip_tags=table.take("strip_tags", bool, False),
        extract=table.pattern("extract"),
        replace=table.take("replace", dict, {}),
        fold=table.take("fold", bool, False),
        prefix=table.take("prefix", str, ""),
        map=mapped or None,
        convert=table.text("as"),
        separator=table.text("separator"),
        format=table.text("format"),
        decimal=table.choice("decimal", _DECIMALS, None),  # type: ignore[arg-type]
        order_by=table.texts("order_by"),
        repeat_like=table.text("repeat_like"),
    )
    table.finish()
    if not all(isinstance(new, str) for new in rule.replace.values()):
        raise table.error(f"{table.place}.replace must replace texts by texts")
    if bool(rule.columns) == bool(rule.template):
        raise table.error(f"{table.place} needs either column or template")
    if rule.extract and rule.extract.groups != 1:
        raise table.error(f"{table.place}.extract must hold one group, the text to keep")
    return rule


def _split(table: TableReader) -> Split:
    pattern = table.pattern("pattern")
    if pattern is None or not pattern.groupindex:
        raise table.error(f"{table.place}.pattern must hold named groups, such as (?P<forme>.+)")
    made = Split(
        column=table.needed("column"),
        pattern=pattern,
        separator=table.text("separator"),
        like=table.text("like"),
        like_separator=table.text("like_separator"),
    )
    table.finish()
    return made


def _lookup(table: TableReader) -> Lookup:
    made = Lookup(
        name=table.needed("name"),
        file=table.needed("file"),
        key=table.needed("key"),
        on=table.needed("on"),
        columns=table.texts("columns"),
        missing=table.choice("missing", ("warning", "blank"), "warning"),
        prefer=_prefer(table),
    )
    table.finish()
    return made


def _prefer(lookup: TableReader) -> tuple[str, tuple[str, ...]] | None:
    table = lookup.table("prefer")
    column, order = table.text("column"), table.texts("order")
    table.finish()
    return (column, order) if column else None


def _merge(top: TableReader) -> tuple[str, ...] | None:
    """``[group]`` means that rows with one code make one entry; ``merge`` names the list fields they add up."""
    asked = top.take("group", object, None)
    if asked is None:
        return None
    table = TableReader(top.profile, "group", asked)
    merge = table.texts("merge")
    table.finish()
    return merge


def _legal_act(name: str, told: dict[str, Any]) -> DefaultLegalAct | None:
    if not told:
        return None
    try:
        code = LEGAL_ACT.parse_code(str(told.pop("id", "")))
        return DefaultLegalAct(code, LEGAL_ACT.load(code, told))
    except InvalidError as error:
        raise ProfileError(name, f"legal_act: {error}") from error
