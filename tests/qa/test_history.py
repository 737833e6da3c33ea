"""A question after others: it goes on, it replaces one thing, or it begins anew."""

from __future__ import annotations

import re

import pytest

from qa.retrieval.courtesy import without_opening
from qa.retrieval.history import read as read_turns
from qa.retrieval.known import Known
from qa.retrieval.query import Query, _parts, understand
from qa.retrieval.roles import Role
from qa.retrieval.turn_reading import Reading

POLICE = "What does resolution 643 say about the police in Namibia?"
CYPRUS = "Until when was the force in Cyprus extended in December 1983?"
MINES = "What does the 2025 mine action resolution say on refugees?"


def read(*turns: str) -> Query:
    return understand(turns[-1], turns[:-1])


def named(text: str) -> str:
    return re.sub("cyprus|lebanon|western sahara", lambda match: match[0].title(), text)


KNOWN = Known(
    named,
    lambda phrase: phrase in ("day of the owl", "day of the sea", "week of the sea"),
    lambda question, is_beyond: "27 May 1985" if is_beyond else "28 November 1986",
)


def read_known(*turns: str) -> Reading:
    return read_turns(turns[-1], turns[:-1], _parts, KNOWN)


def symbols(query: Query) -> list[str]:
    return [str(symbol) for mention in query.mentions for symbol in mention.candidates]


def years(query: Query) -> list[int]:
    return [date.first.year for date in query.dates]


@pytest.mark.parametrize(
    "question",
    [
        "who should use the model provisions on mediation?",
        "International Day of the Markhor",
        "What is said about compensation that Iraq has to pay from oil exports?",
        "Which plans for monitoring Iraq's weapons are approved, and how often are reports on them due?",
        "Is there a space law curriculum that universities could use?",
        "Where does the Central African human rights centre have its seat?",
        "resolution 591 penalties for violations",
        "and what does 601 say on a ceasefire?",
        "and which states must freeze Libyan government funds abroad?",
        "something else: who pays?",
        "Must landlocked countries open their railways to neighbours?",
        "Can a judge keep his seat?",
        "Should a state give notice before destroying its own satellite?",
        "Do older people have a say in their own care?",
        "What happens to refugees when they cross a closed border?",
        "Why did Iraq destroy its long-range missiles?",
    ],
)
def test_a_question_that_names_enough_of_its_own_begins_anew(question: str) -> None:
    query = read(POLICE, question)
    assert query.reading.topic == ""
    assert "Namibia" not in query.text
    assert query.reading.note == "read on its own, not after the questions before it"
    assert "S/RES/643(1989)" not in symbols(query)


@pytest.mark.parametrize(
    "question",
    [
        "may it use force?",
        "until when?",
        "and who bears the cost?",
        "can that percentage be changed later?",
        "when do the agencies have to report on that?",
        "what happens to the women there?",
        "what about trade fairs and the goods shown at them?",
        "how many of the police officers left the country early?",
        "what does the resolution say on women and children in camps?",
        "how many officers lost their jobs?",
        "who protects the witnesses and their families?",
        "what pays for their uniforms?",
        "Do the parties have to keep their promises to voters?",
        "does Namibia have a say in its own policing?",
        "is every country free to choose how its own is set up?",
        "what about the weapons they carry?",
        "can other states train them?",
    ],
)
def test_a_question_that_points_back_goes_on(question: str) -> None:
    query = read(POLICE, question)
    assert query.text == f"{query.reading.question} 643 police Namibia"
    assert query.alone == query.question == question
    assert query.reading.note == f"read after {POLICE!r}"
    assert symbols(query) == ["S/RES/643(1989)"]


