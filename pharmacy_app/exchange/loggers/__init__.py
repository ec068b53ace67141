"""Temperature files of loggers: read tolerantly, asked about where they can be read in two ways."""

from pharmacy_app.exchange.loggers.file import Kept, read_logger
from pharmacy_app.exchange.loggers.questions import LoggerFile, NeedsAnswers, Question
from pharmacy_app.exchange.loggers.rows import Step

__all__ = ["Kept", "LoggerFile", "NeedsAnswers", "Question", "Step", "read_logger"]
