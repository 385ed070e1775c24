import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from scheduler.domain.check import check
from scheduler.domain.document import Document
from scheduler.domain.session_plan import SessionPlan
from scheduler.domain.timetable import Timetable
from scheduler.errors import BadInput
from scheduler.formats import head, read
from scheduler.formats.native import digest, dumps, read_session_plan, read_timetable, recognise, validated, write
from scheduler.formats.plain import LARGEST, parse
from tests.exam_strategies import PLANS, attestations, attested_documents
from tests.strategies import documents, timetables

SLOW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

SMALLEST = Document.model_validate({"term": {"first_day": "2026-09-01", "last_day": "2026-12-30"}})


@SLOW
@given(documents() | attestations())
def test_documents_come_back_from_yaml_and_json_as_they_were(document: Document) -> None:
    for as_json in (False, True):
        text = dumps(document, as_json=as_json)

        again = validated(parse(text.encode(), "drawn"), Document)

        assert again == document
        assert digest(again) == digest(document)


@SLOW
@given(documents() | attested_documents())
def test_drawn_documents_have_no_faults(document: Document) -> None:
    assert [str(fault) for fault in check(document)] == []


@SLOW
@given(timetables())
def test_timetables_come_back_from_yaml_and_json_as_they_were(timetable: Timetable) -> None:
    for as_json in (False, True):
        assert validated(parse(dumps(timetable, as_json=as_json).encode(), "drawn"), Timetable) == timetable


@SLOW
@given(PLANS)
def test_plans_of_sessions_come_back_from_yaml_and_json_as_they_were(plan: SessionPlan) -> None:
    for as_json in (False, True):
        assert validated(parse(dumps(plan, as_json=as_json).encode(), "drawn"), SessionPlan) == plan


def test_a_plan_is_read_from_its_file_and_nothing_else_is(tmp_path: Path) -> None:
    plan = SessionPlan(id="summer", sessions=("summer",), cost=7)
    write(plan, tmp_path / "plan.json")
    write(Timetable(id="term"), tmp_path / "term.json")

    assert read_session_plan(tmp_path / "plan.json") == plan
    with pytest.raises(BadInput) as bad:
        read_session_plan(tmp_path / "term.json")
    assert str(bad.value) == (
        f"{tmp_path / 'term.json'}: field format: The format (zvonok-timetable/1) must be zvonok-session/1."
    )


def test_a_file_is_written_as_its_name_ends_and_read_by_its_content(tmp_path: Path) -> None:
    for name in ("term.json", "term.yaml", "term.anything"):
        write(SMALLEST, tmp_path / name)

        assert read(tmp_path / name) == SMALLEST
        assert read(tmp_path / name, "native") == SMALLEST
    assert json.loads((tmp_path / "term.json").read_text("utf-8")) == {
        "format": "zvonok-document/1",
        "term": {"first_day": "2026-09-01", "last_day": "2026-12-30"},
    }
    assert (tmp_path / "term.yaml").read_text("utf-8") == (
        "format: zvonok-document/1\nterm:\n  first_day: '2026-09-01'\n  last_day: '2026-12-30'\n"
    )


