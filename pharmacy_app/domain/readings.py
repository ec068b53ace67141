"""What a logger saw, reading by reading, kept in columns: a million of them take little memory.

A temperature is kept once however often it was read, and a time as microseconds. Both are exact.
"""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
    code) and of ``codes`` was read. A time stands once, with the warmest that was read then; ``also``
    are the other places of a time at which the file contradicts itself, so that nothing colder and no
    code is lost.
    """

    __slots__ = ("also", "celsius", "codes", "places", "times")

    def __init__(
        self,
        times: "array[int]",
        places: "array[int]",
        celsius: Sequence[Decimal | None],
        codes: Sequence[str],
        also: Mapping[int, Sequence[int]] | None = None,
    ) -> None:
        self.times, self.places = times, places
        self.celsius, self.codes = celsius, codes
        self.also = {} if also is None else also

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
            times = self.times[n]
            also = {time: places for time, places in self.also.items() if _holds(times, time)}
            return type(self)(times, self.places[n], self.celsius, self.codes, also)
        return self._sample(n)

    def __iter__(self) -> Iterator[Sample]:
        return map(self._sample, range(len(self.times)))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # compared by value, like a list

    def counted(self) -> list[tuple[Decimal, int]]:
        """Return each temperature that was read, with how often; of one time the warmest counts."""
        counts = Counter(self.places)
        return [(c, n) for place, n in counts.items() if (c := self.celsius[place]) is not None]

    def coldest(self) -> Decimal | None:
        """Return the coldest of all that was read, or None without a number."""
        places = {*self.places, *(place for others in self.also.values() for place in others)}
        return min((c for place in places if (c := self.celsius[place]) is not None), default=None)

    def coded(self) -> list[datetime]:
        """Return when the sensor gave a code, instead of a temperature or beside one."""
        codes = {place for place, celsius in enumerate(self.celsius) if celsius is None}
        if not codes:
            return []
        pairs = zip(self.times, self.places, strict=True)
        found = {time for time, place in pairs if place in codes}
        found |= {time for time, others in self.also.items() if not codes.isdisjoint(others)}
        return [moment(time) for time in sorted(found)]

    def mirrored(self) -> Self:
        """Return the readings with every temperature turned round zero: below becomes above.

        Of one time the coldest counts then, as it is the warmest of the turned ones.
        """
        turned = [None if celsius is None else -celsius for celsius in self.celsius]
        places, also = self.places, dict(self.also)
        if also:
            places = array("I", places)
        for time, others in self.also.items():
            n = bisect_left(self.times, time)
            coldest, *rest = sorted((places[n], *others), key=self._coldness)
            places[n], also[time] = coldest, rest
        return type(self)(self.times, places, turned, self.codes, also)

    def _coldness(self, place: int) -> tuple[bool, Decimal]:
        celsius = self.celsius[place]
        return celsius is None, Decimal(0) if celsius is None else celsius

    def spread(self) -> Self:
        """Return what is drawn: where a time has two temperatures, down to the colder and back."""
        if not self.also:
            return self
        colder = self.mirrored().places
        times, places = array("q"), array("I")
        for time, warm, cold in zip(self.times, self.places, colder, strict=True):
            drawn = (warm,) if warm == cold else (warm, cold, warm)
            times.extend([time] * len(drawn))
            places.extend(drawn)
        return type(self)(times, places, self.celsius, self.codes)


def _holds(times: "array[int]", time: int) -> bool:
    at = bisect_left(times, time)
    return at < len(times) and times[at] == time


def microseconds(at: datetime) -> int:
    """Return a moment as microseconds since 1970 UTC."""
    return (at - EPOCH) // MICROSECOND


def moment(time: int) -> datetime:
    """Return microseconds since 1970 as a moment in UTC."""
    return EPOCH + timedelta(microseconds=time)
