"""The office on papers, who signs, and how the window looks and speaks."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer

from db.store import Record
from desktop.actions import Handlers
from desktop.screens import showing
from desktop.screens.accounts import AccountsCard
from desktop.screens.arrangement import typed
from desktop.screens.children import Child, ChildGrid
from desktop.screens.own_papers import TemplatesCard
from desktop.screens.rows import Rows
from desktop.screens.screen import Screen
from desktop.services import Services
from desktop.theme.look import SCALES
from desktop.widgets.field import FieldSpec, Kind
from desktop.widgets.fields import ChoiceField
from desktop.widgets.form import RecordForm
from desktop.widgets.header import Header
from desktop.widgets.labels import Card, button, label, row, space
from desktop.widgets.paged_table import Value
from desktop.widgets.scroll import ScrollColumn
from resources import LANGUAGES, N_, _, language

_SIGNATORIES = Child(
    "signatories",
    N_("Who signs papers"),
    Rows("signatory", typed("signatory"), owner="unit"),
    {"full_name": 24, "title": 0, "authority": 0},
)
_LANGUAGE_NAMES = {"vi": "Tiếng Việt", "en": "English"}


class SetupScreen(Screen):
    """Saved as it is typed, like everything."""

    types = ("office_profile", "org_unit", "signatory", "paper_template")
    help_text = N_("What stands at the head and the foot of papers. It is saved as you type.")

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        names = services.names
        self._unit: Record | None = None
        self._office: Record | None = None
        self.unit_form, self.office_form = (
            RecordForm([showing.spec(each, name, names) for name in typed(each)])
            for each in ("org_unit", "office_profile")
        )
        self.unit_form.edited.connect(partial(self._save, "org_unit"))
        self.office_form.edited.connect(partial(self._save, "office_profile"))
        self.signatories = ChildGrid(services, _SIGNATORIES, dict)
        self.signatories.view.setMinimumHeight(180)
        self.accounts = AccountsCard(services)
        self.templates = TemplatesCard(services)
        self._scroll = ScrollColumn()
        # What is asked opens below its button: shown once it has its place
        self._reveal = QTimer(self, singleShot=True, interval=0)
        self._reveal.timeout.connect(lambda: self._scroll.ensureWidgetVisible(self.accounts.panel))
        self.accounts.panel.opened.connect(self._reveal.start)
        self.language = ChoiceField(
            FieldSpec(
                "language",
                _("Language"),
                Kind.CHOICE,
                required=True,
                choices=[(code, _LANGUAGE_NAMES[code]) for code in LANGUAGES],
            )
        )
        self.scale = ChoiceField(
            FieldSpec(
                "scale",
                _("Size of the text"),
                Kind.CHOICE,
                required=True,
                choices=[(str(one), f"{one} %") for one in SCALES],
            )
        )
        self.language.held.committed.connect(self._on_language)
        self.scale.held.committed.connect(self._on_scale)
        self._lay_out()

    def reload(self) -> None:
        """What the book says of its office."""
        book = self.services.book
        own = book.own_unit()
        self._unit = book.get("org_unit", own)
        found = book.find("office_profile", {"unit": own}, "valid_from")
        self._office = found[-1] if found else None
        self.unit_form.show_values(self._unit.values)
        self.office_form.show_values(self._office.values if self._office else {})
        self.signatories.show_owner(own)
        self.accounts.reload()
        self.templates.reload()
        self.language.show_value(language())
        self.scale.show_value(str(self.services.settings.now.scale))

    def flush(self) -> None:
        """Save what is being typed."""
        self.unit_form.flush()
        self.office_form.flush()
        self.signatories.flush()

    def commands(self) -> Handlers:
        """The keys of the table of signatories."""
        return self.signatories.commands()

    def _lay_out(self) -> None:
        office, sign, window = (
            Card(_("The office on papers")),
            Card(_("Who signs papers")),
            Card(_("This window")),
        )
        space(office.box, (16, 16, 16, 16), 12)
        office.box.addWidget(self.unit_form)
        office.box.addWidget(self.office_form)
        sign.box.addWidget(self.signatories)
        window.box.addLayout(
            row(label(_("Language")), self.language, label(_("Size of the text")), self.scale, 1)
        )
        close = button(_("Close this book"), self.services.frame.close_book, icon_name="log-out")
        window.box.addLayout(row(close, 1))
        for card in (office, sign, self.templates, self.accounts, window):
            self._scroll.column.addWidget(card)
        units = button(_("Units"), partial(self.services.go, "units", None), icon_name="building-2")
        agreed = partial(self.services.go, "consents", None)
        consents = button(_("Consents to be shown"), agreed, icon_name="badge-check")
        self.box.addWidget(Header(_("Office and settings"), consents, units, search=self.finder))
        self.box.addWidget(self._scroll, 1)

    def _save(self, type_name: str, name: str, value: Value) -> None:
        record = self._unit if type_name == "org_unit" else self._office
        title = showing.label(type_name, name)
        own = self.services.book.own_unit()
        if record is None:
            self.services.saving.write(
                lambda write: write.add(type_name, {"unit": own, name: value}),
                types=(type_name,),
                title=title,
            )
            return
        self.services.saving.write(
            lambda write: write.change(type_name, record.id, {name: value}), types=(type_name,), title=title
        )

    def _on_language(self) -> None:
        self.services.frame.speak(str(self.language.held.value))

    def _on_scale(self) -> None:
        self.services.frame.set_scale(int(str(self.scale.held.value)))
