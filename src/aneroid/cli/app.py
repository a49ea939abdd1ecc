"""The application object, and the outer edge where every error becomes one sentence and an exit code.

Exit codes: 0 done; 1 environment or internal; 2 an argument or input cannot be used; 3 done, some rows rejected.
"""

from __future__ import annotations

import io
import os
import sys
import traceback

import typer

from aneroid.errors import AneroidError

app = typer.Typer(
    name="aneroid",
    help="A barometer of foreign policy: which way each government leans between the powers, how sure that is, "
    "and what moved it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(value: bool) -> None:
    if value:
        import aneroid

        typer.echo(f"aneroid {aneroid.__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Print the version and leave."
    ),
) -> None:
    """Options before the command."""


def main() -> None:
    """Run the command line; the one place where an unexpected error is caught."""
    from aneroid.cli import commands

    # One thread for linear algebra, before NumPy is loaded: the same bits on every machine, and no threads spinning for
    # a core on a busy one.
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    commands.register(app)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show a sign still gets the numbers
    try:
        app()
    except AneroidError as error:
        _leave(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except KeyboardInterrupt:
        _leave(
            "Stopped. The store is as it was after the last finished step; run the same command again.", 130
        )
    except OSError as error:
        what = f"{error.filename}: " if error.filename else ""
        _leave(f"{what}{error.strerror or error}. Check the path, its permissions and the free space.", 1)
    except Exception as error:
        if os.environ.get("ANEROID_DEBUG", "").lower() in {"1", "true", "yes"}:
            traceback.print_exc()
        _leave(
            f"Unexpected {type(error).__name__}: {error}. This is a defect; set ANEROID_DEBUG=1 to see where it happened.",
            1,
        )


def _leave(sentence: str, code: int) -> None:
    print(f"aneroid: {sentence}", file=sys.stderr)
    raise SystemExit(code)
