"""Document → Report: labels, numbers, sections, one module per section of the form."""

from govinfo.parsing.arithmetic import Equation, Equations
from govinfo.parsing.labels import Vocabulary
from govinfo.parsing.parse import parse
from govinfo.parsing.reading import Reading

__all__ = ["Equation", "Equations", "Reading", "Vocabulary", "parse"]