@pytest.mark.parametrize(
    ("before", "question", "text"),
    [
        (CYPRUS, "and in June 1986?", "Until when was the force in Cyprus extended in June 1986?"),
        (CYPRUS, "and in June?", "Until when was the force in Cyprus extended in June 1983?"),
        (CYPRUS, "what about Lebanon?", "Until when was the force in Lebanon extended in December 1983?"),
        (MINES, "no, I meant the 2023 one", "What does the 2023 mine action resolution say on refugees?"),
        (MINES, "not 2025, 2023", "What does the 2023 mine action resolution say on refugees?"),
        (POLICE, "and 601?", "What does resolution 601 say about the police in Namibia?"),
        (POLICE, "thanks, and resolution 601?", "What does resolution 601 say about the police in Namibia?"),
        (POLICE, "and the one of 1990?", "What does the resolution say about the police in Namibia in 1990?"),
        ("What does OP4 of resolution 277 say?", "and paragraph 5?", "What does paragraph 5 of resolution 277 say?"),
        ("What does OP4 of resolution 277 say?", "and OP5?", "What does OP5 of resolution 277 say?"),
        ("What does OP4 of resolution 277 say?", "and of 288?", "What does OP4 of resolution 288 say?"),
        ("What did the General Assembly decide on Cuba?", "and the Security Council?", "What did the Security Council decide on Cuba?"),
        ("How many troops has UNIFIL?", "and UNDOF?", "How many troops has UNDOF?"),
        ("When does UNIFIL's mandate end?", "what about UNDOF's?", "When does UNDOF's mandate end?"),
        ("Was Ghana's request for membership approved?", "and Mali's?", "Was Mali's request for membership approved?"),
        ("When does Mr. Lachs's term end?", "And Mr. Lauterpacht's?", "When does Mr. Lauterpacht's term end?"),
        ("How many troops has the UN force in Cyprus?", "Same question for UNIFIL", "How many troops has UNIFIL?"),
        ("How many troops has the UN force in Cyprus?", "And the force in Lebanon?", "How many troops has the force in Lebanon?"),
        ("How many troops has the UN force in Cyprus?", "And Lebanon?", "How many troops has the UN force in Lebanon?"),
        ("Who pays for UNDOF?", "and the Iran-Iraq observer group?", "Who pays for the Iran-Iraq observer group?"),
        ("How long was UNDOF extended in May 1985?", "until November 1985?", "How long was UNDOF extended until November 1985?"),
        ("What was decided on Cyprus in 1974?", "and since 1990?", "What was decided on Cyprus since 1990?"),
        ("What was decided on Cyprus?", "before 1990?", "What was decided on Cyprus before 1990?"),
    ],
)  # fmt: skip
def test_a_turn_that_only_names_another_takes_the_place_of_the_first(before: str, question: str, text: str) -> None:
    query = read(before, question)
    assert (query.text, query.question, query.alone) == (text, text, None)
    assert query.reading.note == f"read as {text!r}"


def test_what_a_turn_names_is_in_force_instead_of_what_was_named_before() -> None:
    assert years(read(MINES, "and the one from 2023?")) == [2023]
    assert years(read(MINES, "what did they say on children in 2023?")) == [2023]
    assert symbols(read(POLICE, "does resolution 601 say anything on it?")) == ["S/RES/601(1987)"]


@pytest.mark.parametrize(
    ("told", "question", "meant"),
    [
        ("as at 30 April 2025", "and the year before?", "30 April 2024"),
        ("in 2024/25", "the year after?", "2025/26"),
        ("in June 1991", "six months later?", "December 1991"),
        ("in June 1991", "and six months before that?", "December 1990"),
        ("on 31 March 1991", "a month earlier?", "28 February 1991"),
        ("at the 78th session", "and the next session?", "seventy-ninth session"),
        ("at the seventy-eighth session", "a year earlier?", "seventy-seventh session"),
        ("of 2024", "and last year's?", "2023"),
        ("of 2024", "What about the year before that for Guam?", "2023"),
    ],
)
def test_a_relative_time_is_counted_from_the_one_in_force(told: str, question: str, meant: str) -> None:
    note = read(f"How much was paid for Guam {told}?", question).reading.note
    assert note is not None
    assert note.startswith("read as ")
    assert note.endswith(f" is {meant}")


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("How much was paid for Guam?", "and the year before?"),
        ("How much was paid for Guam in 2024?", "what happened the year after the war?"),
        ("How much was paid for Guam in the sixties?", "and a year later?"),
        ("How much was paid for Guam in 2024?", "and six months later?"),
    ],
)
def test_a_relative_time_that_cannot_be_counted_is_left_as_it_stands(before: str, question: str) -> None:
    assert read(before, question).question == question


