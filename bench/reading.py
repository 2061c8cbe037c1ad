"""How long a year of half-hours takes to read, wide and long, beside a bare loop of csv, float and fromisoformat over the same file.

    PYTHONPATH=src:tests python bench/reading.py

Both in turn, medians of nine; prints one JSON object. Bar: at most 5 times the bare loop.
"""

import csv
import io
import json
import random
import statistics
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta

from denkidesk.metering.files import read_files

ROUNDS = 9
FIRST = date(2025, 4, 1)


def year() -> list[tuple[date, list[str]]]:
    """365 days of 48 figures as a meter writes them."""
    dice = random.Random(7)  # noqa: S311 - figures of a file
    return [(FIRST + timedelta(days=number), [f"{dice.uniform(0, 3):.3f}" for _ in range(48)]) for number in range(365)]


def wide(days: list[tuple[date, list[str]]]) -> str:
    """A day a row."""
    names = [f"{slot // 2:02}:{slot % 2 * 30:02}" for slot in range(48)]
    rows = [",".join([f"{day:%Y/%m/%d}", *figures]) for day, figures in days]
    return "\r\n".join(["年月日(kWh)," + ",".join(names), *rows])


def long(days: list[tuple[date, list[str]]]) -> str:
    """A half-hour a row."""
    rows = [f"{day} {slot // 2:02}:{slot % 2 * 30:02}:00,{figure}" for day, figures in days for slot, figure in enumerate(figures)]
    return "\r\n".join(["日時,使用量(kWh)", *rows])


def bare_wide(data: bytes) -> float:
    """The least that reads the wide file."""
    rows = csv.reader(io.StringIO(data.decode()))
    next(rows)
    return sum(sum(float(cell) for cell in row[1:]) for row in rows if date.fromisoformat(row[0].replace("/", "-")))


def bare_long(data: bytes) -> float:
    """The least that reads the long file."""
    rows = csv.reader(io.StringIO(data.decode()))
    next(rows)
    return sum(float(row[1]) for row in rows if datetime.fromisoformat(row[0]))


def milliseconds(work: Callable[[], object]) -> float:
    """One run."""
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    """Prints the figures."""
    days = year()
    found = {}
    for name, text, bare in (("wide", wide(days), bare_wide), ("long", long(days), bare_long)):
        data = text.encode()
        assert abs(read_files([("a.csv", data)]).usage.total_kwh - bare(data)) < 1e-6
        pairs = [
            (milliseconds(lambda data=data: read_files([("a.csv", data)])), milliseconds(lambda data=data, bare=bare: bare(data)))
            for _ in range(ROUNDS)
        ]
        ours, least = (statistics.median(column) for column in zip(*pairs, strict=True))
        found[name] = {"read_ms": round(ours, 1), "bare_ms": round(least, 1), "times": round(ours / least, 2)}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
