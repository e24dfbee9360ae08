"""Reading a programme folder: what is taken, what is refused, and how that is told."""

from __future__ import annotations

import csv
import io
import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copilot.domain import Goal, MentorProfile, Person, Role, Session, SessionState, Speaker
from copilot.errors import BadInput, TooLarge
from copilot.importing import BadProgramme, ProgrammeFiles, read_programme

EXAMPLE = Path(__file__).parents[2] / "examples" / "programme"

MENTOR = {
    "id": "m1",
    "name": "Ben O'Hara",
    "headline": "Baker turned analyst",
    "bio": "Ask me about pricing.",
    "expertise": ["pricing", "sql"],
    "industry": "food",
    "years_experience": 12,
    "languages": ["en", "ga"],
    "timezone": "Europe/Dublin",
    "capacity_per_month": 2,
    "formats": ["video"],
    "career_stage_served": ["entry"],
}
MENTEE = {
    "id": "e1",
    "name": "Ana Lírio",
    "background": "Two years in a shop.",
    "career_stage": "entry",
    "industry": "retail",
    "timezone": "America/Sao_Paulo",
    "goals": [{"id": "g1", "text": "get a beter job", "specific": False, "better": "A job by June."}],
}
SESSION = {
    "id": "s1",
    "mentor": "m1",
    "mentee": "e1",
    "goal": "g1",
    "started_at": "2026-03-01T09:30:00-03:00",
    "planned_minutes": 30,
    "transcript": "s1.txt",
    "speakers": {"Ben": "mentor", "Ana": "mentee"},
}


def folder(
    path: Path,
    mentors: Any = (MENTOR,),
    mentees: Any = (MENTEE,),
    sessions: Any = (SESSION,),
    **files: str | bytes,
) -> Path:
    """A programme folder in JSON; `files` are written as they are, "__" standing for a dot."""
    (path / "transcripts").mkdir(parents=True, exist_ok=True)
    (path / "transcripts" / "s1.txt").write_text("Ben: Raise your price.\nAna: Really?\n")
    for noun, rows in (("mentors", mentors), ("mentees", mentees), ("sessions", sessions)):
        if rows is not None:
            (path / f"{noun}.json").write_text(json.dumps(list(rows)), encoding="utf-8")
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else content
        (path / name.replace("__", ".")).write_bytes(data)
    return path