def test_a_digest_is_of_what_is_said_and_not_of_how(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("term: {last_day: 2026-12-30, first_day: 2026-09-01, cycle: 1}", "utf-8")

    assert digest(read(tmp_path / "a.yaml")) == digest(SMALLEST)
    assert digest(SMALLEST) == "3cc993bf1ecc85e5f28b3a3644ce60377a5a5c707816a6a2c892704b6536fd66"


def test_yaml_means_what_a_person_sees() -> None:
    seen = parse(
        b"a: no\nb: 10:30\nc: 2026-09-01\nd: 0.5\ne: '1'\nf: 010\ng: off\nh: ~\ni: true\nj: -3\nk: 1e5\n<<: x\n", "f"
    )

    assert seen == {
        "a": "no",
        "b": "10:30",
        "c": "2026-09-01",
        "d": 0.5,
        "e": "1",
        "f": "010",
        "g": "off",
        "h": None,
        "i": True,
        "j": -3,
        "k": "1e5",
        "<<": "x",
    }


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"a: 1\nb: [1, 2", "line 3: The file must not end here: something is left open."),
        (b'{"a": 1, "b": [1,\n 2', "line 2: The file must not end here: something is left open."),
        (b'{"a": "xx', "line 1: The file must not end here: something is left open."),
        (b"a: 'xx\nyy", "line 2: The file must not end here: something is left open."),
        (b"a: b: c", "line 1: The file must be YAML; column 5 is not."),
        (b'{"a": 1,}', "line 1: The file must be JSON; column 9 is not."),
        (b"a: &x 1\nb: *x", "line 2: The alias *x must be written out."),
        (b"a: !!python/object:os.x 1", "line 1: The tag tag:yaml.org,2002:python/object:os.x must be left out."),
        (b"a: 1\na: 2", "line 2: The field “a” must be given once only."),
        (b'{"a": 1, "a": 2}', "The field “a” must be given once only."),
        (b'{"a": NaN}', "The value (NaN) must be a number."),
        (b'{"a": 99999999999999999999999}', "The value (99999999999999999999…) must be a number."),
        (b'{"a": "\\ud800"}', "The text must have no halves of characters."),
        (b"a: 1\n---\nb: 2", "line 2: The file must hold one document only."),
        (b"? [a]\n: 1", "line 1: The name of a field must be a word."),
        (b"a: \x01", "line 1: The text must have no line breaks or other control characters."),
        (b"a: 1\nb: \xff", "line 2: The file must be text in UTF-8."),
        (b"- " * 100_000, "line 1: Lists and tables must not lie more than 40 levels deep."),
        (b"[" * 100_000, "Lists and tables must not lie more than 40 levels deep."),
        (b" " * (LARGEST + 1), "The file must have at most 64 MB."),
    ],
)
def test_what_is_no_plain_data_is_refused_with_its_line(content: bytes, told: str) -> None:
    with pytest.raises(BadInput) as bad:
        parse(content, "term.yaml")

    assert str(bad.value) == f"term.yaml: {told}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (
            b"",
            "The file must be a workbook (XLSX), a document (YAML or JSON), a FET file or an ITC-2007 file (CTT, EXAM).",
        ),
        (b"just words", "The file must hold a table of fields."),
        (
            b"format: zvonok-timetable/1",
            "field format: The format (zvonok-timetable/1) must be zvonok-document/1.",
        ),
        (b"term: {first_day: 2026-09-01}", "field term.last_day: The field “last_day” must be given."),
    ],
)
def test_what_is_no_document_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "term.yaml"
    path.write_bytes(content)

    with pytest.raises(BadInput) as bad:
        read(path)

    assert str(bad.value) == f"{path}: {told}"


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "term.yaml"
    path.write_text(
        "term: {first_day: 5, last_day: 2026-13-01, cycl: 2, cycle: 7, week_days: x}\n"
        "rooms: [{id: a b, site: S, seats: -5}]\n"
        "courses: [{id: C, subject: s, hours: two, mode: onlin}]\n"
        "policy: {rules: [{weight: soft, parameters: {a: {b: [1]}}}]}\n",
        "utf-8",
    )

    with pytest.raises(BadInput) as bad:
        read(path)

    assert [str(fault).removeprefix(f"{path}: ") for fault in bad.value.faults] == [
        "field term.first_day: The value (5) must be a date such as 2026-09-01 or a time such as 08:30.",
        "field term.last_day: The value (2026-13-01) must be a date such as 2026-09-01.",
        "field term.week_days: The value (x) must be a whole number.",
        "field term.cycle: The value (7) must be at most 5.",
        "field term.cycl: There is no field “cycl” here. Maybe “cycle” was meant.",
        "field rooms[0].id: The name (a b) must have no spaces, commas, semicolons, equals signs or slashes.",
        "field rooms[0].seats: The value (-5) must be at least 0.",
        "field courses[0].mode: The value (onlin) must be one of online, site, self_paced.",
        "field courses[0].hours: The value (two) must be a number such as 2, 0.5 or 1/2.",
        (
            "field policy.rules[0].parameters.a: "
            "The parameter must be a word or a number, a list of them, or a table of them."
        ),
        "field policy.rules[0].weight: The weight (soft) must be a whole number from 0, required or off.",
    ]


def test_a_file_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    for reading in (read, read_timetable, read_session_plan, head):
        with pytest.raises(BadInput) as bad:
            reading(tmp_path / "none.yaml")

        assert str(bad.value) == f"{tmp_path / 'none.yaml'}: There must be a file of this name."


def test_an_unknown_format_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as bad:
        read(tmp_path / "any", "untis")

    assert str(bad.value).startswith("The format (untis) must be one of ")


def test_archives_markup_and_binaries_are_not_native() -> None:
    assert [
        recognise(start, "x") for start in (b"PK\x03\x04..", b"<?xml", b"a\x00b", b"  ", b"\xef\xbb\xbfterm: 1")
    ] == [
        False,
        False,
        False,
        False,
        True,
    ]
