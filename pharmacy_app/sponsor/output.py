"""The files of one build: packages, activation letters, the randomisation desk's file and letter."""

from pathlib import Path

from pharmacy_app.domain.ids import SiteCode
from pharmacy_app.domain.refusal import EnvironmentProblem
from pharmacy_app.domain.trial import Site
from pharmacy_app.exchange.bundle import fingerprint
from pharmacy_app.sponsor.build import BuiltTrial
from pharmacy_app.sponsor.desk_file import SUFFIX, DeskFile
from pharmacy_app.system.files import write_replacing

LETTER = """\
{training}{trial}: activation of site {site} / 激活研究中心 {site}
{rule}

{name_en}
{name_zh}

Package / 数据包        {package}
Sponsor key / 申办方密钥  {fingerprint}

    Activation code / 激活码

        {code}

To the pharmacy administrator. Open the program, choose "New site from a package", choose the
package, type this code. The code opens this package only, and only if your sponsor signed it.
Keep this letter apart from the package, and destroy it when the site is set up.

致药房管理员：打开本程序，选择“从数据包建立研究中心”，选择上述数据包并输入激活码。该激活码仅能打开
此数据包，且仅在数据包确由申办方签名时有效。请将本函与数据包分开保管，中心建立后请销毁本函。
"""
DESK_LETTER = """\
{training}{trial}: codes of the randomisation desk / 随机化中心代码
{rule}

File / 文件              {file}
Sponsor key / 申办方密钥  {fingerprint}

    Code / 代码

        {code}

To the randomisation desk. On the desk's own computer, `main.py sponsor desk-list FILE --out FOLDER`
opens the file with this code into the list of release codes, and `main.py sponsor desk-cards` prints
cards to scratch. File and list name groups: neither they nor this letter may reach a site. Keep this
letter apart from the file.

致随机化中心：请在本中心专用计算机上运行 `main.py sponsor desk-list 文件 --out 文件夹`，输入此代码打开释放码
列表；`main.py sponsor desk-cards` 可打印刮刮卡。文件与列表含组别信息：文件、列表及本函均不得送达研究中心。
请将本函与文件分开保管。
"""
TRAINING = "TRAINING DATA, NOT FOR PATIENTS / 培训数据，不得用于患者\n\n"


def write_build(
    built: BuiltTrial, sponsor_public_key: bytes, folder: Path, desk: DeskFile | None = None
) -> list[Path]:
    """Write everything a build made, readable by this user alone; return the files.

    ``desk`` is the desk's file, None where the build brought no new list.

    Raises EnvironmentProblem, also ``sponsor.output_exists`` before anything is written if a file
    of one of the names is already there: a code that was given out is never overwritten.
    """
    files = {folder / built.file_name(site): raw for site, raw in built.packages.items()}
    for site, code in built.activation_codes.items():
        name = f"{built.trial.code}-{site}-activation-letter.txt"
        letter = activation_letter(built, site, code, sponsor_public_key)
        files[folder / name] = letter.encode()
    if desk is not None:
        files[folder / desk_file_name(built)] = desk.raw
        letter = desk_letter(built, desk.code, sponsor_public_key)
        files[folder / f"{built.trial.code}-desk-letter.txt"] = letter.encode()
    for path in files:
        if path.exists():
            raise EnvironmentProblem("sponsor.output_exists", str(path))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path, content in files.items():
        write_replacing(path, content)
    return list(files)


def activation_letter(
    built: BuiltTrial, site: SiteCode, code: str, sponsor_public_key: bytes
) -> str:
    """Return the letter that takes the activation code to the site, apart from the package."""
    known: Site = built.trial.site(site)
    return LETTER.format(
        training=TRAINING if built.trial.training else "",
        trial=built.trial.code,
        site=site,
        rule="=" * 60,
        name_en=known.name.en,
        name_zh=known.name.zh,
        package=built.file_name(site),
        fingerprint=fingerprint(sponsor_public_key),
        code=code,
    )


def desk_letter(built: BuiltTrial, code: str, sponsor_public_key: bytes) -> str:
    """Return the letter that takes the desk its code, apart from the desk's file."""
    return DESK_LETTER.format(
        training=TRAINING if built.trial.training else "",
        trial=built.trial.code,
        rule="=" * 60,
        file=desk_file_name(built),
        fingerprint=fingerprint(sponsor_public_key),
        code=code,
    )


def desk_file_name(built: BuiltTrial) -> str:
    """Return ``<TRIAL>-desk-<number>.desk``."""
    return f"{built.trial.code}-desk-{max(built.numbers.values())}{SUFFIX}"
