"""The interface under random requests from its own description: no answer is a defect."""

from __future__ import annotations

import pytest

schemathesis = pytest.importorskip("schemathesis")


def test_no_request_that_the_description_allows_is_a_defect(address: str) -> None:
    """Random parameters by the description give no 500, and what is refused is a problem document."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import strategies as st

    schema = schemathesis.openapi.from_url(f"{address}/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations()]
    assert len(operations) >= 12
    for operation in operations:

        @given(data=st.data())
        @settings(
            max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
        )
        def ask(data: st.DataObject, operation: object = operation) -> None:
            case = data.draw(operation.as_strategy())  # type: ignore[attr-defined]  # the library's own type is private
            answer = case.call(base_url=address, timeout=60)
            assert answer.status_code not in {500, 502}, (case.method, case.path, answer.text[:300])
            if answer.status_code >= 400 and answer.status_code != 405:
                assert answer.headers["content-type"][0].startswith("application/problem+json")

        ask()