def test_a_date_that_a_turn_brings_keeps_its_role_in_the_topic() -> None:
    topic = read(
        "Is there a UN office in Haiti?", "How much may be committed for it until June 2026?", "who pays?"
    ).reading.topic
    assert topic == "Is there a UN office in Haiti until June 2026?"


def test_the_topic_is_kept_through_turns_without_one() -> None:
    assert symbols(read(POLICE, "by when?", "thanks", "and who pays for it?")) == ["S/RES/643(1989)"]
    assert years(read(MINES, "and the one from 2023?", "does it say anything on women?")) == [2023]
    assert "Namibia" not in read(POLICE, "Who is to clear the mines in Western Sahara?", "by when?").text


def test_a_question_without_words_of_its_own_is_read_after_the_last_one_too() -> None:
    assert read(POLICE, "do they carry weapons?", "which paragraph is that?").text.endswith(
        "carry weapons 643 police Namibia"
    )


def test_a_paragraph_asked_for_before_is_not_asked_for_again() -> None:
    assert [
        mention.label for mention in read("What does OP4 of resolution 277 say?", "who must report on that?").mentions
    ] == [None]


def test_without_history_a_question_is_read_as_it_stands() -> None:
    query = read("and in June 1986?")
    assert (query.text, query.alone, query.reading.note) == ("and in June 1986?", None, None)


@pytest.mark.parametrize(
    ("turn", "alone"),
    [
        ("And until when was UNAVEM II prolonged after January 1993?", True),
        ("and who left Cyprus in 1993?", True),
        ("and who left the force in 1993?", False),
        ("And when did they leave Cyprus in 1993?", False),
    ],
)
def test_a_turn_with_and_may_have_its_own_subject_and_time(turn: str, alone: bool) -> None:
    assert (read_known("Until when was the force in Lebanon extended in December 1991?", turn).topic == "") is alone


def test_courtesies_before_a_question_are_left_out() -> None:
    assert without_opening("Ok, thanks! And who pays?") == "And who pays?"
    assert without_opening("thanks and who pays?") == "and who pays?"
    assert without_opening("ok great, thanks what about Mali?") == "what about Mali?"
    assert without_opening("thanks") == "thanks"


@pytest.mark.parametrize(
    ("turns", "text"),
    [
        (("arms embargo lebanon 1992", "same for cyprus"), "arms embargo Cyprus 1992"),
        (("arms embargo Lebanon 1992", "and cyprus?"), "arms embargo Cyprus 1992"),
        (("arms embargo lebanon 1992", "No I meant Cyprus"), "arms embargo Cyprus 1992"),
        (("arms embargo lebanon 1992", "NO, I MEANT CYPRUS"), "arms embargo Cyprus 1992"),
        (("arms embargo lebanon 1992", "no i meant cyprus", "and in 1993?"), "arms embargo Cyprus 1993"),
        (("embargo lebanon in May 1992", "and in the summer of that year?"), "embargo lebanon in summer of 1992"),
        (("embargo lebanon at GA79", "and GA78?"), "embargo lebanon at GA78"),
        (("embargo lebanon at UNGA 79", "and UNGA 78?"), "embargo lebanon at UNGA 78"),
        (("arms embargo Lebanon 1992", "same for Cyprus", "western sahara?"), "arms embargo Western Sahara 1992"),
        (("day of the hawk", "and the owl?"), "day of the owl"),
        (("when is the day of the hawk", "and the owl one?"), "when is the day of the owl"),
        (("day of the hawk", "and the owl?", "no, i meant the sea"), "day of the sea"),
        (("How large was the fund for 2024?", "And was it still the same for 2026?"), "How large was the fund for 2026?"),
        (("seat of the judge who died in 1960", "and the one who died in 1993?"), "seat of the judge who died in 1993"),
        (("mines lebanon 1994", "and in the resolution before that one?"), "mines lebanon before 28 November 1986"),
        (("mines lebanon 1994", "the next extension after that?"), "the next extension: mines lebanon after 28 November 1986"),
        (("world coffee week", "same for the sea"), "week of the sea"),
        (("mines lebanon", "any newer one?"), "latest mines lebanon"),
        (("mines lebanon", "any newer one?", "and the oldest?"), "earliest mines lebanon"),
        (("mines lebanon 1994", "is there an older one?"), "earliest mines lebanon"),
        (("mines lebanon 1994", "and before that?"), "mines lebanon before 28 November 1986"),
        (("mines lebanon 1994", "and before that?", "and before that?"), "mines lebanon before 27 May 1985"),
        (("mines lebanon", "what happened after?"), "mines lebanon after 28 November 1986"),
        (("force lebanon", "the next extension after that?"), "the next extension: force lebanon after 28 November 1986"),
    ],
)  # fmt: skip
def test_a_turn_in_small_letters_or_of_another_time_stands_in_the_place(turns: tuple[str, ...], text: str) -> None:
    reading = read_known(*turns)
    assert (reading.question, reading.topic) == (text, "")


