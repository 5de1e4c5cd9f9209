"""What PDF/UA-1 asks of a file beyond its tags, for pages that Typst does not vouch for.

Typst sets no PDF/UA with a PDF placed in it, since it cannot know what that holds. Ours holds one of
our own, without tags, within a figure that has words. What is missing then is small: the order of
tabs on each page, that the window shows the title, and the mark of the standard itself.
"""

from __future__ import annotations

import re

_TABLE_AT = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_TABLE = re.compile(rb"xref\n0 (\d+)\n(?=.{20}\d{10} )", re.DOTALL)
_ROW = 20
_LENGTH = re.compile(rb"/Length (\d+)")
_PAGE, _CATALOGUE, _METADATA = b"<</Type/Page/", b"<</Type/Catalog/", b"/Type/Metadata/"
_MARK = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF>"
)


def accessible(pdf: bytes) -> bytes:
    """The same file as a PDF/UA-1.

    Parameters
    ----------
    pdf : bytes
        Tagged, as Typst writes it: a plain table of objects, none of them packed.

    Raises
    ------
    ValueError
        For a file that is written otherwise.
    """
    starts, table = _objects(pdf)
    order = sorted(starts)
    made, places, length = [pdf[: order[0]]], {}, order[0]
    for start, end in zip(order, [*order[1:], table], strict=True):
        one = _amended(pdf[start:end])
        made.append(one)
        places[start] = length
        length += len(one)
    body = b"".join(made)
    if b"/Tabs/S" not in body or b"/DisplayDocTitle true" not in body or _MARK not in body:
        raise ValueError("pages, catalogue or metadata are written otherwise")
    rows = b"".join(b"%010d 00000 n\r\n" % places[start] for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(starts) + 1)
    trailer = pdf[pdf.index(b"trailer", table) : pdf.index(b"startxref", table)]
    return b"".join([body, head, rows, trailer, b"startxref\n%d\n%%%%EOF" % length])


def _objects(pdf: bytes) -> tuple[list[int], int]:
    """Where the objects begin, by their numbers, and where the table that says so does."""
    said = _TABLE_AT.search(pdf)
    table = int(said[1]) if said else 0
    head = _TABLE.match(pdf, table)
    if head is None:
        raise ValueError("no plain table of objects")
    first = head.end() + _ROW
    return [int(pdf[first + n * _ROW :][:10]) for n in range(int(head[1]) - 1)], table


def _amended(one: bytes) -> bytes:
    """An object with what it lacks."""
    beginning = one[:100]
    if _PAGE in beginning:
        return one.replace(_PAGE, _PAGE + b"Tabs/S/", 1)
    if _CATALOGUE in beginning:
        shown = b"/ViewerPreferences<<"
        return one.replace(shown, shown + b"/DisplayDocTitle true", 1)
    if _METADATA in beginning:
        marked = one.replace(b"</rdf:RDF>", _MARK, 1)
        more = len(marked) - len(one)
        return _LENGTH.sub(lambda old: b"/Length %d" % (int(old[1]) + more), marked, count=1)
    return one
