"""`aneroid digest`: the printable report of one state, of several, of a region, or of what moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aneroid.cli.asking import FromOption, PolesOption, ToOption, day, period, pole_ids, scope
from aneroid.cli.output import QuietOption, StoreOption, notes
from aneroid.errors import InputError

if TYPE_CHECKING:
    from aneroid.digest.blocks import DigestContent
    from aneroid.orientation.fit import OrientationFit

YEARS_SHOWN = 20


def digest(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File to write, ending in .pdf, .html, .json or .zip.")
    ],
    states: Annotated[
        list[str] | None, typer.Argument(metavar="[STATE…]", help="Names or codes of one or several states.")
    ] = None,
    region: Annotated[
        str, typer.Option("--region", help='All states of a region, for instance "Middle East".')
    ] = "",
    moved_since: Annotated[
        int | None,
        typer.Option("--moved-since", help="The states that almost certainly moved since this year."),
    ] = None,
    first: FromOption = None,
    last: ToOption = None,
    poles: PolesOption = "",
    sections: Annotated[
        str,
        typer.Option(
            "--sections", help="Sections wanted, comma-separated; docs/how-to/digest.md lists them."
        ),
    ] = "",
    paper: Annotated[str, typer.Option("--paper", help="Page of the PDF: a4 or us-letter.")] = "a4",
    templates: Annotated[
        Path | None,
        typer.Option("--templates", help="Folder with digest.typ, digest.html.j2 or digest.css of your own."),
    ] = None,
    logo: Annotated[Path | None, typer.Option("--logo", help="Picture for the head of the PDF.")] = None,
    made_on: Annotated[
        str, typer.Option("--date", help="Date to print on it, YYYY-MM-DD; today by default.")
    ] = "",
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Write a digest: finding, dial, trajectory, what moved it, claims, guarantors, scenario, sources."""
    from aneroid.digest import write_digest
    from aneroid.digest.look import Look, Paper
    from aneroid.digest.write import FORMS
    from aneroid.orientation.desk import load_fit
    from aneroid.record import find_store

    if output.suffix.lower() not in FORMS:
        raise InputError(f'"{output}" does not end in {", ".join(FORMS)}. For instance -o iraq.pdf.')
    if paper not in list(Paper):
        raise InputError(f"--paper {paper} is not known; choose from {', '.join(Paper)}.")
    if sum([bool(states), bool(region), moved_since is not None]) != 1:
        raise InputError("Give states, or --region, or --moved-since: one of the three.")
    made = day(made_on, "--date") or date.today()
    folder = find_store(store)
    fitted = load_fit(folder, lambda line: notes([line], quiet=quiet))
    chosen = tuple(filter(None, (key.strip() for key in sections.split(","))))
    maker = _Maker(folder, fitted, pole_ids(poles), chosen, made.isoformat(), quiet)
    if region:
        content = maker.of_region(region, first, last)
    elif moved_since is not None:
        content = maker.of_moved(moved_since, last)
    else:
        content = maker.of_states(states or [], first, last)
    write_digest(content, output, Look(Paper(paper), templates, logo))
    notes([f"Wrote {output}."], quiet=quiet)


class _Maker:
    """What every kind of digest is made with."""

    def __init__(
        self,
        folder: Path,
        fitted: OrientationFit,
        poles: tuple[str, ...],
        sections: tuple[str, ...],
        made_on: str,
        quiet: bool,
    ) -> None:
        self.folder, self.fitted, self.poles = folder, fitted, poles
        self.sections, self.made_on, self.quiet = sections, made_on, quiet

    def of_states(self, names: list[str], first: int | None, last: int | None) -> DigestContent:
        """One state in full, or several beside each other."""
        from aneroid.digest import build_content, gather
        from aneroid.record import Store
        from aneroid.states import resolve

        ids, start, end = scope(names, first, last, self.fitted.years, shown=YEARS_SHOWN)
        if len(ids) > 1:
            named = [resolve(state).name for state in ids]
            return self._several(ids, ", ".join(named[:-1]) + " and " + named[-1], start, end)
        security = not self.sections or bool({"guarantors", "withdrawal"} & set(self.sections))
        with Store.open(self.folder) as store:
            given = gather(
                store,
                self.fitted,
                ids[0],
                poles=self.poles,
                start=start,
                end=end,
                made_on=self.made_on,
                security=security,
            )
        return build_content(given, sections=self.sections)

    def of_region(self, region: str, first: int | None, last: int | None) -> DigestContent:
        """All states of a region that existed at the end of the period."""
        from aneroid.states import REGIONS, members

        start, end = period(first, last, self.fitted.years, shown=YEARS_SHOWN)
        known = {name.casefold(): name for name in REGIONS}
        if region.casefold() not in known:
            raise InputError(f'There is no region "{region}"; choose from {", ".join(REGIONS)}.')
        name = known[region.casefold()]
        ids = [state.id for state in members(name, on=end) if state.id in self.fitted.states]
        return self._several(ids, name, start, end)

    def of_moved(self, since: int, last: int | None) -> DigestContent:
        """The states that moved most, almost certainly, between two years."""
        from aneroid.digest.collection import moved_states

        start, end = period(since, last, self.fitted.years, shown=YEARS_SHOWN)
        pole_a, pole_b = self.poles[:2]
        ids = moved_states(self.fitted, pole_a, pole_b, start, end)
        if not ids:
            raise InputError(
                f"No state almost certainly moved between {start} and {end}; choose an earlier year."
            )
        return self._several(ids, f"States that moved since {start}", start, end)

    def _several(self, ids: list[str], name: str, start: int, end: int) -> DigestContent:
        from aneroid.digest import gather
        from aneroid.digest.collection import build_collection
        from aneroid.record import Store

        # A state that is itself one of the main pair has no lean between them.
        main = self.poles[:2]
        left_out = [state for state in ids if state in main]
        if left_out:
            notes([f"Left out, being one of the two poles: {', '.join(left_out)}."], quiet=self.quiet)
        ids = [state for state in ids if state not in main]
        given = []
        with Store.open(self.folder) as store:
            for place, state in enumerate(ids, start=1):
                given.append(
                    gather(
                        store,
                        self.fitted,
                        state,
                        poles=self.poles,
                        start=start,
                        end=end,
                        made_on=self.made_on,
                        security=bool({"guarantors", "withdrawal"} & set(self.sections)),
                    )
                )
                notes([f"  {place} of {len(ids)}: {state}"], quiet=self.quiet)
        return build_collection(given, name=name, sections=self.sections)
