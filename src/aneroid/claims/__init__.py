"""What is said against what is on record: each claim's standing, and how it changed."""

from __future__ import annotations

from aneroid.claims.intake import READER, take_in
from aneroid.claims.report import answers, claims_about
from aneroid.claims.standing import Answer, hold_against_record

__all__ = ["READER", "Answer", "answers", "claims_about", "hold_against_record", "take_in"]
