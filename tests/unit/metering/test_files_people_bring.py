"""Files as customers bring them: each layout with each clumsiness. Every one is read to the kWh or stopped with its reason.

The files are made here from one table of half-hours; what they hold is added up from that table, never by the reader.
"""

import io
import json
import random
import re
import zipfile
from calendar import monthrange
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal

import openpyxl
import pytest

from denkidesk.domain.errors import ChoiceOpen, InputRefused
from denkidesk.domain.usage import ImportNoteCode, UsageChoices
from denkidesk.metering.files import read_files
from denkidesk.texts.errors import said
from fakes.usage_files import (
    CLUMSY,
    DAYS,
    FIRST,
    KWH,
    LAYOUTS,
    OTHER,
    archive,
    by_day,
    clock,
    csv_of,
    hourly,
    interface,
    kwh_of,
    long,
    long_hours,
    on_its_side,
    quarters,
    slots,
    typed,
    web,
    wide,
    wide_quarters,
    workbook,
)


def total_of(usage):
    return {(day.day, hour): Decimal(repr(kwh)) for day in usage.days for hour, kwh in enumerate(day.hourly_kwh) if kwh is not None}


@pytest.mark.parametrize("clumsy", CLUMSY)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_with_each_clumsiness(layout, clumsy):
    imported = read_files(CLUMSY[clumsy](LAYOUTS[layout]()))
    assert total_of(imported.usage) == dict(hourly(KWH))
    if "hours" not in layout and layout not in {"quarters", "wide quarters"}:
        assert imported.usage.peak_kw == float(2 * max(KWH.values()))
        peaks = {day: float(2 * max(KWH[day, slot] for slot in range(48))) for day in DAYS}
        assert {day.day: day.peak_kw for day in imported.usage.days} == peaks


@pytest.mark.parametrize("layout", ["long", "web page", "beginning and end", "slots 1 to 48", "year month day apart", "wide"])
def test_rows_in_any_order_and_twice(layout):
    head, *rows = LAYOUTS[layout]()
    mixed = [*reversed(rows), rows[3]]
    imported = read_files([("a.csv", csv_of([head, *mixed]).encode())])
    assert total_of(imported.usage) == dict(hourly(KWH))
    assert ImportNoteCode.DUPLICATE in {note.code for note in imported.notes}


# --- several files ---------------------------------------------------------------------------------------------------


def halves(rows):
    head, *body = rows
    middle = len(body) // 2
    return [head, *body[:middle]], [head, *body[middle:]]


@pytest.mark.parametrize("layout", ["wide", "long", "web page", "slots 1 to 48", "an interface's names", "wide quarters"])
@pytest.mark.parametrize("how", ["files", "archive", "workbook"])
def test_parts_are_joined_in_any_order(layout, how):
    rows = LAYOUTS[layout]()
    title, rows = (rows[:1], rows[1:]) if len(rows[0]) == 1 else ([], rows)
    first, second = ([*title, *half] for half in halves(rows))
    if how == "workbook":
        files = [("a.xlsx", workbook(first, "7月", before=[("6月", second)]))]
    else:
        parts = {"b.csv": csv_of(second).encode("cp932"), "a.csv": csv_of(first).encode("cp932")}
        files = list(parts.items()) if how == "files" else [("a.zip", archive(parts))]
    imported = read_files(files)
    assert total_of(imported.usage) == dict(hourly(KWH))
    assert imported.usage.gap_hours == 0
    assert Counter(note.code for note in imported.notes)[ImportNoteCode.FILES_JOINED] == 1


def test_a_year_of_one_file_a_day():
    days = [date(2025, 4, 1) + timedelta(days=number) for number in range(365)]
    table = kwh_of(3, days)
    imported = read_files([("year.zip", archive(by_day(long(table))))])
    assert total_of(imported.usage) == dict(hourly(table))
    assert imported.usage.gap_hours == 0


