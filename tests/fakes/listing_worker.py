"""Reads a listing in a process of its own and prints rows and the memory that it took: ``python listing_worker.py URL [HOME]``.

With HOME a whole desk stores them too.
"""

import json
import resource
import sys
import time
from pathlib import Path

from denkidesk.domain.applications import ListingCriteria
from denkidesk.domain.errors import DeskError
from denkidesk.kansai.client import KansaiClient
from denkidesk.settings import PRACTICE_IP_ADDRESS, PRACTICE_LOGIN_ID, PRACTICE_PASSWORD, resources_dir
from denkidesk.store.store import Store
from denkidesk.wire.http import WireClient

MIB = 1024  # ru_maxrss counts kibibytes


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB


def main(url, home):
    wire = WireClient("kansai", loopback_only=True)
    client = KansaiClient(
        wire,
        base_url=url,
        wsdl_dir=resources_dir() / "kansai",
        login_id=PRACTICE_LOGIN_ID,
        password=lambda: PRACTICE_PASSWORD,
        ip_address=PRACTICE_IP_ADDRESS,
        answer_timeout_s=300,
    )
    client.list_applications(ListingCriteria(receipt_number="none"))  # what a listing needs is loaded
    before, begun = peak(), time.perf_counter()
    error, rows = "", ()
    try:
        rows = client.list_applications(ListingCriteria()).applications
    except DeskError as fault:
        error = str(fault)
    read_s, read = time.perf_counter() - begun, peak() - before
    if home:
        store = Store(Path(home) / "desk.db")
        store.inbox.take_listing(rows, lambda _code: None)
        store.close()
    wire.close()
    stored_s = time.perf_counter() - begun - read_s
    took = {"rows": len(rows), "error": error, "read_mib": round(read), "stored_mib": round(peak() - before)}
    sys.stdout.write(json.dumps({**took, "read_s": round(read_s, 1), "stored_s": round(stored_s, 1)}) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "")
