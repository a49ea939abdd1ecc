"""The interface under random requests from its own description: no answer is a defect."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

schemathesis = pytest.importorskip("schemathesis")


def test_no_request_that_the_description_allows_is_a_defect(address: str) -> None:
    """Random parameters by the description give no 500, and what is refused is a problem document."""
    schema = schemathesis.openapi.from_url(f"{address}/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 12
    for operation in operations:
        asked(address, operation)()


def asked(address: str, operation: Any) -> Callable[[], None]:
    """A test of one operation: two dozen requests that its description allows."""
    from hypothesis import HealthCheck, Phase, given, settings

    @given(case=operation.as_strategy())
    @settings(
        max_examples=20, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    def ask(case: Any) -> None:
        answer = case.call(base_url=address, timeout=60)
        assert answer.status_code not in {500, 502}, (case.method, case.path, answer.text[:300])
        if answer.status_code >= 400 and answer.status_code not in {400, 405}:
            assert "application/problem+json" in str(answer.headers["content-type"])

    return ask
