"""`aneroid evaluate`: run a task on a file, write the predictions, print one JSON object of scores."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from aneroid.cli.output import QuietOption, notes
from aneroid.errors import InputError


class Task(StrEnum):
    """What can be evaluated."""

    RELATIONS = "relations"
    QUADS = "quads"
    EVENTS = "events"
    ACTORS = "actors"
    FACETS = "facets"
    ATTRIBUTION = "attribution"
    FACTUALITY = "factuality"
    LINKS = "links"
    FATALITIES = "fatalities"
    IDEAL_POINTS = "ideal-points"
    REALIGNMENTS = "realignments"


def evaluate(
    task: Annotated[Task, typer.Argument(help="The task; docs/reference/evaluate.md describes each.")],
    path: Annotated[
        Path, typer.Argument(help="The file, or for links the folder with train and entity names.")
    ],
    predictions: Annotated[
        Path, typer.Option("--predictions", help="JSON Lines to write, one line an input record.")
    ],
    test: Annotated[Path | None, typer.Option("--test", help="For links: the file of facts to rank.")] = None,
    quiet: QuietOption = False,
) -> None:
    """Score the software on a file in the layout of a task; it never trains on the file and never touches a store."""
    if not path.exists():
        raise InputError(f"There is no {path}. Give the file of the task {task}.")
    if not predictions.parent.is_dir():
        raise InputError(f"There is no folder {predictions.parent} to write the predictions to.")
    if (task is Task.LINKS) != (test is not None):
        raise InputError("The task links takes --test FILE; no other task does.")
    print(json.dumps(_scores(task, path, predictions, test, quiet=quiet), ensure_ascii=False))


def _scores(task: Task, path: Path, predictions: Path, test: Path | None, *, quiet: bool) -> object:
    if task is Task.LINKS:
        from aneroid.evaluation.links import evaluate_links

        assert test is not None
        return evaluate_links(
            path, test, predictions, progress=lambda done, total: notes([f"  {done} of {total}"], quiet=quiet)
        )
    if task is Task.FATALITIES:
        from aneroid.evaluation.fatalities import evaluate_fatalities

        return evaluate_fatalities(path, predictions)
    if task is Task.IDEAL_POINTS:
        from aneroid.evaluation.ideal_points import evaluate as evaluate_points

        return evaluate_points(path, predictions)
    if task is Task.REALIGNMENTS:
        from aneroid.evaluation.realignments import evaluate as evaluate_realignments

        return evaluate_realignments(path, predictions)
    from aneroid.evaluation.reading import evaluate as evaluate_reading

    return evaluate_reading(task.value, path, predictions)
