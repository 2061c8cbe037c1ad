"""``denkidesk wsdl check``: what of an installed set is missing or unknown."""

import argparse
from pathlib import Path

from denkidesk.cli.output import Exit, say, write_json
from denkidesk.domain.applications import Operation
from denkidesk.texts import cli as texts
from denkidesk.texts.wsdl import finding_line


def run(arguments: argparse.Namespace) -> Exit:
    """Exit code 0 only if all seven operations can be called."""
    from denkidesk.kansai.wsdl_check import check_wsdl_set

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
    for one in report.findings:
        say(finding_line(one.file, one.item, one.code, one.detail, blocks=one.blocks))
    if report.findings:
        say(texts.WSDL_FINDINGS.format(count=len(report.findings)))
    if report.ok:
        say(texts.WSDL_OK)
        return Exit.DONE
    if missing:
        say(texts.WSDL_NOT_OK.format(operations=" ".join(missing)))
    return Exit.SETUP
