"""Which plans of the catalogue are not compared, each for the first reason that applies."""

from collections.abc import Mapping
from typing import Final

import numpy as np

from denkidesk.billing.compiled import Floats
from denkidesk.desk.comparison import BillQuestion
from denkidesk.desk.listed import Mask
from denkidesk.desk.ranked_catalogue import RankedCatalogue
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.ranking import LeftOut, Size

_BY_FIELD: Final = {"capacity": LeftOut.CAPACITY_UNKNOWN, "area_prices": LeftOut.AREA_PRICES}


def left_out(
    catalogue: RankedCatalogue,
    question: BillQuestion,
    size: Size,
    years: Floats,
    refused: Mapping[int, InputRefused],
) -> tuple[dict[int, LeftOut], Mask]:
    """By place the reasons, and which places are shown nowhere because another one stands for the same plan."""
    today = question.as_of.toordinal()
    own = catalogue.at_hand(size)
    listed = catalogue.listed
    reasons = (
        (LeftOut.AREA, catalogue.area != question.company.area_code),
        (LeftOut.CONTRACT_TYPE, catalogue.contract_type != question.detail.contract_type),
        (LeftOut.NOT_ON_OFFER, (catalogue.from_day > today) | (catalogue.to_day < today)),
        (LeftOut.CAPACITY, ~catalogue.fits(own)),
        (LeftOut.CAPACITY_UNKNOWN, listed.is_variable & np.isnan(own)),
        (LeftOut.CAPACITY_PRICES, listed.is_variable & ~listed.has_figures),
        (LeftOut.NOT_FETCHED, ~listed.has_figures),
        (LeftOut.NO_BILL, np.isnan(years)),
    )
    which = np.full(len(years), -1)
    for number, (_, mask) in reversed(list(enumerate(reasons))):  # the first that applies is set last
        which[mask] = number
    present = catalogue.place_of.get(question.detail.key)
    hidden = listed.hidden(catalogue.own_size, own, present)
    which[hidden] = -1
    places = np.flatnonzero(which >= 0)
    found = {place: reasons[number][0] for place, number in zip(places.tolist(), which[places].tolist(), strict=True)}
    for key in question.excluded:
        if (place := catalogue.place_of.get(key)) is not None and not hidden[place]:
            found.setdefault(place, LeftOut.EXCLUDED)
    for place, why in refused.items():
        if found.get(place) is LeftOut.NO_BILL:
            found[place] = _BY_FIELD.get(why.faults[0].field, LeftOut.NO_BILL)
    if present is not None and not np.isnan(years[present]):
        found.pop(present, None)  # the customer has it, on offer or not
    return found, hidden
