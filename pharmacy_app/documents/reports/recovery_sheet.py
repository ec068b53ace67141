"""The recovery sheet: the code that opens the vault when every password is lost. SECRET.

Whoever opens the vault may see arms, so the sheet is of class UNBLINDED; it is printed once, sealed
in an envelope, and no copy of it is kept.
"""

from dataclasses import dataclass
from datetime import datetime

from pharmacy_app.documents.paper import Field, Secrecy
from pharmacy_app.documents.reports.unblinded import unblinded_sheet
from pharmacy_app.documents.standing import Standing
from pharmacy_app.domain.trial import Text

TITLE = Text(zh="密钥恢复单", en="Recovery sheet")
_HOW = (
    Text(
        zh="1  核对恢复码打印清晰完整，然后放入不透光信封，封口并由两人跨封口签名。",
        en="Check that the code is whole and legible, put the sheet into an opaque envelope, seal "
        "it, and have two people sign across the flap.",
    ),
    Text(
        zh="2  信封存放于药房保险柜，与本机分开；在授权记录中登记存放处。不得拍照、复印或录入电脑。",
        en="Keep the envelope in the pharmacy's safe, away from this computer, and note the place "
        "in the delegation log. Never photograph, copy or type it anywhere.",
    ),
    Text(
        zh="3  仅当有人遗失密码、无法登录时启封：在登录窗口选择“忘记密码…”，输入恢复码，"
        "并立即由本人设置新密码。启封须有两人在场，并作为偏差记录。",
        en="Open it only when a password is lost: choose “Forgotten password…” in the sign-in "
        "window, type the code, and have the password's owner set a new one at once. Two people "
        "are present, and the opening is recorded as a deviation.",
    ),
    Text(
        zh="4  使用后，恢复码仍然有效：立即将此单装入新信封重新封存；用过的恢复单应予更换。",
        en="Once used, the code still opens the vault: seal the sheet into a new envelope at once. "
        "A sheet that was used should be replaced.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecoverySheet:
    """The code as the vault gave it, in groups; who made it, who stood by (None if nobody)."""

    standing: Standing
    recovery_code: str
    vault_id: str
    made_by: str
    made_at: datetime
    witness: str | None = None


def render(paper: RecoverySheet) -> bytes:
    """Return the sheet as PDF. Raises Refused as `Pen.finish` does."""
    standing = paper.standing
    sheet = unblinded_sheet(
        "recovery-sheet", TITLE, standing, about=paper.vault_id, secrecy=Secrecy.SECRET
    )
    sheet.section("恢复码", "Recovery code")
    sheet.space(4)
    for line in _in_lines(paper.recovery_code):
        sheet.note(line, size=22, bold=True)
    sheet.space(4)
    sheet.note(
        "字母不分大小写；空格和短横可省略。 Case does not matter; spaces and hyphens may be left out."
    )
    sheet.fields(
        (
            Field("密钥库", "Vault", paper.vault_id, span=2),
            Field("生成时间", "Made at", standing.time(paper.made_at), span=2),
            Field("生成人", "Made by", paper.made_by, span=2),
            Field("见证人", "Witness", paper.witness, span=2),
        )
    )
    sheet.section("如何保存和使用", "How to keep and use it")
    for step in _HOW:
        sheet.note(step.zh, size=9)
        sheet.note(step.en, size=8)
        sheet.space(4)
    sheet.section("封存记录（手写）", "Sealing record (by hand)")
    sheet.fields(
        (
            Field("封存人 1（正楷、签名）", "Sealed by: name, signature", span=2, write=True),
            Field("封存人 2（正楷、签名）", "And by: name, signature", span=2, write=True),
            Field("信封编号", "Envelope No.", span=2, write=True),
            Field("存放处", "Kept at", write=True),
            Field("日期时间", "Date and time", write=True),
        )
    )
    return sheet.finish()


def _in_lines(code: str) -> list[str]:
    """Return the code with its groups set apart, four to a line."""
    groups = code.replace("-", " ").split()
    return ["  –  ".join(groups[start : start + 4]) for start in range(0, len(groups), 4)]
