"""Dates as resolutions print them: "19 December 2000"."""

from __future__ import annotations

import datetime as dt
import re

MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("January", "February", "March", "April", "May", "June", "July", "August", "September", "October"),
            *("November", "December"),
        ),
        1,
    )
}
_DATE = re.compile(r"(?:^|(?<=[^\d]))(\d{1,2})\.? (" + "|".join(MONTHS) + r")\.?,? (\d{4})(?!\d)")


def read_date(text: str) -> dt.date | None:
    """The first date in the text that exists in the calendar."""
    for match in _DATE.finditer(text):
        try:
            return dt.date(int(match.group(3)), MONTHS[match.group(2)], int(match.group(1)))
        except ValueError:
            continue
    return None
