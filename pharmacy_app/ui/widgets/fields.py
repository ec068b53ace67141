"""Fields with label, unit, hint and error; numbers are kept as decimal text, never as floats."""

import unicodedata
from decimal import Decimal
from typing import Generic, TypeVar

from PySide6.QtCore import QRegularExpression, Qt, Signal, Slot
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.widgets.surfaces import colour, words

Editor = TypeVar("Editor", bound=QWidget)


class FormField(QWidget, Generic[Editor]):
    """A labelled editor. The label, the unit and the error are told to a screen reader too."""

    def __init__(
        self, editor: Editor, label: str = "", unit: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.editor = editor
        self._label = words(label, "small")
        self._label.setBuddy(editor)
        self._unit = words(unit, "muted")
        self._note = words("", "small", wrap=True)
        self._hint = ""
        self._error = ""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(editor, 1)
        row.addWidget(self._unit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._label)
        column.addLayout(row)
        column.addWidget(self._note)
        self.setFocusProxy(editor)
        self.set_label(label, unit)

    def set_label(self, label: str, unit: str = "", hint: str = "") -> None:
        """Set what is asked for, in which unit, with a hint beneath."""
        self._label.setText(label)
        self._label.setVisible(bool(label))
        self._unit.setText(unit)
        self._unit.setVisible(bool(unit))
        self._hint = hint
        self.editor.setAccessibleName(f"{label} ({unit})" if unit else label)
        self._tell()

    @property
    def error(self) -> str:
        """What is wrong with the entry; empty if nothing is."""
        return self._error

    def set_error(self, error: str) -> None:
        """Say what is wrong with the entry, or with an empty text that nothing is."""
        self._error = error
        self._tell()

    def _tell(self) -> None:
        self._note.setText(self._error or self._hint)
        self._note.setVisible(bool(self._error or self._hint))
        colour(self._note, State.STOP if self._error else None)
        self.editor.setAccessibleDescription(self._error or self._hint)
        wrong = bool(self._error)
        if bool(self.editor.property("wrong")) is not wrong:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)


class TextField(FormField[QLineEdit]):
    """One line of text, full-width characters narrowed where ``codes`` is asked for."""

    entered = Signal(str)

    def __init__(
        self, label: str = "", *, codes: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(QLineEdit(), label, parent=parent)
        self._codes = codes
        self.editor.textEdited.connect(self._on_edited)

    @property
    def text(self) -> str:
        """What was entered, without spaces around it."""
        return self.editor.text().strip()

    def set_text(self, text: str) -> None:
        """Put a text in."""
        self.editor.setText(text)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if self._codes and not text.isascii():
            self.editor.setText(unicodedata.normalize("NFKC", text))
        self.set_error("")
        self.entered.emit(self.text)


class PasswordField(FormField[QLineEdit]):
    """A password: shown as dots; pasting is allowed."""

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(QLineEdit(echoMode=QLineEdit.EchoMode.Password), label, parent=parent)
        self.editor.textEdited.connect(lambda: self.set_error(""))

    def take(self) -> str:
        """Return the password and empty the field."""
        password = self.editor.text()
        self.editor.clear()
        return password


class NumberField(FormField[QLineEdit]):
    """A number without sign, as it was typed: at most nine digits and ``decimals`` after the point.

    Full-width digits are narrowed; everything else is refused at the key. ``changed`` comes with
    the value, or None while there is none.
    """

    changed = Signal(object)

    def __init__(
        self,
        label: str = "",
        unit: str = "",
        *,
        decimals: int = 0,
        signed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QLineEdit(), label, unit, parent)
        self.editor.setProperty("large", True)
        tail = rf"([.．][0-9０-９]{{0,{decimals}}})?" if decimals else ""
        sign = "[-−－]?" if signed else ""
        pattern = QRegularExpression(rf"{sign}[0-9０-９]{{0,9}}{tail}")
        self.editor.setValidator(QRegularExpressionValidator(pattern, self))
        self.editor.textEdited.connect(self._on_edited)

    @property
    def text(self) -> str:
        """The digits as typed, in ASCII."""
        narrow = unicodedata.normalize("NFKC", self.editor.text())
        return narrow.replace("−", "-").strip()

    @property
    def value(self) -> Decimal | None:
        """The exact number, or None if nothing or half a number was entered."""
        text = self.text
        return Decimal(text) if any(char.isdigit() for char in text) else None

    def set_value(self, value: Decimal | None) -> None:
        """Put a number in, or empty the field."""
        self.editor.setText("" if value is None else f"{value:f}")

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        if not text.isascii():
            at = self.editor.cursorPosition()
            self.editor.setText(self.text)
            self.editor.setCursorPosition(at)
        self.set_error("")
        self.changed.emit(self.value)


class ChoiceField(FormField[QComboBox]):
    """One of a few values, each with its words."""

    chosen = Signal(object)

    def __init__(self, label: str = "", parent: QWidget | None = None) -> None:
        super().__init__(QComboBox(), label, parent=parent)
        self.editor.activated.connect(lambda _: self.chosen.emit(self.value))
        self.editor.currentIndexChanged.connect(lambda _: self.set_error(""))

    def set_choices(self, choices: list[tuple[object, str]], *, ask: str = "") -> None:
        """Offer values with their words, keeping the one chosen; ``ask`` stands for none yet."""
        before = self.value
        self.editor.clear()
        self.editor.setPlaceholderText(ask)
        for value, said in choices:
            self.editor.addItem(said, value)
        values = [value for value, _ in choices]
        first = -1 if ask or not choices else 0
        self.editor.setCurrentIndex(values.index(before) if before in values else first)

    @property
    def value(self) -> object:
        """The value chosen, or None."""
        return self.editor.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value."""
        self.editor.setCurrentIndex(self.editor.findData(value))


def fields_in_row(*fields: QWidget) -> QHBoxLayout:
    """Return fields side by side, tops aligned, as wide as they ask."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for field in fields:
        row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
    return row


def side_by_side(*fields: QWidget) -> QWidget:
    """Return a widget of fields in a row; its focus is the first one's."""
    held = QWidget()
    row = fields_in_row(*fields)
    row.setContentsMargins(0, 0, 0, 0)
    held.setLayout(row)
    held.setFocusProxy(fields[0])
    return held
