"""What the desk knows beside plans and usage to rebuild paper bills: fuel prices by bill month, supplements; and the bills that matched."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal, InvalidOperation

from denkidesk.domain.clock import Now
from denkidesk.domain.price_history import FuelPrice, MatchedBill, PlanSupplement, PriceOrigin
from denkidesk.store.connection import Database, Row
from denkidesk.store.plain_json import from_json, to_json
from denkidesk.store.values import refuse_unstorable, to_moment, to_text


class PaperBillStore:
    """An entry of the history stands for its company, contract class, bill month and origin; a later one of the same origin replaces it."""

    def __init__(self, database: Database, now: Now) -> None:
        self._database = database
        self._now = now

    def put_prices(self, prices: Iterable[FuelPrice]) -> int:
        """Keeps entries, all or none, and returns how many there were; one that says nothing new keeps its time."""
        at, count = to_text(self._now()), 0
        with self._database.writing() as connection:
            for price in prices:
                refuse_unstorable("fuel_price", [price.company, price.contract_class, price.source])
                subsidy = None if price.subsidy is None else str(price.subsidy)
                connection.execute(
                    "INSERT INTO fuel_prices (company, contract_class, bill_month, origin, per_kwh, fixed, subsidy, source, noted_at) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (company, contract_class, bill_month, origin) DO UPDATE SET "
                    "per_kwh = excluded.per_kwh, fixed = excluded.fixed, subsidy = excluded.subsidy, source = excluded.source, "
                    "noted_at = excluded.noted_at WHERE (per_kwh, fixed, subsidy, source) IS NOT "
                    "(excluded.per_kwh, excluded.fixed, excluded.subsidy, excluded.source)",
                    (
                        *(price.company, price.contract_class, price.bill_month, price.origin.value),
                        *(str(price.per_kwh), str(price.fixed), subsidy, price.source, at),
                    ),
                )
                count += 1
        return count

    def erase_price(self, price: FuelPrice) -> None:
        """Takes one entry away."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM fuel_prices WHERE company = ? AND contract_class = ? AND bill_month = ? AND origin = ?",
                (price.company, price.contract_class, price.bill_month, price.origin.value),
            )

    def prices(self) -> tuple[FuelPrice, ...]:
        """Every entry, in the order of company, class and month."""
        query = "SELECT * FROM fuel_prices ORDER BY company, contract_class, bill_month, id"
        return self._database.read(query, (), _price, "fuel_prices")

    def prices_of(self, company: str, contract_class: str) -> tuple[FuelPrice, ...]:
        """The entries of one company and class."""
        query = "SELECT * FROM fuel_prices WHERE company = ? AND contract_class = ? ORDER BY bill_month"
        return self._database.read(query, (company, contract_class), _price, "fuel_prices")

    def put_supplement(self, plan: str, supplement: PlanSupplement) -> None:
        """Keeps the supplement of a plan, in the place of the last one."""
        payload = to_json(supplement)
        refuse_unstorable("supplement", payload)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO supplements (plan, payload, saved_at) VALUES (?, ?, ?)", (plan, payload, to_text(self._now()))
            )

    def supplement(self, plan: str) -> PlanSupplement | None:
        """The supplement that the clerk has kept for a plan."""
        return next(iter(self._database.read("SELECT * FROM supplements WHERE plan = ?", (plan,), _supplement, "supplements")), None)

    def supplements(self) -> dict[str, PlanSupplement]:
        """All that the clerk has kept, by plan."""
        return dict(self._database.read("SELECT * FROM supplements", (), lambda row: (row["plan"], _supplement(row)), "supplements"))

    def add_match(self, match: MatchedBill) -> None:
        """Keeps a bill that was matched, with the customer whose it is."""
        payload = to_json(match)
        refuse_unstorable("matched_bill", payload)
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO matched_bills (matched_at, customer, payload) VALUES (?, ?, ?)",
                (to_text(self._now()), match.customer, payload),
            )

    def matches_of(self, customer: str) -> tuple[MatchedBill, ...]:
        """The bills of a customer that were matched, the newest first."""
        query = "SELECT * FROM matched_bills WHERE customer = ? ORDER BY id DESC"
        return self._database.read(query, (customer,), _match, "matched_bills")

    def matched_at(self, customer: str) -> tuple[datetime, ...]:
        """When bills of a customer were matched, the newest first."""
        query = "SELECT id, matched_at FROM matched_bills WHERE customer = ? ORDER BY id DESC"
        return self._database.read(query, (customer,), lambda row: to_moment(row["matched_at"]), "matched_bills")

    def check(self) -> None:
        """Reads every row, whatever it is of."""
        self.prices()
        self._database.read("SELECT * FROM supplements", (), _supplement, "supplements")
        self._database.read("SELECT * FROM matched_bills", (), _match, "matched_bills")


def _price(row: Row) -> FuelPrice:
    return FuelPrice(
        company=row["company"],
        contract_class=row["contract_class"],
        bill_month=row["bill_month"],
        per_kwh=_decimal(row["per_kwh"]),
        fixed=_decimal(row["fixed"]),
        subsidy=None if row["subsidy"] is None else _decimal(row["subsidy"]),
        source=row["source"],
        origin=PriceOrigin(row["origin"]),
        noted_at=to_moment(row["noted_at"]),
    )


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _supplement(row: Row) -> PlanSupplement:
    return from_json(row["payload"], PlanSupplement)


def _match(row: Row) -> MatchedBill:
    return from_json(row["payload"], MatchedBill)
