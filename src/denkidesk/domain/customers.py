"""Customers as the desk has met them: in its own applications, in the utility's answers, in tables of the retailer's own."""

from denkidesk.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Customer:
    """What is known of one customer at one supply point; "" for what is not.

    ``customer_id``: grows with each time that the customer is met, and is another one then. ``seen_at``: when that was, in Japan's time.
    """

    supply_point_number: str
    name: str
    reading: str = ""
    phone: str = ""
    postcode: str = ""
    address: str = ""
    seen_at: str = ""
    customer_id: int = 0
