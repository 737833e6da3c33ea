"""A Security Council number that the table of years does not reach yet: what is held under it is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from qa.errors import QAError
from qa.wire import AskRequest
from tests.qa.made_up import served

TEXT = """Resolution 2830 (2026)
of 4 June 2026
The Security Council,
1. Decides that the barges of Ruritania shall leave the river of Lutha;
2. Requests the Secretary-General to report on the barges by 1 July 2026.
"""


def test_of_the_years_that_a_number_may_be_of_the_one_that_is_held_is_meant(tmp_path: Path) -> None:
    with served(tmp_path, {"S_RES_2830(2026)": TEXT}) as service:
        assert service.resolution("2830").symbol == "S/RES/2830(2026)"
        answer = service.ask(AskRequest("What does paragraph 2 of resolution 2830 say?"))
        assert [one.id for one in answer.citations] == ["S/RES/2830(2026)#OP2"]
        assert "S/RES/2831(2025) or S/RES/2831(2026)" in (
            service.ask(AskRequest("What does SCR 2831 say?")).reason or ""
        )
        with pytest.raises(QAError, match="name the one you mean"):
            service.resolution("2831")
