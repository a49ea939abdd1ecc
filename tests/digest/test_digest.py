"""The digest: what it says, what it refuses to say, and the page it becomes."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.digest import DigestInput, Movement, build_content, render_html, write_digest
from aneroid.digest.blocks import ClaimList, DigestContent, Figure, Notice, SourceList, Table
from aneroid.digest.figures import movement_table
from aneroid.digest.finding import view
from aneroid.digest.quotation import MOST_LETTERS, short_quotation
from aneroid.errors import EnvironmentProblem

sys.path.insert(0, str(Path(__file__).parent))
from synthetic import synthetic  # the fixture module lies beside this file

FULL = synthetic()
PAGE = render_html(build_content(FULL))
VOID = {"meta", "rect", "path", "line", "stop", "br", "img", "link"}


def poor() -> DigestInput:
    """A state of which nothing is known."""
    empty = {
        name: getattr(FULL, name).iloc[:0] for name in ("lean", "neighbours", "readings", "claims", "facts")
    }
    return replace(FULL, name="Somalia", movement=None, p_towards_a=None, **empty)


def notices_of(content: DigestContent) -> list[str]:
    blocks = [block for section in content.sections for block in section.blocks]
    return [block.title for block in (*content.notices, *blocks) if isinstance(block, Notice)]


class Outline(HTMLParser):
    """Collects tags, headings and the nesting of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(tag)


def outline(page: str) -> Outline:
    read = Outline()
    read.feed(page)
    return read


def test_the_finding_is_one_sentence_with_its_probability() -> None:
    """Direction, probability, word and movement stand in one sentence."""
    finding = build_content(FULL).finding
    assert finding.startswith("In 2020 the government of Iraq very likely (92 %) leaned towards Russia")
    assert (
        "very likely (93 %) moved towards the United States since 2003, by an estimated 0.71 units" in finding
    )
    assert finding.count(". ") == 0 and finding.endswith(".")


def test_even_odds_name_no_side() -> None:
    """At 52 % the finding takes no side, and a movement at 60 % is no movement."""
    movement = replace(FULL.movement, p_towards_a=0.6) if FULL.movement else None
    finding = build_content(replace(FULL, p_towards_a=0.52, movement=movement)).finding
    assert "as likely to the United States as to Russia (52 % to 48 %)" in finding
    assert "no clear movement since 2003" in finding


def test_without_a_probability_the_range_decides_what_may_be_said() -> None:
    """A range that holds zero gives no direction."""
    lean = FULL.lean.assign(hi90=FULL.lean["hi90"] + 1.0)
    finding = build_content(replace(FULL, p_towards_a=None, lean=lean)).finding
    assert "leaned clearly to neither the United States nor Russia" in finding


def test_swapping_the_poles_mirrors_the_finding() -> None:
    """The same numbers seen from the other pole say the same."""
    signs = {name: -FULL.lean[name] for name in ("lean",)}
    lean = FULL.lean.assign(
        pole_a=FULL.lean["pole_b"], pole_b=FULL.lean["pole_a"], **signs,
        lo90=-FULL.lean["hi90"], hi90=-FULL.lean["lo90"], lo50=-FULL.lean["hi50"], hi50=-FULL.lean["lo50"],
    )  # fmt: skip
    main = (FULL.poles[1], FULL.poles[0])
    assert FULL.movement is not None
    parts = FULL.movement.by_indicator.assign(contribution=-FULL.movement.by_indicator["contribution"])
    turned = Movement(2003, 2020, -FULL.movement.amount, parts, p_towards_a=1 - 0.93)
    mirrored = replace(FULL, lean=lean, poles=main, p_towards_a=1 - 0.08, movement=turned, neighbour_ids=())
    assert build_content(mirrored).finding == build_content(FULL).finding


