"""The OpenAPI document as a check of answers."""

from __future__ import annotations

import re
from typing import Any

from openapi_schema_validator import OAS31Validator

from service.api import ROOMS
from service.api.openapi import build_spec

SPEC = build_spec(ROOMS)


def operation(rule: str) -> dict[str, Any]:
    found: dict[str, Any] = SPEC["paths"][re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)]["get"]
    return found


def closed(schema: Any) -> Any:
    """The same schemas, refusing members they do not name."""
    if isinstance(schema, list):
        return [closed(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    told = {name: closed(value) for name, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        told["additionalProperties"] = False
    return told


SCHEMAS = {"components": {"schemas": {name: closed(told) for name, told in SPEC["components"]["schemas"].items()}}}


def faults(answer: Any, name: str) -> list[str]:
    validator = OAS31Validator({"$ref": f"#/components/schemas/{name}", **SCHEMAS})
    return [f"{'/'.join(map(str, error.absolute_path))}: {error.message}" for error in validator.iter_errors(answer)]
