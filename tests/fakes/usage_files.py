"""A customer's half-hours as the files that people bring: each layout as rows of cells, each clumsiness as bytes."""

import io
import random
import zipfile
from collections import defaultdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import openpyxl

FIRST = date(2026, 6, 24)
DAYS = [FIRST + timedelta(days=number) for number in range(12)]


def kwh_of(seed, days=DAYS, slots=48):
    dice = random.Random(seed)  # noqa: S311 - figures of a file
    return {(day, slot): Decimal(dice.randint(1, 99)) / 100 for day in days for slot in range(slots)}


KWH = kwh_of(1)
OTHER = kwh_of(2)


def midnight(day):
    return datetime.combine(day, time())


def clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def hourly(table):
    hours = defaultdict(Decimal)
    for (day, slot), kwh in table.items():
        hours[day, slot // 2] += kwh
    return hours


def csv_of(rows):
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows) + "\r\n"


# --- layouts: rows of cells, the first row the headings --------------------------------------------------------------


def wide(table=KWH, head="年月日", count=48, name=lambda slot, step: f"{clock(slot * step)}～{clock((slot + 1) * step)}", unit="(kWh)"):
    step = 1440 // count
    figures = table if count == 48 else hourly(table)
    rows = [[head, *(name(slot, step) + unit for slot in range(count))]]
    return rows + [[day.strftime("%Y/%m/%d"), *(figures[day, slot] for slot in range(count))] for day in sorted({d for d, _ in table})]


def long(table=KWH, head=("日時", "使用電力量(kWh)"), stamp=lambda day, slot: f"{day:%Y/%m/%d} {clock(slot * 30)}"):
    return [list(head), *([stamp(day, slot), kwh] for (day, slot), kwh in table.items())]


def long_hours(table=KWH):
    return [["日時", "使用量(kWh)"], *([f"{day:%Y-%m-%d} {hour}:00", kwh] for (day, hour), kwh in hourly(table).items())]


def quarters(table=KWH):
    rows = [["日時", "電力量(kWh)"]]
    for (day, slot), kwh in table.items():
        rows += [[f"{day:%Y/%m/%d} {clock(slot * 30)}", kwh], [f"{day:%Y/%m/%d} {clock(slot * 30 + 15)}", 0]]
    return rows


def wide_quarters(table=KWH):
    days = sorted({day for day, _ in table})
    rows = [["日付", *(clock(slot * 15) for slot in range(96)), "合計(kWh)"]]
    for day in days:
        cells = [cell for slot in range(48) for cell in (table[day, slot], 0)]
        rows.append([str(day), *cells, sum(cells)])
    return [["15分ごとの使用電力量"], *rows]


def apart(table=KWH):
    return [["年", "月", "日", *(clock(slot * 30) for slot in range(48))]] + [
        [day.year, day.month, day.day, *(table[day, slot] for slot in range(48))] for day in sorted({d for d, _ in table})
    ]


def apart_long(table=KWH):
    return [["年", "月", "日", "時刻", "使用量(kWh)"], *([d.year, d.month, d.day, clock(s * 30), kwh] for (d, s), kwh in table.items())]


def on_its_side(table=KWH):
    days = sorted({day for day, _ in table})
    months = ["" if place and days[place - 1].month == day.month else f"{day.month}月" for place, day in enumerate(days)]
    rows = [["年", f"{days[0].year}年", *[""] * (len(days) - 1), ""], ["月", *months, ""], ["日", *(day.day for day in days), "合計"]]
    return rows + [
        [f"{clock(slot * 30)}-{clock(slot * 30 + 30)}", *(table[day, slot] for day in days), sum(table[day, slot] for day in days)]
        for slot in range(48)
    ]


def days_across(table=KWH):
    days = sorted({day for day, _ in table})
    return [["使用電力量(kWh)"], ["時刻", *(day.strftime("%Y/%m/%d") for day in days)]] + [
        [clock(slot * 30), *(table[day, slot] for day in days)] for slot in range(48)
    ]


def slots(table=KWH):
    return [["年月日", "コマ", "電力量(kWh)"], *([f"{day:%Y%m%d}", slot + 1, kwh] for (day, slot), kwh in table.items())]


def slot_columns(table=KWH):
    return wide(table, name=lambda slot, _step: f"{slot + 1}コマ", unit="", head="年月日(kWh)")


