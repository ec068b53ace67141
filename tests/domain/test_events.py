"""Every kind of event: named once, versioned, written and read back unchanged, never reshaped."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from functools import reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pharmacy_app.domain import events
from pharmacy_app.domain.events import dose
from pharmacy_app.domain.events.catalogue import EVENT_TYPES
from pharmacy_app.domain.events.envelope import Event
from pharmacy_app.records.chain import canonical
from tests.domain.histories import GIVEN, recorded
from tests.golden import event_shapes

MODULES = tuple(
    import_module(f"{events.__name__}.{path.stem}")
    for path in sorted(Path(dose.__file__).parent.glob("*.py"))
    if path.stem not in {"__init__", "catalogue", "envelope"}
)
TAG = re.compile(r"[a-z_]+\.[a-z_]+\.[1-9]\d*")
ABOUT = re.compile(
    r"site|(count|disposal|dose|excursion|kit|logger|lot|moves|package|paper|person|roll|shipment|subject|unit)"
    r"/.*",
    re.DOTALL,
)
TAG = re.compile(r"[a-z_]+\.[a-z_]+\.[1-9]\d*")
DECODER = msgspec.json.Decoder(reduce(or_, EVENT_TYPES))

PLAIN: dict[Any, Callable[[], st.SearchStrategy[Any]]] = {
    str: st.text,
    int: lambda: st.integers(-(2**53), 2**53),
    bool: st.booleans,
    bytes: st.binary,
    date: st.dates,
    NoneType: st.none,
    Decimal: lambda: st.decimals(allow_nan=False, allow_infinity=False),
    datetime: lambda: st.datetimes(timezones=st.just(UTC)),
}


def tag_of(kind: type[Event]) -> str:
    return str(kind.__struct_config__.tag)


def values(hint: Any) -> st.SearchStrategy[Any]:
    """Anything that a field of this type may hold."""
    if isinstance(hint, NewType):
        return values(hint.__supertype__)
    if hint in PLAIN:
        return PLAIN[hint]()
    if get_origin(hint) in {Union, UnionType}:
        return st.one_of([values(part) for part in get_args(hint)])
    if get_origin(hint) is tuple:
        part = get_args(hint)[0]
        return st.lists(values(part), max_size=3).map(tuple)
    if issubclass(hint, Enum):
        return st.sampled_from(hint)
    return structs(hint)


def structs(kind: Any) -> st.SearchStrategy[Any]:
    hints = get_type_hints(kind)
    fields = {name: values(hints[name]) for name in kind.__struct_fields__}
    return st.builds(kind, **fields)


def test_every_event_class_of_the_modules_is_in_the_catalogue() -> None:
    defined = {
        found
        for module in MODULES
        for found in vars(module).values()
        if isinstance(found, type)
        and issubclass(found, Event)
        and found.__module__ == module.__name__
        and str(found.__struct_config__.tag) != found.__name__
    }
    assert set(EVENT_TYPES) == defined


def test_every_tag_is_unique_and_ends_with_its_version() -> None:
    tags = [tag_of(kind) for kind in EVENT_TYPES]
    assert len(tags) == len(set(tags))
    assert [tag for tag in tags if not TAG.fullmatch(tag)] == []


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=tag_of)
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_is_read_back_as_it_was_written(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(structs(kind))
    written = canonical(event)
    read = DECODER.decode(written)
    assert type(read) is kind
    assert read == event
    assert canonical(read) == written


@pytest.mark.parametrize("kind", EVENT_TYPES, ids=tag_of)
@settings(max_examples=5, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_every_event_says_what_it_is_about(kind: type[Event], data: st.DataObject) -> None:
    event = data.draw(structs(kind))
    assert ABOUT.fullmatch(event.about) or event.about == getattr(event, "record", None)


def test_a_field_nobody_knows_is_refused() -> None:
    plain = msgspec.json.decode(canonical(GIVEN[-1])) | {"surprise": 1}
    with pytest.raises(msgspec.ValidationError, match="surprise"):
        DECODER.decode(msgspec.json.encode(plain))


def test_a_kind_nobody_knows_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="Invalid value"):
        DECODER.decode('{"kind": "dose.vanished.1", "dose_id": "D-1"}')


def test_an_event_without_a_record_says_so() -> None:
    with pytest.raises(TypeError, match="does not say what it is about"):
        _ = Event().about


def test_a_recorded_event_is_told_only_as_the_kind_it_is() -> None:
    found = recorded(GIVEN[0], 1)
    assert found.told(dose.DoseOpened) is GIVEN[0]
    with pytest.raises(TypeError, match="DoseOpened is no HandedOver"):
        found.told(dose.HandedOver)


def test_no_released_kind_has_changed_its_shape() -> None:
    """A changed shape needs a new version beside the old one; see the golden file's module."""
    now, then = event_shapes.shapes(), event_shapes.frozen()
    assert {name: shape for name, shape in now.items() if then.get(name, shape) != shape} == {}
    assert set(then) <= set(now), "a released kind is gone: old ledgers could not be read"
    assert set(now) <= set(then), "freeze the new kinds: python -m tests.golden.event_shapes"
