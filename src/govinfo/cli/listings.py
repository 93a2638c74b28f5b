"""What ``govinfo rules`` shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from govinfo.api import rule_sets_by_name, with_rule_files
from govinfo.cli.commands import CLEAN, load
from govinfo.cli.console import emit_json, say
from govinfo.engines.explain import explain
from govinfo.errors import GovinfoError
from govinfo.rules.model import Example, LinearRule, Rule, RuleSet
from govinfo.rules.vocabulary import Editions
from govinfo.text import Language, Text

__all__ = ["rules"]


_RULES = Text("{n} 条规则", "{n} rules")
_CHANGED = Text("{n} 条调整严重程度", "{n} with another severity")


def rules(
    *,
    code: str | None,
    check: str | None = None,
    lint: bool,
    sql: bool,
    format: str,
    rules: Sequence[str] = (),
    table: str | None = None,
    id: Sequence[str] = (),
    edition: str | None = None,
    lang: Language,
) -> int:
    """List the rules by rule set, explain one, check a file of rules, inspect them all, or write them as a query.

    ``rules`` names the only sets to look at.
    """
    if lint and (code is not None or sql):
        raise GovinfoError(
            Text(
                "--lint 检查整套规则，不能带编号，也不能与 --sql 同用",
                "--lint inspects whole rule sets: leave out the code and --sql",
            )
        )
    if check is not None:
        if code is not None or lint or sql or rules:
            raise GovinfoError(
                Text(
                    "--check 只检查一个文件，不能带编号，也不能与 --rules、--lint、--sql 同用",
                    "--check is about one file: leave out the code, --rules, --lint and --sql",
                )
            )
        return _checked(check, format, lang)
    loaded, names = with_rule_files(load(lang), rules or None)
    rule_sets = rule_sets_by_name(loaded, names)
    if sql or table is not None or id or edition is not None:
        from govinfo.cli.sql import query, refuse_contradictions

        refuse_contradictions(sql, format, table, id, edition)
        if names is None:  # the query does not ask where a report comes from, nor when it was made
            rule_sets = tuple(one for one in rule_sets if one.is_at_home(None) and one.is_about(None))
        say(query(rule_sets, code, loaded.editions, table=table, identity=id, edition=edition, lang=lang))
        return CLEAN
    if lint:
        from govinfo.cli.inspection import lint as inspect

        return inspect(rule_sets, loaded.editions, format, lang)
    chosen = [(rule_set, rule) for rule_set in rule_sets for rule in rule_set.rules]
    if code is not None:
        chosen = [(rule_set, rule) for rule_set, rule in chosen if code.upper() in (rule.code, *rule.aliases)]
        if not chosen:
            raise GovinfoError(Text(f"没有编号为“{code}”的规则", f"no rule has the code {code!r}"))
    if format == "json":
        records = [_record(rule_set, rule, loaded.editions, lang) for rule_set, rule in chosen]
        emit_json(records if code is None else records[0])
    elif code is not None:
        say(_explain(*chosen[0], loaded.editions, lang))
    else:
        for rule_set in rule_sets:
            say(_overview(rule_set, lang))
    return CLEAN


def _checked(path: str, format: str, lang: Language) -> int:
    """Read a rule set from a file, show it and inspect it; what is wrong with the file is raised."""
    from govinfo.cli.inspection import lint as inspect

    # a file is meant, whatever it is called
    loaded, names = with_rule_files(load(lang), [Path(path)])
    rule_sets = rule_sets_by_name(loaded, names)
    if format == "text":
        for rule_set in rule_sets:
            say(_overview(rule_set, lang))
    return inspect(rule_sets, loaded.editions, format, lang)


def _overview(rule_set: RuleSet, lang: Language) -> Iterator[str]:
    held = ((rule_set.rules, _RULES), (rule_set.adjustments, _CHANGED))
    count = Text.join([text.fill(n=len(some)) for some, text in held if some], "，", ", ")
    yield f"{rule_set.name}  {rule_set.title.render(lang)}  {count.render(lang)}{_scope(rule_set).render(lang)}"
    for rule in sorted(rule_set.rules, key=lambda rule: rule.code):
        yield f"  {rule.code}  {rule.severity.text.render(lang)}  {rule.title.render(lang)}"
    for one in rule_set.adjustments:
        changed = Text("{code}  改为{severity}：{reason}", "{code}  {severity} here: {reason}")
        said = changed.fill(code=one.code, severity=one.severity.text, reason=one.reason)
        yield f"  {said.render(lang)}"


def _scope(rule_set: RuleSet) -> Text:
    """Say for which reports a rule set is; nothing for one that is for all."""
    first, last = rule_set.first_year, rule_set.last_year
    parts = [Text("地区 {code}", "region {code}").fill(code=rule_set.region)] if rule_set.region else []
    if first is not None and last is not None:
        years = f"{first}" if first == last else f"{first}–{last}"
        parts.append(Text("{years} 年", "reports for {years}").fill(years=years))
    elif first is not None:
        parts.append(Text("{first} 年起", "reports for {first} and later").fill(first=first))
    elif last is not None:
        parts.append(Text("{last} 年及以前", "reports for {last} and before").fill(last=last))
    if rule_set.editions:
        parts.append(Text("{names} 年版表式", "editions {names}").fill(names=", ".join(rule_set.editions)))
    joined = Text.join(parts, "，", ", ")
    return Text(f"  （{joined.zh}）", f"  ({joined.en})") if parts else joined


def _explain(rule_set: RuleSet, rule: Rule, editions: Editions, lang: Language) -> Iterator[str]:
    record = _record(rule_set, rule, editions, lang)
    yield f"{rule.code}  {rule.title.render(lang)}"
    for label, value in (
        (Text("严重程度", "severity"), rule.severity.text.render(lang)),
        (Text("依据", "source"), record["source"]),
        (Text("依据强度", "evidence"), rule.strength and rule.strength.text.render(lang)),
        (Text("要求", "requires"), record["in_words"]),
        (Text("关系", "relation"), record["relation"]),
        (Text("适用条件", "applies when"), record["when"]),
        (Text("符合", "passes"), record["passes"] and record["passes"]["text"]),
        (Text("不符", "fails"), record["fails"] and record["fails"]["text"]),
        (Text("规则集", "rule set"), f"{rule_set.name}  {rule_set.title.render(lang)}"),
        (Text("旧编号", "former codes"), ", ".join(rule.aliases)),
    ):
        if value:
            yield f"  {label.render(lang)}  {value}"


def _record(rule_set: RuleSet, rule: Rule, editions: Editions, lang: Language) -> dict[str, Any]:
    linear = rule if isinstance(rule, LinearRule) else None
    explained = explain(rule, editions)
    return {
        "code": rule.code,
        "rule_set": rule_set.name,
        "severity": rule.severity.value,
        "title": rule.title.render(lang),
        "source": rule.source.render(lang),
        "in_words": explained.in_words and explained.in_words.render(lang),
        "relation": linear and " ".join(linear.relation.split()),
        "when": linear and linear.when and " ".join(linear.when.split()),
        "passes": _example(explained.passes, lang),
        "fails": _example(explained.fails, lang),
        "aliases": list(rule.aliases),
        "strength": rule.strength and rule.strength.value,
    }


def _example(example: Example | None, lang: Language) -> dict[str, Any] | None:
    if example is None:
        return None
    return {"text": example.shown.render(lang), "report": example.report and dict(example.report)}
