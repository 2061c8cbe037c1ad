"""Data folders with many applications, made once and kept: rows go in from a generator, indexes and counts are made behind them."""

import json
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from denkidesk.domain.applications import ApplicationKind
from denkidesk.settings import Places
from denkidesk.store.grams import grams_of
from denkidesk.store.migrations import NEWEST_VERSION
from denkidesk.store.migrations.steps import STEPS
from denkidesk.store.store import Store
from denkidesk.store.values import search_text

FAMILIES = ["見本", "例題", "試作", "仮名", "雛形", "架空", "手本", "模型", "高橋", "渡邊", "斎藤", "山﨑", "佐藤", "鈴木"]
NAMES = ["太郎", "花子", "一郎", "次郎", "三郎", "美咲", "健太", "翔", "葵", "蓮", "陽菜", "結衣"]
TOWNS = ["大阪市見本区", "堺市例題区", "京都市試作区", "神戸市仮名区", "奈良市雛形", "和歌山市架空", "大津市手本", "姫路市模型"]
KINDS = (*ApplicationKind, None)
NEWEST = date(2026, 11, 26)
_SQL = """
    INSERT INTO inbox (receipt_number, work_stage, registered_on, visit_on, selection_code, supply_point_number, has_message, extra, kind,
        unread, previous_stage, first_seen_at, changed_at, synced_at, status, status_at, search_text, newest_message, status_look,
        customer_name, supply_point_address, moved_on)
    VALUES (?, ?, ?, ?, 'PS301', ?, ?, '{}', ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_COUNTED = ("inbox_counts", "inbox_days")
_MADE_BEHIND = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = 'inbox' AND sql IS NOT NULL"


def _rows(count: int) -> Iterator[tuple[object, ...]]:
    dice = random.Random(count)  # noqa: S311 - the same rows each time
    at = "2026-11-26T09:00:00.000000+09:00"
    for number in range(count):
        registered = NEWEST - timedelta((count - number) * 3_000 // count)
        visit = registered + timedelta(dice.randrange(30)) if dice.random() < 0.4 else None
        person, place = f"{dice.choice(FAMILIES)} {dice.choice(NAMES)}", f"{dice.choice(TOWNS)}{dice.randrange(9)}-{dice.randrange(40)}"
        has_message = dice.random() < 0.3
        message = f"見本の知らせ {dice.randrange(1_000)} です。" if has_message else ""
        items = {"customer_name": person, "supply_point_address": place}
        status = {"receipt_number": "", "request_status": "00", "reception_message": "", "messages": [message], "items": items, "extra": {}}
        receipt, point = f"P{number:010}", f"06{dice.randrange(10**20):020}"
        yield (
            receipt, f"PW0{dice.randrange(1, 8)}", registered.isoformat(), visit and visit.isoformat(), point, int(has_message),
            dice.choice(KINDS), int(dice.random() < 0.2), at, at, at,
            json.dumps(status, ensure_ascii=False) if has_message else None, at if has_message else None,
            search_text(receipt, point, *([message, person, place] if has_message else [])), message, number,
            *((person, place) if has_message else ("", "")), (registered + timedelta(dice.randrange(9))).isoformat(),
        )  # fmt: skip


def filled_home(count: int, folder: Path = Path("build/bench")) -> Path:
    """A data folder of the practice mode with so many applications; made anew for each version of the database."""
    home = folder / f"inbox-{count}-v{NEWEST_VERSION}"
    database = Places(home, practice=True).database
    done = home / "done"
    if done.exists():
        return home
    begun = time.monotonic()
    Store(database).close()
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        made_behind = connection.execute(_MADE_BEHIND).fetchall()
        connection.execute("BEGIN")
        for kind, name, _ in made_behind:
            connection.execute(f"DROP {kind} {name}")
        connection.executemany(_SQL, _rows(count))
        texts = connection.execute("SELECT id, search_text FROM inbox")
        connection.executemany("INSERT INTO inbox_grams (rowid, text) VALUES (?, ?)", ((row_id, grams_of(text)) for row_id, text in texts))
        for counted in _COUNTED:
            connection.execute(f"DELETE FROM {counted}")  # noqa: S608 - constants only
        for statement in [sql for step in STEPS for sql in step if sql.startswith(tuple(f"INSERT INTO {one}" for one in _COUNTED))]:
            connection.execute(statement)
        for _, _, sql in made_behind:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    done.touch()
    print(f"{count} applications in {time.monotonic() - begun:.0f} s, {database.stat().st_size / 1e6:.0f} MB", file=sys.stderr)
    return home