def test_the_printed_contributions_add_up_with_the_rounding_line() -> None:
    """Whoever adds the printed column by hand reaches the printed end."""
    seen = view(FULL)
    table = movement_table(seen, seen.rows[0], seen.rows[-1])
    printed = [round(float(row[4].replace("−", "-")) * 100) for row in table.rows]
    assert sum(printed[:-1]) == printed[-1]
    assert table.rows[-2][0] == "Rounding"


def test_small_contributions_are_folded_but_still_counted() -> None:
    """Contributions too small to print stand in one line."""
    assert FULL.movement is not None
    frame = FULL.movement.by_indicator
    tiny = frame.iloc[[0, 0, 0]].assign(label=["x", "y", "z"], contribution=[0.004, 0.003, -0.007])
    more = replace(FULL.movement, by_indicator=pd.concat([frame, tiny], ignore_index=True))
    seen = view(replace(FULL, movement=more))
    table = movement_table(seen, seen.rows[0], seen.rows[-1])
    assert any(row[0].startswith("2 others") for row in table.rows)
    printed = [round(float(row[4].replace("−", "-")) * 100) for row in table.rows]
    assert sum(printed[:-1]) == printed[-1]


def test_a_state_without_data_gets_honest_empty_parts() -> None:
    """No chart and no direction is made up; the page says what is not known and stays whole."""
    content = build_content(poor())
    assert content.finding.startswith("There is not enough evidence")
    assert content.dial is None
    titles = notices_of(content)
    for expected in ("Not enough evidence", "No estimate", "No movement to explain", "No claims read"):
        assert expected in titles
    page = render_html(content)
    assert "There is no estimate in any year of 2003–2020." in page
    assert not outline(page).wrong


def test_few_indicators_are_called_weakly_identified() -> None:
    """With two indicators the reader is warned at the top."""
    content = build_content(replace(FULL, lean=FULL.lean.assign(n_indicators=2)))
    assert "Weakly identified" in [notice.title for notice in content.notices]


def test_an_estimate_that_ends_early_is_dated_as_such() -> None:
    """A digest to 2022 with estimates to 2020 speaks of 2020 and says so."""
    content = build_content(replace(FULL, end=2022))
    assert content.finding.startswith("In 2020")
    assert "No estimate for 2022" in [notice.title for notice in content.notices]


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    """One file: no script, no import, no picture or style from elsewhere."""
    assert "<script" not in PAGE.lower()
    assert not re.search(r"\son\w+\s*=", re.sub(r">[^<]*<", "><", PAGE))
    assert not re.search(r"(?:src|srcset|data|action|poster)\s*=\s*[\"']", PAGE)
    assert not re.search(r"@import|url\(\s*[\"']?https?:", PAGE)
    assert "javascript:" not in PAGE
    assert not {"link", "iframe", "object", "embed", "img", "form"} & set(outline(PAGE).tags)


