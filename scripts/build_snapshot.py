"""Build the packaged snapshot from a directory of source files.

python scripts/build_snapshot.py --data DIR [--out DIR] [--rejected FILE.csv]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from aneroid.errors import AneroidError
from aneroid.measures.repeats import link_repeated
from aneroid.sources.build import Build, build_snapshot
from aneroid.sources.snapshot import folder


def main() -> int:
    """Parse the arguments, build, print what was written and what was turned away."""
    parser = argparse.ArgumentParser(description="Build the snapshot that the package ships.")
    parser.add_argument("--data", type=Path, required=True, help="directory with the source files")
    parser.add_argument("--out", type=Path, default=folder(), help="where to write (default: the package)")
    parser.add_argument("--rejected", type=Path, help="write every rejected row to this CSV file")
    arguments = parser.parse_args()
    try:
        build = build_snapshot(
            arguments.data, arguments.out, lambda line: print(line, file=sys.stderr), link_repeated
        )
    except AneroidError as problem:
        print(problem, file=sys.stderr)
        return problem.exit_code
    _report(build)
    if arguments.rejected:
        build.rejected.frame().to_csv(arguments.rejected, index=False)
    return 0


def _report(build: Build) -> None:
    print(f"{'file':<24}{'rows':>10}{'bytes':>12}  years")
    for entry in build.files:
        years = "–".join(map(str, entry["years"])) if isinstance(entry["years"], list) else ""
        print(f"{entry['name']:<24}{entry['rows']:>10,}{entry['bytes']:>12,}  {years}")
    print("\nrejected rows")
    for (source, reason), count in sorted(build.rejected.counts().items()):
        print(f"{count:>8,}  {source}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
