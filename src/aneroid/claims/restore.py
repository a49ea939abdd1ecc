"""Claims as they come back from the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aneroid.text.model import Attribution, Claim, DatePrecision, Modality, Party


def claim_of(body: Mapping[str, Any]) -> Claim:
    """Build a claim from the body that the store keeps of it; the inverse of ``dataclasses.asdict``."""
    fields = dict(body)
    fields["sentence_span"] = tuple(fields["sentence_span"])
    fields["source"], fields["target"] = _party(fields["source"]), _party(fields["target"])
    fields["attribution"] = _attribution(fields["attribution"])
    fields["modality"] = Modality(fields["modality"])
    fields["date_precision"] = DatePrecision(fields["date_precision"])
    for name in ("weapons", "third_parties", "inferred"):
        fields[name] = tuple(fields[name])
    fields["spans"] = {name: tuple(map(tuple, spans)) for name, spans in fields["spans"].items()}
    return Claim(**fields)


def _party(body: Mapping[str, Any] | None) -> Party | None:
    return None if body is None else Party(**{**body, "span": tuple(body["span"])})


def _attribution(body: Mapping[str, Any] | None) -> Attribution | None:
    if body is None:
        return None
    span = body["source_span"]
    return Attribution(
        **{
            **body,
            "source_span": None if span is None else tuple(span),
            "cue_span": tuple(body["cue_span"]),
            "through": _attribution(body["through"]),
        }
    )