def test_the_page_is_well_formed_and_its_headings_are_in_order() -> None:
    """Every tag closes, ids are unique, there is one h1, no level is skipped, tables have captions."""
    read = outline(PAGE)
    assert not read.wrong and not read.open
    assert len(read.ids) == len(set(read.ids))
    levels = [int(tag[1]) for tag in read.tags if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert read.tags.count("caption") == read.tags.count("table")
    assert '<html lang="en">' in PAGE


def test_every_figure_has_picture_table_sources_and_words() -> None:
    """Chart, table, sources and text alternative stand together, for the desk and for the phone."""
    content = build_content(FULL)
    figures = [b for s in content.sections for b in s.blocks if isinstance(b, Figure)] + [content.dial]
    assert len(figures) == 6
    for figure in figures:
        assert figure is not None
        assert figure.table.rows and figure.sources and figure.chart.alt
        assert figure.narrow is not None or figure.chart.name == "dial"
    assert PAGE.count("<figure") == 6
    assert PAGE.count("Table and sources") == 6


def test_the_same_input_gives_the_same_bytes() -> None:
    """No clock, no counter, no chance in the page."""
    assert render_html(build_content(synthetic())) == PAGE


def test_claims_carry_standing_speaker_and_place_and_are_kept_apart_from_facts() -> None:
    """A claim is never printed without who says so, its standing, and where it stands in the text."""
    blocks = [b for s in build_content(FULL).sections for b in s.blocks if isinstance(b, ClaimList)]
    claims = blocks[0].claims
    assert [claim.standing for claim in claims] == ["confirmed", "unresolved", "reported"]
    assert claims[2].according_to == "state television"
    assert all(re.search(r"characters \d+–\d+$", claim.place) for claim in claims)
    assert "Iraq (parliament) asks the United States (armed forces)" in claims[2].what
    assert all(len(claim.quotation.replace(" …", "").split()) <= 25 for claim in claims)


@given(st.text(max_size=600), st.integers(0, 10_000))
def test_a_quotation_never_exceeds_25_words_and_its_offsets_fit(sentence: str, start: int) -> None:
    """What is quoted is what stands at the offsets, and never too long."""
    quoted, (first, last) = short_quotation(sentence, start)
    cut = sentence[first - start : last - start]
    assert len(cut.split()) <= 25
    assert len(cut) <= MOST_LETTERS
    assert quoted.removesuffix(" …") == " ".join(cut.split()) or quoted == " ".join(cut.split())


@settings(max_examples=15, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_text_from_outside_is_escaped_wherever_it_stands(text: str) -> None:
    """Names, claims, facts and citations are letters on the page, whatever they hold."""
    nasty = f"<script>alert(1)</script>&\"'{text}"
    given_input = replace(
        poor(),
        name=nasty,
        claims=FULL.claims.assign(
            sentence=nasty, title=nasty, details=nasty, standing=nasty, attributed_to=nasty
        ),
        facts=FULL.facts.assign(text=nasty, citation=nasty),
        sources=FULL.sources.assign(title=nasty, citation=nasty, licence=nasty, url=f"javascript:{text}"),
        limits=(nasty,),
    )
    page = render_html(build_content(given_input))
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert not outline(page).wrong


def test_a_name_with_markup_is_escaped_in_pictures_too() -> None:
    """The state's name goes through the renderer of charts as text."""
    page = render_html(build_content(replace(FULL, name="<b onload=x>Iraq</b>")))
    assert "<b onload" not in page


def test_links_go_to_web_addresses_only() -> None:
    """A source with another scheme has no link."""
    blocks = [b for s in build_content(FULL).sections for b in s.blocks if isinstance(b, SourceList)]
    links = [source.link for source in blocks[0].sources]
    assert links == [
        "https://doi.org/10.1177/0022002715595700",
        "https://example.org/arms",
        "https://doi.org/10.1177/07388942211030885",
        "",
    ]


def test_no_number_column_of_a_table_is_left_without_heading() -> None:
    """Rows are as wide as their headings."""
    tables = [b for s in build_content(FULL).sections for b in s.blocks if isinstance(b, Table)]
    assert tables
    assert all(len(row) == len(table.header) for table in tables for row in table.rows)


def test_a_digest_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    """A folder that does not exist gives one clear sentence and leaves nothing behind."""
    content = build_content(poor())
    write_digest(content, tmp_path / "iraq.html")
    assert (tmp_path / "iraq.html").read_text(encoding="utf-8") == render_html(content)
    with pytest.raises(EnvironmentProblem, match="Choose a folder"):
        write_digest(content, tmp_path / "none" / "iraq.html")
    (tmp_path / "taken.html").mkdir()
    with pytest.raises(EnvironmentProblem, match="Cannot write"):
        write_digest(content, tmp_path / "taken.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["iraq.html", "taken.html"]


def test_a_full_digest_is_small() -> None:
    """A page with every figure stays far under a megabyte."""
    assert len(PAGE.encode()) < 300_000