def table(rows: list[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def refused(path: Path) -> list[str]:
    with pytest.raises(BadProgramme) as caught:
        read_programme(path)
    assert "\n" not in str(caught.value)
    assert caught.value.exit_code == 2
    return [str(problem) for problem in caught.value.problems]


def values(files: ProgrammeFiles) -> tuple[list[Any], ...]:
    nouns = (files.people, files.profiles, files.goals, files.sessions)
    return tuple([entry.value for entry in noun] for noun in nouns)


def test_a_json_folder_becomes_values(tmp_path: Path) -> None:
    read = read_programme(folder(tmp_path))
    people, profiles, goals, sessions = values(read)
    assert people == [
        Person(
            id="m1",
            name="Ben O'Hara",
            roles=frozenset({Role.MENTOR}),
            timezone="Europe/Dublin",
            languages=("en", "ga"),
            industry="food",
        ),
        Person(
            id="e1",
            name="Ana Lírio",
            roles=frozenset({Role.MENTEE}),
            timezone="America/Sao_Paulo",
            background="Two years in a shop.",
            career_stage="entry",
            industry="retail",
        ),
    ]
    assert profiles == [
        MentorProfile(
            person="m1",
            headline="Baker turned analyst",
            bio="Ask me about pricing.",
            expertise=("pricing", "sql"),
            industry="food",
            years_experience=12,
            capacity_minutes=90,
            formats=("video",),
            career_stage_served=("entry",),
        )
    ]
    assert goals == [
        Goal(id="g1", mentee="e1", text="get a beter job", specific=False, better="A job by June.")
    ]
    assert sessions == [
        Session(
            id="s1",
            mentor="m1",
            mentee="e1",
            goal="g1",
            planned_minutes=30,
            started_at=datetime.fromisoformat("2026-03-01T09:30:00-03:00"),
            state=SessionState.HELD,
            transcript_file="s1.txt",
            speakers={"Ben": Speaker.MENTOR, "Ana": Speaker.MENTEE},
        )
    ]
    assert sessions[0].started_at.utcoffset() == -timedelta(hours=3)
    assert [(one.session, one.filename) for one in read.transcripts] == [("s1", "s1.txt")]
    assert read.transcripts[0].data.startswith(b"Ben: Raise")
    assert (read.problems, read.unknown_columns) == ((), ())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_csv_folder_means_the_same(tmp_path: Path, mark: bytes) -> None:
    flat = {key: ";".join(value) if isinstance(value, list) else str(value) for key, value in MENTOR.items()}
    goals = [
        {"id": "g1", "mentee": "e1", "text": "get a beter job", "specific": "no", "better": "A job by June."}
    ]
    mentee = {key: str(value) for key, value in MENTEE.items() if key != "goals"}
    session = {key: str(value) for key, value in SESSION.items()} | {"speakers": "Ben=mentor; Ana = Mentee"}
    written = folder(
        tmp_path / "csv",
        mentors=None,
        mentees=None,
        sessions=None,
        mentors__csv=mark + table([flat]).encode(),
        mentees__csv=mark + table([mentee]).encode(),
        goals__csv=mark + table(goals).encode(),
        sessions__csv=mark + table([session]).encode(),
    )
    assert values(read_programme(written)) == values(read_programme(folder(tmp_path / "json")))


def test_goals_in_a_cell_get_ids_from_their_words(tmp_path: Path) -> None:
    def ids(cell: str) -> dict[str, str]:
        row = {"id": "e1", "name": "Ana", "timezone": "UTC", "goals": cell}
        path = folder(tmp_path, mentees=None, sessions=None, mentees__csv=table([row]))
        return {entry.value.text: entry.value.id for entry in read_programme(path).goals}

    first = ids("get a job; learn sql")
    again = ids("Learn SQL ;get a job;;another")
    assert set(first) == {"get a job", "learn sql"}
    assert again["get a job"] == first["get a job"]
    assert again["Learn SQL"] == first["learn sql"]
    assert len(set(again.values())) == 3


def test_one_person_in_two_files_has_both_roles(tmp_path: Path) -> None:
    both = {**MENTEE, "id": "m1", "name": MENTOR["name"], "timezone": MENTOR["timezone"]}
    people = [{"id": "m1", "name": MENTOR["name"], "timezone": "Europe/Dublin", "roles": ["coordinator"]}]
    read = read_programme(folder(tmp_path, mentees=[both], sessions=[], people__json=json.dumps(people)))
    assert [entry.value for entry in read.people] == [
        Person(
            id="m1",
            name="Ben O'Hara",
            roles=frozenset({Role.MENTOR, Role.MENTEE, Role.COORDINATOR}),
            timezone="Europe/Dublin",
            languages=("en", "ga"),
            background="Two years in a shop.",
            career_stage="entry",
            industry="retail",
        )
    ]
    assert read.profiles[0].value.industry == "food"


@pytest.mark.parametrize(
    ("given", "minutes"),
    [
        ({"capacity_per_month": 3}, 135),
        ({"capacity_per_month": 0}, 0),
        ({"capacity_per_month": None}, None),
        ({}, None),
        ({"capacity_minutes_per_month": 50}, 50),
        ({"capacity_minutes_per_month": "0", "capacity_per_month": 4}, 0),
        ({"capacity_minutes_per_month": "", "capacity_per_month": 1}, 45),
    ],
)
def test_capacity_is_in_minutes(tmp_path: Path, given: dict[str, Any], minutes: int | None) -> None:
    mentor = {key: value for key, value in MENTOR.items() if not key.startswith("capacity")} | given
    read = read_programme(folder(tmp_path, mentors=[mentor]))
    assert read.profiles[0].value.capacity_minutes == minutes
    assert ("capacity_minutes" in read.profiles[0].given) == bool(given)


@pytest.mark.parametrize(
    ("change", "state", "told"),
    [
        ({}, SessionState.HELD, True),
        ({"state": "accepted"}, SessionState.HELD, True),
        ({"started_at": None}, SessionState.HELD, True),
        ({"transcript": None}, SessionState.ACCEPTED, False),
        ({"transcript": "", "started_at": ""}, SessionState.REQUESTED, False),
        ({"transcript": "", "state": "Cancelled"}, SessionState.CANCELLED, True),
        ({"transcript": "", "state": "held"}, SessionState.HELD, True),
    ],
)
def test_the_state_of_a_session(
    tmp_path: Path, change: dict[str, Any], state: SessionState, told: bool
) -> None:
    entry = read_programme(folder(tmp_path, sessions=[SESSION | change])).sessions[0]
    assert entry.value.state is state
    assert ("state" in entry.given) == told


BAD_MENTORS = [
    ({"id": None}, "id: this is empty"),
    ({"id": "a b"}, "id: 'a b' is no id"),
    ({"id": "../x"}, "is no id"),
    ({"id": "x" * 101}, "is no id"),
    ({"name": "  "}, "name: this is empty"),
    ({"name": 7}, "name: this must be text, not a number"),
    ({"name": "Ben\nO'Hara"}, "name: this must be one line"),
    ({"name": "Ben\u0000"}, "U+0000"),
    ({"bio": "half \ud83d"}, "U+D83D"),
    ({"bio": "red \u001b[31m"}, "U+001B"),
    ({"bio": "x" * 20_001}, "bio: this has 20,001 characters"),
    ({"bio": "", "headline": ""}, "nothing says what this mentor offers"),
    ({"timezone": "Mars/Base"}, "timezone: 'Mars/Base' is no time zone"),
    ({"timezone": "../../etc/passwd"}, "is no time zone"),
    ({"timezone": "Europe"}, "is no time zone"),
    ({"timezone": ""}, "timezone: this is empty"),
    ({"languages": ["English"]}, "languages: 'English' is no language code"),
    ({"languages": {"en": 1}}, "languages: this must be a list of texts, not an object"),
    ({"expertise": ["a", 1]}, "expertise: this must be a list of texts"),
    ({"expertise": ["a"] * 101}, "expertise: this has 101 entries"),
    ({"years_experience": -1}, "years_experience: -1 is not from 0"),
    ({"years_experience": "many"}, "years_experience: 'many' is no whole number"),
    ({"years_experience": True}, "is no whole number"),
    ({"years_experience": 1.5}, "is no whole number"),
    ({"capacity_per_month": -2}, "capacity_per_month: -2 is not from 0"),
    ({"capacity_minutes_per_month": 10**9}, "is not from 0 to 44,640"),
    ({"email": "not an address"}, "email: this is no e-mail address"),
    ({"active": "perhaps"}, "active: 'perhaps' is neither true nor false"),
]


@pytest.mark.parametrize(("change", "reason"), BAD_MENTORS)
def test_a_bad_mentor_is_told_by_file_row_and_column(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    good = MENTOR | {"id": "m2"}
    path = folder(tmp_path, mentors=[good, MENTOR | change], sessions=[])
    problems = refused(path)
    assert len(problems) == 1
    assert problems[0].startswith("mentors.json, item 2, ")
    assert reason in problems[0]
    skipped = read_programme(path, skip_bad=True)
    assert [entry.value.person for entry in skipped.profiles] == ["m2"]
    assert [str(problem) for problem in skipped.problems] == problems


BAD_SESSIONS = [
    ({"mentor": "m9"}, "mentor: there is no mentor 'm9'"),
    ({"mentee": "e9", "goal": None}, "mentee: there is no mentee 'e9'"),
    ({"goal": "g9"}, "goal: there is no goal 'g9'"),
    ({"goal": "g2"}, "goal: 'g2' is the goal of another mentee"),
    ({"started_at": "2026-03-01T09:30:00"}, "started_at: '2026-03-01T09:30:00' lacks its offset"),
    ({"started_at": "2026-03-01"}, "lacks its offset"),
    ({"started_at": "yesterday"}, "started_at: 'yesterday' is no time"),
    ({"started_at": "2026-02-30T09:30:00Z"}, "is no time"),
    ({"started_at": "0001-01-01T00:00:00+14:00"}, "is no time"),
    ({"started_at": 1772358600}, "started_at: this must be text"),
    ({"planned_minutes": 14}, "planned_minutes: 14 is not from 15 to 60"),
    ({"planned_minutes": 61}, "planned_minutes: 61 is not from 15 to 60"),
    ({"planned_minutes": None}, "planned_minutes: this is empty"),
    ({"state": "perhaps"}, "state: 'perhaps' is none of"),
    ({"state": "cancelled"}, "state: this session is cancelled and has a transcript"),
    ({"speakers": {"Ben": "boss"}}, "speakers: 'Ben'='boss'"),
    ({"speakers": ["Ben"]}, "speakers: this must name each label"),
    ({"transcript": "none.vtt"}, "transcript: there is no file transcripts/none.vtt"),
    ({"transcript": "../mentors.json"}, "is not the name of a file in transcripts/"),
    ({"transcript": "/etc/passwd"}, "is not the name of a file in transcripts/"),
    ({"transcript": "..\\mentors.json"}, "is not the name of a file in transcripts/"),
    ({"transcript": "."}, "is not the name of a file in transcripts/"),
    ({"transcript": "folder"}, "is not a file"),
    ({"transcript": "out.txt"}, "leads out of the programme folder"),
    ({"transcript": "loop.txt"}, "transcript: "),
    ({"transcript": "big.txt"}, "has more than 5,000,000 bytes"),
]


@pytest.mark.parametrize(("change", "reason"), BAD_SESSIONS)
def test_a_bad_session_is_told_by_file_row_and_column(
    tmp_path: Path, change: dict[str, Any], reason: str
) -> None:
    other = MENTEE | {"id": "e2", "goals": [{"id": "g2", "text": "sleep"}]}
    path = folder(tmp_path / "p", mentees=[MENTEE, other], sessions=[SESSION | change])
    (tmp_path / "secret.txt").write_text("Ben: secret")
    (path / "transcripts" / "folder").mkdir()
    os.symlink(tmp_path / "secret.txt", path / "transcripts" / "out.txt")
    os.symlink("loop.txt", path / "transcripts" / "loop.txt")
    (path / "transcripts" / "big.txt").write_bytes(b"x" * 5_000_001)
    problems = refused(path)
    assert len(problems) == 1
    assert problems[0].startswith("sessions.json, item 1, ")
    assert reason in problems[0]
    assert read_programme(path, skip_bad=True).sessions == ()


def test_a_link_inside_the_folder_is_fine(tmp_path: Path) -> None:
    path = folder(tmp_path, sessions=[SESSION | {"transcript": "transcripts/link.txt"}])
    os.symlink("s1.txt", path / "transcripts" / "link.txt")
    assert read_programme(path).transcripts[0].data.startswith(b"Ben")


def test_every_problem_is_kept_and_rows_that_rest_on_bad_ones_go_too(tmp_path: Path) -> None:
    path = folder(tmp_path, mentors=[MENTOR | {"timezone": "x", "years_experience": -1}, 5])
    problems = refused(path)
    assert [problem.partition(":")[0] for problem in problems] == [
        "mentors.json, item 1, timezone",
        "mentors.json, item 1, years_experience",
        "mentors.json, item 2",
        "sessions.json, item 1, mentor",
    ]
    with pytest.raises(BadProgramme, match=r"item 2.*And 1 more.*3 rows.*--skip-bad"):
        read_programme(path)
    left = read_programme(path, skip_bad=True)
    assert [entry.value.id for entry in left.people] == ["e1"]
    assert left.sessions == ()
    assert left.transcripts == ()


def test_ids_are_unique(tmp_path: Path) -> None:
    twice = MENTEE | {"goals": [{"id": "g1", "text": "a"}, {"id": "g1", "text": "b"}]}
    assert "the goal 'g1' is there already" in refused(folder(tmp_path / "a", mentees=[twice]))[0]
    problems = refused(folder(tmp_path / "b", mentors=[MENTOR, MENTOR], sessions=[SESSION, SESSION]))
    assert "'m1' is already the id of mentors.json item 1" in problems[0]
    assert "'s1' is the id of another session" in problems[1]
    assert "this file is already that of session 's1'" in problems[2]
    differs = MENTEE | {"id": "m1"}
    problems = refused(folder(tmp_path / "c", mentees=[differs], sessions=[]))
    assert [problem.partition(":")[0] for problem in problems] == [
        "mentees.json, item 1, name",
        "mentees.json, item 1, timezone",
    ]


def test_rows_of_a_csv_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    text = 'id,name,timezone,bio\nm1,Ben,UTC,"two\nlines"\n\nm2,Cho,Mars,hm\nm3,Dee,UTC\n'
    path = folder(tmp_path, mentors=None, mentees=None, sessions=None, mentors__csv=text)
    assert refused(path) == [
        "mentors.csv, row 4, timezone: 'Mars' is no time zone such as 'Europe/Lisbon'.",
        "mentors.csv, row 5: this row has 3 cells, the header has 4.",
    ]
    assert read_programme(path, skip_bad=True).profiles[0].value.bio == "two\nlines"


def test_unknown_columns_are_told_and_labels_are_left_alone(tmp_path: Path) -> None:
    path = folder(
        tmp_path,
        mentors=[MENTOR | {"pronouns": "he"}, MENTOR | {"id": "m2", "pronouns": None}],
        sessions=[SESSION | {"gold": {"advice": []}}],
        conflicts__json="not even JSON",
        match_queries__json="[",
    )
    assert [str(one) for one in read_programme(path).unknown_columns] == [
        "mentors.json: column 'pronouns' is not known and was left aside (2 rows)."
    ]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mentors__json", '[\n{"id": "m1",\n}]', r"mentors\.json, line 3, column 1"),
        ("mentors__json", b'[{"id": "\xff"}]', r"mentors\.json, line 1, is not UTF-8"),
        ("mentors__json", "[]".encode("utf-16"), "is UTF-16"),
        ("mentors__json", '{"id": "m1"}', "does not hold a list"),
        ("mentors__json", '[{"years_experience": NaN}]', "NaN is no JSON number"),
        ("mentors__json", "[" * 200_000, "nested too deeply"),
        ("mentors__json", '[{"years_experience": ' + "9" * 5000 + "}]", r"mentors\.json: "),
        ("mentors__json", "", r"line 1, column 1"),
        ("mentors__csv", "", "Name the columns: id, name, timezone"),
        ("mentors__csv", "ID,Name,Timezone\n", "small letters"),
        ("mentors__csv", "id,Full name,TZ\n", "It has: id, Full name, TZ"),
        ("mentors__csv", "id\tname\n", "by commas"),
        ("mentors__csv", "id;name;timezone\n", "Separate columns by commas"),
        ("mentors__csv", "id,name,name,timezone\n", "has the column 'name' twice"),
        (
            "mentors__csv",
            'id,name,timezone\nm1,"Ben,UTC\n',
            "line 2: a quotation mark is opened",
        ),
        ("mentors__csv", "id,name,timezone\nm1,Ben,UTC\n" + "x" * 200_000, "field larger than field limit"),
        ("mentors__csv", b"id,name,timezone\nm1,Ben\xe9,UTC\n", "line 2, is not UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(
    tmp_path: Path, name: str, content: str | bytes, reason: str
) -> None:
    path = folder(tmp_path, mentors=None, mentees=None, sessions=None, **{name: content})
    for skip_bad in (False, True):
        with pytest.raises(BadInput, match=reason) as caught:
            read_programme(path, skip_bad=skip_bad)
        assert "\n" not in str(caught.value)


def test_transcripts_that_no_session_names_are_told(tmp_path: Path) -> None:
    path = folder(tmp_path)
    for name in ("s9.txt", ".DS_Store"):
        (path / "transcripts" / name).write_text("Ben: Ask.")
    assert read_programme(path).unused == ("s9.txt",)


def test_the_text_of_a_goal_where_its_id_belongs(tmp_path: Path) -> None:
    path = folder(tmp_path, sessions=[SESSION | {"goal": "Ask for a raise"}])
    assert any("goals.csv" in problem for problem in refused(path))


def test_a_folder_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no folder"):
        read_programme(tmp_path / "nowhere")
    with pytest.raises(BadInput, match="is no programme folder"):
        read_programme(tmp_path)
    with pytest.raises(BadInput, match=r"both mentors\.json and mentors\.csv"):
        read_programme(folder(tmp_path, mentors__csv="id\n"))


def test_a_table_that_leads_out_of_the_folder_or_is_too_large(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder(tmp_path / "p", mentors=None, sessions=None)
    (tmp_path / "mentors.json").write_text(json.dumps([MENTOR]))
    os.symlink(tmp_path / "mentors.json", path / "mentors.json")
    with pytest.raises(BadInput, match="leads out"):
        read_programme(path)
    (path / "mentors.json").unlink()
    (path / "mentors.json").write_bytes(b"[" + b" " * 50_000_000 + b"]")
    with pytest.raises(TooLarge, match=r"mentors\.json has more than 50,000,000 bytes"):
        read_programme(path)


def test_the_sample_programme_is_clean() -> None:
    read = read_programme(EXAMPLE)
    assert (len(read.people), len(read.profiles), len(read.goals)) == (28, 24, 12)
    assert (len(read.sessions), len(read.transcripts)) == (9, 9)
    assert read.unknown_columns == ()
    assert not {"gold"} & {key for row in json.loads((EXAMPLE / "sessions.json").read_text()) for key in row}


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(["mentors", "mentees", "sessions"]), st.data())
def test_whatever_stands_in_a_cell_is_a_value_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, noun: str, data: st.DataObject
) -> None:
    good = {"mentors": MENTOR, "mentees": MENTEE, "sessions": SESSION}[noun]
    column = data.draw(st.sampled_from(sorted(good)))
    row = {**good, column: data.draw(JSON)}
    path = folder(tmp_path_factory.mktemp("any"), **{noun: [row]})
    read = read_programme(path, skip_bad=True)
    listed = {"mentors": read.profiles, "mentees": read.people[1:], "sessions": read.sessions}[noun]
    assert len(listed) == (0 if any(p.file == f"{noun}.json" for p in read.problems) else 1)