def test_overlapping_files_that_disagree_are_refused():
    assert code_of([("a.csv", csv_of(long()).encode()), ("b.csv", csv_of(long(OTHER)).encode())]) == "duplicate"


def test_files_with_other_slots_are_not_joined():
    hours = csv_of(long_hours(kwh_of(4, [date(2026, 8, 1)]))).encode()
    assert code_of([("a.csv", csv_of(long()).encode()), ("b.csv", hours)]) == "several_intervals"


def test_a_faulty_file_of_several_is_named():
    refused = refusal([("a.csv", csv_of(long()).encode()), ("b.csv", b"\xef\xbb\xbfa,b\n1,2\n")])
    assert refused.faults[0].facts["file"] == "b.csv"
    assert "b.csv" in said(refused).text


# --- what is never taken as usage ------------------------------------------------------------------------------------


def refusal(files, **choices):
    with pytest.raises(InputRefused) as refused:
        read_files(files, UsageChoices(**choices))
    assert said(refused.value).text
    return refused.value


def code_of(files, **choices):
    return refusal(files, **choices).faults[0].code


def open_of(rows, **choices):
    asked = refusal([("a.csv", csv_of(rows).encode())], **choices)
    assert isinstance(asked, ChoiceOpen)
    return asked


def register(table=KWH, start=Decimal("12345.6")):
    read = start
    found = {}
    for place in sorted(table):
        found[place] = read
        read += table[place]
    return found


@pytest.mark.parametrize("heading", ["指示数(kWh)", "積算電力量(kWh)", "電力量(kWh)", "kWh"])
@pytest.mark.parametrize("layout", ["long", "wide", "slots"])
def test_a_register_is_asked_and_its_differences_are_the_usage(heading, layout):
    figures = register()
    rows = {
        "long": lambda: long(figures, ("日時", heading)),
        "wide": lambda: wide(figures, head=heading, unit="", name=lambda slot, step: clock(slot * step)),
        "slots": lambda: [["年月日", "コマ", heading], *slots(figures)[1:]],
    }[layout]()
    asked = open_of(rows)
    assert (asked.faults[0].code, asked.item, asked.choices) == ("register", "register", (True,))
    usage = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(register=True)).usage
    expected = dict(hourly(KWH))
    del expected[DAYS[-1], 23]  # the last reading begins a slot whose end is not known
    assert total_of(usage) == expected


def test_a_register_read_at_the_end_of_each_slot():
    figures = register()
    rows = [["計測終了日時", "指示数(kWh)"]]
    rows += [[f"{day:%Y/%m/%d} {clock(slot * 30 + 30)}", read + KWH[day, slot]] for (day, slot), read in figures.items()]
    usage = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(register=True)).usage
    expected = dict(hourly(KWH))
    del expected[DAYS[0], 0]
    assert total_of(usage) == expected


def test_a_new_meter_begins_anew_and_a_missing_reading_belongs_to_no_slot():
    figures = register()
    after = {place: read - Decimal(12000) if place > (DAYS[6], 20) else read for place, read in figures.items()}
    rows = [row for place, row in enumerate(long(after, ("日時", "指示数(kWh)"))) if place != 100]
    usage = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(register=True)).usage
    assert set(usage.gaps) == {(DAYS[6], 10), (DAYS[2], 1)}


@pytest.mark.parametrize("heading", ["当日累計(kWh)", "kWh"])
def test_the_running_total_of_each_day_is_no_usage(heading):
    totals = {(day, slot): sum(KWH[day, before] for before in range(slot + 1)) for day, slot in KWH}
    assert open_of(long(totals, ("日時", heading))).item == "register"


def test_what_is_no_register_is_not_read_as_one():
    assert code_of([("a.csv", csv_of(long()).encode())], register=True) == "not_a_register"


def test_a_register_beside_the_usage_is_left_alone():
    rows = [
        ["日時", "指示数(kWh)", "使用量(kWh)"],
        *([row[0], read, row[1]] for row, read in zip(long()[1:], register().values(), strict=True)),
    ]
    assert total_of(read_files([("a.csv", csv_of(rows).encode())]).usage) == dict(hourly(KWH))


