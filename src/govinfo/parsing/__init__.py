"""Document → Report: labels, numbers, sections, one module per section of the form."""

from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.parse import parse
from govinfo.parsing.reading import Reading

__all__ = ["Reading", "Vocabulary", "parse"]
