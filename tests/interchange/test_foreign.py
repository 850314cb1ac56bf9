"""Somebody else's script: columns found by meaning or by content, and a verdict for each row."""

import datetime as dt
from pathlib import Path

import pytest

from tabletop.core.exercise import Inject
from tabletop.files.trouble import Trouble
from tabletop.interchange.meanings import NAMES, meaning_of, named_meaning
from tabletop.interchange.tables import lines, workbook
from tabletop.locale import words_for
from tests.builders import small_exercise
from tests.interchange.sheets import about, codes, hows, imported, meanings

DUTCH = [
    ["Nr.", "Tijd", "Van", "Aan", "Kanaal", "Onderwerp", "Bericht", "Verwachte actie", "Max. minuten", "Leerdoel"],
    [
        1,
        dt.time(9, 0),
        "meldkamer",
        "OvD-BZ",
        "telefoon",
        "Brand",
        "Er is brand in de flat.",
        "Komt iemand?",
        5,
        "Eerst vragen",
    ],
    [2, dt.time(9, 10), "GHOR", "AC-BZ, Burgemeester", "e-mail", "Gewonden", "Drie gewonden.", None, 4, "Eerst vragen"],
    [3, dt.time(9, 20), "krant", "Crisiscommunicatie", "nieuws", "Pers", "Wat doet u?", None, None, "Uitleggen"],
]


def test_a_dutch_script_becomes_an_exercise(tmp_path: Path) -> None:
    made = imported(tmp_path, DUTCH, title="Brand")
    first, second, third = made.exercise.injects
    assert [step.minute for step in made.exercise.injects] == [0, 10, 20]
    assert (first.time, first.sender, first.to, first.channel) == ("09.00", "meldkamer", ("ovd-bz",), "phone")
    assert (first.title, first.text, first.expect, first.budget) == (
        "Brand",
        "Er is brand in de flat.",
        "Komt iemand?",
        5,
    )
    assert (second.to, second.channel, third.to, third.channel) == (
        ("ac-bz", "burgemeester"),
        "lcms",
        ("communicatie",),
        "news",
    )
    assert [one.text for one in made.exercise.objectives] == ["Eerst vragen", "Uitleggen"]
    assert first.objectives == second.objectives == ("o1",)
    assert {one.id: (one.pool, one.label) for one in made.exercise.officials} == {
        "ovd-bz": ("field", "OvD-BZ"),
        "ac-bz": ("leadership", "AC-BZ"),
        "burgemeester": ("leadership", ""),
        "communicatie": ("specialist", "Communicatie"),
    }
    assert (made.exercise.language, made.exercise.minutes) == ("nl", 40)
    assert hows(made) == {2: "taken", 3: "guess", 4: "taken"}
    assert codes(made) == {3: ["import-channel-near"]}


def test_the_minute_of_the_first_is_written_though_it_is_nought(tmp_path: Path) -> None:
    assert "minute = 0\n" in imported(tmp_path, DUTCH).text


@pytest.mark.parametrize(
    ("heading", "meaning"),
    [
        ("Real Time", "time"),
        ("Player", "to"),
        ("Assigned To", "to"),
        ("Script", "text"),
        ("Poll", "choices"),
        ("Subject", "title"),
        ("Expected Actions", "expect"),
        ("Simulated Time", "story"),
        ("time_offset", "minute"),
        ("target_teams", "to"),
        ("Max. minuten", "length"),
        ("Verwachte acties van spelers", "expect"),
        ("Ontvangr", "to"),
        ("Berichttekst", "text"),
        ("Wijze van inbrengen via", "channel"),
        ("OEFENDOEL(EN)", "objective"),
        ("Opmerkingen:", "notes"),
        ("Locatie", "location"),
    ],
)
def test_a_heading_is_found_by_its_meaning(heading: str, meaning: str) -> None:
    guess = meaning_of(heading)
    assert guess is not None
    assert guess.meaning == meaning