def solar(*names):
    figures = [KWH, OTHER, kwh_of(5), kwh_of(6)]
    return [
        ["日時", *names],
        *([row[0], *(figure[place] for figure in figures[: len(names)])] for place, row in zip(KWH, long()[1:], strict=True)),
    ]


@pytest.mark.parametrize(
    "names",
    [
        ("買電電力量(kWh)", "消費電力量(kWh)", "売電電力量(kWh)"),
        ("購入電力量(kWh)", "発電電力量(kWh)", "自家消費電力量(kWh)"),
        ("系統からの受電(kWh)", "使用量(kWh)", "発電量(kWh)"),
        ("ご使用量", "売電量", "気温"),
        ("import kWh", "export kWh", "consumption kWh"),
    ],
)
def test_a_house_with_solar_pays_for_what_it_bought(names):
    assert total_of(read_files([("a.csv", csv_of(solar(*names)).encode())]).usage) == dict(hourly(KWH))


@pytest.mark.parametrize(
    "names",
    [
        ("消費電力量(kWh)", "発電電力量(kWh)", "売電電力量(kWh)"),
        ("使用量(kWh)", "発電量(kWh)"),
        ("消費電力量(kWh)", "売電電力量(kWh)"),
        ("売電量(kWh)",),
        ("発電電力量(kWh)", "自家消費(kWh)"),
    ],
)
def test_own_use_and_sold_energy_are_not_bought(names):
    asked = open_of(solar(*names))
    assert (asked.faults[0].code, asked.item) == ("sold_or_own_use", "column")
    taken = read_files([("a.csv", csv_of(solar(*names)).encode())], UsageChoices(column=names[0]))
    assert total_of(taken.usage) == dict(hourly(KWH))


@pytest.mark.parametrize("title", ["売電電力量の30分値", "余剰電力量", "太陽光発電量"])
def test_a_title_that_says_sold_is_heard(title):
    for rows in (wide(unit=""), [["日時", "kWh"], *long()[1:]]):
        assert open_of([[title], *rows]).faults[0].code == "sold_or_own_use"


def test_rows_sorted_by_a_word():
    rows = [["年月日", "種別", *(clock(slot * 30) for slot in range(48)), "単位"]]
    for day in DAYS:
        rows.append([str(day), "買電", *(KWH[day, slot] for slot in range(48)), "kWh"])
        rows.append([str(day), "売電", *(OTHER[day, slot] for slot in range(48)), "kWh"])
    rows = [["30分ごとの電力量"], *rows]
    assert total_of(read_files([("a.csv", csv_of(rows).encode())]).usage) == dict(hourly(KWH))
    sold = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(column="売電")).usage
    assert total_of(sold) == dict(hourly(OTHER))
    used = [[("消費" if cell == "買電" else cell) for cell in row] for row in rows]
    assert open_of(used).item == "column"


def test_several_columns_are_asked_and_chosen():
    rows = solar("1階(kWh)", "2階(kWh)")
    asked = open_of(rows)
    assert (asked.faults[0].code, asked.item, asked.choices) == ("several_value_columns", "column", ("1階(kWh)", "2階(kWh)"))
    assert asked.headings == "日時|1階(kWh)|2階(kWh)"
    assert total_of(read_files([("a.csv", csv_of(rows).encode())], UsageChoices(column="1階(kWh)")).usage) == dict(hourly(KWH))
    assert code_of([("a.csv", csv_of(rows).encode())], column="3階") == "no_such_choice"


def points(first="0600000000000000000001", second="0600000000000000000002", label="供給地点特定番号"):
    rows = [[label, *wide()[0]]]
    for one, other in zip(wide()[1:], wide(OTHER)[1:], strict=True):
        rows += [[first, *one], [second, *other]]
    return rows


