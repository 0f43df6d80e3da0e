"""Words of a text layer whose spaces are lost or narrow, as Word sets condensed titles."""

from __future__ import annotations

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from pipeline.read.glyphs import read_glyphs


def words_of(operators: str) -> list[str]:
    """Return the words of a page that *operators* set in Times at 14 points."""
    with pikepdf.new() as pdf:
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name("/Times-Roman")
        )
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        page.Contents = pdf.make_stream(f"BT /F1 14 Tf 60 700 Td {operators} ET".encode("latin-1"))
        data = BytesIO()
        pdf.save(data)
    document = pypdfium2.PdfDocument(data.getvalue())
    try:
        page = document[0]
        return [word.text for word in read_glyphs(page, page.get_textpage()).words]
    finally:
        document.close()


@pytest.mark.parametrize(
    ("operators", "words"),
    [
        pytest.param(
            "-0.4 Tc [(thanh) -160 (lap) -160 (doi) -160 (tuyen)] TJ", ["thanh", "lap", "doi", "tuyen"], id="condensed"
        ),
        pytest.param(
            "-0.4 Tc [(thanh) -140 (laphoi) -140 (dong)] TJ", ["thanh", "laphoi", "dong"], id="two spaces of three"
        ),
        pytest.param("3 Tc (THONG) Tj", ["THONG"], id="letter-spaced"),
        pytest.param("[(T) 90 (ai) 10 (V) 110 (an)] TJ", ["TaiVan"], id="kerned pairs"),
        pytest.param("(thanh lap doi tuyen) Tj", ["thanh", "lap", "doi", "tuyen"], id="spaces of the file"),
    ],
)
def test_spaces(operators: str, words: list[str]) -> None:
    assert words_of(operators) == words
