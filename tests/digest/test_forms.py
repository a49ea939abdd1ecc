"""The forms of a digest: PDF, JSON, ZIP, and the digest of several states."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from aneroid.digest import build_content, render_html, write_digest
from aneroid.digest.blocks import DigestContent
from aneroid.digest.collection import build_collection
from aneroid.digest.content import SECTIONS
from aneroid.digest.look import Look, Paper
from aneroid.digest.pdf import render_pdf
from aneroid.digest.portable import figures_of, render_json
from aneroid.errors import InputError

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import synthetic  # the fixture module lies beside this file

FULL = synthetic()


@pytest.fixture(scope="module")
def content() -> DigestContent:
    return build_content(FULL)


@pytest.fixture(scope="module")
def printed(content: DigestContent) -> bytes:
    return render_pdf(content)


def several() -> DigestContent:
    """Two states, the second without any estimate."""
    empty = {
        name: getattr(FULL, name).iloc[:0] for name in ("lean", "neighbours", "readings", "claims", "facts")
    }
    bare = replace(FULL, state="SOM", name="Somalia", movement=None, p_towards_a=None, **empty)
    return build_collection([FULL, bare], name="Two states")


def test_the_same_content_gives_the_same_pdf(content: DigestContent, printed: bytes) -> None:
    """Neither a clock nor the fonts of the machine enter it."""
    assert render_pdf(content) == printed
    assert len(printed) < 1_000_000


def test_the_pdf_says_what_the_page_says(content: DigestContent, printed: bytes) -> None:
    """Finding, section titles and sources stand in its text; it is tagged, in a language, with a title."""
    reader = PdfReader(io.BytesIO(printed))
    text = " ".join("".join(page.extract_text() for page in reader.pages).replace("\n", " ").split())
    for words in (content.finding, *(section.title for section in content.sections)):
        assert " ".join(words.split())[:40] in text
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and str(root["/Lang"]) == "en"
    assert reader.metadata is not None and content.title in str(reader.metadata.title)


def test_every_figure_of_the_pdf_has_its_text_alternative(content: DigestContent, printed: bytes) -> None:
    """As many alternatives as figures: the standard refuses one without."""
    reader = PdfReader(io.BytesIO(printed))
    alternatives = [
        str(element["/Alt"])
        for number in range(1, int(reader.trailer["/Size"]))
        if isinstance(element := reader.get_object(number), dict) and "/Alt" in element
    ]
    assert {figure.chart.alt for _, figure in figures_of(content)} <= set(alternatives)


def test_letter_paper_is_letter_paper(content: DigestContent) -> None:
    """612 × 792 points."""
    page = PdfReader(io.BytesIO(render_pdf(content, Look(Paper.LETTER)))).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (612, 792)


def test_json_holds_every_number_of_the_charts(content: DigestContent) -> None:
    """A program reads the finding, the vintage and the data of each chart."""
    read = json.loads(render_json(content))
    assert read["finding"] == content.finding and read["vintage"][0][0] == "Known as of"
    assert read["dial"]["chart"]["data"] and read["dial"]["chart"]["alt"]
    assert [section["key"] for section in read["sections"]] == [section.key for section in content.sections]


def test_the_zip_holds_pages_charts_numbers_and_citations(tmp_path: Path, content: DigestContent) -> None:
    """Written twice it is the same file."""
    for name in ("a.zip", "b.zip"):
        write_digest(content, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = archive.namelist()
        assert {"digest.html", "digest.pdf", "digest.json", "CITATION.bib", "README.txt"} <= set(names)
        assert "@misc{" in archive.read("CITATION.bib").decode()
        for key, _ in figures_of(content):
            assert archive.read(f"data/{key}.csv").count(b"\n") > 1 and f"charts/{key}.svg" in names


def test_sections_can_be_chosen(content: DigestContent) -> None:
    """Sources always stay; a section that does not exist is refused by name."""
    made = build_content(FULL, sections=("claims",))
    assert [section.key for section in made.sections] == ["claims", "sources"]
    assert {section.key for section in content.sections} <= set(SECTIONS)
    with pytest.raises(InputError, match="gossip"):
        build_content(FULL, sections=("gossip",))


def test_several_states_stand_beside_each_other_and_none_is_filled_in() -> None:
    """The state without an estimate is named as such; sources stand once."""
    made = several()
    assert "Of 2 governments" in made.finding
    assert "Somalia" in made.notices[0].text
    page = render_html(made)
    assert page.count("Sources and terms") == 2  # the section and its line in the contents
    assert "not enough evidence" in page
    assert PdfReader(io.BytesIO(render_pdf(made))).pages


def test_ids_on_a_page_of_several_states_are_unique() -> None:
    """Each member's parts bear its place."""
    import re

    ids = re.findall(r'\bid="([^"]+)"', render_html(several()))
    assert len(ids) == len(set(ids))


def test_a_template_and_a_logo_of_ones_own_are_used(tmp_path: Path, content: DigestContent) -> None:
    """A style sheet changes the page; a logo that is not there is refused."""
    (tmp_path / "digest.css").write_text("body { color: rebeccapurple }", encoding="utf-8")
    assert "rebeccapurple" in render_html(content, templates=tmp_path)
    with pytest.raises(InputError, match="logo"):
        write_digest(content, tmp_path / "a.pdf", Look(logo=tmp_path / "none.png"))
    with pytest.raises(InputError, match=r"digest\.typ"):
        render_pdf(content, Look(templates=tmp_path))


def test_another_ending_is_refused(tmp_path: Path, content: DigestContent) -> None:
    """The sentence lists the forms there are."""
    with pytest.raises(InputError, match=r"\.pdf"):
        write_digest(content, tmp_path / "digest.docx")