@pytest.mark.parametrize("label", ["供給地点特定番号", "需要場所", "店舗名", "計器番号"])
def test_supply_points_are_kept_apart(label):
    asked = open_of(points("0001", "0002", label))
    assert (asked.faults[0].code, asked.item, asked.choices) == ("supply_points", "supply_point", ("0001", "0002"))
    for chosen, table in (("0001", KWH), ("2", OTHER), ("0002", OTHER)):
        usage = read_files([("a.csv", csv_of(points("0001", "0002", label)).encode())], UsageChoices(supply_point=chosen)).usage
        assert total_of(usage) == dict(hourly(table))
    assert code_of([("a.csv", csv_of(points("0001", "0002", label)).encode())], supply_point="9999") == "no_such_choice"


def test_supply_points_in_files_of_their_own():
    """They do not even overlap: joined they would look like one house."""
    titled = ["供給地点特定番号：06-0000-0000-0000-0000-000{}"]
    first, second = halves(wide())
    files = [(f"{place}.csv", csv_of([[titled[0].format(place)], *rows]).encode()) for place, rows in enumerate((first, second))]
    assert code_of(files) == "supply_points"
    usage = read_files(files, UsageChoices(supply_point="06-0000-0000-0000-0000-0001")).usage
    assert [day.day for day in usage.days] == DAYS[6:]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["日付", "使用量(kWh)"], *([str(day), 12.5] for day in DAYS)], "sums_of_days"),
        ([["日時", "使用量(kWh)"], *([f"{day} 00:00", 12.5] for day in DAYS)], "sums_of_days"),
        ([["日付", "昼間(kWh)", "夜間(kWh)"], *([str(day), 7.5, 4.5] for day in DAYS)], "sums_of_days"),
        ([["日時", "kWh"], *([f"{day} {hour:02}:00", 4.5] for day in DAYS for hour in (7, 23))], "sums_of_days"),
        ([["年月日", "時間帯", "kWh"], *([str(day), "0:00-12:00", 4.5] for day in DAYS)], "sums_of_days"),
        ([["日時", "kWh"], *([f"2026-06-01 00:{minute:02}", 0.1] for minute in range(60))], "too_fine"),
        ([["日時", "kWh"], *([f"2026-06-01 {clock(slot * 5)}", 0.1] for slot in range(288))], "too_fine"),
        ([["日時", "kWh"], *([f"2026-06-01 {clock(slot * 10)}", 0.1] for slot in range(144))], "too_fine"),
        ([["日付(kWh)", *(clock(slot * 10) for slot in range(144))], ["2026-06-01", *[0.1] * 144]], "too_fine"),
        ([["日時", "kWh"], *([f"2026-06-01T{hour:02}:00:00Z", 0.1] for hour in range(24))], "other_time_zone"),
        ([["日時", "kWh"], *([f"2026-06-01T{hour:02}:00:00+00:00", 0.1] for hour in range(24))], "other_time_zone"),
        ([["日時(UTC)", "kWh"], *([f"2026-06-01 {hour:02}:00", 0.1] for hour in range(24))], "other_time_zone"),
        ([["日付(kWh)", *(f"回路{number}" for number in range(1, 25))], ["2026-06-01", *[0.1] * 24]], "slot_headings"),
        ([["作成日", "kWh"], *(["2026-06-01", 0.1] for _ in range(24))], "no_days"),
        ([["日時", "kWh"], *([f"2026-06-01 {hour:02}:00", "0,412" if hour else "1"] for hour in range(24))], "not_a_number"),
        ([["月日(kWh)", *range(24)], ["6/1", *[0.5] * 24]], "year_unknown"),
    ],
)
def test_what_cannot_be_billed_by_the_hour_is_refused_with_its_reason(rows, code):
    text = "\n".join(";".join(str(cell) for cell in row) for row in rows)
    assert code_of([("a.csv", text.encode())]) == code


