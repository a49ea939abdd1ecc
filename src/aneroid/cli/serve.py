"""`aneroid serve`: the pages and the interface for programs, on this machine unless told otherwise."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from aneroid.cli.output import QuietOption, StoreOption, notes
from aneroid.errors import EnvironmentProblem


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    rate: Annotated[
        int, typer.Option(min=0, help="Requests a minute to /v1 and /read from one address; 0 for no limit.")
    ] = 600,
    store: StoreOption = None,
    quiet: QuietOption = False,
) -> None:
    """Serve pages and interface until stopped; what is still to be computed is computed in the background.

    With ANEROID_TOKEN set, whatever writes needs that token; without it only this machine may store anything.
    """
    import logging
    import socket

    import uvicorn

    from aneroid.record import find_store
    from aneroid.web.app import create_app

    try:
        listening = socket.create_server(
            (host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET
        )
    except OSError as error:
        raise EnvironmentProblem(
            f"Cannot listen on {host} port {port}: {error.strerror or error}. Choose another with --port."
        ) from None
    app = create_app(find_store(store), token=os.environ.get("ANEROID_TOKEN", ""), rate=rate)
    shown = f"[{host}]" if ":" in host else host
    notes([f"Serving at http://{shown}:{listening.getsockname()[1]} until you press Ctrl-C."], quiet=quiet)
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)
    config = uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, timeout_keep_alive=15
    )
    uvicorn.Server(config).run(sockets=[listening])
