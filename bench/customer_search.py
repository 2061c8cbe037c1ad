"""The search of past customers among 100,000: ``python bench/customer_search.py [--customers 100000] [--rounds 9]``.

Every kind of question that the search line is asked, once each way of writing it, from the call to the customers, as CPU time (medians);
and the look of who is at a supply point. Prints JSON; exits with 1 where one takes longer than 5 ms. Making the customers takes a minute.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from denkidesk.desk.customers import CustomerDesk
from denkidesk.domain.customers import Customer
from denkidesk.store.store import Store

BAR_MS = 5.0
FAMILIES = ["見本", "例示", "髙﨑", "山見", "佐例", "渡邉", "齋示", "小本"]
GIVEN = ["太郎", "花子", "次郎", "三郎", "四郎", "桃子", "梅子", "松子", "一郎", "五郎"]
READINGS = ["ミホン", "レイジ", "タカサキ", "ヤマミ", "サレイ", "ワタナベ", "サイジ", "コモト"]
SEARCHES = (
    *("0", "06", "0600", "123456", "0612345678", "4321", "06-1234", "06-1234-5678", "見", "見本", "髙﨑", "高崎", "みほん", "ﾀｶｻｷ"),
    *("見本 太郎", "見本 太郎 1234", "渡辺 花子", "例示町", "例示町3-12", "大阪府大阪市北区例示町3-12", "居ない", "見本居ない"),
)


def customers(count: int) -> "list[Customer]":
    """Invented ones; the digits of their numbers are drawn, as those of real ones look drawn."""
    draw = random.Random(1)  # noqa: S311 - no secret

    def digits(count: int) -> str:
        return "".join(draw.choices("0123456789", k=count))

    found = []
    for _ in range(count):
        place = draw.randrange(len(FAMILIES))
        name = f"{FAMILIES[place]}{draw.choice('一二三四五六七八九十')} {draw.choice(GIVEN)}"
        address = f"大阪府大阪市北区例示町{draw.randrange(99)}-{draw.randrange(99)}"
        found.append(Customer(f"06{digits(20)}", name, READINGS[place], f"06-{digits(4)}-{digits(4)}", "000-0000", address))
    return found


def cpu_ms(act: Callable[[], object], rounds: int) -> float:
    """The median CPU time of an act: what other programs do meanwhile is not counted."""
    took = []
    for _ in range(rounds):
        begin = time.process_time()
        act()
        took.append(time.process_time() - begin)
    return round(statistics.median(took) * 1000, 2)


def main() -> int:
    """Measures, prints, and tells by the exit code whether the bar is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--customers", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=9)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "desk.db")
        desk = CustomerDesk(store)
        everybody = customers(arguments.customers)
        begin = time.process_time()
        store.customers.note_all(everybody)
        figures: dict[str, float] = {"made_s": round(time.process_time() - begin, 1)}
        took = {words: cpu_ms(lambda words=words: desk.search(words), arguments.rounds) for words in SEARCHES}  # type: ignore[misc]
        took["at_point"] = cpu_ms(lambda: desk.at_point(everybody[len(everybody) // 2].supply_point_number), arguments.rounds)
        figures["file_mb"] = round(store.path.stat().st_size / 1e6, 1)
        store.close()
    slow = {words: ms for words, ms in took.items() if ms > BAR_MS}
    print(json.dumps({"customers": arguments.customers, **figures, "ms": took, "slow": slow}, ensure_ascii=False))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
