"""Filing straight through the client, for tests of it alone."""

from typing import Any

from denkidesk.domain.applications import NewApplication, Receipt
from denkidesk.kansai.client import KansaiClient


def submit(client: KansaiClient, application: NewApplication, *, request_id: str, **options: Any) -> Receipt:
    """Prepares and sends."""
    return client.submit(client.prepare(application, request_id=request_id), **options)
