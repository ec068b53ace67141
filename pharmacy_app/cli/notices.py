"""``main.py sponsor notice``, ``authorise-disposal``, ``decide-kits``: signed notices to one site."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import click

from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import keys_password
from pharmacy_app.domain.events.disposal import Way
from pharmacy_app.domain.ids import KitNumber, SiteCode, StageCode, SubjectId
from pharmacy_app.domain.refusal import EnvironmentProblem, Refused, Violation, refuse, violation
from pharmacy_app.domain.subjects import unlawful_number
from pharmacy_app.domain.trial import Trial
from pharmacy_app.exchange.notices import (
    DisposalAuthorised,
    Notice,
    QuarantineDecision,
    Sender,
    UnblindingAuthorised,
    write_notice,
)
from pharmacy_app.sponsor.keys import load_keys, load_register
from pharmacy_app.sponsor.sources import read_sources, read_trial
from pharmacy_app.system.chance import SystemChance
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.system.files import write_replacing
from pharmacy_app.wording import Language
from pharmacy_app.workflows.texts import storable, unfit_text

Folder = click.Path(exists=True, file_okay=False, path_type=Path)
OutFile = click.Path(dir_okay=False, path_type=Path)
NOTICE_DAYS = 30
WROTE: dict[Language, str] = {"en": "Wrote {path}", "zh": "已写出 {path}"}

folder_argument = click.argument("folder", type=Folder)
keys_option = click.option(
    "--keys", "key_folder", type=Folder, required=True, help="From sponsor keys."
)
site_option = click.option("--site", required=True, help="For which site.")
reference_option = click.option(
    "--reference", required=True, help="The authorisation's number and date."
)
out_option = click.option("--out", type=OutFile, required=True)


@click.command()
@folder_argument
@keys_option
@site_option
@click.option("--subject", required=True, help="Whose planned unblinding is authorised.")
@click.option("--stage", required=True, help="In which stage.")
@reference_option
@out_option
@click.pass_context
def notice(
    ctx: click.Context,
    *,
    folder: Path,
    key_folder: Path,
    site: str,
    subject: str,
    stage: str,
    reference: str,
    out: Path,
) -> None:
    """Write a signed notice that authorises one subject's planned unblinding; it tells no arm.

    It is good for 30 days.
    """
    trial = read_trial(folder)
    known = [found.code for found in trial.stages]
    if stage not in known:
        raise click.UsageError(f"--stage {' | '.join(known)}")
    refuse(*_unfit_unblinding(trial, site, subject, reference))
    told = UnblindingAuthorised(
        subject_id=SubjectId(subject.strip()),
        stage=StageCode(stage),
        reference=reference.strip(),
    )
    _write(told, trial, SiteCode(site), key_folder, out, language_of(ctx))


@click.command("authorise-disposal")
@folder_argument
@keys_option
@site_option
@click.option("--way", type=click.Choice([way.value for way in Way]), required=True)
@click.option("--to-site", default="", help="Where to, of kits that are transferred.")
@reference_option
@out_option
@click.argument("kits", nargs=-1, required=True)
@click.pass_context
def authorise_disposal(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    key_folder: Path,
    site: str,
    out: Path,
    kits: tuple[str, ...],
    **authorised: str,
) -> None:
    """Write a signed notice that these KITS may leave the site by one way.

    It names exactly the kits of the site's list. It is good for 30 days.
    """
    reference = authorised["reference"]
    refuse(*_unreferenced(site, reference))
    sources = read_sources(folder, SystemClock().now())
    told = DisposalAuthorised(
        kits=tuple(sorted({KitNumber(storable(kit.strip())) for kit in kits})),
        way=Way(authorised["way"]),
        to_site=SiteCode(authorised["to_site"].strip()),
        reference=reference.strip(),
    )
    known = {line.number for line in sources.kits}
    refuse(
        *(violation("notice.unknown_kit", kit) for kit in told.kits if kit not in known),
        *_unfit_destination(sources.trial, site, told),
    )
    _write(told, sources.trial, SiteCode(site), key_folder, out, language_of(ctx))


@click.command("decide-kits")
@folder_argument
@keys_option
@site_option
@click.option("--usable", multiple=True, help="A kit that may be used; may be repeated.")
@click.option("--rejected", multiple=True, help="A kit that may not; may be repeated.")
@reference_option
@out_option
@click.pass_context
def decide_kits(
    ctx: click.Context,
    /,
    *,
    folder: Path,
    key_folder: Path,
    site: str,
    out: Path,
    reference: str,
    **decided: tuple[str, ...],
) -> None:
    """Write a signed notice that decides on kits in quarantine. It is good for 30 days."""
    refuse(*_unreferenced(site, reference))
    sources = read_sources(folder, SystemClock().now())
    usable, rejected = (
        tuple(sorted({KitNumber(storable(kit.strip())) for kit in decided[way]}))
        for way in ("usable", "rejected")
    )
    if not usable and not rejected:
        raise click.UsageError("--usable | --rejected")
    known = {line.number for line in sources.kits}
    refuse(
        *(violation("notice.unknown_kit", kit) for kit in (*usable, *rejected) if kit not in known)
    )
    told = QuarantineDecision(usable=usable, rejected=rejected, reference=reference.strip())
    _write(told, sources.trial, SiteCode(site), key_folder, out, language_of(ctx))


def _unfit_unblinding(
    trial: Trial, site: str, subject: str, reference: str
) -> Iterator[Violation | None]:
    """Yield why no site could import a notice, or print what it says."""
    number = storable(subject.strip())
    described = next((one for one in trial.sites if one.code == site), None)
    if described is not None:
        yield unlawful_number(number, described)
    yield from _unreferenced(number, reference)


def _unreferenced(record: str, reference: str) -> Iterator[Violation]:
    if not reference.strip():
        yield violation("notice.no_reference", record)
    yield from unfit_text("reference", reference)


def _unfit_destination(trial: Trial, site: str, told: DisposalAuthorised) -> Iterator[Violation]:
    """Yield the violation of a transfer to no other site of the trial, or of another way with one."""
    others = [one.code for one in trial.sites if one.code != site]
    if told.way is Way.TRANSFERRED and told.to_site not in others:
        yield violation("notice.no_such_site", storable(told.to_site) or "–", known=_listed(others))
    if told.way is not Way.TRANSFERRED and told.to_site:
        yield violation("disposal.no_transfer", storable(told.to_site))


def _listed(codes: Sequence[str]) -> str:
    return ", ".join(codes) or "–"


def _write(
    told: Notice, trial: Trial, site: SiteCode, key_folder: Path, out: Path, language: Language
) -> None:
    """Seal a notice for its site under the sponsor's key.

    Raises Refused for a site without a package, EnvironmentProblem for a file that is there already.
    """
    opened = load_keys(key_folder, keys_password(language))
    record = load_register(key_folder, opened).site(trial.code, site)
    if record is None:
        codes = _listed([found.code for found in trial.sites])
        raise Refused([violation("sponsor.no_package_yet", site, known=codes)])
    if out.exists():
        raise EnvironmentProblem("sponsor.output_exists", str(out))
    now = SystemClock().now()
    sender = Sender(
        signing_key=opened.signing,
        recipient=record.public_key,
        trial=trial.code,
        site=site,
        number=1 + SystemChance().below(999_999),  # names the notice; nothing counts on its order
    )
    write_replacing(out, write_notice(told, sender, now, now + timedelta(days=NOTICE_DAYS)))
    print(WROTE[language].format(path=out))
