"""The list of commands, in the order `--help` shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aneroid.cli import (
    audit,
    claims,
    demo,
    digest,
    doctor,
    evaluate,
    forecast,
    guarantor,
    measures,
    orientation,
    panel,
    reading,
    realign,
    scenario,
    serve,
    sources,
    watch,
)

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add every command to the application."""
    app.command("demo")(demo.demo)
    app.command("orient")(orientation.orient)
    app.command("explain")(orientation.explain)
    app.command("realign")(realign.realign)
    app.add_typer(watch.app, name="watch")
    app.command("guarantor")(guarantor.guarantor)
    app.add_typer(scenario.app, name="scenario")
    app.add_typer(forecast.app, name="forecast")
    app.command("digest")(digest.digest)
    app.command("read")(reading.read)
    app.add_typer(claims.app, name="claims")
    app.command("ideal-points")(measures.ideal_points)
    app.command("similarity")(measures.similarity)
    app.command("panel")(panel.panel)
    app.command("audit")(audit.audit)
    app.add_typer(sources.app, name="sources")
    app.command("serve")(serve.serve)
    app.command("doctor")(doctor.doctor)
    app.command("cite")(sources.cite)
    app.command("evaluate")(evaluate.evaluate)
