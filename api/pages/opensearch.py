"""The OpenSearch description, by which a browser offers this service in its search field."""

from __future__ import annotations

from xml.sax.saxutils import escape

from api.pages.layout import NAME

CONTENT_TYPE = "application/opensearchdescription+xml"


def render_opensearch(origin: str) -> str:
    """The description of the service at `origin` (scheme, host and port).

    Source: OpenSearch 1.1, draft 6: a short name has 16 characters at most, a description 1,024.
    """
    here = escape(origin, {'"': "&quot;"})
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">\n'
        "  <ShortName>UN resolutions</ShortName>\n"
        f"  <LongName>{NAME}</LongName>\n"
        "  <Description>Ask in plain words; get the paragraphs that answer, verbatim and cited.</Description>\n"
        "  <InputEncoding>UTF-8</InputEncoding>\n"
        "  <Language>en</Language>\n"
        f'  <Image width="16" height="16" type="image/svg+xml">{here}/assets/icon.svg</Image>\n'
        f'  <Url type="text/html" template="{here}/?q={{searchTerms}}"/>\n'
        f'  <Url type="application/opensearchdescription+xml" rel="self" template="{here}/opensearch.xml"/>\n'
        "</OpenSearchDescription>\n"
    )
