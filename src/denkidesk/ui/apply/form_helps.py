"""What opens beside a form: its templates, and the utility's own page of outages."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from denkidesk.texts import shortcuts
from denkidesk.ui.apply.form_page import FormPage
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.key_binding import bind

if TYPE_CHECKING:  # loaded when a template is used
    from denkidesk.desk.prefill import Template


def open_templates(context: UiContext, form: FormPage, window: QWidget) -> None:
    """Opens the templates of the form's kind; the one that is chosen goes into the form, if it is still of that kind."""
    from denkidesk.ui.apply.template_dialog import TemplateDialog

    def put(template: "Template") -> None:
        from denkidesk.desk.prefill import filled_by

        if form.kind is template.kind:
            form.put(filled_by(template, form.values()))

    dialog = TemplateDialog(context, form.kind, form.values(), window)
    dialog.chosen.connect(put)
    dialog.open()


def offer_outage_page(context: UiContext, form: FormPage) -> None:
    """Where the form asks what has failed: what the settings know of the utility's own page, its key, and its number to call."""
    if form.answers is not None:
        show_page = partial(open_outage_page, context)
        form.answers.offer(context.settings.kansai.outage_page, context.settings.kansai.outage_phone)
        form.answers.page_requested.connect(show_page)
        bind(shortcuts.OUTAGE_PAGE, form, show_page, auto_repeat=False)


def open_outage_page(context: UiContext) -> None:
    """Only here, and only because the clerk wants to see it."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    if page := context.settings.kansai.outage_page:
        QDesktopServices.openUrl(QUrl(page))
