"""Write the reference pages from the code: commands, settings, indicators, charts, Python names, evaluation tasks.

python scripts/reference_pages.py [FOLDER]      (default docs/reference; a test compares)
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from enum import Enum
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin

import typer
from typer.main import get_command

import aneroid
from aneroid.cli import commands
from aneroid.settings import Settings
from aneroid.sources.indicators import load_indicators

DOCS = Path(__file__).parents[1] / "docs"
CHARTS = Path(aneroid.__file__).parent / "charts"
_HIDDEN = {"help"}


def command_line() -> Any:
    """Return the whole command line as a click group (Typer brings its own copy of click)."""
    app = typer.Typer(name="aneroid")
    commands.register(app)
    return get_command(app)


def walk(group: Any, name: str = "aneroid") -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name, groups before what is in them."""
    for part, command in group.commands.items():
        yield f"{name} {part}", command
        if hasattr(command, "commands"):
            yield from walk(command, f"{name} {part}")


def commands_page() -> Iterator[str]:
    """Every command, what it does, and its options."""
    yield "# Commands\n"
    yield (
        "Data alone go to stdout, everything else to stderr. Exit codes: 0 done; 1 environment or internal (disk full, "
        "read-only, network); 2 an argument or input cannot be used; 3 done, some rows rejected.\n"
    )
    for name, command in walk(command_line()):
        yield f"## {name}\n"
        yield f"{_paragraph(command.help or command.short_help or '')}\n"
        rows = [row for parameter in command.params if (row := _parameter(parameter))]
        if rows:
            yield "| argument or option | meaning | default |\n| --- | --- | --- |"
            yield "\n".join(rows) + "\n"


def _parameter(parameter: Any) -> str:
    if parameter.name in _HIDDEN or getattr(parameter, "hidden", False):
        return ""
    if parameter.param_type_name == "option":
        spelled = ", ".join(f"`{each}`" for each in (*parameter.opts, *parameter.secondary_opts))
        value = "" if parameter.is_flag else f" {_kind(parameter)}"
        text = parameter.help or ""
    else:
        spelled, value = f"`{parameter.metavar or parameter.name.upper()}`", ""
        text = getattr(parameter, "help", "") or ""
    default = parameter.default
    shown = (
        ""
        if default in (None, "", False, ()) or callable(default)
        else f"`{getattr(default, 'value', default)}`"
    )
    required = "required" if parameter.required else shown
    return f"| {spelled} {_cell(value)} | {_cell(text)} | {required} |"


def _kind(parameter: Any) -> str:
    """Choices of a closed set, or the type of the value."""
    annotation = parameter.type_descriptor.annotation
    if inspect.isclass(annotation) and issubclass(annotation, Enum):
        return "`" + "`, `".join(str(each.value) for each in annotation) + "`"
    if get_origin(annotation) in (Union, UnionType):
        annotation = next(part for part in get_args(annotation) if part is not type(None))
    return str(getattr(annotation, "__name__", annotation)).replace("str", "text").upper()


def settings_page() -> Iterator[str]:
    """Every setting with its default."""
    yield "# Settings\n"
    yield (
        "Order of precedence: command line, environment, `./aneroid.toml`, default. In the environment a setting is spelled "
        "`ANEROID_` and its name in capitals.\n"
    )
    yield "| setting | meaning | default |\n| --- | --- | --- |"
    for name, field in Settings.model_fields.items():
        yield f"| `{name}` (`ANEROID_{name.upper()}`) | {_cell(field.description or '')} | `{field.default}` |"


def indicators_page() -> Iterator[str]:
    """Every indicator: what is read, from where, for which years."""
    yield "# Indicators\n"
    yield (
        "One indicator is one measured tie between a state and a pole in a year. *Speaks for*: what a larger value tells. "
        "*Absent means*: whether no record within the coverage is none or missing. *Delay*: years until it is published.\n"
    )
    yield (
        "| name | what | family | unit | speaks for | source | years | zero | absent means | delay |\n|"
        + " --- |" * 10
    )
    for each in load_indicators():
        absent = "none" if each.absence_means_none else "missing"
        zero = "common to all poles" if each.zero == "absolute" else "one a pole"
        yield (
            f"| `{each.name}` | {_cell(each.label)} | {each.family} | {_cell(each.unit)} | "
            f"{'closer' if each.sign > 0 else 'farther'} | `{each.source}` | "
            f"{each.coverage[0]}–{each.coverage[1]} | {zero} | {absent} | {each.lag_years} |"
        )
    yield ""
    for each in load_indicators():
        if each.note:
            yield f"- `{each.name}`: {_cell(each.note)}"


def charts_page() -> Iterator[str]:
    """Every chart, by module."""
    yield "# Charts\n"
    yield (
        "A chart is a function from data to a Vega specification with a title that states the finding, its unit, a text "
        "alternative and its numbers (`aneroid.charts.model.Chart`).\n"
    )
    yield "| function | what it shows |\n| --- | --- |"
    for name, function in chart_functions():
        yield f"| `{name}` | {_cell(_first(function))} |"


def chart_functions() -> Iterator[tuple[str, object]]:
    """Yield every public function that returns a chart."""
    for path in sorted(CHARTS.glob("*.py")):
        module = import_module(f"aneroid.charts.{path.stem}") if path.stem != "__init__" else None
        for name, function in inspect.getmembers(module, inspect.isfunction) if module else ():
            returned = inspect.signature(function).return_annotation
            if module and function.__module__ == module.__name__ and returned == "Chart" and name[0] != "_":
                yield f"aneroid.charts.{path.stem}.{name}", function


def python_page() -> Iterator[str]:
    """Every public verb with its docstring."""
    yield "# Python\n"
    yield "`import aneroid` gives the verbs of the command line on data frames; each is imported when first used.\n"
    for name in aneroid.__all__:
        if name.startswith("__"):
            continue
        thing = getattr(aneroid, name)
        spelled = f"{name}{inspect.signature(thing)}" if inspect.isfunction(thing) else name
        yield f"## {name}\n\n```text\n{_short(spelled)}\n```\n\n```text\n{inspect.getdoc(thing)}\n```\n"
        if inspect.isclass(thing):
            for method, function in inspect.getmembers(thing, inspect.isfunction):
                if not method.startswith("_") and function.__doc__:
                    yield f"### {name}.{method}\n\n```text\n{inspect.getdoc(function)}\n```\n"


def _short(signature: str) -> str:
    return re.sub(r"'([^']*)'", r"\1", signature)


def _first(thing: object) -> str:
    return (inspect.getdoc(thing) or "").split("\n\n")[0].replace("\n", " ")


def _paragraph(text: str) -> str:
    return re.sub(r"\s*\n\s*", " ", text.split("\f")[0].strip())


def _cell(text: str) -> str:
    return _paragraph(text).replace("|", "\\|")


PAGES = {
    "commands.md": commands_page,
    "settings.md": settings_page,
    "indicators.md": indicators_page,
    "charts.md": charts_page,
    "python.md": python_page,
}


def main() -> None:
    """Write every page."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "reference"
    for name, page in PAGES.items():
        text = "\n".join(page()).rstrip() + "\n"
        (folder / name).write_text(
            f"<!-- Written by scripts/reference_pages.py from the code. -->\n\n{text}", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
