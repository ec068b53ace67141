"""ZPL as a printer would print it, by a renderer that is not ours, and its symbols read twice.

The renderer (zplkit, written in Rust) decodes ``^GF`` by itself. It knows neither the number of
copies nor the darkness; both place no dot, and are taken out before.
"""

import io
import re
import shutil
import subprocess
from pathlib import Path

import zplkit
import zxingcpp
from PIL import Image
from zplkit.rendering import Limits

PLACES_NO_DOT = re.compile(rb"^(?:\^PQ1,0,0,N|~SD[0-3][0-9])\n", re.MULTILINE)
HAS_LIBDMTX = shutil.which("dmtxread") is not None
LARGE = Limits(graphic_bytes=1 << 23, pixels=1 << 26, number_abs=1e7)


def labels(job: bytes, dpi: int) -> list[Image.Image]:
    """Every label of a job, as wide and long as the job itself says."""
    wide, high = map(int, re.findall(rb"\^(?:PW|LL)(\d+)", job)[:2])
    options = zplkit.Options(profile="specification", width=wide, height=high, dpi=dpi)
    document = zplkit.render(PLACES_NO_DOT.sub(b"", job), options, limits=LARGE)
    assert list(document.warnings) == []
    return [Image.open(io.BytesIO(label.png())).convert("L") for label in document.labels]


def read_by_zxing(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def read_by_libdmtx(picture: Image.Image, folder: Path) -> list[str]:
    path = folder / "symbol.png"
    picture.save(path)
    done = subprocess.run(
        ["dmtxread", "-N1", "-G29", str(path)], capture_output=True, check=True, timeout=60
    )
    return [done.stdout.decode()]
