"""What a password must be, and five words that make a good one.

Length counts, composition does not (NIST SP 800-63B-4): at least 15 characters, nothing that is
mostly a common fragment, the person's or the site's name, a run or a repetition.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Protocol
from unicodedata import normalize

from pharmacy_app.domain.refusal import Violation, violation

SHORTEST = 15
LONGEST = 256
OWN_CHARACTERS = 8
DISTINCT = 6
FRAGMENTS = Path(__file__).resolve().parents[2] / "resources" / "passwords" / "fragments.txt"

WORDS = 5
_PINYIN = """
    ba bai ban bao bei bi bie bin bo bu cai can cao ce cha chao che chen chi chu cun da dai dan dao
    de di dian dou du fa fan fei fen fu gai gan gao ge gen gou gu gua guan hai han hao he hong hou
    hu hua huan huo ji jia jian jiao jie jin jing jiu ju kai kan kao ke kong kou ku kuai kun la lai
    lan lao lei li lian liao lin liu lou lu luo ma mai man mao mei mi mian min mo mu na nai nan nao
    ni nian niu nu pai pan pao pei pi pin po pu qi qian qiao qin qiu qu ran ren ri rou ru san sao
    sha shan shao she shen shi shou shu shui si song su sun ta tai tan tao te ti tian tou tu tuo wa
    wai wan wei wen wo wu xi xia xian xiao xin xing xiu xu yan yang yao ye yi yin you yu yuan yue
    yun za zai zan zao zhan zhao zhe zhen zhi zhou zhu zi zou zu
"""
SYLLABLES = tuple(_PINYIN.split())
"""Pinyin without tones, easy to say in Chinese and to type on any keyboard: 7.6 bits each."""


class Draws(Protocol):
    """The source of words."""

    def choice(self, options: Sequence[str]) -> str:
        """Return one of the options, each equally likely."""


def suggest(chance: Draws) -> str:
    """Return a passphrase of five two-syllable words, over 75 bits."""
    return " ".join(chance.choice(SYLLABLES) + chance.choice(SYLLABLES) for _ in range(WORDS))


def weaknesses(password: str, names: Iterable[str] = ()) -> list[Violation]:
    """Return every reason why a password is not taken; empty if it is.

    ``names`` are the person's and the site's: they count as common fragments.
    """
    plain = normalize("NFKC", password).casefold()
    found = []
    if len(plain) < SHORTEST:
        found.append(violation("vault.password_short", expected=SHORTEST, found=len(plain)))
    if len(plain) > LONGEST:
        found.append(violation("vault.password_long", expected=LONGEST, found=len(plain)))
    own = len(_without_common(plain, names))
    if own < min(OWN_CHARACTERS, len(plain)):
        found.append(violation("vault.password_common", expected=OWN_CHARACTERS, found=own))
    if len(set(plain)) < DISTINCT or _is_repetition(plain):
        found.append(violation("vault.password_repeats", expected=DISTINCT, found=len(set(plain))))
    return found


@cache
def fragments() -> tuple[str, ...]:
    """Return the common fragments, longest first."""
    lines = FRAGMENTS.read_text(encoding="utf-8").split("\n")
    listed = {line.strip().casefold() for line in lines if line and not line.startswith("#")}
    return tuple(sorted(listed, key=lambda fragment: (-len(fragment), fragment)))


def _without_common(plain: str, names: Iterable[str]) -> str:
    parts = [part for name in names for part in normalize("NFKC", name).casefold().split()]
    for fragment in (*parts, *fragments()):
        if len(fragment) > 1:
            plain = plain.replace(fragment, "")
    return _without_runs("".join(plain.split()))


def _without_runs(plain: str) -> str:
    """Drop every character that only goes on from the one before: abc, 321, aaa."""
    kept = plain[:1]
    for before, character in pairwise(plain):
        if abs(ord(character) - ord(before)) > 1:
            kept += character
    return kept


def _is_repetition(plain: str) -> bool:
    return len(plain) > 1 and plain in (plain + plain)[1:-1]
