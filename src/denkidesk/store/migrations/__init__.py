"""One file for each step of the database's shape; a step that was released never changes.

A new step is a new module ``m0007_what_it_does`` with ``STATEMENTS``, added to :data:`STEPS`, and a golden database of the
version before it in ``tests/golden/store``.
"""

from typing import Final

from denkidesk.store.migrations import (
    m0001_first_tables,
    m0002_login_stops,
    m0003_drafts_by_customer,
    m0004_order_without_clock,
    m0005_search_by_name,
    m0006_order_of_status_looks,
    m0007_refused_by_status,
)

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    m0001_first_tables.STATEMENTS,
    m0002_login_stops.STATEMENTS,
    m0003_drafts_by_customer.STATEMENTS,
    m0004_order_without_clock.STATEMENTS,
    m0005_search_by_name.STATEMENTS,
    m0006_order_of_status_looks.STATEMENTS,
    m0007_refused_by_status.STATEMENTS,
)
"""Step n brings a database from version n to n + 1."""
