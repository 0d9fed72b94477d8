"""The OpenAPI 3.1 document, made from the endpoints, their parameters and the schemas of the kinds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from catalog.errors import CatalogError
from catalog.fields import EntryField
from service.api.endpoints import Endpoint, Media, Room, every
from service.api.parameters import Parameter
from service.api.schemas.parts import Problem
from service.problems import MEDIA_TYPE, PROBLEMS, ParametersError
from service.version import VERSION

ALWAYS: tuple[type[CatalogError], ...] = (ParametersError,)
CLOCKED: dict[str, tuple[str, ...]] = {
    "release": ("unknown-release",),
    "known_at": ("nothing-published",),
}
"""Refusals that a clock among the parameters brings with it."""

KEY_SCHEME = "machineKey"
OPTIONAL = {
    "Problem": ("errors",),
    "TarificationResult": ("errors", "explanation"),
    "TarificationWarning": ("known_then",),
}
"""Members that only some answers have."""
REQUESTS = ("TarificationLine", "TarificationRequest")
"""Schemas of what is sent, where most members may be left out."""

PATH_PARAMETERS = {
    "code": "Code of the entry; of a medicine any GTIN of 8, 12, 13 or 14 digits, spaces and dashes ignored.",
    "release": "Release, by number or label (`07-06`; `7.06` and `GMR_7_06` are the same).",
    "id": "Identifier of a legal act, such as `arrete-177-06`.",
}
ABOUT = """Versioned reference of Morocco's compulsory health insurance (AMO).

Every read takes two clocks. `as_of` is the day the fact must be in force; `known_at`, or `release` in its stead, is
what had been published. Every answer states them. Periods are half-open: `valid_from` is in, `valid_to` is out.
Amounts are texts in dirhams with two decimals, rates texts of a fraction, codes texts; `null` means that there is no
such value, never zero. Every value names its legal ground."""


def build_spec(rooms: Sequence[Room]) -> dict[str, Any]:
    """The document as plain data."""
    plugin = MarshmallowPlugin(schema_name_resolver=_component_name)
    spec = APISpec("amo-catalog", VERSION, "3.1.0", plugins=[plugin], info={"description": ABOUT})
    assert plugin.converter is not None
    plugin.converter.add_attribute_function(_entry_field)  # type: ignore[no-untyped-call]
    plugin.converter.add_attribute_function(_parameter)  # type: ignore[no-untyped-call]
    spec.components.schema("Problem", schema=Problem)
    spec.components.security_scheme(KEY_SCHEME, {"type": "http", "scheme": "bearer"})
    for room in rooms:
        spec.tag({"name": room.tag, "description": room.about})
    for endpoint in every(rooms):
        spec.path(
            path=f"/api/v1{documented_path(endpoint)}", operations={endpoint.method.lower(): _operation(endpoint)}
        )
    document = spec.to_dict()
    _require_members(document["components"]["schemas"])
    return document


def documented_path(endpoint: Endpoint) -> str:
    """OpenAPI has no word for a name that may hold slashes."""
    return endpoint.path.replace("{+", "{")


def _component_name(schema: Any) -> str:
    made = schema if isinstance(schema, type) else type(schema)
    return str(made.__name__).strip("_")


def _entry_field(_converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    """What a field of an entry is, from the field itself."""
    if not isinstance(field, EntryField):
        return {}
    told: dict[str, Any] = {"title": field.label, **field.json_type}
    if field.choices:
        told["enum"] = list(field.choices)
    if field.allow_none:
        told["type"] = [told["type"], "null"]
        told |= {"enum": [*told["enum"], None]} if "enum" in told else {}
    return told


def _parameter(_converter: Any, field: Any, **_: Any) -> dict[str, Any]:
    return field.shape if isinstance(field, Parameter) else {}


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    summary, _, rest = (endpoint.view.__doc__ or "").partition("\n")
    return {
        "operationId": endpoint.name,
        **({"security": [{KEY_SCHEME: []}]} if endpoint.scope else {}),
        "tags": [endpoint.tag],
        "summary": summary.strip(),
        **({"description": " ".join(rest.split())} if rest.strip() else {}),
        "parameters": [*_path_parameters(endpoint), {"in": "query", "schema": endpoint.query}],
        **_request_body(endpoint),
        "responses": {"200": _answer(endpoint), **_unchanged(endpoint), **_refusals(endpoint)},
    }


def _request_body(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.bodies is None:
        return {}
    content = {media: {"schema": schema} for media, schema in endpoint.bodies.sent.items()}
    return {"requestBody": {"required": True, "content": content}}


def _path_parameters(endpoint: Endpoint) -> Iterator[dict[str, Any]]:
    for name, about in PATH_PARAMETERS.items():
        if f"{{{name}}}" in documented_path(endpoint):
            yield {"name": name, "in": "path", "required": True, "description": about, "schema": {"type": "string"}}


HEADERS = {
    "ETag": {"description": "Strong tag of the answer, for If-None-Match.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "Immutable when both clocks are pinned.", "schema": {"type": "string"}},
}


def _answer(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.bodies is not None:
        answered = {media: {"schema": schema} for media, schema in endpoint.bodies.answered.items()}
        return {"description": "The answer.", "content": answered}
    if isinstance(endpoint.answer, Media):
        content: dict[str, Any] = {media: {} for media in endpoint.answer.types}
    else:
        content = {"application/json": {"schema": endpoint.answer}}
    kept = {} if endpoint.scope else {"headers": HEADERS}
    return {"description": "The answer.", **kept, "content": content}


def _unchanged(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.bodies is not None or endpoint.scope:
        return {}
    told = "The caller's copy, named in If-None-Match, is still the answer."
    return {"304": {"description": told, "headers": HEADERS}}


def _refusals(endpoint: Endpoint) -> dict[str, Any]:
    titles: dict[int, list[str]] = {}
    for found in PROBLEMS:
        if found.slug in _slugs(endpoint) and found.title not in titles.get(found.status, []):
            titles.setdefault(found.status, []).append(found.title)
    return {
        str(status): {
            "description": "; ".join(said) + ".",
            "content": {MEDIA_TYPE: {"schema": Problem}},
        }
        for status, said in sorted(titles.items())
    }


def _slugs(endpoint: Endpoint) -> set[str]:
    raised = (*ALWAYS, *endpoint.raises)
    slugs = {found.slug for found in PROBLEMS if found.error in raised}
    slugs |= set() if endpoint.scope else {"no-snapshot", "snapshot-damaged"}
    query: Schema = endpoint.query()
    for name, brought in CLOCKED.items():
        slugs |= set(brought) if name in query.fields else set()
    return slugs


def _require_members(schemas: dict[str, Any]) -> None:
    """An answer has all its members, null where there is no value, but for the few that only some have."""
    for name, schema in schemas.items():
        if name in REQUESTS:
            continue
        members = schema.get("properties", {})
        schema["required"] = [member for member in members if member not in OPTIONAL.get(name, ())]
        for shape in members.values():
            # What an import takes for a missing value says nothing of an answer.
            shape.pop("default", None)