def test_the_year_of_rows_that_have_none_can_be_given():
    rows = [["月日(kWh)", *range(24)], ["6/30", *[0.5] * 24], ["7/1", *[0.25] * 24]]
    usage = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(year=2025)).usage
    assert [day.day for day in usage.days] == [date(2025, 6, 30), date(2025, 7, 1)]


@pytest.mark.parametrize("made", ["データ作成日", "出力日時", "ダウンロード日", "更新日"])
@pytest.mark.parametrize("layout", ["long", "wide", "slots 1 to 48", "web page"])
def test_the_day_of_making_is_not_the_day_of_use(made, layout):
    head, *rows = LAYOUTS[layout]()
    rows = [[made, *head], *(["2026/07/20", *row] for row in rows)]
    assert total_of(read_files([("a.csv", csv_of(rows).encode())]).usage) == dict(hourly(KWH))


@pytest.mark.parametrize(
    ("heading", "factor"), [("デマンド値", 2), ("最大需要電力", 2), ("電力(kW)", 2), ("使用電力量(Wh)", 1000), ("使用量", 1), ("usage", 1)]
)
def test_power_and_small_units_become_kwh(heading, factor):
    rows = long({place: factor * kwh for place, kwh in KWH.items()}, ("日時", heading))
    assert total_of(read_files([("a.csv", csv_of(rows).encode())]).usage) == dict(hourly(KWH))


@pytest.mark.parametrize("heading", ["値", "データ", "電力", "kW/kWh"])
def test_a_unit_that_nobody_names_is_asked(heading):
    rows = long(head=("日時", heading))
    asked = open_of(rows)
    assert (asked.faults[0].code, asked.item, asked.choices) == ("unit_open", "unit", ("kWh", "kW"))
    for unit, factor in (("kWh", 1), ("kW", 2)):
        figures = long({place: factor * kwh for place, kwh in KWH.items()}, ("日時", heading))
        assert total_of(read_files([("a.csv", csv_of(figures).encode())], UsageChoices(unit=unit)).usage) == dict(hourly(KWH))


def test_what_the_web_page_could_not_read_is_a_gap():
    missing = {(DAYS[2], slot) for slot in range(10, 14)}
    usage = read_files([("a.csv", csv_of(web(missing=missing)).encode("cp932"))]).usage
    assert usage.gaps == ((DAYS[2], 5), (DAYS[2], 6))


# --- months, and more than a year ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name", [lambda y, m: f"{y}年{m}月", lambda y, m: f"{y}/{m:02}", lambda y, m: f"{y}-{m:02}", lambda y, m: f"{y}年{m}月分"]
)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_twelve_months_keep_their_kwh(name, kind):
    months = [(2025 + (month > 12), (month - 1) % 12 + 1) for month in range(4, 16)]
    rows = [["ご利用年月", "ご使用量(kWh)", "請求金額(円)"], *([name(*month), 200 + place, 9000] for place, month in enumerate(months))]
    imported = read_files([("a.csv", csv_of(rows).encode())] if kind == "csv" else [("a.xlsx", workbook(rows))])
    assert imported.usage.estimated
    assert ImportNoteCode.MONTHLY_FIGURES in {note.code for note in imported.notes}
    found = defaultdict(Decimal)
    for (day, _), kwh in total_of(imported.usage).items():
        found[day.year, day.month] += kwh
    assert dict(found) == {month: 200 + place for place, month in enumerate(months)}


def test_the_demand_of_months_is_not_their_energy():
    rows = [["年月", "最大需要電力(kW)"], *([f"2025/{month:02}", 80] for month in range(1, 13))]
    assert code_of([("a.csv", csv_of(rows).encode())]) == "sums_of_days"


def test_a_file_of_more_than_a_year_offers_the_newest_or_any():
    days = [date(2024, 6, 1) + timedelta(days=number) for number in range(500)]
    table = kwh_of(8, days)
    asked = open_of(wide(table))
    newest = days[-1].replace(year=days[-1].year - 1) + timedelta(days=1)
    assert (asked.faults[0].code, asked.item, asked.choices) == ("more_than_a_year", "year_from", (newest, days[0]))
    for choices, start in ((UsageChoices(newest_year=True), newest), (UsageChoices(year_from=date(2024, 7, 10)), date(2024, 7, 10))):
        usage = read_files([("a.csv", csv_of(wide(table)).encode())], choices).usage
        expected = {place: kwh for place, kwh in hourly(table).items() if 0 <= (place[0] - start).days < 365}
        assert total_of(usage) == expected


