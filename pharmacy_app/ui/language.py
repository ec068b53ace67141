"""The language of the window: English literals in the code, Chinese from ``resources/i18n``."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from pharmacy_app.ui import theme

CATALOGUES = {"zh": theme.RESOURCES / "i18n" / "zh_CN.qm"}
LOCALES = {
    "en": QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
    "zh": QLocale(QLocale.Language.Chinese, QLocale.Country.China),
}

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from PySide6.QtWidgets import QWidget as _Widget

    from pharmacy_app.wording import Language
else:
    _Widget = object


class Spoken(_Widget):
    """Mixed into a widget: `retranslate` is called whenever the language changes."""

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Set every text again when the language has changed."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def retranslate(self) -> None:
        """Set every text of this widget in the current language."""


def current() -> "Language":
    """Return the language in force; English until one is chosen."""
    return "zh" if theme.application().property("language") == "zh" else "en"


def apply(language: "Language") -> None:
    """Put a language in force; every open widget gets a LanguageChange.

    Raises FileNotFoundError if the language's catalogue is not shipped.
    """
    app = theme.application()
    app.setProperty("language", language)
    QLocale.setDefault(LOCALES[language])
    _remove(app)
    if language in CATALOGUES:
        _install(app, language)


def _remove(app: QApplication) -> None:
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.deleteLater()


def _install(app: QApplication, language: "Language") -> None:
    translator = QTranslator(app)
    if not translator.load(str(CATALOGUES[language])):
        raise FileNotFoundError(CATALOGUES[language])
    app.installTranslator(translator)


def set_zone(name: str) -> None:
    """Set the site's time zone, in which every time is shown."""
    theme.application().setProperty("zone", name)


def zone() -> "ZoneInfo":
    """Return the site's time zone; UTC until a site is open, or for a name no zone has."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - no time is shown before a site is open

    name = theme.application().property("zone")
    try:
        return ZoneInfo(name if isinstance(name, str) else "UTC")
    except (LookupError, ValueError, OSError):
        return ZoneInfo("UTC")  # a damaged settings file must not keep anybody from signing in
