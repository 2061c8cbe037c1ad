"""Every picture of a random customer: bills of any size, plans with any prices, usages with gaps."""

import random
from datetime import date, timedelta
from decimal import Decimal

from denkidesk.desk.bill_pictures import Comparison
from denkidesk.desk.comparison import BillQuestion
from denkidesk.domain.areas import QuotingAreaCode
from denkidesk.domain.bills import Bill, BillParts, FuelChoice, FuelRule, MonthBill, Rounding
from denkidesk.domain.plans import AreaPriceMonth, BaseOption, Company, DayClass
from denkidesk.domain.ranking import Apart
from denkidesk.domain.usage import Usage, UsageDay
from denkidesk.domain.why import MonthPair, Why, WhyLine, WhyPart
from denkidesk.ui.charts.pictures import PictureKind, picture_of
from denkidesk.ui.charts.ranking_bars import RankingBars, RankingLine
from fakes.plan_builder import condition, plan

BANDS = ("夜間", "デイタイム", "朝夕", "ナイトタイム割引", "昼")


def dice(seed):
    """The same customer for the same seed."""
    return random.Random(seed)  # noqa: S311 - nothing secret is drawn


def random_bill(rnd, first=None, count=12, partial=False):
    """Whole yen, from a few hundred to tens of millions a month, fuel of either sign, some with a discount."""
    size = 10 ** rnd.uniform(2.5, 7.4)
    first = first or rnd.randint(1, 12)
    discount = rnd.choice([0, 0, 3, 12])
    months = []
    for place in range(count):
        year, month = 2025 + (first + place - 1) // 12, (first + place - 1) % 12 + 1
        base, usage, levy = (Decimal(round(size * rnd.uniform(*ends))) for ends in ((0.02, 0.3), (0.3, 1), (0.05, 0.2)))
        adjust = Decimal(round(size * rnd.uniform(-0.4, 0.3)))
        charge = ((base + usage + adjust + levy) * (100 - discount) / 100).to_integral_value()
        days = rnd.randint(1, 27) if partial and place == count - 1 else 28
        months.append(MonthBill(f"{year}-{month:02}", Decimal(300), BillParts(charge, base, usage, adjust, levy), days=days, days_of=28))
    return bill_of(months, discount)


def bill_of(months, discount=0):
    sums = (sum((getattr(one.parts, name) for one in months), Decimal(0)) for name in ("charge", "base", "usage", "adjust", "levy"))
    return Bill("plan", "1", Decimal(discount), Rounding.BILL, FuelRule.LATEST, BillParts(*sums), tuple(months))


def random_why(rnd, present, proposed):
    """Lines that add up to both years."""
    sums = [int(bill.year.charge) for bill in (present, proposed)]
    names = [
        (WhyPart.BASE, ""),
        *((WhyPart.BAND, name) for name in rnd.sample(BANDS, rnd.randint(1, 5))),
        (WhyPart.FUEL, ""),
        (WhyPart.LEVY, ""),
    ]
    columns = []
    for total in sums:
        parts = [round(total * rnd.uniform(-0.1, 0.5)) for _ in names]
        columns.append([*parts, total - sum(parts)])
    lines = (WhyLine(part, name, *yen) for (part, name), *yen in zip([*names, (WhyPart.REST, "")], *columns, strict=True))
    months = zip(present.billed_months, proposed.billed_months, strict=True)
    pairs = (MonthPair(ours.month, int(ours.parts.charge), int(theirs.parts.charge), ours.is_partial) for ours, theirs in months)
    return Why(tuple(lines), tuple(pairs), *sums)


def random_usage(rnd, days=365):
    """Hours of any level, some of them missing; peaks by day."""
    level = 10 ** rnd.uniform(-1, 3)
    first = date(2025, rnd.randint(1, 12), rnd.choice([1, 1, 15]))
    gaps = set(rnd.sample(range(days), min(days, 3)))
    made = []
    for number in range(days):
        hours = tuple(None if number in gaps and hour < 5 else level * rnd.random() for hour in range(24))
        made.append(UsageDay(first + timedelta(number), hours, level * 1.2))
    return Usage(tuple(made), peak_kw=level * 1.2)


