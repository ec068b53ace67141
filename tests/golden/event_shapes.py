"""The shape of every kind of event, frozen: ``python -m tests.golden.event_shapes`` adds new kinds.

It never rewrites a kind that is there: a released kind keeps its shape, a new version gets a new tag.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from pharmacy_app.domain.events.catalogue import EVENT_TYPES

FILE = Path(__file__).with_name("event_kinds.json")
WORDS = frozenset({"title", "description", "default"})


def _bare(schema: Any) -> Any:
    """Leave out of a schema what does not change how an event is written or read."""
    if isinstance(schema, dict):
        return {name: _bare(part) for name, part in schema.items() if name not in WORDS}
    return [_bare(part) for part in schema] if isinstance(schema, list) else schema


def shapes() -> dict[str, Any]:
    """Tag → fields with their types and which must be there, parts by name under their own name."""
    _, parts = msgspec.json.schema_components(EVENT_TYPES)
    tags = {kind.__name__: str(kind.__struct_config__.tag) for kind in EVENT_TYPES}
    return {
        tags.get(name, name): {
            "fields": {
                field: _bare(kind)
                for field, kind in sorted(part["properties"].items())
                if field != "kind" or name not in tags
            },
            "required": sorted(part.get("required", [])),
        }
        for name, part in sorted(parts.items())
        if "properties" in part
    }


def frozen() -> dict[str, Any]:
    kinds: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return kinds


def main() -> None:
    """Add the kinds that are not there yet."""
    known = frozen() if FILE.exists() else {}
    text = json.dumps(shapes() | known, indent=1, sort_keys=True, ensure_ascii=False)
    FILE.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