def web(table=KWH, missing=()):
    """As the web pages of a large utility write it: ends of half-hours, 24:00, columns of a contract before, sold energy behind."""
    rows = [["お客さま番号", "供給地点特定番号", "年月日", "曜日", "休祝日", "契約メニュー", "ご使用量", "売電量"]]
    for (day, slot), kwh in table.items():
        cell = "---" if (day, slot) in missing else kwh
        rows.append(["0000", "0300000000000000000000", f"{day:%Y/%m/%d} {clock(slot * 30 + 30)}", "金", "", "見本プラン", cell, ""])
    return rows


def bulk(table=KWH, start="開始日時", end="終了日時"):
    rows = [[start, end, "使用量(kWh)", "料金(円)"]]
    for (day, slot), kwh in table.items():
        begin = midnight(day) + timedelta(minutes=30 * slot)
        rows.append([f"{begin:%Y-%m-%d %H:%M}", f"{begin + timedelta(minutes=30):%Y-%m-%d %H:%M}", kwh, 12])
    return rows


def interface(table=KWH):
    rows = [["startAt", "endAt", "value", "costEstimate"]]
    for (day, slot), kwh in table.items():
        begin = midnight(day) + timedelta(minutes=30 * slot)
        rows.append([f"{begin.isoformat()}+09:00", f"{(begin + timedelta(minutes=30)).isoformat()}+09:00", kwh, 9])
    return rows


LAYOUTS = {
    "wide": wide,
    "wide by hours": lambda: wide(count=24),
    "long": long,
    "long by hours": long_hours,
    "quarters": quarters,
    "wide quarters": wide_quarters,
    "year month day apart": apart,
    "year month day apart, long": apart_long,
    "on its side": on_its_side,
    "days across": days_across,
    "slots 1 to 48": slots,
    "slot columns": slot_columns,
    "web page": web,
    "beginning and end": bulk,
    "an interface's names": interface,
    "kW": lambda: wide({place: 2 * kwh for place, kwh in KWH.items()}, head="30分デマンド値", unit=""),
}


# --- clumsiness: of the bytes and of the rows ------------------------------------------------------------------------


def workbook(rows, title="使用量", before=()):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append([typed(cell) for cell in row])
    for place, (name, other) in enumerate(before):
        first = book.create_sheet(name, place)
        for row in other:
            first.append([typed(cell) for cell in row])
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def typed(cell):
    if isinstance(cell, Decimal):
        return float(cell)
    text = str(cell)
    for form in ("%Y/%m/%d %H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007 - a spreadsheet's cell has no zone
        except ValueError:
            continue
    return cell


def archive(members):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as into:
        for name, data in members.items():
            into.writestr(name, data)
    return packed.getvalue()


def by_day(rows):
    """One table for each day of a long one."""
    days = defaultdict(list)
    for row in rows[1:]:
        days[str(row[0])[:10]].append(row)
    return {f"day{number:03}.csv": csv_of([rows[0], *of_day]).encode("cp932") for number, of_day in enumerate(days.values())}


CLUMSY = {
    "utf-8": lambda rows: [("a.csv", csv_of(rows).encode())],
    "utf-8 with mark": lambda rows: [("a.csv", csv_of(rows).encode("utf-8-sig"))],
    "cp932": lambda rows: [("a.csv", csv_of(rows).encode("cp932"))],
    "utf-16, tabs": lambda rows: [("a.txt", csv_of(rows).replace(",", "\t").encode("utf-16"))],
    "titles, blank lines and a remark": lambda rows: [
        ("a.csv", ("見本さま\r\n\r\n" + csv_of(rows) + "\r\n※端数処理前の値です\r\n").encode("cp932"))
    ],
    "quoted": lambda rows: [("a.csv", csv_of([[f'"{cell}"' for cell in row] for row in rows]).encode())],
    "workbook": lambda rows: [("a.xlsx", workbook(rows))],
    "workbook with a cover": lambda rows: [("a.xlsx", workbook(rows, before=[("表紙", [["見本さま"], ["2026年7月分"]])]))],
    "archive": lambda rows: [("a.zip", archive({"使用量/a.csv": csv_of(rows).encode("cp932"), "読んでください.pdf": b"%PDF-1.7"}))],
}
