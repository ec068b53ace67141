"""The curtain: everything vanishes from every window of the program until a password lifts it."""

from collections.abc import Callable
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from pharmacy_app.ui import icons, theme, wording
from pharmacy_app.ui.language import Spoken
from pharmacy_app.ui.palettes import State
from pharmacy_app.ui.tasks import Problem, Tasks
from pharmacy_app.ui.widgets.buttons import PrimaryButton
from pharmacy_app.ui.widgets.surfaces import colour, words


class Cover(Spoken, QWidget):
    """Lies over one window. The one over the window in front holds the form that lifts it."""

    password_given = Signal(str)

    def __init__(self, over: QWidget, *, with_form: bool) -> None:
        super().__init__(over)
        self.setObjectName("stage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._icon = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self._title = words("", "title")
        self._note = words("", "muted", wrap=True)
        self._problem = words("", wrap=True)
        self._password = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._lift = PrimaryButton()
        form = QWidget()
        form.setFixedWidth(400)
        column = QVBoxLayout(form)
        column.setSpacing(12)
        for part in (
            self._icon,
            self._title,
            self._note,
            self._password,
            self._lift,
            self._problem,
        ):
            column.addWidget(part)
        for part in (self._title, self._note):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        outer = QVBoxLayout(self)
        outer.addStretch(1)
        outer.addWidget(form, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(1)
        form.setVisible(with_form)
        self._password.returnPressed.connect(self._give)
        self._lift.clicked.connect(self._give)
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self.retranslate()

    def retranslate(self) -> None:
        """Set every text again."""
        self._icon.setPixmap(icons.pixmap("curtain", theme.current().text_muted, 40))
        self._title.setText(self.tr("The curtain is down"))
        self._note.setText(self.tr("Your work is kept. Enter your password to go on."))
        self._password.setPlaceholderText(self.tr("Password"))
        self._password.setAccessibleName(self.tr("Password"))
        self._lift.setText(self.tr("Lift the curtain"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Stay as large as the window beneath."""
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt calls it by this name
        """Wait for the password."""
        super().showEvent(event)
        self.ask()

    def ask(self) -> None:
        """Put the focus where the password is typed."""
        self._password.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _give(self) -> None:
        password = self._password.text()
        if not password or self._lift.reason:
            return
        self._password.clear()
        self._lift.bar(self.tr("The password is being checked."))
        self._problem.clear()
        self.password_given.emit(password)

    def refuse(self, sentence: str) -> None:
        """Say why the curtain stays."""
        self._lift.allow()
        self._problem.setText(sentence)
        colour(self._problem, State.STOP)
        self.ask()


@dataclass(frozen=True, slots=True)
class _Covered:
    window: QWidget
    cover: Cover
    hidden: tuple[QWidget, ...]


class Curtain(QObject):
    """Hides the contents of all windows of the program and lifts them again.

    ``check`` is given the password on a worker thread and raises Refused if it is wrong. Until
    then the contents are hidden widgets: not painted, not focusable, not read by a screen reader.
    """

    dropped = Signal()
    lifted = Signal()

    def __init__(
        self, check: Callable[[str], object], tasks: Tasks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._tasks = tasks
        self._covered: list[_Covered] = []
        self._focus: QWidget | None = None
        self._watched: QWindow | None = None
        app = theme.application()
        app.focusWindowChanged.connect(self._on_focus_window)
        self._on_focus_window(app.focusWindow())

    @Slot(QWindow)
    def _on_focus_window(self, window: QWindow | None) -> None:
        """Watch the window with the focus; one that opens behind the curtain is covered too."""
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
        if self._covered and window is not None:
            self._cover_all()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Drop the curtain on F12, over a dialog too, where a shortcut would be dead."""
        del watched
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() != Qt.Key.Key_F12:
            return False
        self.drop()
        return True

    @property
    def is_down(self) -> bool:
        """Whether the curtain covers the windows."""
        return bool(self._covered)

    @Slot()
    def drop(self) -> None:
        """Cover every open window at once; does nothing if they are covered."""
        if self._covered:
            self._front().ask()
            return
        app = theme.application()
        self._focus = app.focusWidget()
        while (popup := app.activePopupWidget()) is not None:
            popup.close()
        self._cover_all()
        self.dropped.emit()

    def _cover_all(self) -> None:
        """Cover every open window that is not covered yet; the form is on the one in front."""
        app = theme.application()
        covered = [one.window for one in self._covered]
        windows = [w for w in app.topLevelWidgets() if w.isVisible() and w not in covered]
        front = app.activeModalWidget() or app.activeWindow() or next(iter(windows), None)
        for window in windows:
            self._covered.append(self._cover(window, with_form=window is front))

    def _cover(self, window: QWidget, *, with_form: bool) -> _Covered:
        children = window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        hidden = tuple(c for c in children if not c.isWindow() and not c.isHidden())
        cover = Cover(window, with_form=with_form)
        cover.password_given.connect(self._on_password)
        for child in hidden:
            child.hide()
        cover.show()
        cover.raise_()
        return _Covered(window, cover, hidden)

    def _front(self) -> Cover:
        for covered in self._covered:
            if covered.window.isActiveWindow():
                return covered.cover
        return self._covered[0].cover

    @Slot(str)
    def _on_password(self, password: str) -> None:
        self._tasks.run(
            lambda _: self._check(password),
            owner=self,
            done=lambda _: self.lift(),
            failed=self._on_refused,
        )

    def _on_refused(self, problem: Problem) -> None:
        sentence = " ".join(f"{said.found} {said.remedy}" for said in wording.in_words(problem))
        for covered in self._covered:
            covered.cover.refuse(sentence)

    def lift(self) -> None:
        """Show everything again as it was, with the focus where it was."""
        covered_windows, self._covered = self._covered, []
        for covered in covered_windows:
            if not shiboken6.isValid(covered.window):
                continue
            covered.cover.hide()
            covered.cover.deleteLater()
            for child in covered.hidden:
                if shiboken6.isValid(child):
                    child.show()
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.lifted.emit()
