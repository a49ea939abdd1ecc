"""Reading: from an article to the claims it makes, each with who, to whom, what, when, how sure and who says so."""

from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Modality, Party, Reading
from aneroid.text.read import read_article
from aneroid.text.render import to_html, to_rows

__all__ = [
    "Article",
    "Attribution",
    "Claim",
    "DatePrecision",
    "Modality",
    "Party",
    "Reading",
    "read_article",
    "to_html",
    "to_rows",
]
