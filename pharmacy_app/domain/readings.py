"""What a logger saw, reading by reading, kept in columns: a million of them take little memory.

A temperature is kept once however often it was read, and a time as microseconds. Both are exact.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Self, overload

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Sample:
    """One reading: UTC time, and °C or, where the sensor gave none, the code it gave instead."""

    at: datetime
    celsius: Decimal | None
    code: str = ""


class Readings(Sequence[Sample]):
    """Readings in columns; each is made a `Sample` when it is asked for.

    ``times`` are microseconds since 1970 UTC; ``places`` say which of ``celsius`` (°C, or None for a
    code) and of ``codes`` was read.
    """

    __slots__ = ("celsius", "codes", "places", "times")

    def __init__(
        self,
        times: "array[int]",
        places: "array[int]",
        celsius: Sequence[Decimal | None],
        codes: Sequence[str],
    ) -> None:
        self.times, self.places = times, places
        self.celsius, self.codes = celsius, codes

    @classmethod
    def of(cls, samples: Sequence[Sample]) -> Self:
        """Return samples in columns."""
        if isinstance(samples, cls):
            return samples
        known: dict[tuple[Decimal | None, str], int] = {}
        times = array("q", (microseconds(sample.at) for sample in samples))
        seen = [known.setdefault((s.celsius, s.code), len(known)) for s in samples]
        return cls(times, array("I", seen), [c for c, _ in known], [code for _, code in known])

    def __len__(self) -> int:
        return len(self.times)

    def _sample(self, n: int) -> Sample:
        place = self.places[n]
        return Sample(moment(self.times[n]), self.celsius[place], self.codes[place])

    @overload
    def __getitem__(self, n: int) -> Sample: ...
    @overload
    def __getitem__(self, n: slice) -> Self: ...
    def __getitem__(self, n: int | slice) -> Sample | Self:
        if isinstance(n, slice):
            return type(self)(self.times[n], self.places[n], self.celsius, self.codes)
        return self._sample(n)

    def __iter__(self) -> Iterator[Sample]:
        return map(self._sample, range(len(self.times)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # compared by value, like a list

    def counted(self) -> list[tuple[Decimal, int]]:
        """Return each temperature that was read, with how often."""
        counts = Counter(self.places)
        return [(c, n) for place, n in counts.items() if (c := self.celsius[place]) is not None]

    def coded(self) -> list[datetime]:
        """Return when the sensor gave a code instead of a temperature."""
        codes = {place for place, celsius in enumerate(self.celsius) if celsius is None}
        if not codes:
            return []
        pairs = zip(self.times, self.places, strict=True)
        return [moment(time) for time, place in pairs if place in codes]

    def mirrored(self) -> Self:
        """Return the readings with every temperature turned round zero: below becomes above."""
        turned = [None if celsius is None else -celsius for celsius in self.celsius]
        return type(self)(self.times, self.places, turned, self.codes)


def microseconds(at: datetime) -> int:
    """Return a moment as microseconds since 1970 UTC."""
    return (at - EPOCH) // MICROSECOND


def moment(time: int) -> datetime:
    """Return microseconds since 1970 as a moment in UTC."""
    return EPOCH + timedelta(microseconds=time)