@pytest.mark.parametrize(
    ("first", "count", "offered"), [(date(2026, 6, 10), 30, True), (date(2026, 6, 1), 30, False), (date(2026, 6, 10), 50, False)]
)
def test_data_of_one_reading_period_are_offered_as_one(first, count, offered):
    table = kwh_of(9, [first + timedelta(days=number) for number in range(count)])
    notes = {note.code: dict(note.facts) for note in read_files([("a.csv", csv_of(wide(table)).encode())]).notes}
    assert (ImportNoteCode.ONE_PERIOD in notes) == offered
    if offered:
        assert notes[ImportNoteCode.ONE_PERIOD] == {"first": "2026-06-10", "last": "2026-07-09"}


@pytest.mark.parametrize("layout", ["long", "wide", "on its side", "quarters"])
def test_a_figure_a_hundred_times_the_mean_must_be_confirmed(layout):
    table = {**KWH, (DAYS[4], 9): Decimal(99)}
    make = {"long": long, "wide": wide, "on its side": on_its_side, "quarters": quarters}[layout]
    files = [("a.csv", csv_of(make(table)).encode())]
    asked = refusal(files)
    assert (asked.faults[0].code, asked.faults[0].facts["day"], asked.faults[0].facts["time"]) == ("implausible", str(DAYS[4]), "04:30")
    assert total_of(read_files(files, UsageChoices(accept_values=True)).usage) == dict(hourly(table))


# --- workbooks and archives that are a trap --------------------------------------------------------------------------


def test_two_sheets_of_one_time_are_asked():
    data = workbook(wide(), "1号棟", before=[("2号棟", wide(OTHER))])
    asked = refusal([("a.xlsx", data)])
    assert (asked.item, asked.choices) == ("sheet", ("2号棟", "1号棟"))
    assert total_of(read_files([("a.xlsx", data)], UsageChoices(sheet="1号棟")).usage) == dict(hourly(KWH))


def test_a_sheet_of_sold_energy_is_left_aside():
    data = workbook(wide(), "買電", before=[("売電", wide(OTHER))])
    assert total_of(read_files([("a.xlsx", data)]).usage) == dict(hourly(KWH))


def test_times_of_a_spreadsheet():
    book = openpyxl.Workbook()
    book.active.append(["日付", "時刻", "使用量(kWh)"])
    for (day, slot), kwh in KWH.items():
        book.active.append([day, (slot + 1) / 48, float(kwh)])
        book.active.cell(book.active.max_row, 2).number_format = "[h]:mm"
    packed = io.BytesIO()
    book.save(packed)
    assert total_of(read_files([("a.xlsx", packed.getvalue())]).usage) == dict(hourly(KWH))


def test_a_formula_counts_by_its_saved_value_and_without_one_it_is_refused():
    book = openpyxl.Workbook()
    for row in long():
        book.active.append([typed(cell) for cell in row])
    book.active["B9"] = "=B8*2"
    packed = io.BytesIO()
    book.save(packed)
    assert code_of([("a.xlsx", packed.getvalue())]) == "formula_without_value"
    saved = edited(packed.getvalue(), "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>0.5</v>", xml))
    assert total_of(read_files([("a.xlsx", saved)]).usage)[FIRST, 3] == KWH[FIRST, 6] + Decimal("0.5")


def edited(data, member, change):
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    assert change(parts[member]) != parts[member]
    parts[member] = change(parts[member])
    return archive(parts)


