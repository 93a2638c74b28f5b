"""The rule set ``example``: one linear rule, one rule in Python."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo import Example, Fault, LinearRule, Reading, RuleSet, Severity, Strength, Text, Undecided, check_rule

__all__ = ["RULES", "overview_length"]

_LONGEST = 1000
# Say what a rule rests on. A habit is not a law: what is only seen in reports stays a note.
_SOURCE = Text("示例，没有依据", "an example, resting on nothing")


# The examples are shown by `govinfo rules EX-DOC001`; govinfo.testing.cases has the keys of what is changed.
@check_rule(
    "EX-DOC001",
    Severity.INFO,
    Text("总体情况过长", "overview too long"),
    _SOURCE,
    strength=Strength.INFERRED,
    passes=Example(
        Text("一、总体情况：全文 800 字", "section 1, overview: 800 characters"),
        {"change": {"sections.overview": "字" * 800}},
    ),
    fails=Example(
        Text("一、总体情况：全文 1200 字", "section 1, overview: 1200 characters"),
        {"change": {"sections.overview": "字" * 1200}},
    ),
)
def overview_length(reading: Reading) -> Iterator[Fault | Undecided]:
    """Yield nothing where the rule holds, a `Fault` for each thing wrong, `Undecided` where it cannot be judged."""
    overview = reading.report.sections.overview
    if overview is None:
        yield Undecided(Text("没有读到“总体情况”", "there is no section 1"), ("sections.overview",))
        return
    length = len("".join(overview.split()))
    if length > _LONGEST:
        yield Fault(
            Text(
                f"一、总体情况：全文 {length} 字，一般不超过 {_LONGEST} 字",
                f"section 1, overview: {length} characters, usually at most {_LONGEST}",
            ),
            paths=("sections.overview",),
            actual=length,
            expected=_LONGEST,
        )


RULES = RuleSet(
    name="example",
    title=Text("example规则", "rules of example"),
    rules=(
        LinearRule(
            "EX-APP001",
            Severity.INFO,
            Text("结转下年度的申请多于本年新收", "more applications carried over than received"),
            _SOURCE,
            "applications.total.carried_out <= applications.total.received",
            strength=Strength.INFERRED,
        ),
        overview_length,
    ),
    region="",
)
