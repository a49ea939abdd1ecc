"""What can go wrong, in the words a user reads. Each class maps to one exit code of the command line."""

from __future__ import annotations


class AneroidError(Exception):
    """Something a user can be told in one sentence; exit code 1 (environment or internal)."""

    exit_code = 1


class InputError(AneroidError):
    """An argument or a file the user gave cannot be used; exit code 2. Say what is allowed and the next step."""

    exit_code = 2


class EnvironmentProblem(AneroidError):
    """Disk, permission or network stands in the way; exit code 1. Say what to change outside the program."""

    exit_code = 1
