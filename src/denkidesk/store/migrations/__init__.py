"""One file for each step of the database's shape; a step that was released never changes.

A new step is a new module ``m0002_what_it_does`` with ``STATEMENTS``, added to :data:`STEPS`, and a golden database of the
version before it in ``tests/golden/store``.
"""

from typing import Final

from denkidesk.store.migrations import m0001_first_tables, m0002_login_stops

STEPS: Final[tuple[tuple[str, ...], ...]] = (m0001_first_tables.STATEMENTS, m0002_login_stops.STATEMENTS)
"""Step n brings a database from version n to n + 1."""
