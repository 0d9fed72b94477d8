"""The OpenAPI document, and a page to read it: rendered here, so that it needs no script and no other host."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from flask import Blueprint, Response, render_template

from service.answers import SHORT, digest, dump_json, keep
from service.api.endpoints import Room
from service.api.openapi import build_spec
from service.problems import PROBLEMS

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


def documents(rooms: Sequence[Room]) -> Blueprint:
    made = Blueprint("documents", __name__, template_folder="templates")

    @cache
    def spec() -> dict[str, Any]:
        return build_spec(rooms)

    @made.get("/api/v1/openapi.json")
    def openapi() -> Response:
        """The OpenAPI 3.1 document."""
        body = dump_json(spec())
        return keep(Response(body, content_type="application/json"), digest(body), SHORT)

    @made.get("/api/docs")
    def page() -> Response:
        """The document as a page."""
        shown = {"spec": spec(), "sections": _sections(spec()), "tables": _tables(spec()), "problems": PROBLEMS}
        body = render_template("api/docs.html", **shown)
        return keep(Response(body, content_type="text/html; charset=utf-8"), digest(body), SHORT)

    return made


def _sections(spec: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each heading with its operations."""
    operations = [
        {**operation, "path": path, "answer": _name_of(operation)}
        for path, methods in spec["paths"].items()
        for operation in methods.values()
    ]
    return [
        {
            **tag,
            "id": tag["name"].replace(" ", "-"),
            "operations": [found for found in operations if tag["name"] in found["tags"]],
        }
        for tag in spec["tags"]
    ]


def _name_of(operation: Mapping[str, Any]) -> str | None:
    schema = operation["responses"]["200"]["content"].get("application/json", {}).get("schema", {})
    return str(schema["$ref"]).rsplit("/", 1)[-1] if "$ref" in schema else None


def _tables(spec: Mapping[str, Any]) -> Tables:
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
