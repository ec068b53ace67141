"""``main.py sponsor receipt``: what a site says of a shipment that it received."""

from pathlib import Path

import click

from pharmacy_app.cli.main import language_of
from pharmacy_app.cli.unlocking import keys_password
from pharmacy_app.domain.kits import KitState
from pharmacy_app.domain.refusal import refuse, violation
from pharmacy_app.exchange.bundle import fingerprint
from pharmacy_app.exchange.receipts import SealedReceipt, read_receipt
from pharmacy_app.sponsor.keys import load_keys
from pharmacy_app.system.clock import SystemClock
from pharmacy_app.wording import Language, term

SAID: dict[str, dict[Language, str]] = {
    "head": {
        "en": "Site {site}, shipment {shipment}: opened {opened}, registered {registered}, by {who}.",
        "zh": "中心 {site}，货件 {shipment}：开箱 {opened}，登记 {registered}，接收人 {who}。",
    },
    "excursion": {
        "en": "Temperature excursion: {max_c} °C, {minutes} minutes above the limit.",
        "zh": "温度超限：最高 {max_c} °C，超限 {minutes} 分钟。",
    },
    "unexpected": {"en": "Unexpected: {kits}", "zh": "意外到货：{kits}"},
    "station": {
        "en": "Signed by station {key}; compare it with the site's recovery sheet.",
        "zh": "由工作站 {key} 签署；请与中心的恢复单核对。",
    },
}


@click.command("receipt")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--keys",
    "key_folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="From sponsor keys.",
)
@click.option("--station", default="", help="The station's fingerprint, where it is known.")
@click.pass_context
def receipt(ctx: click.Context, *, file: Path, key_folder: Path, station: str) -> None:
    """Open a site's sealed receipt in FILE: what came, and what waits for a decision."""
    language = language_of(ctx)
    opened = load_keys(key_folder, keys_password(language))
    told, site, sender = read_receipt(file.read_bytes(), opened.recovery, SystemClock().now())
    found = fingerprint(sender)
    wanted = " ".join(station.lower().split())
    refuse(
        violation("bundle.foreign_sender", file.name, expected=wanted, found=found)
        if wanted and wanted != found
        else None
    )
    _tell(told, site, found, language)


def _tell(told: SealedReceipt, site: str, station: str, language: Language) -> None:
    print(
        SAID["head"][language].format(
            site=site,
            shipment=told.shipment_id,
            opened=f"{told.opened_at:%Y-%m-%d %H:%M}Z",
            registered=f"{told.registered_at:%Y-%m-%d %H:%M}Z",
            who=told.received_by,
        )
    )
    if told.excursion:
        minutes = (told.seconds_above or 0) // 60
        print(SAID["excursion"][language].format(max_c=told.max_c, minutes=minutes))
    for kit in told.kits:
        state = term(f"kit_state.{kit.state}", language)
        why = f" ({term(kit.rule, language)})" if kit.rule else ""
        mark = " " if kit.state is KitState.AVAILABLE else "!"
        print(f"{mark} {kit.kit_number}  {state}{why}")
    if told.unexpected:
        print(SAID["unexpected"][language].format(kits=", ".join(told.unexpected)))
    print(SAID["station"][language].format(key=station))
