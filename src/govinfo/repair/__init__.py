"""Which cell is wrong and what it should be: from what does not hold to suggestions."""
