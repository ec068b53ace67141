"""A file of a million lines is read within the memory of a small machine."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINES = 1_000_000
MOST_MIB = 500
READ = """
import sys, resource
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo
from pharmacy_app.domain.curve import Limits, curve
from pharmacy_app.domain.temperature import excursion, summarise
from pharmacy_app.exchange.loggers import read_logger

file = read_logger(Path(sys.argv[1]).read_bytes(), {}, ZoneInfo("Asia/Shanghai"))
summary = summarise(file.readings, file.interval)
doubts = excursion(file.readings, file.interval, Decimal(-150), timedelta())
drawn = curve(file.readings, file.interval, Limits(Decimal(-150)))
status = Path("/proc/self/status")
if status.exists():  # ru_maxrss would count what the parent held when it forked
    line = next(one for one in status.read_text().splitlines() if one.startswith("VmHWM"))
    peak = int(line.split()[1]) >> 10
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 20
print(summary.readings, summary.max_c, len(doubts), sum(map(len, drawn.lines)), peak)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="no resource module there")
def test_a_million_lines_are_read_judged_and_drawn_in_little_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.csv"
    with file.open("w", encoding="utf-8") as out:
        out.write("No.,Time (UTC+08:00),Temp °C\n")
        for n in range(LINES):
            day, second = divmod(n * 5, 86_400)
            minute, second = divmod(second, 60)
            hour, minute = divmod(minute, 60)
            date = f"20{20 + day // 28 // 12}-{day // 28 % 12 + 1:02}-{day % 28 + 1:02}"
            warm = -90 if n == 777_777 else -190 + n * 37 % 1000 / 100
            out.write(f"{n},{date} {hour:02}:{minute:02}:{second:02},{warm:.2f}\n")
    done = subprocess.run(
        [sys.executable, "-c", READ, str(file)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=240,
    )
    readings, warmest, doubts, points, peak = done.stdout.split()
    assert (int(readings), warmest) == (LINES, "-90.00")
    assert int(doubts) >= 1
    assert int(points) < 5_000
    assert int(peak) < MOST_MIB
