import itertools
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pharmacy_app.bench.figure import Figure, alone, compared, milliseconds
from pharmacy_app.cli.bench import NAMES

ROOT = Path(__file__).resolve().parents[2]
GOALS = {
    "start": 1.35,
    "start_empty": None,
    "scan_growth": 1.3,
    "scan_frame": 1.0,
    "signed_act": 2.5,
    "key_derivation": None,
    "million_wrong_codes": None,
    "logger_file": 1.0,
    "label_pdf": 1.5,
    "forecast": 8.0,
    **{
        f"list_{act}": 30.0 for act in ("opened", "sorted", "numbered", "filtered", "end", "middle")
    },
    "list_searched": None,
    "look_back_lot": 30.0,
    "look_back_shipment": 30.0,
    "look_back_unit": None,
    "look_back_time": None,
    "look_back_month": None,
    "verification": 2.5,
    "verification_with_replay": None,
}


def told(*values: float) -> Callable[[], float]:
    return itertools.chain([999.0], values).__next__


def test_ratio_is_the_median_of_the_pairs_not_of_the_medians() -> None:
    figure = compared("x", told(2, 4, 30), told(1, 4, 10), goal=2.5, repeats=3)
    assert (figure.ours, figure.baseline, figure.ratio) == (4, 4, 2)


def test_first_pair_is_not_counted() -> None:
    assert alone("x", told(5, 5, 5), 3).ours == 5


def test_ours_and_baseline_run_in_turn() -> None:
    order = []

    def ran(name: str) -> float:
        order.append(name)
        return 1.0

    compared("x", lambda: ran("A"), lambda: ran("B"), goal=None, repeats=2)
    assert "".join(order) == "ABABAB"


@pytest.mark.parametrize(
    ("ratio", "goal", "met"), [(1.3, 1.3, True), (1.31, 1.3, False), (9.0, None, None)]
)
def test_goal_is_met_up_to_and_on_it(ratio: float, goal: float | None, met: bool | None) -> None:
    figure = Figure(figure="x", ours=1, baseline=1, unit="ms", ratio=ratio, goal=goal, repeats=1)
    assert figure.met is met


def test_time_is_told_in_milliseconds() -> None:
    assert milliseconds(iter([1.0, 1.25]).__next__, lambda: None) == 250


@pytest.mark.slow
def test_bench_writes_every_figure_with_its_baseline_ratio_and_goal(tmp_path: Path) -> None:
    target = tmp_path / "figures.json"
    done = subprocess.run(
        [
            sys.executable,
            "main.py",
            "--lang",
            "en",
            "bench",
            "--repeats",
            "1",
            "--kits",
            "20000",
            "--json",
            target,
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(target.read_text(encoding="utf-8"))
    assert {figure["figure"]: figure["goal"] for figure in figures} == GOALS
    assert set(GOALS) == set(NAMES)
    for figure in figures:
        assert list(figure) == ["figure", "ours", "baseline", "unit", "ratio", "goal", "repeats"]
        assert figure["ours"] > 0
        assert figure["repeats"] == 1
        if figure["figure"] != "key_derivation":
            assert figure["ratio"] == pytest.approx(figure["ours"] / figure["baseline"])
        assert NAMES[figure["figure"]]["en"] in done.stdout