def test_what_was_asked_last_is_asked_again_about_another() -> None:
    reading = read_known("mission budget lebanon", "how many members paid in full", "same for cyprus")
    assert (reading.question, reading.topic, reading.name) == (
        "how many members paid in full",
        "mission budget Cyprus",
        "Cyprus",
    )
    unplaced = read_known("troop costs", "who pays", "same for cyprus")
    assert (unplaced.question, unplaced.topic, unplaced.name) == ("who pays", "Cyprus troop costs", "Cyprus")


@pytest.mark.parametrize(
    ("turn", "word"),
    [
        ("what about children?", "children"), ("children too?", "children"), ("malnutrition?", "malnutrition"),
        ("and customs officers?", "customs officers"), ("not that, the one about women", "women"),
        ("may it use force?", None), ("until when?", None), ("and who pays?", None), ("and then put back why?", None),
        ("what about the weapons they carry to other countries?", None), ("more", None), ("and the boat they took?", None),
        ("as regards children?", "children"),
    ],
)  # fmt: skip
def test_a_turn_that_only_names_a_thing_asks_about_it(turn: str, word: str | None) -> None:
    reading = read_known("arms embargo Lebanon", turn)
    assert (reading.topic, reading.word) == ("arms embargo Lebanon", word)


def test_a_quantity_is_no_topic() -> None:
    assert read_known("oil spill Lebanon", "how many million dollars damage").topic == "oil spill Lebanon"


@pytest.mark.parametrize(
    ("turns", "read_as", "topic"),
    [
        (("undof budget 2024/25", "and minurso?"), "MINURSO budget 2024/25", ""),
        (("undof budget 2024/25", "what about western sahara"), "Western Sahara budget 2024/25", ""),
        (("undof budget 2024/25", "what about western sahara", "and the year after"), "Western Sahara budget 2025/26", ""),
        (("western sahara budget 2024/25", "and undof?"), "UNDOF budget 2024/25", ""),
        (("arms embargo lebanon 1992", "what about children?", "and in 1993?"), "what about children?", "arms embargo lebanon 1993"),
        (("arms embargo lebanon", "by when?", "right to food in schools", "back to lebanon"), "arms embargo lebanon", ""),
        (("arms embargo lebanon", "right to food in schools", "back to the first one"), "arms embargo lebanon", ""),
        (("arms embargo lebanon", "right to food in schools", "ok, back to the embargo: until when?"), "until when?", "arms embargo lebanon"),
        (("video speeches visa", "right to food", "about the speeches again, are they printed"), "are they printed", "video speeches visa"),
        (("arms embargo lebanon", "right to food", "back to lebanon, which observers run the mission"), "which observers run the mission", "lebanon"),
    ],
)  # fmt: skip
def test_a_turn_goes_on_from_the_one_that_it_means(turns: tuple[str, ...], read_as: str, topic: str) -> None:
    known = Known(lambda text: named(re.sub("undof|minurso", lambda match: match[0].upper(), text)))
    reading = read_turns(turns[-1], turns[:-1], _parts, known)
    assert (reading.question, reading.topic) == (read_as, topic)


