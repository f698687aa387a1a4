"""The account of what the proofs tried is printed by a process that collects no test and so loads no conftest but the first."""

import pytest

from tests.policy.proofs import account


def test_the_first_conftest_loads_the_account(pytestconfig: pytest.Config) -> None:
    assert pytestconfig.pluginmanager.has_plugin(account.__name__)
