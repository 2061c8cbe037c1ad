"""One file for each step of the database's shape; a step that was released never changes.

A new step is a new module ``m0006_what_it_does`` with ``STATEMENTS``, added to :data:`STEPS`, and a golden database of the
version before it in ``tests/golden/store``.
"""

from typing import Final

from denkidesk.store.migrations import (
    m0001_first_tables,
    m0002_login_stops,
    m0003_drafts_by_customer,
    m0004_order_without_clock,
    m0005_search_by_name,
)

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    m0001_first_tables.STATEMENTS,
    m0002_login_stops.STATEMENTS,
    m0003_drafts_by_customer.STATEMENTS,
    m0004_order_without_clock.STATEMENTS,
    m0005_search_by_name.STATEMENTS,
)
"""Step n brings a database from version n to n + 1."""
