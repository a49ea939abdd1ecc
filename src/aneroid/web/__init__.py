"""Pages and interface over HTTP: read-only on the store, nothing computed here, everything opens."""

from __future__ import annotations
