"""Show a reading: rows for a table or JSON Lines, and one self-contained page with the claims marked in the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from aneroid.text.hedges import hedge_range
from aneroid.text.model import Attribution, Claim, Party, Reading, Span

MAX_QUOTE_WORDS = 25
_STYLE = """
body{font:17px/1.6 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
h1{font-size:1.6rem;line-height:1.25}.meta,.note,dl{font:14px/1.5 system-ui,sans-serif;color:#444}
mark{background:#fff3c4;color:inherit;border-bottom:2px solid #b35900;padding:0 .1em}
mark.coop{background:#dcebf7;border-bottom:2px solid #005ea5}
mark.open{background:#eee;border-bottom:2px dashed #3d3d3d}
sup a{font:11px system-ui,sans-serif;text-decoration:none;color:#005ea5}
ol{padding-left:1.6rem}li{margin:0 0 1rem}li strong{font-family:system-ui,sans-serif}
dl{display:grid;grid-template-columns:8.5rem 1fr;margin:.2rem 0;gap:.1rem .6rem}dt{color:#595959}dd{margin:0}
@media print{body{max-width:none}mark{background:none}}
"""


def to_rows(reading: Reading) -> list[dict[str, object]]:
    """Return one flat row for each claim, for a table or JSON Lines.

    Returns
    -------
    list of dict
        Values are text, numbers, lists or None; ``spans`` maps each facet to its offsets in the article. ``quote``
        is at most 25 words of the sentence, so that rows may be passed on.
    """
    return [_row(reading, claim) for claim in reading.claims]


def _row(reading: Reading, claim: Claim) -> dict[str, object]:
    attribution, meant = claim.attribution, hedge_range(claim.hedge)
    return {
        "claim_id": claim.claim_id,
        "article_id": claim.article_id,
        "sentence": claim.sentence,
        "source": _key(claim.source),
        "source_sector": claim.source.sector if claim.source else None,
        "source_phrase": claim.source.phrase if claim.source else None,
        "source_why": claim.source.why if claim.source else None,
        "target": _key(claim.target),
        "target_sector": claim.target.sector if claim.target else None,
        "target_phrase": claim.target.phrase if claim.target else None,
        "target_why": claim.target.why if claim.target else None,
        "event": claim.event,
        "mode": claim.mode,
        "kind": claim.kind,
        "cameo_root": claim.cameo_root,
        "quad": claim.quad,
        "goldstein": claim.goldstein,
        "modality": claim.modality.value,
        "said_by": attribution.source if attribution else None,
        "said_by_state": attribution.state if attribution else None,
        "cue": attribution.cue if attribution else None,
        "relayed_by": attribution.through.source if attribution and attribution.through else None,
        "date": claim.date,
        "date_precision": claim.date_precision.value,
        "amount": claim.amount,
        "currency": claim.currency,
        "weapons": list(claim.weapons),
        "quantity": claim.quantity,
        "supplier": claim.supplier,
        "recipient": claim.recipient,
        "third_parties": list(claim.third_parties),
        "location": claim.location,
        "condition": claim.condition,
        "prediction": claim.prediction,
        "outcome": claim.outcome,
        "horizon": claim.horizon,
        "hedge": claim.hedge,
        "hedge_range": [meant.low, meant.high, meant.scale] if meant else None,
        "reciprocal": claim.reciprocal,
        "inferred": list(claim.inferred),
        "rule": claim.rule,
        "confidence": claim.confidence,
        "quote": short_quote(reading.article.text, claim.sentence_span, claim.spans.get("event", ())),
        "spans": {name: [list(span) for span in spans] for name, spans in all_spans(claim).items()},
    }


def _key(party: Party | None) -> str | None:
    return (party.state or party.actor) if party is not None else None


def all_spans(claim: Claim) -> dict[str, tuple[Span, ...]]:
    """Return every span of a claim: facets, parties, sentence, and who says so."""
    spans = dict(claim.spans)
    spans["sentence"] = (claim.sentence_span,)
    for name, party in (("source", claim.source), ("target", claim.target)):
        if party is not None:
            spans[name] = (party.span,)
    if claim.attribution is not None:
        spans["said_by"] = (claim.attribution.source_span,) if claim.attribution.source_span else ()
        spans["said_cue"] = (claim.attribution.cue_span,)
    return {name: found for name, found in spans.items() if found}


def short_quote(text: str, sentence: Span, focus: Iterable[Span], words: int = MAX_QUOTE_WORDS) -> str:
    """Return at most so many words of a sentence, around what matters in it."""
    quoted = text[sentence[0] : sentence[1]].split()
    if len(quoted) <= words:
        return " ".join(quoted)
    first = min((span[0] for span in focus), default=sentence[0])
    before = len(text[sentence[0] : first].split())
    start = max(0, min(before - words // 3, len(quoted) - words))
    cut = " ".join(quoted[start : start + words])
    return f"{'… ' if start else ''}{cut}{' …' if start + words < len(quoted) else ''}"


def to_html(reading: Reading, *, answers: Mapping[str, str] | None = None) -> str:
    """Return one page of the article with its claims marked and listed.

    ``answers`` maps a claim's id to what the record says about it, where a store was asked. The page loads
    nothing, holds no script, and shows the article's text escaped: markup inside an article is
    printed, never run. It holds the whole text and is meant for the reader's own use.
    """
    article = reading.article
    meta = [
        article.outlet,
        article.author,
        article.published.isoformat() if article.published else "",
        article.url,
    ]
    facts = " · ".join(escape(part) for part in meta if part)
    notes = "".join(f'<p class="note">{escape(note)}</p>' for note in reading.notes)
    lines = [(offset, line) for offset, line in _lines(article.text) if line != article.title]
    body = "\n".join(_paragraph(reading, offset, line) for offset, line in lines)
    items = "\n".join(
        _item(number, claim, (answers or {}).get(claim.claim_id))
        for number, claim in enumerate(reading.claims, 1)
    )
    title = escape(article.title or "Article")
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    )
    return (
        f'<!doctype html>\n<html lang="{escape(article.language)}"><head>{head}<title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><main><article><h1>{title}</h1>\n"
        f'<p class="meta">{facts}</p>{notes}\n{body}\n</article>\n'
        f"<section><h2>Claims ({len(reading.claims)})</h2>\n"
        f'<p class="note">What the article says, not what is established. '
        "Blue marks cooperation, ochre conflict, a dashed line a prediction.</p>\n"
        f"<ol>{items}</ol></section>{_named(reading)}</main></body></html>\n"
    )


def _named(reading: Reading) -> str:
    """Everybody named in an article without claims, such as one in a language that is not coded, and why each was matched."""
    if reading.claims or not reading.parties:
        return ""
    seen = dict.fromkeys((party.phrase, _key(party) or "?", party.why) for party in reading.parties)
    items = "".join(
        f"<dt>{escape(who)}</dt><dd>“{escape(phrase)}”: {escape(why)}</dd>" for phrase, who, why in seen
    )
    return f"<section><h2>Who is named ({len(seen)})</h2><dl>{items}</dl></section>"


def _lines(text: str) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    position = 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            found.append((position, line.rstrip("\n")))
        position += len(line)
    return found


def _paragraph(reading: Reading, offset: int, line: str) -> str:
    """A paragraph with the event words of its claims marked and numbered."""
    marks: dict[Span, list[int]] = {}
    for number, claim in enumerate(reading.claims, 1):
        for span in claim.spans.get("event", ()):
            if offset <= span[0] and span[1] <= offset + len(line):
                marks.setdefault(span, []).append(number)
    parts: list[str] = []
    position = offset
    for span in sorted(marks):
        if span[0] < position:
            continue
        claims = marks[span]
        quad = reading.claims[claims[0] - 1].quad
        kind = "coop" if quad in (1, 2) else "conf" if quad else "open"
        links = " ".join(f'<a href="#c{n}">{n}</a>' for n in claims)
        parts.append(escape(line[position - offset : span[0] - offset]))
        words = escape(line[span[0] - offset : span[1] - offset])
        parts.append(f'<mark class="{kind}">{words}</mark><sup>{links}</sup>')
        position = span[1]
    parts.append(escape(line[position - offset :]))
    return f"<p>{''.join(parts)}</p>"


def _item(number: int, claim: Claim, answer: str | None) -> str:
    """One claim with its facets in words."""
    sides = f"{_key(claim.source) or '?'} → {_key(claim.target) or '—'}"
    name = claim.event or "PREDICTION"
    facts = {
        "the record": answer,
        "modality": claim.modality.value,
        "said by": _said(claim.attribution),
        "date": claim.date,
        "amount": f"{claim.amount:,.0f} {claim.currency}" if claim.amount is not None else None,
        "weapons": ", ".join(claim.weapons),
        "quantity": f"{claim.quantity:g}" if claim.quantity is not None else None,
        "supplier → recipient": f"{claim.supplier} → {claim.recipient}" if claim.supplier else None,
        "place": claim.location,
        "condition": claim.condition,
        "outcome": claim.outcome,
        "by": claim.horizon,
        "inferred": ", ".join(claim.inferred),
        "source because": claim.source.why if claim.source else None,
        "target because": claim.target.why if claim.target else None,
        "rule": claim.rule,
    }
    rows = "".join(f"<dt>{escape(k)}</dt><dd>{escape(str(v))}</dd>" for k, v in facts.items() if v)
    kind = f" ({escape(claim.kind)})" if claim.kind else ""
    return f'<li id="c{number}"><strong>{escape(sides)} {escape(name)}{kind}</strong><dl>{rows}</dl></li>'


def _said(attribution: Attribution | None) -> str:
    """ "officials (said), relayed by media" or the article itself."""
    if attribution is None:
        return "the article itself"
    said = f"{attribution.source or 'unnamed'} ({attribution.cue})"
    return f"{said}, relayed by {attribution.through.source or 'unnamed'}" if attribution.through else said
