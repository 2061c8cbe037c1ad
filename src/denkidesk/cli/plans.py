"""``denkidesk plans sync``, ``plans changes`` and ``plans lint``."""

import argparse
from datetime import date, datetime, time
from functools import partial
from typing import Final

from denkidesk.billing.plan_check import checked
from denkidesk.billing.plan_faults import plan_faults
from denkidesk.cli.bill import decoded
from denkidesk.cli.output import Exit, exit_code, say, say_error, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.domain.clock import JST, now_jst
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.enegaeru.shapes import decode_plan_detail
from denkidesk.enegaeru.strict_json import Origin
from denkidesk.texts import cli as texts
from denkidesk.texts.bill import doubt_lines
from denkidesk.texts.errors import fault_text, said

_BUDGET: Final = 500
_MOST: Final = 100_000


def run(arguments: argparse.Namespace) -> Exit:
    """``sync`` asks the quoting API, ``changes`` reads what is stored, ``lint`` reads a file."""
    if arguments.action == "lint":
        return _lint(arguments)
    return _sync(arguments) if arguments.action == "sync" else _changes(arguments)


def _sync(arguments: argparse.Namespace) -> Exit:
    budget = _BUDGET
    if arguments.budget is not None:
        if not (arguments.budget.isascii() and arguments.budget.isdigit() and 1 <= int(arguments.budget) <= _MOST):
            raise InputRefused.of("budget", InputCode.RANGE)
        budget = int(arguments.budget)
    with opened(run_of(arguments), servers=True) as desk:
        done = desk.catalogue.sync(budget)
    say(texts.PLANS_SYNCED.format(asked=done.asked, added=done.added, changed=done.changed, left=done.left))
    failed = [{"plan": name, "error": said(error).text} for name, error in done.failed]
    write_json({"asked": done.asked, "added": done.added, "changed": done.changed, "left": done.left, "failed": failed})
    if done.stopped_by is None:
        return Exit.DONE
    say_error(done.stopped_by)
    return exit_code(done.stopped_by)


def _changes(arguments: argparse.Namespace) -> Exit:
    try:
        day = now_jst().date().replace(day=1) if arguments.since is None else date.fromisoformat(arguments.since)
    except ValueError:
        raise InputRefused.of("since", InputCode.ISO_DATE) from None
    with opened(run_of(arguments), servers=False) as desk:
        changes = desk.catalogue.changes(datetime.combine(day, time(), JST))
    write_json(
        [
            {
                "epplan_id": change.plan.epplan_id,
                "base_cd": change.plan.base_cd,
                "name": change.plan.name,
                "at": change.at.isoformat(),
                "before_at": change.before_at.isoformat(),
                "items": [{"item": item, "before": before, "after": after} for item, before, after in change.items],
            }
            for change in changes
        ]
    )
    return Exit.DONE


def _lint(arguments: argparse.Namespace) -> Exit:
    """What no bill can be made of comes first, then what makes one doubtful."""
    faults: list[FieldFault] = []
    detail = decoded(faults, arguments.plan, "plan_file", partial(decode_plan_detail, origin=Origin.FILE))
    if detail is None:
        raise InputRefused(faults)
    try:
        checked(detail)
    except InputRefused as refused:
        found = [{"code": fault.code, "text": fault_text(fault)} for fault in refused.faults]
    else:
        found = [{"code": code, "text": text} for code, text in doubt_lines((), plan_faults(detail, as_of=now_jst().date()))]
    write_json(found)
    return Exit.INPUT_REFUSED if found else Exit.DONE
