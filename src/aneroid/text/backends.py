"""Who codes an article, behind one protocol: the built-in reader, surface rules alone, or an endpoint of the user's.

Only the first two are there without being asked for. Any other must pass the probes (:mod:`aneroid.text.probes`) before its
codes count.
"""

from __future__ import annotations

from functools import cache
from typing import Protocol, runtime_checkable

from aneroid.errors import InputError
from aneroid.text.coded import Coded
from aneroid.text.model import Article

BUILT_IN, RULES, ENDPOINT = "built-in", "rules", "openai-compatible"
NAMES = (BUILT_IN, RULES, ENDPOINT)


@runtime_checkable
class Backend(Protocol):
    """Codes articles. ``languages`` are the ISO 639-1 codes it reads; None for any."""

    @property
    def name(self) -> str:
        """What users call it."""
        ...

    @property
    def languages(self) -> frozenset[str] | None:
        """The languages it reads."""
        ...

    @property
    def trusted(self) -> bool:
        """Whether its codes count without probing: its probes run in our own tests."""
        ...

    def code(self, article: Article) -> Coded:
        """Return the claims of an article; every span points into its text."""
        ...


class BuiltIn:
    """The ontology over a dependency parse, with trained classifiers where the rules leave a dyad open."""

    name = BUILT_IN
    languages: frozenset[str] | None = frozenset({"en"})
    trusted = True

    def code(self, article: Article) -> Coded:
        """Return the claims of an English article."""
        from aneroid.text.coder import code_text

        return code_text(article)


class Rules:
    """The ontology over the order of words: no parser, no model, about thirty times as fast and less often right."""

    name = RULES
    languages: frozenset[str] | None = frozenset({"en"})
    trusted = True

    def code(self, article: Article) -> Coded:
        """Return the claims of an English article."""
        from aneroid.text.surface_coder import code_by_surface

        return code_by_surface(article)


@cache
def load_backend(name: str = BUILT_IN) -> Backend:
    """Return a backend by its name.

    Parameters
    ----------
    name
        ``built-in``, ``rules``, or ``openai-compatible``, whose address, model and key are read from the environment
        (:func:`aneroid.text.endpoint.endpoint_from_environment`).

    Returns
    -------
    Backend
        One that may be used: an endpoint has passed the probes.

    Raises
    ------
    InputError
        When there is no such backend, the endpoint is not configured, or it fails a probe.
    EnvironmentProblem
        When the endpoint does not answer.
    """
    if name == BUILT_IN:
        return BuiltIn()
    if name == RULES:
        return Rules()
    if name != ENDPOINT:
        raise InputError(f"Unknown backend “{name}”. Use one of {', '.join(NAMES)}.")
    from aneroid.text.endpoint import endpoint_from_environment

    return admitted(endpoint_from_environment())


def admitted(backend: Backend) -> Backend:
    """Return a backend that is trusted or passes every probe.

    Raises
    ------
    InputError
        When it fails one; the sentence names the probes.
    """
    if backend.trusted:
        return backend
    from aneroid.text.probes import run_probes

    failed = [result for result in run_probes(backend) if not result.passed]
    if failed:
        names = "; ".join(f"{result.name}: {result.detail}" for result in failed)
        raise InputError(
            f"The backend {backend.name} does not pass the probes, so its codes do not count ({names})."
        )
    return backend
