"""What a rule is, for whoever reads about it: what it demands in words, what passes and what fails.

The command ``govinfo rules CODE`` and the reference page show the same, from here.
"""

from __future__ import annotations

import attrs

from govinfo.engines.examples import examples_of
from govinfo.engines.phrase import in_words
from govinfo.rules.model import CheckRule, Example, LinearRule, Rule, TextRule
from govinfo.rules.vocabulary import Editions
from govinfo.schema.editions import EDITIONS
from govinfo.text import Text

__all__ = ["Explanation", "explain"]


@attrs.frozen
class Explanation:
    """What can be said of a rule beside what it says of itself. None is left out."""

    in_words: Text | None = None
    """The relation of a linear rule in the form's own words."""
    passes: Example | None = None
    fails: Example | None = None


def explain(rule: Rule, editions: Editions = EDITIONS) -> Explanation:
    """Explain a rule: a linear one from its relation, another one by the examples it declares.

    Args:
        rule: any rule.
        editions: known classes by table and edition.

    Raises:
        ExpressionError: the relation of a linear rule is wrong; rules of a loaded plugin never are.
        ValueError: no edition has the cells of a linear rule.
    """
    if isinstance(rule, LinearRule):
        return Explanation(in_words(rule, editions), *examples_of(rule, editions))
    if isinstance(rule, (CheckRule, TextRule)):
        return Explanation(None, rule.passes, rule.fails)
    return Explanation()
