import json
from pathlib import Path

import msgspec
import pytest

from pharmacy_app.demo.desk import Desk, Met
from pharmacy_app.demo.moments import Moment
from pharmacy_app.demo.performance import Audience, NoCamera, new_folder, perform
from pharmacy_app.demo.proof import decode_labels, decoded
from pharmacy_app.demo.summary import Summary
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.system.clock import SystemClock


def no_camera(_: Path) -> NoCamera:
    return NoCamera()


class Interrupted(Exception):
    """Something broke in the middle of the story."""


@pytest.fixture(scope="module")
def left(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("demo") / "left behind"
    perform(out, SystemClock(), Audience(no_camera))
    return out


@pytest.fixture(scope="module")
def summary(left: Path) -> Summary:
    return msgspec.json.decode((left / "summary.json").read_bytes(), type=Summary)


@pytest.mark.slow
def test_the_summary_names_everything_that_lies_in_the_folder(left: Path, summary: Summary) -> None:
    assert {line.file for line in summary.labels} == {
        f"labels/{path.name}" for path in (left / "labels").iterdir()
    }
    assert {line.file for line in summary.papers} == {
        f"papers/{path.name}" for path in (left / "papers").iterdir()
    }
    assert sorted(path.name for path in left.iterdir()) == [
        *("TRAINING.json", "labels", "papers", "screens", "summary.json", "vault")
    ]


@pytest.mark.slow
def test_the_summary_has_the_fields_that_others_read(left: Path) -> None:
    told = json.loads((left / "summary.json").read_text(encoding="utf-8"))
    wanted = {
        "doses": {"id", "subject", "visit", "kit", "status", "use_before"},
        "labels": {"file", "symbol", "kit", "protocol", "use_before"},
        "refusals": {"rule", "message"},
        "papers": {"file", "class"},
    }
    for name, fields in wanted.items():
        assert told[name]
        assert all(fields <= line.keys() for line in told[name])
    assert told["ledger"]["verified"] is True
    assert told["ledger"].keys() >= {"events", "head"}
    assert told["screens"] == []


@pytest.mark.slow
def test_unblinded_papers_are_marked_in_their_file_names(summary: Summary) -> None:
    for line in summary.papers:
        marked = Path(line.file).name.startswith("UNBLINDED_")
        assert marked == (line.secrecy == "UNBLINDED"), line.file


@pytest.mark.slow
def test_every_label_decodes_to_its_dose_kit_protocol_and_use_before(
    left: Path, summary: Summary
) -> None:
    assert decode_labels(left, summary.labels) == len(summary.labels) >= 4
    by_dose = {line.id: line for line in summary.doses}
    for line in summary.labels:
        (says,) = decoded((left / line.file).read_bytes())
        assert says.kit == by_dose[line.dose].kit == line.kit
        assert says.use_before.isoformat() == by_dose[line.dose].use_before


@pytest.mark.slow
def test_a_label_that_says_something_else_is_found(left: Path, summary: Summary) -> None:
    first, second = summary.labels[:2]
    exchanged = msgspec.structs.replace(first, file=second.file)
    with pytest.raises(EnvironmentProblem, match="label_unreadable"):
        decode_labels(left, [exchanged])


@pytest.mark.slow
def test_refusals_are_worded_in_both_languages(summary: Summary) -> None:
    assert all(line.message and line.message_zh for line in summary.refusals)
    assert all(line.message != line.message_zh for line in summary.refusals)


def test_a_story_that_breaks_leaves_nothing_behind(tmp_path: Path) -> None:
    def stumble(moment: Moment, _: Desk) -> None:
        raise Interrupted(moment.name)

    with pytest.raises(Interrupted):
        perform(tmp_path / "out", SystemClock(), Audience(no_camera, stumble))
    assert list(tmp_path.iterdir()) == []


def test_refusals_are_told_as_they_happen(tmp_path: Path) -> None:
    told: list[Met] = []

    def stop_at_the_first_moment(_: Moment, __: Desk) -> None:
        raise Interrupted

    def listen(met: Met, _: Desk) -> None:
        told.append(met)

    audience = Audience(no_camera, stop_at_the_first_moment, listen)
    with pytest.raises(Interrupted):
        perform(tmp_path / "out", SystemClock(), audience)
    rules = [reason.rule for met in told for reason in met.reasons]
    assert rules == ["vault.wrong_password", "vault.second_instance", "shipment.not_open"]


def test_a_folder_with_files_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "kept.txt"
    kept.write_text("mine", encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match="folder_not_empty"), new_folder(tmp_path):
        pytest.fail("a folder was given")
    assert kept.read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    out = tmp_path / "empty"
    out.mkdir()
    with new_folder(out) as building:
        (building / "a").write_text("a", encoding="utf-8")
    assert [path.name for path in out.iterdir()] == ["a"]
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]


def test_a_place_where_no_folder_can_be_made_is_told_in_words(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x", encoding="utf-8")
    for out in (file / "inside", tmp_path / ("x" * 300)):
        with (
            pytest.raises(EnvironmentProblem, match=r"demo\.folder_unfit"),
            new_folder(out),
        ):
            pytest.fail("nothing can be made there")


def test_what_lies_beside_is_never_removed(tmp_path: Path) -> None:
    beside = tmp_path / "out.making"
    beside.mkdir()
    (beside / "mine").write_text("kept", encoding="utf-8")
    with new_folder(tmp_path / "out") as building:
        (building / "a").write_text("1", encoding="utf-8")
    assert (beside / "mine").read_text(encoding="utf-8") == "kept"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.making"]
