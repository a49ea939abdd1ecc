"""The command line: parse, call, print. One file a command group; nothing is computed here."""

from __future__ import annotations

from aneroid.cli.app import main

__all__ = ["main"]
