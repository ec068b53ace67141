"""A subject's life and its unblinding with commands alone."""

from pathlib import Path

from tests.cli.terminals import Terminal, code_for, opened_dose

REQUEST = (
    *("--requester", "Dr Sun", "--role", "ICU"),
    *("--category", "safety", "--reason", "anaphylaxis"),
)


def unblinding_code(terminal: Terminal) -> str:
    code = code_for(terminal, "MSC")
    lines = [line for listed in terminal.made.desk.values() for line in listed]
    return next(line.unblinding_code for line in lines if line.code == code)


def test_a_subject_is_carried_into_the_second_stage(stocked: Terminal) -> None:
    stocked.done("subject", "screen", "01-001", "--by", "林雨辰", "--reference", "SCR-1")
    dose = opened_dose(stocked)
    stocked.done("subject", "miss", "01-001", "W1", "--reason", "fever")
    assert "fever" in stocked.done("subject", "plan", "01-001")
    code = unblinding_code(stocked)
    wrong = code_for(stocked, "MSC")
    planned = ("unblind", "planned", "01-001", "stage1")
    assert stocked.refused(*planned, secrets=(code,)) == {"unblinding.needs_reason"}
    early = (*planned, "--early", "the sponsor's letter of today")
    assert stocked.refused(*early, secrets=(wrong,)) == {"release_code.wrong"}
    stocked.done(*early, secrets=(code,))
    assert "unblinded as planned before its day" in stocked.done("deviation", "list")
    stocked.done("subject", "consent", "01-001", "stage2", "--reference", "ICF 2.0")
    opened = stocked.done(
        *("subject", "allocate", "01-001", "--stage", "stage2"),
        secrets=(code_for(stocked, "MSC-CTRL"),),
    )
    assert "MSC prolonged control" in opened
    listed = stocked.done("subject", "list")
    assert "under treatment" in listed
    assert "stage1: unblinded as planned" in listed
    ended = stocked.done("subject", "end", "01-001", "withdrawal", "--by", "林雨辰")
    assert ended == "Subject 01-001: withdrawal. Doses stopped: 1.\n"
    assert stocked.refused("dose", "open", "01-001", "W0") == {"subject.ended"}
    assert stocked.refused("dose", "assign", dose) == {"bench.out_of_order"}
    back = ("subject", "reinstate", "01-001", "--by", "林雨辰", "--reason", "wrong subject")
    stocked.done(*back)
    stocked.done(
        *("subject", "consent", "01-001", "stage2", "--reference", "Form 7", "--withdrawn")
    )


def test_a_code_break_leaves_a_letter_and_a_notice_and_says_no_arm(
    stocked: Terminal, tmp_path: Path
) -> None:
    opened_dose(stocked)
    out, more = tmp_path / "papers", tmp_path / "again"
    out.mkdir()
    more.mkdir()
    rehearsed = stocked.done("unblind", "rehearse", "01-001", *REQUEST, "--to", str(tmp_path))
    assert "nothing was told" in rehearsed
    request = ("unblind", "emergency", "01-001", *REQUEST, "--to", str(out))
    password = next(one.password for one in stocked.made.aids.people if one.person_id == "li")
    said = stocked.done(*request, "--witness", "li", secrets=(password,))
    names = ["UNBLINDED_letter_01-001_1.pdf", "notice_01-001_1.pdf"]
    assert sorted(path.name for path in out.iterdir()) == names
    assert not any(word in said for word in ("MSC", "lacebo", "cells"))
    stocked.done("unblind", "letter", "01-001", "--to", str(more))
    again = (more / names[0]).read_bytes()
    assert again == (out / names[0]).read_bytes()
    assert stocked.refused("dose", "open", "01-001", "W0") >= {"subject.code_broken"}
    assert stocked.refused(*request) == {"unblinding.broken_before"}
    stocked.done(*request, "--again")
    stocked.done("unblind", "letter", "01-001", "--to", str(more))
    assert sorted(path.name for path in more.iterdir()) == [
        "UNBLINDED_letter_01-001_1.pdf",
        "UNBLINDED_letter_01-001_2.pdf",
    ]
    noted = stocked.done(
        *("unblind", "accident", "01-001", "stage1", "--who", "Nurse", "--how", "saw the sheet")
    )
    assert "recorded" in noted
