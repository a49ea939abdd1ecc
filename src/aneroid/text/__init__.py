"""Reading: from an article to the claims it makes, each with who, to whom, what, when, how sure and who says so."""

from aneroid.text.backends import NAMES as BACKENDS
from aneroid.text.backends import Backend, load_backend
from aneroid.text.documents import Document, load_document, samples
from aneroid.text.model import Article, Attribution, Claim, DatePrecision, Modality, Party, Reading
from aneroid.text.read import read_article
from aneroid.text.render import to_html, to_rows

__all__ = [
    "BACKENDS",
    "Article",
    "Attribution",
    "Backend",
    "Claim",
    "DatePrecision",
    "Document",
    "Modality",
    "Party",
    "Reading",
    "load_backend",
    "load_document",
    "read_article",
    "samples",
    "to_html",
    "to_rows",
]