def test_a_workbook_that_declares_entities_is_refused():
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    data = edited(workbook(long()), "xl/worksheets/sheet1.xml", lambda xml: bomb + xml)
    assert code_of([("a.xlsx", data)]) == "damaged_workbook"


def test_a_workbook_whose_size_is_a_lie_is_bounded():
    def lie(xml):
        return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')

    data = edited(workbook([["日時", "使用量(kWh)"]]), "xl/worksheets/sheet1.xml", lie)
    assert code_of([("a.xlsx", data)]) == "too_many_rows"


@pytest.mark.parametrize("member", ["xl/worksheets/sheet1.xml", "xl/styles.xml"])
def test_a_workbook_with_a_part_beyond_all_measure_is_refused_unparsed(member):
    data = edited(workbook(long()), member, lambda xml: xml + b"<!--" + b"a" * (30 * 2**20) + b"-->")
    assert code_of([("a.xlsx", data)]) == "too_large"


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_an_archive_that_unpacks_to_gigabytes_is_refused_unread(name):
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into,
        into.open("xl/workbook.xml" if name == "a.xlsx" else "a.csv", "w") as file,
    ):
        for _ in range(200):
            file.write(b"0" * 2**20)
    assert code_of([(name, packed.getvalue())]) == "too_large"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (archive({"inner.csv": archive({"a.csv": b"1"})}), "compressed_file"),
        (archive({"readme.pdf": b"%PDF"}), "no_usage_file"),
        (archive({f"{number}.csv": b"1" for number in range(1_200)}), "too_large"),
        (b"PK\x03\x04" + b"\x00" * 40, "damaged_archive"),
        (archive({"xl/workbook.xml": b"<nothing/>"}), "damaged_workbook"),
        (
            json.dumps([{"date": "2026-06-01", "hourlyPowers": [1] * 24}, {"date": "2027-07-01", "hourlyPowers": [1] * 24}]).encode(),
            "more_than_a_year",
        ),
    ],
)
def test_what_is_no_customers_file(data, code):
    assert code_of([("a", data)]) == code


def test_the_months_of_a_leap_year_have_their_days():
    rows = [["年月", "使用量(kWh)"], ["2024/02", 290]]
    assert len(read_files([("a.csv", csv_of(rows).encode())]).usage.days) == monthrange(2024, 2)[1]


WIDE_DIGITS = str.maketrans("0123456789.", "０１２３４５６７８９．")


SHORT_WAYS = {one.__name__: one for one in (wide, wide_quarters, long, long_hours, slots, web, interface)}


@pytest.mark.parametrize("layout", SHORT_WAYS)
@pytest.mark.parametrize("seed", range(3))
def test_the_short_way_of_clean_files_and_the_careful_way_read_the_same(layout, seed):
    """Blanks, quotes, full-width figures and marks send a file, a row or a cell down the careful way."""
    dice = random.Random(seed)  # noqa: S311 - figures of a file
    table = {place: Decimal(dice.randint(0, 10 ** dice.randint(1, 6))).scaleb(-dice.randint(0, 6)) for place in KWH}
    rows = SHORT_WAYS[layout](table)
    clean = read_files([("a.csv", csv_of(rows).encode())], UsageChoices(accept_values=True))
    assert total_of(clean.usage) == dict(hourly(table))
    head, body = rows[:2], [[str(cell) for cell in row] for row in rows[2:]]
    for careful in (
        [[f" {cell}" for cell in row] for row in body],
        [[f'"{cell} "' for cell in row] for row in body],
        [[cell if place == 0 or ":" in cell else cell.translate(WIDE_DIGITS) for place, cell in enumerate(row)] for row in body],
        [*body[:-1], [*body[-1][:-1], f"+{body[-1][-1]}" if body[-1][-1] else ""]],
        [*body[:30], ["# 見本"], *body[30:]],
    ):
        again = read_files([("a.csv", csv_of([*head, *careful]).encode())], UsageChoices(accept_values=True))
        assert again.usage == clean.usage
        assert [note.code for note in again.notes] == [note.code for note in clean.notes]
