"""What the store has of each plan that a retailer lists: figures, figures of one capacity each, or none yet."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from denkidesk.billing.compiled import Floats
from denkidesk.domain.plans import BaseOption, Plan, PlanDetail, PlanType

Mask = NDArray[np.bool_]


def without_figures(plans: Iterable[Plan], details: Iterable[PlanDetail]) -> Iterator[PlanDetail]:
    """One of each base of the plans that has no figures, and of each that has them for one capacity each.

    A plan that is in no list is known by its figures.
    """
    known, variable = set(), {}
    for detail in details:
        name = detail.epplan_id, detail.base_cd
        known.add(name)
        if _is_of_a_capacity(detail):
            base = BaseOption(detail.base_cd, detail.base_name, 0, detail.ampere, detail.capacity_from, detail.capacity_to)
            variable[name] = _empty(detail, base)
    for plan in plans:
        for base in plan.bases:
            name = plan.epplan_id, base.base_cd
            if name in variable or name not in known:
                known.add(name)
                variable.pop(name, None)
                yield _empty(plan, base)
    yield from variable.values()


class Listed:
    """Which places of a catalogue are the same plan: one without figures stands for what is not stored of the capacity at hand.

    ``has_figures``: by place. ``is_variable``: the plans whose figures are of one capacity.
    """

    def __init__(self, priced: Sequence[PlanDetail], unpriced: Sequence[PlanDetail]) -> None:
        every = [*priced, *unpriced]
        self.has_figures: Mask = np.arange(len(every)) < len(priced)
        self.is_variable: Mask = np.array([one.plan_type is PlanType.VARIABLE_METERED for one in every], dtype=np.bool_)
        empty = {(one.epplan_id, one.base_cd): place for place, one in enumerate(unpriced, len(priced))}
        self._of_a_capacity: Mask = np.array([_is_of_a_capacity(one) for one in every], dtype=np.bool_)
        self._empty = np.array(
            [empty[one.epplan_id, one.base_cd] if it_is else -1 for one, it_is in zip(every, self._of_a_capacity.tolist(), strict=True)],
            dtype=np.intp,
        )

    def hidden(self, sizes: Floats, at_hand: Floats, present: int | None) -> Mask:
        """All places of a plan but the one that is of the capacity at hand, so that each plan is counted once.

        ``sizes``: what the figures are of. ``present``: what the customer has, whose figures count whatever is tried.
        """
        fits = self._of_a_capacity & (sizes == at_hand)
        if present is not None and self._of_a_capacity[present]:
            fits &= self._empty != self._empty[present]
            fits[present] = True
        hidden: Mask = self._of_a_capacity & ~fits
        hidden[self._empty[fits]] = True
        return hidden


def _is_of_a_capacity(detail: PlanDetail) -> bool:
    return detail.plan_type is PlanType.VARIABLE_METERED and detail.capacity is not None


def _empty(plan: Plan | PlanDetail, base: BaseOption) -> PlanDetail:
    """What is known of a plan by its retailer's list alone."""
    return PlanDetail(
        plan.epplan_id,
        base.base_cd,
        plan.epcorp_cd,
        plan.name,
        base.name,
        plan.contract_type,
        plan.plan_type,
        plan.capacity_unit,
        discount_rate=plan.discount_rate,
        holidays=plan.holidays,
        base_type=None,
        base_unit=None,
        base_fix_unit=None,
        ampere=base.ampere,
        capacity_from=base.capacity_from,
        capacity_to=base.capacity_to or Decimal(0),
        capacity=None,
        conditions=(),
        fuels=(),
        levy_yen_per_kwh=None,
        valid_from=plan.valid_from,
        valid_to=plan.valid_to,
    )