def test_every_meaning_can_be_named_in_both_languages() -> None:
    for meaning, name in NAMES.items():
        assert {named_meaning(said) for said in (meaning, *(words_for(one).t(name) for one in ("nl", "en")))} == {
            meaning
        }


def test_headings_below_a_title_in_a_sheet_that_starts_in_column_b_with_empty_rows_behind_it(tmp_path: Path) -> None:
    rows = [[], [None, "Draaiboek Kustland"], [], *([None, *row] for row in DUTCH), [], [None] * 5, [None, " "]]
    made = imported(tmp_path, rows)
    assert made.exercise.title == "Draaiboek Kustland"
    assert [step.title for step in made.exercise.injects] == ["Brand", "Gewonden", "Pers"]
    assert made.layouts[0].heading is not None
    assert made.layouts[0].heading.number == 4


def test_headings_that_stand_there_once_more_are_left_out(tmp_path: Path) -> None:
    made = imported(tmp_path, [*DUTCH[:3], DUTCH[0], DUTCH[3]])
    assert codes(made)[4] == ["import-headings-again"]
    assert len(made.exercise.injects) == 3


def test_a_sheet_without_headings_is_taken_by_its_content(tmp_path: Path) -> None:
    rows = [
        [None, "J 09h00", "Politie", "Meldkamer", "Een lange tekst over wat er nu in de wijk aan de hand is."],
        [None, "J 09h10", "Brandweer", "Meldkamer", "Nog een lange tekst, over iets heel anders dan de eerste."],
        [None, "J 09h20", "Politie", "Buren", "En een derde, waarin iemand vraagt wat de gemeente doet."],
        [None, "J 09h30", "Politie", "Krant", None],
    ]
    made = imported(tmp_path, rows)
    assert {name: meaning for name, meaning in meanings(made).items() if meaning} == {
        "B": "time",
        "C": "to",
        "D": "title",
        "E": "text",
    }
    assert [(step.minute, step.to) for step in made.exercise.injects[:3]] == [
        (0, ("politie",)),
        (10, ("brandweer",)),
        (20, ("politie",)),
    ]
    assert hows(made)[4] == "guess"


def test_a_template_whose_cells_say_what_they_are_is_taken_by_that(tmp_path: Path) -> None:
    rows = [
        [None, "Send an SMS", "J-60", "team1", None, "message1", "description", "expectation", 100],
        [None, "Send a mail", "J-30", "team2", "subject", "message2", None, "expectation", 100],
        [None, "???", "J-30", None, None, None, None, None, None],
        *([[None] * 9] * 40),
    ]
    made = imported(tmp_path, rows)
    first, second = made.exercise.injects
    assert (first.text, first.channel, first.to, first.time) == ("message1", "phone", ("team1",), "J-60")
    assert (second.title, second.channel, second.expect) == ("subject", "lcms", "expectation")
    assert codes(made)[3] == ["import-no-text"]
    assert first.minute is second.minute is None
    assert "import-too-long-to-plan" in about(made)


def test_times_that_span_days_are_drawn_together_when_somebody_says_how_long_it_may_take(tmp_path: Path) -> None:
    rows = [["Tijd", "Tekst"], ["J-60", "een"], ["J-30", "twee"], ["J", "drie"]]
    made = imported(tmp_path, rows, minutes=60)
    assert [step.minute for step in made.exercise.injects] == [0, 20.5, 41]
    assert made.exercise.minutes == 60
    assert "import-drawn-together" in about(made)


def test_minutes_that_only_rise_are_minutes_though_nothing_says_so(tmp_path: Path) -> None:
    rows = [[1, 0, "Een lange tekst over de brand"], [2, 5, "Nog een lange tekst"], [3, 12, "Een derde lange tekst"]]
    assert [step.minute for step in imported(tmp_path, rows).exercise.injects] == [0, 5, 12]


