"""What a page is before it is written: a template, what it shows, its figures, and the same as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from aneroid.digest.blocks import Figure


@dataclass(frozen=True)
class Page:
    """One page.

    Parameters
    ----------
    template
        File under ``templates/``.
    title
        The heading; for a finding, the finding.
    context
        What the template shows.
    data
        The same as plain values: the page's ``.json`` twin.
    figures
        Figures by name; each has links to its data and pictures.
    status
        HTTP status.
    refresh
        Seconds between two looks of a waiting page; 0 where nothing is awaited.
    """

    template: str
    title: str
    context: Mapping[str, object] = field(default_factory=dict)
    data: Mapping[str, object] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    status: int = 200
    refresh: int = 0

    def figure(self, name: str) -> Figure | None:
        """The figure of that name."""
        return next((figure for figure in self.figures if figure.chart.name == name), None)
