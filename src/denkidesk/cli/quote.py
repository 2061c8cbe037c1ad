"""``denkidesk quote list``, ``quote show`` and ``quote pdf``: stored quotes; nothing of them is computed anew."""

import argparse
from pathlib import Path

from denkidesk.cli.output import Exit, write_json_bytes
from denkidesk.cli.session import opened, run_of
from denkidesk.compose.paper import write_quote
from denkidesk.desk.kept_quotes import Quote
from denkidesk.domain.errors import InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.quote_sheet import QuoteSheet
from denkidesk.domain.quoted_points import in_all, yen_of
from denkidesk.enegaeru.encoding import bill_json, purchase_json, to_json_bytes


def run(arguments: argparse.Namespace) -> Exit:
    """``list``, ``show ID`` or ``pdf ID FILE``."""
    with opened(run_of(arguments), servers=False) as desk:
        if arguments.action == "list":
            write_json_bytes(to_json_bytes([_headline(quote) for quote in desk.quoting.quotes()]))
            return Exit.DONE
        quote = desk.quoting.quote(arguments.quote_id.strip())
    if quote is None:
        raise InputRefused.of("quote_id", InputCode.UNKNOWN)
    if arguments.action == "pdf":
        path = Path(arguments.file)
        write_quote(path, quote.sheet)
        write_json_bytes(to_json_bytes({"quote_id": quote.quote_id, "file": str(path)}))
        return Exit.DONE
    write_json_bytes(to_json_bytes({**_headline(quote), **_whole(quote)}))
    return Exit.DONE


def _headline(quote: Quote) -> dict[str, object]:
    sheet = quote.sheet
    before, after = in_all(sheet)
    several = {"points": [_point(one) for one in sheet.points]} if sheet.points else {}
    return {
        "quote_id": quote.quote_id,
        "created_at": quote.created_at.isoformat(),
        "title": quote.title,
        "epplan_id": quote.detail.epplan_id,
        "base_cd": quote.detail.base_cd,
        "plan": quote.detail.name,
        "yearCharge": after if several else quote.bill.year.charge,
        "customer": quote.sheet.customer_name,
        "difference": after - before if several else None if sheet.present is None else sheet.present.why.difference,
        "rounding": quote.bill.rounding,
        "engine_version": quote.engine_version,
        **several,
    }


def _point(sheet: QuoteSheet) -> dict[str, object]:
    """One of several supply points; what ``show`` says of a plan and a usage is of the first."""
    before, after = yen_of(sheet)
    return {"name": sheet.point_name, "plan": sheet.plan_name, "yearCharge": after, "difference": after - before}


def _whole(quote: Quote) -> dict[str, object]:
    return {
        "detail": quote.detail,
        "options": quote.options,
        "usage": {"source": quote.usage.source, "estimated": quote.usage.estimated, "purchase": purchase_json(quote.usage)},
        "bill": bill_json(quote.bill, "", quote.detail.name, quote.detail.base_name),
    }
