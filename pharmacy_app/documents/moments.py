"""Times as every paper prints them: local, with the offset from UTC, never without."""

from datetime import datetime
from zoneinfo import ZoneInfo


def local(moment: datetime, zone: str) -> datetime:
    """Return a moment on the site's clock; ``zone`` is an IANA name."""
    return moment.astimezone(ZoneInfo(zone))


def with_offset(moment: datetime, zone: str) -> str:
    """Return ``2026-11-22 12:51 +08:00``; seconds are cut off, so a limit is never stretched."""
    there = local(moment, zone)
    offset = there.strftime("%z")
    return f"{there:%Y-%m-%d %H:%M} {offset[:3]}:{offset[3:5]}"
