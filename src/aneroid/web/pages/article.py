"""`/article/<id>`: a kept article with its claims; its text is quoted shortly and never shown whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.digest.quotation import short_quotation
from aneroid.record.articles import articles
from aneroid.record.standings import Wanted, claims
from aneroid.web.answer import NotFound
from aneroid.web.blocks import records
from aneroid.web.page import Page
from aneroid.web.pages.claims import public, sentence_of

if TYPE_CHECKING:
    from aneroid.web.ask import Ask


def article(ask: Ask) -> Page:
    """Make the page."""
    name = ask.names["article"]
    with ask.store() as store:
        kept = {str(row["article"]): row for row in records(articles(store))}
        if name not in kept:
            raise NotFound(
                f'No article in this store goes by "{name[:40]}". The page /claims lists those with claims.'
            )
        rows = records(claims(store, Wanted(article=name)))
    notes = []
    for place, row in enumerate(rows, start=1):
        quoted, span = short_quotation(str(row["sentence_text"] or ""), int(row["sentence_start"]))
        notes.append({"number": place, "what": sentence_of(row), "quoted": quoted, "span": span, "row": row})
    about = kept[name]
    title = about["title"] or "Article without title"
    context = {"about": about, "notes": notes}
    return Page("article.html.j2", str(title), context, {"article": about, "claims": public(rows)})