@pytest.mark.parametrize(
    "turn", ["should refugees go back to Lebanon?", "who clears mines again, and when?", "back to school schemes"]
)
def test_a_turn_that_goes_back_to_nothing_asked_is_read_as_before(turn: str) -> None:
    assert read_known("mines cyprus", turn).question == turn


@pytest.mark.parametrize(
    ("turns", "n"), [(("what else",), 1), (("what else?", "anything else"), 2), (("who else pays?",), 0)]
)
def test_what_else_asks_the_same_again_without_what_was_shown(turns: tuple[str, ...], n: int) -> None:
    reading = read_known("mines Lebanon", *turns)
    assert reading.n_shown == n
    assert n == 0 or reading.text == "mines Lebanon"


@pytest.mark.parametrize(
    ("question", "role"),
    [
        ("who pays?", Role.ADOPTED),
        ("may it be suspended later?", Role.SINCE),
        ("was it ever lifted?", Role.SINCE),
        ("what did they send there before?", Role.UP_TO),
        ("who pays before they leave?", Role.ADOPTED),
    ],
)
def test_a_time_named_before_is_carried_and_moves_with_the_turn(question: str, role: Role) -> None:
    (date,) = read("What was told Iraq about embassies in August 1990?", question).dates
    assert (date.role, date.is_carried, date.first.year) == (role, True, 1990)


def test_a_turn_of_today_leaves_the_time_named_before() -> None:
    query = read("What was told Iraq about embassies in August 1990?", "who works there today?")
    assert (query.dates, "1990" in query.text) == ((), False)


def test_a_time_that_a_turn_names_is_not_carried() -> None:
    before = "What was told Iraq about embassies in August 1990?"
    assert [date.is_carried for date in read(before, "and in 1991?").dates] == [False]
    assert [date.is_carried for date in read(before, "and Kuwait?").dates] == [True]
    assert [date.is_carried for date in read(before).dates] == [False]
    again = read("parade in Haifa in 1968", "did they hold it anyway", "and in 1973?")
    assert (again.reading.topic, [date.is_carried for date in again.dates]) == ("parade in Haifa in 1973", [False])


def test_a_time_named_before_is_read_where_it_stood() -> None:
    """Beside the new question the old one would be a story, and its year that of what happened then."""
    (date,) = read("could someone with a closed passport travel in 1968", "and flights?").dates
    assert date.role is Role.ADOPTED


def test_that_office_is_of_the_last_question_that_names_one() -> None:
    helped = "and the support office there today, whom does it help?"
    query = read("oil ban Haiti 1993", helped, "and when will that office close")
    assert query.text == "and when will that office close support office today help oil ban Haiti"
    assert query.reading.note == f"read after {helped!r}, and that after 'oil ban Haiti'"
    assert read("oil ban Haiti 1993", "by when?", "who checks that ban?").reading.between == ""


@pytest.mark.parametrize(
    "turn",
    ["any earlier warning system?", "latest technology for clean cooking", "after the war in Angola, who disarms?"],
)
def test_a_word_of_time_with_more_is_no_turn_of_time(turn: str) -> None:
    reading = read_known("mines Lebanon 1994", turn)
    assert not reading.is_beyond
    assert "28 November" not in reading.text
    assert reading.question == turn


def test_a_time_carried_from_the_topic_stands_where_the_topic_does() -> None:
    query = understand("who pays for it?", ("Who sent the force to Cyprus in June 1986?",))
    (date,) = query.dates
    assert query.reading.naming[slice(*date.span)] == date.text == "June 1986"
    assert date.is_carried


@pytest.mark.parametrize("turn", ["and now?", "and today?", "nowadays?"])
def test_the_present_is_no_thing_that_is_asked_about(turn: str) -> None:
    query = understand(turn, ("What embargo did the Council impose on Libya in 1992?",))
    assert query.reading.word is None
    assert not query.dates