def test_equal_rows_for_several_are_one_inject(tmp_path: Path) -> None:
    rows = [
        ["Real Time", "Player", "Date", "Subject", "From", "Script", "Poll"],
        [dt.time(19, 29), "SRE", "Monday 9:30 AM", "Hello", "AWS", "We have found some of the files.", None],
        [
            dt.time(19, 32),
            "SRE",
            "Monday 11:00 AM",
            "Files",
            "h4x0r",
            "All is gone and we have it.",
            "Pay | Do not pay",
        ],
        [
            dt.time(19, 32),
            "PR/Comm",
            "Monday 11:00 AM",
            "Files",
            "h4x0r",
            "All is gone and we have it.",
            "Pay | Do not pay",
        ],
        [
            dt.time(19, 32),
            "Legal",
            "Monday 11:00 AM",
            "Files",
            "h4x0r",
            "All is gone and we have it.",
            "Pay | Do not pay",
        ],
    ]
    made = imported(tmp_path, rows)
    first, second = made.exercise.injects
    assert (first.minute, second.minute, second.time) == (0, 3, "Monday 11:00 AM")
    assert second.to == ("sre", "pr-comm", "legal")
    assert [(one.id, one.text) for one in second.choices] == [("pay", "Pay"), ("do-not-pay", "Do not pay")]
    assert codes(made) == {4: ["import-together"], 5: ["import-together"]}
    assert made.exercise.language == "en"


def test_cells_that_were_merged_downwards_count_for_each_row(tmp_path: Path) -> None:
    rows = [
        ["Tijd", "Aan", "Tekst"],
        ["09:00", "Politie", "Allebei"],
        [None, "Brandweer", None],
        ["09:05", "Politie", "Alleen u"],
    ]
    made = imported(tmp_path, rows, merged=["A2:A3", "C2:C3"])
    assert [(step.text, step.to, step.minute) for step in made.exercise.injects] == [
        ("Allebei", ("politie", "brandweer"), 0),
        ("Alleen u", ("politie",), 5),
    ]


def test_several_sheets_follow_each_other_and_what_is_no_script_is_left_out(tmp_path: Path) -> None:
    sheets = {
        "Fase 1": [["Minuut", "Tekst"], [0, "een"], [5, "twee"]],
        "Bellijst": [["Functie", "Nummer"], ["Burgemeester", "06"]],
        "Fase 2": [["Minuut", "Bericht"], [10, "drie"]],
        "Oud": [["Minuut", "Bericht"], [10, "weg"]],
    }
    made = imported(tmp_path, sheets, hidden=["Oud"])
    assert [(step.text, step.minute) for step in made.exercise.injects] == [("een", 0), ("twee", 5), ("drie", 10)]
    assert made.passed_over == ("Bellijst",)
    assert [step.text for step in imported(tmp_path, sheets, sheet="fase 2").exercise.injects] == ["drie"]
    with pytest.raises(Trouble, match="import-no-such-sheet"):
        imported(tmp_path, sheets, sheet="Fase 9")


def test_the_exercise_takes_as_long_as_its_steps_and_its_debrief(tmp_path: Path) -> None:
    rows = [["Minuut", "Tekst"], [0, "een"], [10, "twee"], [10, "tegelijk"], [12, "drie"]]
    assert imported(tmp_path, rows).exercise.minutes == 40, "10, 5 because something else comes then, 2, 5, and 14"
    assert imported(tmp_path, [["Tekst", "Duur"], ["een", 20], ["twee", None]]).exercise.minutes == 40, "20, 5 and 14"


def test_rows_out_of_order_are_put_in_order_and_that_is_said(tmp_path: Path) -> None:
    made = imported(tmp_path, [["Minuut", "Tekst"], [0, "een"], [20, "drie"], [10, "twee"]])
    assert [step.text for step in made.exercise.injects] == ["een", "twee", "drie"]
    assert codes(made) == {4: ["import-moved"]}


