"""The JSON Schema of a programme file, made from the tables that the parser reads."""

import dataclasses
import json
import types
import typing
from enum import Enum
from typing import Annotated, Any, Final, cast

from trainer.coach.programmeshape import ProgrammeTable
from trainer.core.settings import Bound

SCHEMA_FILE: Final = "programme.schema.json"
_PLAIN: Final[dict[object, str]] = {
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
}
Json = dict[str, Any]


def programme_schema() -> Json:
    """Return the schema. It knows keys, kinds and limits; what must hold between them it cannot."""
    tables: dict[str, Json] = {}
    root = _table(ProgrammeTable, tables)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A footspring programme (TOML)",
        "description": "Made by `footspring programme schema`. Missing ids, impossible times, the "
        "cap and the ladder are checked by `footspring programme validate`.",
        **root,
        "$defs": tables,
    }


def schema_text() -> str:
    """Return the schema as the text of the shipped file."""
    return json.dumps(programme_schema(), indent=2, ensure_ascii=False) + "\n"


def _table(shape: Any, tables: dict[str, Json]) -> Json:  # noqa: ANN401 - a dataclass, as typing has it
    hints = typing.get_type_hints(shape, include_extras=True)
    required: list[str] = []
    properties: Json = {}
    for declared in dataclasses.fields(shape):
        properties[declared.name] = _value(hints[declared.name], None, tables)
        missing = dataclasses.MISSING
        default = cast("object", declared.default)
        if default is missing and declared.default_factory is missing:
            required.append(declared.name)
        elif isinstance(default, str | int | float | tuple):
            properties[declared.name] |= {"default": _plain(cast("object", default))}
    table: Json = {"type": "object", "properties": properties, "additionalProperties": False}
    about = (shape.__doc__ or "").strip()
    return {"description": about, **table} | ({"required": required} if required else {})


def _value(hint: Any, bound: Bound | None, tables: dict[str, Json]) -> Json:  # noqa: ANN401
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin is Annotated:
        found = next((b for b in inner[1:] if isinstance(b, Bound)), bound)
        return _value(inner[0], found, tables)
    if origin in {types.UnionType, typing.Union}:
        return _value(next(m for m in inner if m is not types.NoneType), bound, tables)
    if origin is tuple and inner[-1] is not Ellipsis:
        items = [_value(one, bound, tables) for one in inner]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if origin is tuple:
        return {"type": "array", "items": _value(inner[0], bound, tables)}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(inner[1], bound, tables)}
    return _single(hint, bound, tables)


def _single(hint: Any, bound: Bound | None, tables: dict[str, Json]) -> Json:  # noqa: ANN401
    if dataclasses.is_dataclass(hint):
        name = getattr(hint, "__name__", "")
        if name not in tables:
            tables[name] = _table(hint, tables)
        return {"$ref": f"#/$defs/{name}"}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [member.value for member in hint]}
    limits: Json = {}
    if bound is not None:
        limits = {"minimum": bound.low, "maximum": bound.high}
        if bound.unit:
            limits["description"] = bound.unit
    return {"type": _PLAIN[hint], **limits}


def _plain(default: object) -> object:
    if isinstance(default, Enum):
        return default.value
    return list(cast("tuple[object, ...]", default)) if isinstance(default, tuple) else default