def random_plan(rnd):
    """From one price for all hours to a band an hour wide, with or without holidays and steps."""
    cuts = sorted(rnd.sample(range(24), rnd.randint(2, 5)))
    ends = [*cuts[1:], cuts[0]]
    found = []
    for order, (start, end) in enumerate(zip(cuts, ends, strict=True), start=1):
        name = rnd.choice(BANDS)
        found.append(
            condition(price(rnd), order=order, hours=(start, end), name=name, day_class=rnd.choice([DayClass.ANY, DayClass.WEEKDAY]))
        )
        if found[-1].day_class is DayClass.WEEKDAY:
            found.append(condition(price(rnd), order=order, hours=(start, end), name=name, day_class=DayClass.HOLIDAY))
    if rnd.random() < 0.3:
        steps = (("0", "120"), ("120", "300"), ("300", "0"))
        found = [condition(price(rnd), order=order, volume=ends, name="") for order, ends in enumerate(steps, start=1)]
    return plan(*found, holidays=(True, True, True), base=(1, "500", "0"))


def price(rnd):
    return f"{rnd.uniform(8, 45):.2f}"


def random_question(rnd, usage=None, detail=None):
    """A customer with a contract in kVA and the prices of an area."""
    prices = tuple(
        AreaPriceMonth(QuotingAreaCode("06"), f"2026-{month:02}", tuple(Decimal(price(rnd)) for _ in range(24))) for month in range(1, 13)
    )
    company = Company("9999", "見本電力", QuotingAreaCode("06"), former_monopoly=False)
    return BillQuestion(
        company,
        BaseOption("1", "見本", 1, None, Decimal(0), Decimal(0)),
        detail or random_plan(rnd),
        usage or random_usage(rnd),
        Decimal(rnd.choice([6, 40, 499])),
        prices,
        fuel=FuelChoice(),
        rounding=Rounding.BILL,
        commission_unit="yen",
    )


def random_ranking(rnd):
    """From two plans to hundreds, some following the market, the present one anywhere, names of any length."""
    size, count = 10 ** rnd.uniform(3, 7.4), rnd.choice([2, 5, 9, 400])
    sums = sorted(round(size * rnd.uniform(0.4, 1.6)) for _ in range(count))
    present = rnd.randrange(count)
    lines = []
    for place, yen in enumerate(sums):
        is_linked = rnd.random() < 0.3
        spread = (round(yen * 0.8), round(yen * 1.5)) if is_linked else None
        name, company = ("".join(rnd.choices(BANDS, k=rnd.randint(1, 8))) for _ in range(2))
        marks = (place == present, rnd.random() < 0.2, is_linked)
        lines.append(RankingLine(name, company, place + 1, yen, yen - sums[present], *marks, spread))
    unknown = RankingLine("不明のプラン", "見本電力", None, round(size), None, why_apart=Apart.FUEL)
    return RankingBars((*lines, unknown), is_year=rnd.random() < 0.5, note="全プランの燃料費調整：直近の公表単価（2026年10月分）")


def random_pictures(seed):
    """One of each kind by its name, a month and a day of them, and a ranking."""
    rnd = dice(seed)
    present = random_bill(rnd)
    first = int(present.billed_months[0].month[5:7])
    proposed = random_bill(rnd, first)
    question = random_question(rnd)
    both = Comparison(present, proposed, random_why(rnd, present, proposed))
    found = {kind.value: picture_of(kind, question, proposed, both) for kind in PictureKind}
    month = found["load"].into("2026-01") or found["load"].into("2025-12")
    found["month"] = month
    found["ranking"] = random_ranking(rnd)
    found["day"] = month.into(month.days[0].day.isoformat())
    return found
