from __future__ import annotations

import pytest

from qa.answering.answer_kind import asked_kinds, asks_for_more
from qa.answering.answer_kind import lacking as lacking_kind
from tests.qa.kinds import lacking

SHELLING = (
    "3. Condemns the shelling of 5 and 6 June 1993, recalls paragraphs 2 and 3 of its resolution 9999 (2031), and requests "
    "the Secretary-General to report at the fifty-sixth session of the General Assembly, as document S/99999 asks;"
)


@pytest.mark.parametrize(
    "question", ["How many soldiers died?", "what share of the troops was hit", "What figure is given for the dead?"]
)
def test_dates_symbols_and_numbers_of_paragraphs_count_nothing(question: str) -> None:
    assert lacking(question, SHELLING) == "a quantity"


@pytest.mark.parametrize(
    "question",
    [
        "ruritania june 1993 soldiers killed",
        "lutha shelling casualties",
        "Lutha population 1993",
        "number of dead in lutha",
    ],
)
def test_keywords_that_end_in_what_is_counted_ask_for_a_quantity(question: str) -> None:
    assert lacking(question, SHELLING) == "a quantity"
    assert lacking(question, SHELLING.replace("the shelling", "the shelling of 300 people")) is None


@pytest.mark.parametrize(
    "question", ["staff harassed, injured, killed 1980", "What was said of the dead?", "help for the dead"]
)
def test_the_dead_are_not_always_counted(question: str) -> None:
    assert lacking(question, SHELLING) is None


@pytest.mark.parametrize(
    "text",
    [
        "Notes that twenty-four soldiers were killed on 5 June 1993;",
        "Appropriates 29,728,200 dollars for the period from 1 July 2024;",
        "Regrets that half of the children go without school;",
        "Decides on one further extension of 90 days;",
        "Affirms that 12 per cent is owed;",
    ],
)
def test_a_quantity_is_seen_beside_a_date(text: str) -> None:
    assert lacking("How many are there?", text) is None


def test_names_are_looked_for_beyond_the_question_and_the_usual_words() -> None:
    asked = "Which countries sent ships to Ruritania?"
    usual = (
        "Calls upon all Member States, and the Government of Ruritania, to respect the Charter of the United Nations;"
    )
    assert lacking(asked, usual) == "names"
    assert lacking(asked, usual.replace("all Member States", "Sylvania and Freedonia")) is None


@pytest.mark.parametrize(
    "question", ["Who shelled the town?", "What did the Council decide?", "Which report is noted?", ""]
)
def test_other_questions_lack_nothing_that_words_can_tell(question: str) -> None:
    assert lacking(question, SHELLING) is None


@pytest.mark.parametrize(
    "question", ["On what day does the forum open?", "which exact date was set", "When exactly is it?"]
)
def test_a_day_is_more_than_a_year_or_a_session(question: str) -> None:
    held = "Decides to hold the forum in Sylvania {} during the eighty-first session, in 2026;"
    assert lacking(question, held.format("")) == "a date"
    for day in ("on 5 June", "from 5 to 8 June 2026,", "on June 5", "within ninety days,"):
        assert lacking(question, held.format(day)) is None


@pytest.mark.parametrize(
    "question",
    [
        "What would the mission cost?",
        "At what price was the bridge repaired?",
        "What is the estimated price tag of the mission?",
    ],
)
def test_a_cost_is_a_sum(question: str) -> None:
    announced = "Looks forward to the report on the mission of three members in 2031, with an estimate of its costs;"
    assert lacking(question, announced) == "a sum"
    assert lacking(question, announced.replace("costs", "costs of 3 million dollars")) is None


@pytest.mark.parametrize(
    "question",
    ["What sum was awarded in damages?", "How much did Sylvania pay?", "How much was paid?", "what fee is due"],
)
def test_a_year_or_members_are_no_sum(question: str) -> None:
    sent = "Decides to send three members by 5 June 2031 to assess the damages;"
    assert lacking(question, sent) == "a sum"
    for money in ("21,500 dollars", "half of the costs", "4 per cent", "27 553 750"):
        assert lacking(question, sent.replace("the damages", money)) is None


@pytest.mark.parametrize(
    "question",
    [
        "What does the Assembly say about legal costs in the arbitration?",
        "What does the text ask about the costs?",
        "What concern was voiced about what is spent on lawyers?",
    ],
)
def test_what_is_said_of_costs_is_no_sum(question: str) -> None:
    assert lacking(question, "Notes with concern that legal fees grow;") is None


def test_the_reason_of_others_than_the_organ_needs_words_that_give_one() -> None:
    seized = "Calls upon Ruritania to release the barge captured on 27 August;"
    assert lacking("Why did Ruritania seize the barge?", seized) == "a reason"
    assert lacking("Why did Ruritania seize the barge?", seized.replace("captured", "captured in response")) is None
    assert lacking("Why did the Security Council call upon Ruritania?", seized) is None
    assert lacking("Why is it urgent?", seized) is None


