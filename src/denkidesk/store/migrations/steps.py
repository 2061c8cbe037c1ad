"""All steps of the database's shape, in order."""

from typing import Final

from denkidesk.store.migrations import (
    m0001_first_tables,
    m0002_login_stops,
    m0003_drafts_by_customer,
    m0004_order_without_clock,
    m0005_search_by_name,
    m0006_order_of_status_looks,
    m0007_refused_by_status,
    m0008_seen_news,
    m0009_paper_bills,
    m0010_inbox_by_place,
    m0011_own_notes,
    m0012_customers,
    m0013_inbox_for_people,
    m0014_bulk_tables,
    m0015_unmoved_by_stage,
    m0016_quote_drafts,
)

STEPS: Final[tuple[tuple[str, ...], ...]] = (
    m0001_first_tables.STATEMENTS,
    m0002_login_stops.STATEMENTS,
    m0003_drafts_by_customer.STATEMENTS,
    m0004_order_without_clock.STATEMENTS,
    m0005_search_by_name.STATEMENTS,
    m0006_order_of_status_looks.STATEMENTS,
    m0007_refused_by_status.STATEMENTS,
    m0008_seen_news.STATEMENTS,
    m0009_paper_bills.STATEMENTS,
    m0010_inbox_by_place.STATEMENTS,
    m0011_own_notes.STATEMENTS,
    m0012_customers.STATEMENTS,
    m0013_inbox_for_people.STATEMENTS,
    m0014_bulk_tables.STATEMENTS,
    m0015_unmoved_by_stage.STATEMENTS,
    m0016_quote_drafts.STATEMENTS,
)
"""Step n brings a database from version n to n + 1."""
