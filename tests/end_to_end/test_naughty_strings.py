"""Every naughty string goes from the form to the utility and back unchanged, or is refused in the form with words.

The Big List of Naughty Strings, and what Japanese names and addresses are made of. "Unchanged" is held against what the form shows once a
field is left; whatever it had to change by then it says.
"""

import json
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest
from pypdf import PdfReader

from denkidesk.desk.bulk import bulk_table
from denkidesk.desk.export import INBOX_HEADINGS, OUTBOX_HEADINGS, inbox_rows, outbox_rows
from denkidesk.desk.spreadsheets import read_table, write_table
from denkidesk.domain.applications import ApplicationKind, OutboxState
from denkidesk.domain.table_text import inert
from denkidesk.forms.checks import check_field
from denkidesk.forms.cleaning import clean_text
from denkidesk.forms.steps import form_of
from denkidesk.texts.apply import changes, fault
from denkidesk.texts.names import field_name
from denkidesk.ui.apply.receipt_paper import write_receipt
from fakes.filing import outage
from fakes.rich_text import drawn_as_markup, shown_texts

BIG_LIST = json.loads((Path(__file__).parents[1] / "golden" / "naughty_strings" / "blns.json").read_text(encoding="utf-8"))
JAPANESE = (
    "髙﨑 𠮷男",
    "葛\U000e0101城 市",  # a variant chosen by an ideographic variation sequence
    "辻\U000e0100 邉\U000e010f",
    "神\ufa19 祥\ufa1a",  # compatibility ideographs, which NFC would turn into others
    "㈱見本 ㈲例示 ㍿ №１ ①②③ Ⅲ ㌔ ㎡",
    "ｶﾌﾞｼｷｶﾞｲｼﾔ ﾐﾎﾝ",
    "か\u3099き\u3099 は\u309a",  # a dakuten that is a character of its own
    "大阪〜京都 大阪～京都 − － ‐ ー ｰ ― —",
    "令和8年12月1日 ㋿8年 昭和六十四年",
    "見本　太郎\u3000",
    "𩸽𠀋 鷗 仞 丂 凜 凛",
    "﨑﨟 侮\ufa30 塀\ufa39",
    "ヶ ケ ヵ カ 々 〆 〇 ゝ ゞ ヽ ヾ ヿ ゟ",
    "゛゜ ﾞﾟ ヷヸヹヺ セ゚ト゚",
    "見本町０－０－０ ＃１０１ ＆ ＜＞ ＝＋＠",
    "ｱｲｳｴｵ ｶﾞｷﾞ 半角と全角Ａ１",
    "ガ=HYPERLINK(1)",
    "\u202e見本\u202c \u200b例示",
)
NAUGHTY = tuple(dict.fromkeys((*BIG_LIST, *JAPANESE)))
FIELDS = {field.name: field for field in form_of(ApplicationKind.OUTAGE).fields}
TODAY = date(2026, 4, 1)


class Shown(NamedTuple):
    """What a field shows of a string once it is left; ``refused``: the words of its fault."""

    value: str
    refused: str


def shown(name, raw):
    checked = check_field(FIELDS[name], raw, {}, TODAY)
    return Shown(checked.value or "", fault(checked.faults[0]) if checked.faults else "")


NAMES = [one.value for raw in NAUGHTY if (one := shown("customer_name", raw)).value]
LONG = [one.value for raw in NAUGHTY if (one := shown("note", raw)).value not in ("", *NAMES)]
ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # what no workbook can hold, and no form takes


