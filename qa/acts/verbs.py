"""The verb table: what operative paragraphs do, and how strongly. `docs/verbs.md` explains it and is tested against it.

A verb is written in the third person, as printed, without adverbs ("Also strongly condemns" is `condemns`) and
without possessives ("Expresses its deep concern" is `expresses concern`). Source: the operative verbs that the
organs use, counted in Assembly, Council and Human Rights Council texts; strengths follow drafting practice.
"""

from __future__ import annotations

from qa.records import Strength


def listed(words: str) -> list[str]:
    """The words of a multi-line text: keeps long word tables readable in the source."""
    return words.split()


_TABLE: dict[Strength, str] = {
    Strength.NOTES: """
        notes; takes note; recalls; observes; records; places on record; takes into account; takes into
        consideration; bears in mind;
        considers; refers; describes; realizes; receives; keeps in mind; is aware; is mindful; draws
        attention; calls attention; brings attention; brings to attention; transmits; forwards;
        communicates; submits; informs;
        remains seized; summarizes; lists; keeps under review; has considered; has examined; has noted
    """,
    Strength.APPRECIATES: """
        takes note with appreciation; takes note with satisfaction; takes note with interest; takes note with
        gratitude; notes with appreciation; notes with satisfaction; notes with interest; notes with
        gratitude; notes with approval; notes with pleasure; appreciates; commends; congratulates; thanks;
        applauds; praises; salutes; pays tribute; pays homage; expresses appreciation; expresses gratitude;
        expresses satisfaction; expresses thanks; expresses admiration; expresses congratulations; expresses
        recognition; expresses commendation; credits; acknowledges with appreciation; acknowledges with
        gratitude; acknowledges with satisfaction; recognizes with appreciation; honours; is grateful
    """,
    Strength.WELCOMES: """
        welcomes; looks forward; hails; expresses welcome; celebrates; greets; accepts; is encouraged
    """,
    Strength.AFFIRMS: """
        affirms; reaffirms; confirms; reconfirms; reiterates; recognizes; acknowledges; stresses; emphasizes;
        re-emphasizes; underlines; underscores; highlights; believes; states; holds; maintains; supports;
        upholds; endorses; expresses support; expresses solidarity; expresses conviction; expresses belief;
        expresses confidence; expresses readiness; expresses intention; expresses determination; expresses
        commitment; expresses resolve; expresses view; expresses; expresses understanding; expresses
        agreement; expresses sympathy; expresses condolences; expresses willingness; declares readiness;
        declares support; declares intention; intends; agrees; concurs; commits; recommits; undertakes;
        pledges; vows; reminds; is convinced; is determined; remains committed; remains determined; remains
        convinced; stands ready; reasserts; concludes; finds; asserts; recommends attention; repeats;
        restates; clarifies; shares; envisages; anticipates; continues; subscribes; associates; is committed;
        extends condolences; conveys; offers; expresses preparedness;
        attaches importance
    """,
    Strength.CONCERNED: """
        notes with concern; notes with regret; notes with alarm; notes with dismay; notes with disappointment;
        notes with apprehension; takes note with concern; takes note with regret; recognizes with concern;
        acknowledges with concern; recalls with concern; regrets; expresses concern; expresses regret;
        expresses alarm; expresses dismay; expresses disappointment; expresses outrage; expresses indignation;
        expresses shock; expresses sorrow; expresses grief; expresses disapproval; expresses anxiety;
        expresses apprehension; expresses distress; is concerned; remains concerned; is alarmed; warns;
        cautions; worries; laments; mourns
    """,
    Strength.ENCOURAGES: """
        encourages; hopes; expresses hope; expresses wish; expresses desire; expresses expectation; trusts;
        wishes; expects; facilitates; promotes; favours; advises; aspires
    """,
    Strength.INVITES: """
        invites; recommends; suggests; proposes; expresses invitation; commends to attention; considers
        desirable
    """,
    Strength.CALLS: """
        calls upon; calls for; calls; appeals; renews call; reiterates call; repeats call; reiterates appeal;
        renews appeal; expresses call; reiterates invitation; renews invitation; reiterates encouragement;
        renews encouragement
    """,
    Strength.REQUESTS: """
        requests; asks; reiterates request; renews request; repeats request; mandates; entrusts; tasks;
        charges; reiterates recommendation
    """,
    Strength.URGES: "urges; exhorts; implores; presses; reiterates urge; beseeches",
    Strength.CONDEMNS: """
        condemns; deplores; denounces; rejects; repudiates; censures; reiterates condemnation; expresses
        condemnation; renews condemnation; protests; deprecates; opposes; objects; reiterates rejection
    """,
    Strength.DEMANDS: """
        demands; insists; instructs; directs; orders; requires; summons; reiterates demand; renews demand
    """,
    Strength.DECIDES: """
        decides; resolves; adopts; approves; authorizes; establishes; declares; proclaims; determines;
        designates; appoints; elects; extends; renews; terminates; lifts; imposes; suspends; sets; creates;
        convenes; appropriates; ratifies; admits; grants; allocates; assigns; amends; revises; replaces;
        abolishes; dissolves; launches; institutes; revokes; rescinds; reappoints; selects; sponsors;
        prohibits; exempts; excludes; includes; concludes session; opens; closes; discontinues; postpones;
        defers; transfers; apportions; nominates; constitutes; delegates; fixes; annuls; permits; allows;
        acts; commemorates; dedicates; reserves; waives; forbids; releases; assures; removes; reconstitutes;
        reactivates; restores; confers; inscribes; names; modifies; readmits; recommends admission; reiterates
        decision; renews decision; reiterates resolve; empowers; assumes; stipulates; provides; makes; gives;
        reestablishes; prolongs; accords
    """,
}