def test_what_is_only_demanded_is_not_told_to_be_done() -> None:
    demanded = "Further demands that Ruritania return the property;"
    assert lacking("Did Ruritania return the property?", demanded) == "word that it was done"
    assert lacking("Did Ruritania return it?", "Notes with satisfaction that Ruritania returned it;") is None
    for about_the_organ in ("Did the Council ask for the property?", "Has Ruritania been asked to return it?"):
        assert lacking(about_the_organ, demanded) is None


@pytest.mark.parametrize(
    "question",
    [
        "Is there any exception under which a State may admit the barge?",
        "On what terms, and under which the State of Sylvania pays?",
        "Which States must report on the barge?",
        "What are the cases in which States may export oil?",
        "For how much time was the Force prolonged?",
        "Did Ruritania have to return the property?",
        "Did it want the barge?",
    ],
)
def test_what_asks_for_no_such_kind_lacks_none(question: str) -> None:
    assert lacking(question, "Further demands that all return the property;") is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("For how many years has it been said?", "Reiterates, for the twentieth consecutive year, its concern;"),
        ("How many observers may go?", "Authorizes observers, in such numbers as he determines;"),
        ("By what date will it meet?", "Decides to meet not later than 5S January 1982;"),
        ("By what date is the report due?", "Requests a report within two weeks;"),
        ("Why did Ruritania complain of the parade?", "Considering that the parade will aggravate tensions,"),
    ],
)
def test_a_kind_is_seen_in_other_words(question: str, text: str) -> None:
    assert lacking(question, text) is None


@pytest.mark.parametrize(
    "question", ["Which States sent ships?", "In which country does it meet?", "which other states paid"]
)
def test_names_are_asked_for_all_the_same(question: str) -> None:
    assert lacking(question, "Calls upon all Member States to pay;") in {"names", "a place"}


def test_the_named_day_of_an_observance_is_no_date() -> None:
    asked = "Which day has been set aside for it?"
    assert lacking(asked, "Is convinced that the World Day of Barges will help;") == "a date"
    assert lacking(asked, "Proclaims 4 December the World Day of Barges;") is None


@pytest.mark.parametrize(
    "question",
    [
        "when is world barge day",
        "and barge day, when is that?",
        "When is the World Day of Barges?",
        "On which date is the international day of barges celebrated?",
    ],
)
def test_the_day_of_an_observance_is_not_that_of_a_resolution(question: str) -> None:
    cited = "Recalling its resolution 69/131 of 11 December 2014 on the International Day of Barges,"
    assert lacking(question, cited) == "the day of an observance"
    assert lacking(question, "Decides to proclaim 21 December as World Lantern Day;") == "the day of an observance"
    assert lacking(question, "Decides to convene a conference from 2 to 5 June;") == "the day of an observance"
    for told in ("Decides to proclaim 21 June World Barge Day;", "Invites all to observe the Day on 21 June;"):
        assert lacking(question, told) is None


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("Which majority is needed?", "Decides that a conference shall be held;", True),
        ("Which majority is needed?", "By a two-thirds vote of the members;", False),
        ("Under which rule was it sped up?", "Demands full respect of the rules;", True),
        ("Under which rule was it sped up?", "Pursuant to Article 103 of its Rules;", False),
        ("Which article applies?", "Acting under Chapter VII;", True),
        ("Which article applies?", "Acting under Articles 39 and 41;", False),
        ("Which rules of procedure apply?", "Those of the Assembly;", False),
    ],
)
def test_a_rule_is_told_by_its_number_and_a_majority_by_its_share(question: str, text: str, lacks: bool) -> None:
    assert (lacking(question, text) is not None) == lacks


@pytest.mark.parametrize("nth", ["fourth", "4th"])
def test_an_event_is_told_by_its_number(nth: str) -> None:
    question = f"When will the {nth} conference on barges open?"
    for other in ("the third conference, from 5 to 8 June", "the twenty-fourth conference", "BARGES VI"):
        assert lacking(question, other) == "an event by its number"
    for same in ("the fourth Conference", "the 4th conference", "BARGES IV"):
        assert lacking(question, f"{same}, in June") is None
        assert lacking(question, same) == "when something is to be"


def test_a_turn_that_asks_nothing_itself_asks_what_its_topic_does() -> None:
    topic = "when is world barge day"
    kinds = ["the day of an observance", "when something is to be"]
    assert [one.name for one in asked_kinds("and the lantern one?", topic)] == kinds
    assert asked_kinds("and who pays for the lanterns?", topic) == ()
    assert asked_kinds("and the lantern one?") == ()


