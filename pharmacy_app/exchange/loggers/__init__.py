"""Temperature files of loggers: read tolerantly, asked about where they can be read in two ways."""

from pharmacy_app.exchange.loggers.file import read_logger
from pharmacy_app.exchange.loggers.questions import LoggerFile, NeedsAnswers, Question

__all__ = ["LoggerFile", "NeedsAnswers", "Question", "read_logger"]
