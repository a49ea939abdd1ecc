"""What every answer carries and every caller is held to: security headers, a rate limit, a token for writes."""

from __future__ import annotations

import hmac
import ipaddress
import threading
import time
from collections import OrderedDict
from typing import TYPE_CHECKING

from aneroid.errors import AneroidError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
HEADERS = {
    "x-content-type-options": "nosniff",
    # Not no-referrer: a browser would then hide the origin of our own forms from us too.
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
    "cross-origin-opener-policy": "same-origin",
}
_CALLERS = 10_000  # remembered at once by the rate limit


class Refused(AneroidError):
    """The caller may not do this, or not now."""

    def __init__(self, message: str, status: int, retry_after: int = 0) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class SecurityHeaders:
    """Middleware that adds the headers to every answer; only embedded charts may be framed by others."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        embedded = scope["path"].startswith("/embed/")
        headers = {
            **HEADERS,
            "content-security-policy": POLICY.format(ancestors="*" if embedded else "'none'"),
            "cross-origin-resource-policy": "cross-origin" if embedded else "same-origin",
            **({} if embedded else {"x-frame-options": "DENY"}),
        }

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [
                    *message.get("headers", []),
                    *((name.encode(), value.encode()) for name, value in headers.items()),
                ]
            await send(message)

        await self.app(scope, receive, dressed)


class RateLimit:
    """So many requests a minute from one address, with a burst of the same size.

    Parameters
    ----------
    per_minute
        0 for no limit.
    """

    def __init__(self, per_minute: int) -> None:
        self.per_minute = per_minute
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._guard = threading.Lock()

    def check(self, caller: str, cost: float = 1.0) -> None:
        """Count a request.

        Raises
        ------
        Refused
            The caller has asked too often; status 429.
        """
        if not self.per_minute:
            return
        now = time.monotonic()
        with self._guard:
            left, then = self._left.pop(caller, (float(self.per_minute), now))
            left = min(self.per_minute, left + (now - then) * self.per_minute / 60)
            allowed = left >= cost
            self._left[caller] = (left - cost if allowed else left, now)
            while len(self._left) > _CALLERS:
                self._left.popitem(last=False)
        if not allowed:
            wait = max(1, round((cost - left) * 60 / self.per_minute))
            raise Refused(
                f"More than {self.per_minute} requests a minute. Try again in {wait} s, or ask for more rows at once.",
                429,
                wait,
            )


def check_write(request: Request, token: str, given: str) -> None:
    """Let a write pass only with the token, or, where none is set, only from this machine and its own pages.

    Raises
    ------
    Refused
        Status 401 or 403.
    """
    if token:
        offered = given or request.headers.get("authorization", "").removeprefix("Bearer ").strip()
        if not hmac.compare_digest(offered.encode(), token.encode()):
            raise Refused("This needs the token that the service was started with (ANEROID_TOKEN).", 401)
        return
    client = request.client.host if request.client else ""
    origin = request.headers.get("origin", "")
    host = request.headers.get("host", "")
    if not (_local(client) and _local(host.rsplit(":", 1)[0])):
        raise Refused(
            "Nothing is stored over the network unless the service has a token. Set ANEROID_TOKEN and start again.",
            403,
        )
    if origin and origin.split("://")[-1] != host:
        raise Refused("A page of another origin may not store anything here.", 403)


def _local(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
