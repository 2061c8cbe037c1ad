"""A workbook of one day's hours, part by part, and what packs it."""

import io
import zipfile

_OFFICE = "http://schemas.openxmlformats.org"
_PACKAGE, _MAIN = f"{_OFFICE}/package/2006", f"{_OFFICE}/spreadsheetml/2006/main"
_KINDS = f"{_OFFICE}/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-"
_ROWS = "".join(
    f'<row r="{hour + 2}"><c r="A{hour + 2}" t="d"><v>2026-04-01T{hour:02}:00:00</v></c><c r="B{hour + 2}"><f>1/2</f><v>0.5</v></c></row>'
    for hour in range(24)
)


def _related(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" Type="{_KINDS}/{kind}" Target="{target}"/></Relationships>'
    )


def _named(cell: str, text: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="{_TYPES}package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}officedocument.spreadsheetml.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": _related("officeDocument", "xl/workbook.xml"),
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_KINDS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": _related("worksheet", "worksheets/sheet1.xml"),
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData><row r="1">'
    f"{_named('A1', '日時')}{_named('B1', '使用量(kWh)')}</row>{_ROWS}</sheetData></worksheet>",
}


def packed(members: dict[str, str | bytes]) -> bytes:
    """An archive."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()
