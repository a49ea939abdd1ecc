"""Whatever form articles come in, each becomes one item with its title, date and outlet; bad ones are items too."""

from __future__ import annotations

import json
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aneroid.errors import InputError
from aneroid.tables import write_parquet
from aneroid.text import load_document, read_article
from aneroid.text.collect import collect
from aneroid.text.wrapping import unwrap

SENTENCE = "In October 2010 Peru bought Mirage 2000 jets from France."
FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Times</title>
<item><title>A deal</title><link>https://harbour.example/1</link><pubDate>Tue, 05 Oct 2010 10:00:00 GMT</pubDate>
<description>&lt;p&gt;In October 2010 Peru bought Mirage 2000 jets from France.&lt;/p&gt;
&lt;script&gt;x()&lt;/script&gt;</description></item>
<item><title>Nothing</title><link>https://harbour.example/2</link></item></channel></rss>"""


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF of these lines, written by hand."""
    drawn = "BT /F1 11 Tf 50 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    page = "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(out)
    out += f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()
    return out


def test_a_mail_gives_subject_sender_and_day(tmp_path: Path) -> None:
    """Wrapped lines of a mail are joined; the raw file is kept as it came."""
    mail = EmailMessage()
    mail["From"], mail["Subject"] = '"Valley Gazette" <news@example.org>', "A deal"
    mail["Date"] = "Tue, 05 Oct 2010 10:00:00 +0000"
    mail.set_content(
        "In October 2010 Peru bought Mirage 2000 jets\nfrom France. Officials in Lima confirmed the sale\nand gave no price.\n"
    )
    path = tmp_path / "a.eml"
    path.write_bytes(bytes(mail))
    document = load_document(path)
    reading = read_article(document)
    assert (document.title, document.outlet, document.published) == (
        "A deal",
        "Valley Gazette",
        date(2010, 10, 5),
    )
    assert document.raw == path.read_bytes()
    assert "jets from France." in reading.article.text
    assert any(claim.kind == "arms_deal" for claim in reading.claims)


def test_a_pdf_gives_its_text(tmp_path: Path) -> None:
    """Printed lines are joined, a word parted at a line's end too; the head stays a head."""
    path = tmp_path / "a.pdf"
    path.write_bytes(
        pdf(
            [
                "A deal",
                "5 October 2010",
                "In October 2010 Peru bought Mirage 2000 jets from France and the min-",
                "ister confirmed the contract in Lima.",
            ]
        )
    )
    reading = read_article(load_document(path))
    assert "and the minister confirmed the contract in Lima." in reading.article.text
    assert reading.article.published == date(2010, 10, 5)
    assert any(claim.kind == "arms_deal" for claim in reading.claims)


@pytest.mark.parametrize(("content", "words"), [(b"%PDF-1.4 broken", "damaged"), (pdf([]), "no text")])
def test_a_pdf_without_text_is_refused_in_a_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    """Damaged files and pictures alone are named, with what to do."""
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    with pytest.raises(InputError, match=words):
        load_document(path)


def test_a_feed_gives_its_items(tmp_path: Path) -> None:
    """Each item has title, day and outlet; markup is stripped; an item without text says so when opened."""
    path = tmp_path / "feed.xml"
    path.write_text(FEED)
    first, second = collect(str(path))
    document = first.load()
    assert (document.title, document.outlet, document.published) == (
        "A deal",
        "Harbour Times",
        date(2010, 10, 5),
    )
    assert "x()" not in read_article(document).article.text
    with pytest.raises(InputError, match="--follow"):
        second.load()


@pytest.mark.parametrize("form", ["parquet", "jsonl", "csv"])
def test_a_table_gives_one_article_a_row(tmp_path: Path, form: str) -> None:
    """Columns go by their usual names; dates as agencies write them; a row without text says so."""
    rows = [
        {"title": "A deal", "body": SENTENCE, "date": "5-OCT-2010 15:01:01.79"},
        {"title": "B", "body": "", "date": ""},
    ]
    path = tmp_path / f"a.{form}"
    if form == "parquet":
        write_parquet(pd.DataFrame(rows), path)
    elif form == "csv":
        pd.DataFrame(rows).to_csv(path, index=False)
    else:
        path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    first, second = collect(str(path))
    assert (first.load().title, first.load().published) == ("A deal", date(2010, 10, 5))
    with pytest.raises(InputError, match="no text"):
        second.load()


def test_a_table_without_texts_names_its_columns(tmp_path: Path) -> None:
    """The message says what is there and what is needed."""
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(InputError, match="x, y"):
        collect(str(tmp_path / "a.csv"))


def test_a_folder_is_read_in_a_fixed_order(tmp_path: Path) -> None:
    """Files of all kinds below it, sorted, hidden ones left out; an empty folder is an error."""
    (tmp_path / "sub").mkdir()
    for name in ("b.txt", "a.md", "sub/c.html", ".hidden.txt", "picture.png"):
        (tmp_path / name).write_text(SENTENCE)
    assert [Path(item.name).name for item in collect(str(tmp_path))] == ["a.md", "b.txt", "c.html"]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="nothing to read"):
        collect(str(tmp_path / "empty"))


@pytest.mark.parametrize(
    ("text", "language", "state"),
    [
        (
            "في يناير 2020 صوّت البرلمان العراقي على إخراج القوات الأمريكية من العراق وقالت روسيا إنها ترحب بالقرار",
            "ar",
            "IRQ",
        ),
        (
            "Россия и Ирак подписали в Москве соглашение о поставках вооружений. Об этом заявил министр.",
            "ru",
            "RUS",
        ),
    ],
)
def test_other_languages_are_tagged_and_searched_for_actors(text: str, language: str, state: str) -> None:
    """No claims, and everybody named with the reason why."""
    reading = read_article(text + "\n")
    assert (reading.article.language, reading.claims) == (language, ())
    assert state in {party.state for party in reading.parties}
    assert all(party.why for party in reading.parties)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.text(alphabet="abcdefg .", min_size=1, max_size=120), max_size=12))
def test_unwrapping_loses_no_words(lines: list[str]) -> None:
    """Only line breaks change, and unwrapped text stays as it is."""
    text = "\n".join(lines)
    assert unwrap(text).split() == text.split()
