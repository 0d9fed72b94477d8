"""The schemas of the OpenAPI document as tables that a person can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def tables_of(spec: Mapping[str, Any]) -> Tables:
    """The members of each schema, in order of name, with their type in words."""
    return {name: list(_members(schema)) for name, schema in sorted(spec["components"]["schemas"].items())}


def _members(schema: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    for name, shape in schema.get("properties", {}).items():
        yield {"name": name, "type": _in_words(shape), "ref": _reference(shape), "about": _about(shape)}


def _about(shape: Mapping[str, Any]) -> str:
    title, description = shape.get("title", ""), shape.get("description", "")
    told = f"{title}. {description}" if title and description != title else description or title
    choices = [str(choice) for choice in shape.get("enum", ()) if choice is not None]
    return f"{told} One of {', '.join(choices)}." if choices else told


def _reference(shape: Mapping[str, Any]) -> str | None:
    """The schema a member is made of, wherever it is named."""
    inside = (shape.get("items"), shape.get("additionalProperties"), *shape.get("allOf", ()), *shape.get("anyOf", ()))
    named = shape.get("$ref")
    if named:
        return str(named).rsplit("/", 1)[-1]
    return next((found for part in inside if isinstance(part, dict) and (found := _reference(part))), None)


def _in_words(shape: Mapping[str, Any]) -> str:
    types = shape.get("type", "object" if "$ref" in shape or "allOf" in shape else "any")
    words = [types] if isinstance(types, str) else list(types)
    if "format" in shape:
        words = [shape["format"] if word == "string" else word for word in words]
    if "anyOf" in shape:
        words = ["object", "null"]
    return " or ".join("list" if word == "array" else word for word in words)
