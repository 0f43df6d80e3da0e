"""Numbers and dates of garbled text: changed only where the document has the evidence, and always with an edit."""

import pytest

from pipeline.restoration import restore
from pipeline.restoration.edits import apply
from pipeline.restoration.figures import mend_figures

TWICE = "Thực hiện Kế hoạch số 215/KH-UBND ngày 18/9/2019 của tỉnh\nTheo Kế hoạch số {} của tỉnh"


@pytest.mark.parametrize(
    ("cited", "mended"),
    [
        pytest.param("215/KH-UBND ngày 18/19/2019", "215/KH-UBND ngày 18/9/2019", id="no such month"),
        pytest.param("215/KH-UBND ngày 1?/9/2019", "215/KH-UBND ngày 18/9/2019", id="a digit unread"),
        pytest.param("215/KH-UBND, ngày 18 tháng 9 năm 20l9", "215/KH-UBND, ngày 18 tháng 9 năm 2019", id="spelled"),
        pytest.param("2?5/KH-UBND ngày 18/9/2019", "215/KH-UBND ngày 18/9/2019", id="number unread"),
        pytest.param("215/KH-UBND ngày 13/9/2019", None, id="possible: one against one"),
        pytest.param("216/KH-UBND ngày 18/9/2019", None, id="another plan of the same day"),
        pytest.param("215/QĐ-UBND ngày 18/19/2019", None, id="another kind of document"),
        pytest.param("214/KH-UBND ngày 18/19/2019", None, id="another number"),
        pytest.param("215/KH-UBND ngày 31/9/2019", None, id="two digits apart"),
    ],
)
def test_a_figure_is_changed_only_by_evidence(cited: str, mended: str | None) -> None:
    text = TWICE.format(cited)
    edits = mend_figures(text, {0, 1})
    assert apply(text, edits) == TWICE.format(mended or cited)
    assert all(edit.reason == "figure" and edit.confidence < 1 for edit in edits)


def test_two_places_outvote_a_possible_date_and_the_old_one_is_kept_as_alternative() -> None:
    code = "Kế hoạch số 215/KH-UBND ngày "
    text = "\n".join(code + day for day in ("18/9/2019", "18/9/2019", "13/9/2019"))
    (edit,) = mend_figures(text, {0, 1, 2})
    assert (edit.old, edit.new, edit.alternatives) == ("13", "18", ("13",))
    assert mend_figures(apply(text, [edit]), {0, 1, 2}) == []


def test_lines_that_are_not_garbled_are_evidence_but_stay() -> None:
    assert mend_figures(TWICE.format("215/KH-UBND ngày 18/19/2019"), {0}) == []


@pytest.mark.model
def test_dates_of_a_garbled_plan() -> None:
    garbled = "\n".join(
        [
            "KE HOACH",
            "T6 chirc Hi nghi dién hinh tién tién céc cép",
            "Thuc hién Ké hoach s6 215/KH-UBND ngay 18/9/2019 cia Uy ban nhan dan tinh;",
            "Panh gia két qua phong trao thi dua yéu nuéc cia huyén, bao céo truéc ngay 3O/6/2020",
            "Theo Ké hoach s6 2l5/KH-UBND ngay 18/19/2019 cia Uy ban nhan dan tinh, c4c x4 t6 chirc",
        ]
    )
    restored = restore(garbled)
    assert apply(garbled, restored.edits) == restored.text
    assert restored.text.count("215/KH-UBND ngày 18/9/2019") == 2
    assert "30/6/2020" in restored.text
    assert {edit.reason for edit in restored.edits if edit.old in ("19", "2l5", "3O/6/2020")} == {"figure", "digit"}
    assert restore(restored.text).text == restored.text
