"""How good the measure of orientation is on what it did not see. Run by ``make eval``.

Everything comes from the snapshot; with ``--data`` defence agreements are also read from 1980. Fits and tables are kept in a
folder (``--cache``) under the hash of the model's code, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from aneroid.evaluation.orientation_data import Bench
from aneroid.evaluation.orientation_page import Section
from aneroid.evaluation.orientation_sections import SECTIONS, Options
from aneroid.sources.snapshot import read_manifest
from aneroid.states import poles

REMARKS = Path(__file__).with_name("orientation_remarks")


def say(line: str) -> None:
    """Report progress, beside the tables."""
    print(f"  … {line}", file=sys.stderr, flush=True)


def page(sections: dict[str, Section], bench: Bench) -> str:
    """Put all sections into one page; remarks that a person wrote stand in files beside this script."""
    head = (
        "# How good the measure of orientation is on what it did not see\n\n"
        f"Printed by `python benchmarks/eval_orientation.py --page …` from snapshot {read_manifest().version}, poles "
        f"{', '.join(bench.poles)}. What a test does, and how to read its columns, stands at the head of its module in "
        "`aneroid/evaluation/orientation_*.py`."
    )
    parts = [head]
    for name, section in sections.items():
        remark = REMARKS / f"{name}.md"
        parts.append(section.markdown(remark.read_text(encoding="utf-8").strip() if remark.exists() else ""))
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Print the tables asked for; with ``--page`` write them as a page too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="folder of source files")
    parser.add_argument("--quick", action="store_true", help="fewer rounds of estimation and fewer splits")
    parser.add_argument("--all-poles", action="store_true", help="nine poles instead of the default three")
    parser.add_argument(
        "--only", choices=list(SECTIONS), action="append", help="tests to run; all by default"
    )
    parser.add_argument(
        "--step", type=int, default=2, help="every how many years an origin stands (default 2)"
    )
    parser.add_argument("--page", type=Path, help="write the page to this file")
    parser.add_argument(
        "--cache",
        type=Path,
        default=Path(tempfile.gettempdir()) / "aneroid-fits",
        help="folder of kept fits and tables",
    )
    options = parser.parse_args()
    towards = poles.ALL if options.all_poles else poles.DEFAULT
    bench = Bench.open(options.cache, towards, quick=options.quick, say=say)
    asked = Options(options.data, options.quick, options.step)
    sections = {}
    for name in options.only or SECTIONS:
        sections[name] = SECTIONS[name](bench, asked)
        print(sections[name].text(), flush=True)
    if options.page:
        options.page.write_text(page(sections, bench), encoding="utf-8")


if __name__ == "__main__":
    main()
