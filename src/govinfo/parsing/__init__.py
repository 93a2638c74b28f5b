"""Document → Report: labels, numbers, sections, one module per section of the form."""
