"""One short resolution in every form, built in memory."""

from __future__ import annotations

import io
import json
import zipfile

import docx

TITLE = "99/7. Orchards"
RECITAL = "Recalling the plan of 19 December 2035,"
OPERATIVE = ("Decides to plant trees;", "Requests the keepers to report.")

TXT = (
    f"A/RES/99/7\n\n{TITLE}\n\nThe General Assembly,\n\n{RECITAL}\n\n1. {OPERATIVE[0]}\n\n2. {OPERATIVE[1]}\n\n"
    "9th plenary meeting\n8 December 2044\n"
)

HTML = (
    "<!DOCTYPE html><html><head><title>x</title><style>p{}</style></head><body><p>A/RES/99/7</p>"
    f"<h1>{TITLE}</h1><p>The General&nbsp;Assembly,</p>"
    "<p><i>Recalling</i> the plan of 19 December 2035<sup>1</sup>,</p>"
    f"<ol><li>{OPERATIVE[0]}</li><li>{OPERATIVE[1]}</li></ol><p>9th plenary meeting<br>8 December 2044</p>"
    "<script>alert(1)</script></body></html>"
)

AKN = f"""<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><statement name="resolution">
<meta><identification source="#x"/></meta>
<preface><p><docNumber>A/RES/99/7</docNumber> <docTitle>Orchards</docTitle></p></preface>
<preamble><formula name="enacting"><p>The General Assembly,</p></formula>
<recitals><recital><p>{RECITAL}</p></recital></recitals></preamble>
<mainBody><paragraph><num>1.</num><content><p>{OPERATIVE[0]}</p></content></paragraph>
<paragraph><num>2.</num><content><p>{OPERATIVE[1]}</p></content></paragraph></mainBody>
<conclusions><p>9th plenary meeting 8 December 2044</p></conclusions></statement></akomaNtoso>
"""

JSONL = json.dumps(
    {
        "symbol": "A/RES/99/7",
        "title": "Orchards",
        "adopted": "2044-12-08",
        "paragraphs": [
            {"kind": "enacting", "text": "The General Assembly,"},
            {"kind": "preambular", "text": RECITAL},
            {"kind": "operative", "text": OPERATIVE[0], "number": "1"},
            {"kind": "operative", "text": OPERATIVE[1], "number": "2"},
            {"kind": "closing", "text": "9th plenary meeting"},
        ],
    }
)


def make_docx() -> bytes:
    """The resolution as a Word file, with numbers typed."""
    document = docx.Document()
    for line in TXT.split("\n\n"):
        document.add_paragraph(line.strip())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def make_pdf(lines: list[str] | None = None) -> bytes:
    """A one-page PDF with the resolution's lines, written by hand: Helvetica, 12 points, a blank line between."""
    rows = lines if lines is not None else [x for x in TXT.split("\n") if x]
    stream = "BT /F1 10 Tf 80 760 Td 12 TL\n"
    for row in rows:
        escaped = row.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        stream += f"({escaped}) Tj T* T*\n"
    stream += "ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        " /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out = b"%PDF-1.4\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for place in places:
        out += f"{place:010d} 00000 n \n".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return out


def make_zip(entries: dict[str, bytes]) -> bytes:
    """A zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return out.getvalue()
