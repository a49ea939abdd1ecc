"""Fetch one page over HTTP, carefully: http and https only, public addresses only, limited in time and size."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from aneroid.errors import EnvironmentProblem, InputError
from aneroid.text.extract import MAX_BYTES

TIMEOUT_SECONDS = 20.0
MAX_SECONDS = 30.0  # for the whole body, however slowly it drips
MAX_REDIRECTS = 3
FEEDS = ("application/rss+xml", "application/atom+xml", "application/xml", "text/xml")
READABLE = (
    *("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"),
    *("application/pdf", "message/rfc822"),
    *FEEDS,
)


@dataclass(frozen=True, slots=True)
class Page:
    """The bytes of a page, its final address and its media type."""

    content: bytes
    url: str
    media_type: str


def fetch(url: str) -> Page:
    """Fetch a page.

    Parameters
    ----------
    url
        An http or https address. Each redirect is checked like the first address.

    Raises
    ------
    InputError
        When the address is no public http(s) address, or the page is too large or no text.
    EnvironmentProblem
        When the network or the server does not answer.
    """
    import httpx

    try:
        with httpx.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False, trust_env=True) as client:
            for _ in range(MAX_REDIRECTS + 1):
                check_address(url)
                with client.stream("GET", url, headers={"User-Agent": "aneroid (article reader)"}) as answer:
                    if answer.is_redirect:
                        url = urljoin(url, answer.headers.get("location", ""))
                        continue
                    return _read(answer, url)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise EnvironmentProblem(
            f"{url} could not be reached ({type(error).__name__}); check the network, or save the page and give the file."
        ) from error
    raise InputError(
        f"{url} redirects more than {MAX_REDIRECTS} times; give the final address or a saved file."
    )


def _read(answer: object, url: str) -> Page:
    """Read the body up to the size limit."""
    import httpx

    assert isinstance(answer, httpx.Response)
    if answer.status_code >= 400:
        raise EnvironmentProblem(
            f"{url} answered {answer.status_code}; open it in a browser and give the saved file."
        )
    media_type = answer.headers.get("content-type", "text/html").split(";")[0].strip().lower()
    if media_type not in READABLE:
        raise InputError(
            f"{url} is {media_type}, which cannot be read; give HTML, Markdown, plain text, PDF or a feed."
        )
    content, started = bytearray(), time.monotonic()
    for chunk in answer.iter_bytes():
        content += chunk
        if time.monotonic() - started > MAX_SECONDS:
            raise EnvironmentProblem(
                f"{url} took longer than {MAX_SECONDS:g} s to send; save the page and give the file."
            )
        if len(content) > MAX_BYTES:
            raise InputError(f"{url} is larger than 20 MB; save the article's text and give that file.")
    return Page(bytes(content), url, media_type)


def check_address(url: str) -> None:
    """Refuse anything but http(s) to a public address: a link in an article must not reach into the local network.

    Raises
    ------
    InputError
        When the scheme is another one or the host is private, loopback or reserved.
    EnvironmentProblem
        When the host name cannot be looked up.
    """
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"“{url}” is no http or https address; give one, or the name of a file.")
    if _is_local(parts.hostname):
        raise InputError(f"{parts.hostname} is a private or local address; save the page and give the file.")
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise EnvironmentProblem(
            f"The host {parts.hostname} could not be found; check the network, or save the page and give the file."
        ) from error
    for *_, address in found:
        if _is_local(str(address[0]).split("%")[0]):
            raise InputError(
                f"{parts.hostname} is a private or local address; save the page and give the file."
            )


def _is_local(host: str) -> bool:
    """Whether a literal address is not a public one; names are not judged here."""
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host.lower() == "localhost" or host.lower().endswith((".localhost", ".local"))
