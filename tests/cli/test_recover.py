"""A forgotten password replaced by the recovery code, with commands alone."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pharmacy_app.cli.main import Chosen, commands
from pharmacy_app.domain.refusal import Refused
from tests import pharmacies
from tests.pharmacies import MadeSite

NEW = "moss ladder copper plum eleven"


@pytest.fixture
def made(tmp_path: Path) -> MadeSite:
    return pharmacies.make_site(tmp_path / "vault")


def call(made: MadeSite, *words: str, secrets: tuple[str, ...]) -> Result:
    chosen = Chosen(made.clock)
    chosen.language = "en"
    shared = ["--vault", str(made.folder), "--person", "wang", "--password-stdin"]
    typed = "".join(f"{secret}\n" for secret in secrets)
    return CliRunner().invoke(commands, [*words, *shared], input=typed, obj=chosen)


@pytest.mark.slow
def test_code_sets_a_new_password_and_the_records_stay_proven(made: MadeSite) -> None:
    words = ("site", "recover", "--reason", "forgotten; Wang and Li present")
    done = call(made, *words, secrets=(made.recovery_code, NEW))
    assert done.exception is None, done.output
    assert "New password of wang set." in done.output
    assert "li" in call(made, "site", "show", secrets=(NEW,)).output
    proven = call(made, "verify", "--replay", secrets=(NEW,))
    assert proven.exit_code == 0, proven.output


@pytest.mark.slow
def test_mistyped_code_is_refused_and_the_password_stays(made: MadeSite) -> None:
    words = ("site", "recover", "--reason", "forgotten")
    problem = call(made, *words, secrets=(made.recovery_code[:-2], NEW)).exception
    assert isinstance(problem, Refused)
    assert [one.rule for one in problem.violations] == ["vault.recovery_length"]
    with made.signed_in() as opened:
        assert opened.pharmacy.ledger.of_kinds(["person.recovered.1"]) == []
