"""Whatever a file of feedback holds is told by what is in it, and told with its place."""

from datetime import date
from pathlib import Path

import pytest

from sharedcare.errors import InputRefused, ProfileRefused
from sharedcare.experience.feedback import FeedbackRead, ResponseType, answerings, read_feedback

REGION = Path(__file__).parents[2] / "profiles" / "fictional-region.yaml"


def read(folder: Path, text: str, name: str = "feedback.csv") -> FeedbackRead:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_feedback(path)


def test_answers_are_kept_apart_by_organisation_in_the_order_of_the_rows(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "organisation,story,response,story_date,response_date,role\n"
        "Tarn,1,Thanks,2026-01-01,05/01/2026,matron\nIvel,2,,,,\n tarn ,3,Sorry,,,\n",
    )
    assert list(found.landscape.feedback) == ["tarn", "ivel"]
    assert found.landscape.organisations["tarn"].name == "Tarn"
    first, second = found.responses["tarn"]
    assert (first.told_on, first.answered_on) == (date(2026, 1, 1), date(2026, 1, 5))
    assert first.role == "matron"
    assert second.story == "3"
    assert not found.responses["ivel"][0].is_answer


def test_names_that_make_the_same_id_stay_two_organisations(tmp_path: Path) -> None:
    found = read(tmp_path, "organisation,story,response\nA-B,1,x\nA B,2,y\nall,3,z\nΩ,4,w\nλ,5,v\n")
    assert len(found.responses) == 5


def test_a_table_without_organisations_is_of_one_that_has_no_name(tmp_path: Path) -> None:
    found = read(tmp_path, "story,response\n1,Thanks\n")
    (organisation,) = found.landscape.organisations.values()
    assert organisation.name is None


def test_an_impossible_day_is_refused_at_its_cell(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, "story,response,story_date\n1,x,31/02/2026\n2,y,2026-13-01\n")
    assert [(f.code, f.place.line, f.place.column) for f in refused.value.faults] == [
        ("BAD_DATE", 2, 3),
        ("BAD_DATE", 3, 3),
    ]


def test_an_answer_dated_before_its_story_is_told_and_its_delay_not_counted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "story,response,received,answered\n1,x,2026-03-01,2026-02-01\n2,y,2026-03-01,2026-03-04\n",
    )
    (fault,) = found.warnings
    assert (fault.code, fault.place.line, fault.place.column) == ("BAD_PERIOD", 2, 4)
    (one,) = answerings(found.landscape, found.responses)
    assert one.texts is not None
    assert one.texts.delay == 3


def test_an_answer_to_no_story_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputRefused) as refused:
        read(tmp_path, "story,response\n1,x\n,y\n,\n")
    assert [(f.code, f.place.line) for f in refused.value.faults] == [("MISSING_CELL", 3)]


@pytest.mark.parametrize(
    "counts",
    ["stories: 5, answered: 7", "answered: 7, responses: 6", "stories: 0, responses: 4"],
)
def test_counts_that_cannot_both_be_right_are_refused(tmp_path: Path, counts: str) -> None:
    with pytest.raises(ProfileRefused) as refused:
        read(tmp_path, f"feedback:\n  f: {{organisation: tarn, {counts}}}", "counts.yaml")
    assert [(f.code, f.place.line) for f in refused.value.faults] == [("BAD_COUNT", 2)]


def test_more_answers_than_stories_are_no_fault(tmp_path: Path) -> None:
    row = "feedback: {f: {organisation: tarn, stories: 65, answered: 65, responses: 75}}"
    assert read(tmp_path, row, "counts.yaml").landscape.feedback["f"].responses == 75


def test_a_table_of_no_rows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="1 fault"):
        read(tmp_path, "story,response\n")


def test_counts_in_a_table_are_the_counts_of_a_profile(tmp_path: Path) -> None:
    table = read(
        tmp_path,
        "organisation,stories,answered,identical,cast,redirects\n"
        'Tarn,500,480,90 %,press officer; manager,\nIvel,500,10,,"",\n',
    )
    told = [one.decision.type for one in answerings(table.landscape)]
    assert told == [ResponseType.GENERIC, ResponseType.NON_RESPONSE]
    tarn = next(iter(table.landscape.feedback.values()))
    assert tarn.cast == ("press officer", "manager")


def test_a_count_that_is_none_is_refused_at_its_cell(tmp_path: Path) -> None:
    with pytest.raises(ProfileRefused) as refused:
        read(tmp_path, "organisation,stories,identical\nTarn,many,1\nIvel,3,120 %\n")
    assert [(f.place.line, f.place.column) for f in refused.value.faults] == [(2, 2), (3, 3)]


def test_a_row_of_counts_without_its_organisation_is_refused_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(ProfileRefused) as refused:
        read(tmp_path, "organisation,stories\n,3\n")
    (fault,) = refused.value.faults
    assert (fault.code, fault.place.line) == ("MISSING_KEY", 2)


def test_a_file_of_counts_needs_neither_a_day_nor_the_organisations(tmp_path: Path) -> None:
    found = read(tmp_path, "feedback: {f: {organisation: tarn, stories: 3}}", "counts.yaml")
    assert list(found.landscape.organisations) == ["tarn"]


def test_a_slip_in_a_file_of_counts_is_told_with_the_key_that_may_be_meant(tmp_path: Path) -> None:
    with pytest.raises(ProfileRefused) as refused:
        read(tmp_path, "feedback:\n  f: {organisation: tarn, storys: 3}", "counts.yaml")
    (fault,) = refused.value.faults
    assert fault.place.line == 2
    assert "stories" in fault.message


def test_a_profile_is_read_with_all_that_it_includes() -> None:
    found = read_feedback(REGION)
    told = {one.id: one.decision.type for one in answerings(found.landscape)}
    assert told == {
        "hospitals_feedback": ResponseType.GENERIC,
        "community_feedback": ResponseType.CONVERSATIONAL,
        "anyshire_feedback": ResponseType.NON_RESPONSE,
    }


def test_the_order_of_the_rows_changes_nothing_that_is_said(tmp_path: Path) -> None:
    rows = [f"{n},{'Thank you for your comments' if n % 2 else f'The {n} lamp'}" for n in range(20)]
    first = read(tmp_path, "\n".join(["story,response", *rows]))
    second = read(tmp_path, "\n".join(["story,response", *reversed(rows)]))
    assert answerings(first.landscape, first.responses) == answerings(
        second.landscape, second.responses
    )