def test_kinds_of_rows(tmp_path: Path) -> None:
    rows = [
        ["Type", "Minuut", "Titel", "Tekst", "Vragen"],
        ["inject", 0, "Begin", "Er is iets.", "Wie gaat?\n- Waarom?"],
        ["verwachte actie", 2, None, "Er wordt gevraagd of het nodig is.", None],
        ["administratief", 3, None, "Koffie klaarzetten", None],
        ["feedbackmoment", 5, "Eerste vraag", "Moet dit?\nVoor wie?", None],
        ["noodinject", None, "Wethouder", "Ik wil bedden.", None],
    ]
    made = imported(tmp_path, rows)
    (begin,) = made.exercise.injects
    (stop,) = made.exercise.feedback_points
    (reserve,) = made.exercise.reserves
    assert (begin.expect, begin.ask) == ("Er wordt gevraagd of het nodig is.", ("Wie gaat?", "Waarom?"))
    assert ([one.text for one in stop.questions], stop.minute, reserve.text) == (
        ["Moet dit?", "Voor wie?"],
        5,
        "Ik wil bedden.",
    )
    assert codes(made) == {3: ["import-together", "import-as-expected"], 4: ["import-for-staff"]}


def test_notes_and_places_are_for_the_leader_alone(tmp_path: Path) -> None:
    rows = [
        ["Minuut", "Bericht", "Omschrijving", "Opmerkingen", "Locatie"],
        [0, "Hallo", "De buurvrouw belt", "Let op", "Dam"],
    ]
    (inject,) = imported(tmp_path, rows).exercise.injects
    assert inject.text == "Hallo"
    assert inject.expect == "De buurvrouw belt\n\nLet op\n\nLocatie: Dam"


def test_what_is_no_time_and_no_channel_is_said(tmp_path: Path) -> None:
    made = imported(tmp_path, [["Tijd", "Kanaal", "Tekst"], ["na de lunch", "duif", "een"], ["09:00", "tel.", "twee"]])
    assert codes(made) == {2: ["import-time-unknown", "import-channel-unknown"]}


def test_a_script_for_nobody_has_the_table_as_its_one_official(tmp_path: Path) -> None:
    made = imported(tmp_path, "Tekst\nEr is brand in de straat.\nHet is uit.\n")
    assert len(made.exercise.key_officials) == 1
    assert "import-no-officials" in about(made)
    assert [step.to for step in made.exercise.injects] == [(), ()]


@pytest.mark.parametrize(
    ("said", "to"),
    [
        ("OvD-BZ / AC-BZ", ("ovd-bz", "ac-bz")),
        ("PR/Comm", ("pr-comm",)),
        ("iedereen", ()),
        ("-", ()),
        ("OvD-BZ en HPZ", ("ovd-bz", "hpz")),
        ("Duty officer population care", ("ovd-bz",)),
        ("Officier van Dienst Bevolkingzorg", ("ovd-bz",)),
        ("leadership", ("leadership-2",)),
        ("Zoek en red", ("zoek-en-red",)),
        ("北京", ("functie",)),
        ("OBZ\nACB", ("ovd-bz", "ac-bz")),
    ],
)
def test_addressees(said: str, to: tuple[str, ...], tmp_path: Path) -> None:
    made = imported(tmp_path, [["Aan", "Tekst"], [said, "een"], ["OvD-P", "twee"]])
    assert made.exercise.injects[0].to == to


# --- CSV ----------------------------------------------------------------

CSV = "Tijd;Aan;Tekst\r\n09:00;Burgemeester;\"Café, 'coördinator'\r\nbelt\"\r\n09:05;Wethouder;Nog één\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_lines_of_any_encoding_and_delimiter(encoding: str, delimiter: str, tmp_path: Path) -> None:
    text = CSV.replace(";", delimiter)
    made = imported(tmp_path, text.encode(encoding))
    assert [step.text for step in made.exercise.injects] == ["Café, 'coördinator'\nbelt", "Nog één"]
    assert [step.minute for step in made.exercise.injects] == [0, 5]


def test_a_first_line_that_names_the_delimiter(tmp_path: Path) -> None:
    made = imported(tmp_path, "sep=|\nMinuut|Tekst\n0|een, twee; drie\n")
    assert [step.text for step in made.exercise.injects] == ["een, twee; drie"]


# --- by hand ----------------------------------------------------------------

