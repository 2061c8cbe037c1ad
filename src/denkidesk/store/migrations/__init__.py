"""One file for each step of the database's shape; a step that was released never changes.

A new step is a new module ``m0017_what_it_does`` with ``STATEMENTS``, added to :data:`steps.STEPS`, and a golden database of the
version before it in ``tests/golden/store``.
"""

from typing import Final

NEWEST_VERSION: Final = 16
"""As many as there are steps; the steps themselves are loaded where a database has to be brought up to it."""