def _rows() -> dict[str, Strength]:
    return {
        " ".join(verb.split()): strength
        for strength, verbs in _TABLE.items()
        for verb in verbs.split(";")
        if verb.split()
    }


VERBS: dict[str, Strength] = _rows()
"""Every normalised verb with its strength."""

SPELLINGS: dict[str, str] = {
    "calls on": "calls upon",
    "emphasises": "emphasizes",
    "re-emphasises": "re-emphasizes",
    "reemphasizes": "re-emphasizes",
    "recognises": "recognizes",
    "authorises": "authorizes",
    "realises": "realizes",
    "summarises": "summarizes",
    "re-establishes": "reestablishes",
    "re-affirms": "reaffirms",
    "re-iterates": "reiterates",
    "honors": "honours",
    "favors": "favours",
}
"""Other spellings of a verb, with the one used in the table."""

ADVERBS: frozenset[str] = frozenset(
    listed("""
    also further again once more strongly deeply gravely firmly fully warmly highly particularly especially
    unequivocally categorically solemnly formally expressly urgently seriously equally hereby therefore likewise
    accordingly vigorously additionally moreover furthermore finally nonetheless nevertheless consequently emphatically
    resolutely profoundly sincerely gratefully utterly most similarly yet still now thus hence energetically earnestly
    explicitly continually constantly repeatedly actively strenuously unreservedly deeply heartily very greatly
    provisionally officially specifically respectfully generally notably duly cordially wholeheartedly specially
    unanimously clearly rigorously forcefully keenly too particularly simultaneously subsequently in principle
    unconditionally nonetheless extremely wholly entirely
    """)
)
"""Words that stand beside a verb without changing what it does."""

RECITAL_VERBS: tuple[str, ...] = tuple(
    listed("""
    acts appreciates aspires bears believes calls cites commits commemorates concludes considers continues deems
    desires determines echoes endeavours examines expects feels finds has hears hopes intends invokes keeps
    learns looks observes pays pursues realizes reasserts recites reflects relies remarks remembers
    seeks shares studies subscribes takes understands views wishes witnesses is anticipates notices regards
    """)
)
"""Further verbs that open recitals as participles ("Bearing in mind", "Having considered")."""

UNRECITED: frozenset[str] = frozenset(
    listed("""
    has lists sets names makes gives provides offers shares opens closes removes includes excludes fixes allows permits
    creates convenes launches facilitates extends transfers releases assigns allocates grants tasks charges orders
    presses selects amends revises replaces suspends restores replies continues assures funds requires informs submits
    transmits forwards communicates conveys clarifies describes summarizes
    """)
)
"""Verbs of the table whose participles open list items ("Providing", "Submitting") more often than recitals."""

RECITAL_ADJECTIVES: frozenset[str] = frozenset(
    listed("""
    aware mindful conscious cognizant cognisant concerned alarmed convinced guided determined disturbed shocked
    appalled dismayed encouraged inspired committed resolved desirous grateful gratified persuaded confident distressed
    outraged indignant motivated disappointed perturbed preoccupied satisfied moved saddened anxious troubled worried
    dedicated prompted united attentive hopeful heartened impressed faithful sensitive cognizent pleased resolute
    horrified struck driven apprehensive affirmed whereas solicitous eager determined keen faced considering
    """)
)
"""Adjectives and participles of state that open recitals ("Deeply concerned", "Mindful of")."""