ODD = [
    ["Wanneer", "Blabla", "Bericht"],
    ["09:00", "Dit is het echte bericht.", "intern"],
    ["09:05", "Dit ook.", "intern"],
]


def test_a_mapping_by_hand_goes_before_a_guess_and_is_remembered(tmp_path: Path) -> None:
    assert imported(tmp_path, ODD).exercise.injects[0].text == "intern"
    made = imported(tmp_path, ODD, "blabla=tekst", "Bericht=niets")
    assert [step.text for step in made.exercise.injects] == ["Dit is het echte bericht.", "Dit ook."]
    assert made.remembered_in is not None
    again = imported(tmp_path, ODD)
    assert again.exercise == made.exercise
    assert {column.how for column in again.layouts[0].columns} == {"heading", "remembered"}
    assert "blabla" in made.remembered_in.read_text(encoding="utf-8")
    assert imported(tmp_path, [["Minuut", "Bericht"], [0, "een"]]).remembered_in is None, "other headings"


@pytest.mark.parametrize(
    "damage", [b"", b"\xff", b"sheet = 3", b"[[sheet]]\nheadings = 3", b"[[sheet]]\ncolumns = 1\n", b"[[["]
)
def test_a_damaged_memory_is_no_memory(damage: bytes, tmp_path: Path) -> None:
    made = imported(tmp_path, ODD, "Blabla=text")
    assert made.remembered_in is not None
    made.remembered_in.write_bytes(damage)
    assert imported(tmp_path, ODD).exercise.injects[0].text == "intern"
    assert imported(tmp_path, ODD, "Blabla=text").remembered_in is not None


def test_a_column_without_a_heading_is_named_by_its_letter(tmp_path: Path) -> None:
    made = imported(
        tmp_path,
        [["een kort", "een veel langere tekst hier"], ["twee", "en nog een langere tekst"]],
        "A=text",
        "B=title",
    )
    assert [step.text for step in made.exercise.injects] == ["een kort", "twee"]
    assert made.remembered_in is None, "a letter would fit any sheet"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("tekst", "import-map"),
        ("=tekst", "import-map"),
        ("Blabla=zzzzz", "import-no-such-meaning"),
        ("Qqq=tekst", "import-no-such-column"),
    ],
)
def test_a_mapping_that_says_nothing_is_refused(said: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Trouble, match=code):
        imported(tmp_path, ODD, said)


# --- our own tables, changed by somebody ----------------------------------------------------------------


def test_a_script_of_ours_without_its_other_sheets_is_read_as_anybodys(tmp_path: Path) -> None:
    exercise = small_exercise()
    words = words_for("en")
    sheets = dict(workbook(list(lines(exercise, words)), words))
    made = imported(tmp_path, {"Script": sheets["Script"]}, words="en")
    assert not made.is_ours
    assert [step.text for step in made.exercise.injects if step.text.startswith("text-")] == [
        step.text for step in exercise.injects
    ]


def test_what_somebody_broke_in_our_tables_is_left_out_and_said(tmp_path: Path) -> None:
    words = words_for("nl")
    sheets = dict(workbook(list(lines(small_exercise(), words)), words))
    head, *rows = [list(row) for row in sheets["Draaiboek"]]
    place = {name: at for at, name in enumerate(head)}
    rows[0][place["Geplande minuut"]] = "straks"
    rows[0][place["Kanaal"]] = "duif"
    rows[0][place["Aan"]] = "field, nobody-at-all"
    rows[1][0] = "onzin"
    made = imported(tmp_path, {**sheets, "Draaiboek": [head, *rows], "Nog iets": [["a"], ["b"]]})
    first = made.exercise.injects[0]
    assert (first.minute, first.channel, first.to) == (None, "phone", ("field",))
    assert codes(made)[2] == ["import-without"] * 3
    assert codes(made)[3][0] == "import-kind-unknown"
    assert "import-sheet-not-ours" in about(made)


def test_every_inject_of_an_import_can_be_shown(tmp_path: Path) -> None:
    for step in imported(tmp_path, DUTCH).exercise.steps:
        assert isinstance(step, Inject)
        assert step.name
