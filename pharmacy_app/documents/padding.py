"""One length for papers that must not be told apart by it: a print queue shows the size of a job."""

_LINE = 72


def padded(pdf: bytes, step: int) -> bytes:
    """Return a PDF lengthened to a multiple of ``step`` bytes, by comments before its ``startxref``.

    Everything that is found by its place in the file lies before them (ISO 32000-1, 7.2.3, 7.5.5).
    Raises ValueError for bytes that are no PDF with a cross-reference table.
    """
    body, found, end = pdf.rpartition(b"startxref")
    if not found:
        raise ValueError("no PDF")
    missing = -len(pdf) % step
    lines = [b"%" * (_LINE - 1) + b"\n"] * (missing // _LINE)
    rest = missing % _LINE
    if rest:
        lines.append(b"%" * (rest - 1) + b"\n")
    return b"".join((body, *lines, found, end))