@pytest.mark.parametrize(
    ("question", "more"),
    [
        ("How many may go, and to which city?", True),
        ("Where will it be held, and does it have to seek consensus?", True),
        ("Where and when will it be held?", False),
        ("How many may go to the city and the island?", False),
        ("the forum in Lutha", False),
    ],
)
def test_a_question_may_ask_for_several_things(question: str, more: bool) -> None:
    assert asks_for_more(question) == more


def test_what_is_unmet_is_said_in_a_sentence() -> None:
    kind = lacking_kind("Did Ruritania return the property?", "Demands that Ruritania return the property;")
    assert kind is not None
    assert (
        kind.unmet
        == "the question asks whether something was done, and the nearest paragraph only asks for it to be done"
    )


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("Establishes the Mission for a period of seven months;", None),
        ("Extends the mandate until 19 July;", None),
        ("Extends the mandate for another six months;", None),
        ("Notes that its mandate will expire within one month;", None),
        ("Decides that the mission shall leave within 30 days;", None),
        ("Asks for a status agreement no later than 60 days after that;", "a length of time"),
    ],
)
def test_how_soon_is_not_how_long(text: str, lacks: str | None) -> None:
    assert lacking("how long was the mission's mandate", text) == lacks
    assert lacking("how long after the last of these", text) is None


@pytest.mark.parametrize("which", ["tenth", "thirtieth", "twenty-fifth", "35th"])
def test_an_ordinal_of_instruments_is_a_quantity(which: str) -> None:
    text = "The Convention enters into force after the deposit of the {} {};"
    assert lacking("How many ratifications are needed?", text.format(which, "instrument of ratification")) is None
    assert lacking("How many ratifications are needed?", text.format(which, "session")) == "a quantity"


@pytest.mark.parametrize(
    ("question", "text", "kind"),
    [
        ("By what year should the statistics be in order?", "Encourages States to improve statistics;", "a year"),
        ("By what year should the statistics be in order?", "Encourages States to do so by 2030;", None),
        ("Until which year was it prolonged?", "Decides to extend it to its ninetieth session;", None),
        ("At what hour did the shooting end?", "Notes that the shooting ended on 5 June;", "an hour"),
        ("At what hour did the shooting end?", "Demands an end of it at 0700 hours;", None),
        ("What share of its budget should go to barges?", "Urges States to pay for 30 barges;", "a share"),
        ("What share of its budget should go to barges?", "Urges States to spend 2 per cent on barges;", None),
        ("What share does Sylvania pay?", "Sylvania 0.012", None),
        ("How old must a skipper be?", "Urges skippers to be careful;", "an age"),
        ("How old must a skipper be?", "Urges skippers to be 18 years old;", None),
    ],
)
def test_a_year_an_hour_a_share_and_an_age_are_told_by_words_of_theirs(
    question: str, text: str, kind: str | None
) -> None:
    assert lacking(question, text) == kind


@pytest.mark.parametrize(
    "question",
    [
        "How is a ferry defined?",
        "What is a ferry?",
        "definition of a ferry",
        "What is meant by a ferry?",
        "What is the definition of ferries?",
    ],
)
def test_a_definition_is_told_by_what_defines(question: str) -> None:
    assert lacking(question, "Welcomes the progress of ferries by means of subsidies;") == "a definition"
    assert lacking(question, "“Ferry” means a vessel that carries persons across water;") is None


@pytest.mark.parametrize(
    "question", ["What is a State to do about ferries in its ports?", "What does it say about ferries?"]
)
def test_what_is_asked_of_a_thing_is_no_definition(question: str) -> None:
    assert "a definition" not in {one.name for one in asked_kinds(question)}


@pytest.mark.parametrize(
    "question",
    ["When is the conference on barges?", "when does the next barge summit meet", "Dates of the barge congress"],
)
def test_when_a_meeting_is_needs_a_time_of_its_own(question: str) -> None:
    agenda = "Decides to include in the provisional agenda of its eighty-first session in 2026 the sub-item entitled “Barges”;"
    cited = "Recalls its resolution 79/99 of 4 December 2024, and continues to encourage a conference on barges;"
    for other in (agenda, cited):
        assert lacking(question, other) == "when something is to be", other
    for told in ("from 5 to 8 June 2026", "in 2027", "annually", "on a date to be decided", "six months after that"):
        assert lacking(question, f"Decides to convene a conference on barges {told};") is None, told


def test_the_agenda_tells_when_something_is_considered() -> None:
    agenda = "Decides to include in the provisional agenda of its eighty-first session the sub-item entitled “Barges”;"
    assert lacking("When will barges be considered next?", agenda) is None
    assert lacking("When must barges leave?", agenda) == "when something is to be"
