"""Readiness, forecast and the promise to the ward with commands alone."""

from pathlib import Path

import pypdfium2
import pytest

from pharmacy_app.domain.events.readiness import ABOUT, PRINTED, ReadinessPromised
from pharmacy_app.domain.events.site import PaperPrinted
from tests.cli.terminals import Terminal, code_for, opened_dose, recorded

FORECAST = ("readiness", "forecast", "--per-month", "4.5", "--runs", "1000", "--weeks", "8")


def words(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)


def test_need_is_told_by_stage_arm_and_day(stocked: Terminal) -> None:
    opened_dose(stocked, "PLACEBO")
    told = stocked.done("readiness", "show").splitlines()
    assert [line.split()[1:5] for line in told[1:3]] == [
        ["stage1", "PLACEBO", "ALB-PLA", "common"]
    ] * 2
    stocked.done("subject", "enrol", "01-002", "--by", "林雨辰", "--reference", "REQ-2")
    assert "2 visits of subjects whose allocation is not open" in stocked.done("readiness", "show")


def test_forecast_needs_a_rate_and_settings_within_limits(stocked: Terminal) -> None:
    assert stocked.refused("readiness", "forecast") == {"readiness.no_rate"}
    wrong = ("--mortality", "101", "--lead-days", "99")
    assert stocked.refused(*FORECAST, *wrong) == {"readiness.setting", "readiness.lead"}
    assert "From 0 to 100 for deaths within 28 days, %." in stocked.told_refusal(*FORECAST, *wrong)


def test_same_seed_plays_a_forecast_again_and_its_paper_is_recorded(
    stocked: Terminal, tmp_path: Path
) -> None:
    told = stocked.done(*FORECAST, "--seed", "7")
    assert told == stocked.done(*FORECAST, "--seed", "7")
    assert "4.5 subjects a month; 1000 runs, seed 7." in told
    assert told.count("Order when ") == 2
    stocked.done(*FORECAST, "--seed", "7", "--to", str(tmp_path))
    (paper,) = tmp_path.glob("*.pdf")
    assert paper.name.startswith("UNBLINDED_readiness_01_")
    assert "Forecast" in words(paper)
    assert [one.document for one in recorded(stocked, f"paper/{PRINTED}", PaperPrinted)] == [
        "readiness"
    ]


def test_ward_is_promised_told_and_told_that_it_is_withdrawn(
    stocked: Terminal, tmp_path: Path
) -> None:
    stocked.done("subject", "enrol", "01-001", "--by", "林雨辰", "--reference", "REQ-1")
    stocked.done("subject", "allocate", "01-001", secrets=(code_for(stocked, "MSC"),))
    assert "No promise is in force." in stocked.done("readiness", "standing")
    assert stocked.refused("readiness", "promise", "--doses", "500") == {"readiness.not_covered"}
    assert "Promised up to" in stocked.done("readiness", "promise", "--doses", "2")
    assert "2 doses (common pool)" in stocked.done("readiness", "standing")
    told = stocked.done("readiness", "ward")
    assert [line.split()[-1] for line in told.splitlines()[1:-1]] == ["yes", "yes", "no"]
    assert "one more subject: no" in told
    stocked.done("readiness", "ward", "--to", str(tmp_path))
    (paper,) = tmp_path.glob("*.pdf")
    assert paper.name.startswith("readiness_01_")
    assert "MSC" not in words(paper).replace("ACLF-MSC", "")
    stocked.done("readiness", "withdraw", "--because", "the Monday round")
    assert "yes" not in stocked.done("readiness", "ward")


def test_without_a_number_the_most_that_stock_bears_is_promised(stocked: Terminal) -> None:
    stocked.done("readiness", "promise")
    (promised,) = recorded(stocked, ABOUT, ReadinessPromised)
    assert [cover.doses for cover in promised.covers] == [5]


@pytest.mark.parametrize("doses", ["many", "=", "x=2.5", "２"])
def test_number_of_doses_that_cannot_be_read_is_wrong_usage(stocked: Terminal, doses: str) -> None:
    assert "--doses" in stocked.run("readiness", "promise", "--doses", doses).output


def test_empty_shelf_promises_nothing(bare: Terminal) -> None:
    assert bare.refused("readiness", "promise") == {"readiness.no_cover"}
