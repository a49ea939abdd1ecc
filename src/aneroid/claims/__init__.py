"""What is said against what is on record: each claim's standing, and how it changed."""

from __future__ import annotations

from aneroid.claims.checks import hold_against_record
from aneroid.claims.history import Answer, Standing
from aneroid.claims.intake import READER, take_in
from aneroid.claims.report import answers, claims_about

__all__ = ["READER", "Answer", "Standing", "answers", "claims_about", "hold_against_record", "take_in"]
