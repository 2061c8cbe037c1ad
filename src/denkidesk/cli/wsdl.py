"""``denkidesk wsdl check``: what of an installed set is missing or unknown."""

import argparse
from pathlib import Path

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.domain.applications import Operation
from denkidesk.kansai.wsdl_check import check_wsdl_set
from denkidesk.texts import cli as texts
from denkidesk.texts.wsdl import ALL_CALLABLE, FAULTY, NOT_CALLABLE, report_lines


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 0 only if all seven operations can be called."""
    report = check_wsdl_set(Path(arguments.directory))
    missing = [operation.value for operation in Operation if operation not in report.operations_callable]
    write_json(
        {
            "ok": report.ok,
            "operations_callable": [operation.value for operation in report.operations_callable],
            "operations_missing": missing,
            "findings": [
                {"file": one.file, "item": one.item, "code": one.code, "detail": one.detail, "blocks": one.blocks}
                for one in report.findings
            ],
        }
    )
    lines = report_lines(report.findings)
    for line in lines:
        say(line)
    if report.findings:
        say(texts.WSDL_FINDINGS.format(count=len(lines)))
    if report.ok:
        say(ALL_CALLABLE)
        return Exit.DONE
    say(NOT_CALLABLE.format(operations=" ".join(missing)) if missing else FAULTY)
    return Exit.SETUP