def test_the_form_takes_each_string_as_it_shows_it_or_refuses_it_with_words():
    assert len(BIG_LIST) == 485
    for name, multiline in (("customer_name", False), ("note", True)):
        refused = 0
        for raw in NAUGHTY:
            value, words = shown(name, raw)
            cleaned = clean_text(raw, multiline=multiline)
            assert value == cleaned.text or words, raw
            assert cleaned.text == raw or changes(cleaned.changes), "what is changed is said"
            assert not value or shown(name, value) == (value, ""), "and once is enough"
            assert "{" not in words
            refused += bool(words)
        assert refused < 30, "nearly all of them can be somebody's name"
    assert shown("customer_name", "髙﨑 𠮷男").value == "髙﨑 𠮷男"
    assert shown("customer_name", "ｶﾌﾞｼｷｶﾞｲｼﾔ ﾐﾎﾝ").value == "カブシキガイシヤ ミホン"
    assert shown("customer_name", "か\u3099き\u3099 は\u309a").value == "がぎ ぱ"
    assert shown("customer_name", "神\ufa19 祥\ufa1a").value == "神\ufa19 祥\ufa1a"


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_a_table_of_many_reads_each_string_as_the_form_does(tmp_path, clerk, suffix):
    tables = clerk.context.desk.installed_set.form_tables()
    columns = ("supply_point_number", "customer_name", "supply_point_address", "selection_code", "equipment_class")
    raw = [text for text in NAUGHTY if not ILLEGAL.search(text)]
    rows = [(f"06{number:020}", text, text, "PS301", "PE301") for number, text in enumerate(raw)]
    write_table(tmp_path / f"table{suffix}", [field_name(name) for name in columns], rows)
    read = {
        row.values["supply_point_number"]: row
        for row in bulk_table(ApplicationKind.OUTAGE, read_table(tmp_path / f"table{suffix}"), tables, TODAY).rows
    }
    for number, text, *_ in rows:
        row, came = read[number], inert(text) if suffix == ".csv" else text
        expected = [shown(name, came) for name in ("customer_name", "supply_point_address")]
        if row.application is None:
            assert any(one.refused for one in expected), text
        else:
            assert (row.application.customer_name, row.application.supply_point_address) == tuple(one.value for one in expected), text


@pytest.fixture
def filed(clerk, practice):
    """Every string that the form takes as a name, an address and a note, filed over HTTP and asked for; the items by supply point."""
    desk = clerk.context.desk
    taken = {}
    for number in range(0, len(NAMES), 3):
        name, address, note = (NAMES[(number + part) % len(NAMES)] for part in range(3))
        note = LONG[number // 3] if number // 3 < len(LONG) else note
        application = outage(number, customer_name=name, supply_point_address=address, extra={"remarks": note})
        item = desk.outbox.send(desk.outbox.queue(application).item_id).item
        assert item.state is OutboxState.ACCEPTED, (name, item.failure_message)
        taken[item.receipt_number] = application
        desk.inbox.fetch_status(item.receipt_number)
    return taken


@pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)
def test_the_way_to_the_utility_and_back_changes_no_letter(filed, clerk, practice, tmp_path):
    desk = clerk.context.desk
    sent = {one.receipt_number: one for one in practice.utility.filed()}
    for number, application in filed.items():
        held = sent[number]
        came = (held.items["customer_name"], held.items["supply_point_address"], held.extra["remarks"])
        assert came == (application.customer_name, application.supply_point_address, application.extra["remarks"]), "the utility has it"
        items = desk.inbox.entry(number).status.items
        assert (items["customer_name"], items["supply_point_address"]) == (application.customer_name, application.supply_point_address)
    assert {item.receipt_number: item.application for item in desk.outbox.items()} == filed, "the store has it"

    for rows, headings, told in ((inbox_rows(desk), INBOX_HEADINGS, "inbox"), (outbox_rows(desk), OUTBOX_HEADINGS, "outbox")):
        for suffix, as_written in ((".xlsx", str), (".csv", inert)):
            write_table(path := tmp_path / f"{told}{suffix}", headings, rows)
            cells = {cell for row in read_table(path) for cell in row.cells}
            texts = [text for one in filed.values() for text in (one.customer_name, one.supply_point_address)]
            assert not [text for text in texts if as_written(text) not in cells], path.name

    for application in list(filed.values())[::20]:
        found = desk.customers.search(application.customer_name, len(filed))
        assert application.customer_name in [one.name for one in found]
    clerk.inbox.reload()
    clerk.settle()
    for place in range(0, clerk.inbox.list.model.rowCount(), 23):
        clerk.inbox.list.table.choose_row(place)
        clerk.settle()
        assert drawn_as_markup(shown_texts()) == []
    clerk.open_outbox()
    assert drawn_as_markup(shown_texts()) == []


def test_on_paper_every_string_stands_as_text(clerk, tmp_path):
    """As far as a reader of PDF files gets the letters back: Qt names neither ligatures of a typeface nor what lies beyond U+FFFF."""
    rows = [(str(number), name) for number, name in enumerate(NAMES)]
    path = write_receipt(tmp_path / "receipt.pdf", "P0000000001", rows, practice=False)
    paper = "".join("".join(page.extract_text().split()) for page in PdfReader(path).pages)
    readable = [name for name in NAMES if name.isascii() and not re.search("f[fil]", name)]
    assert len(readable) > 200
    assert not [name for name in (*readable, "髙﨑", "大阪〜京都 大阪～京都") if "".join(name.split()) not in paper]
