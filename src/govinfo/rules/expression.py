"""The language of linear rules: text to a parsed relation, with errors that point into the text.

``applications.{applicant}.concluded + 2 * a.b <= c.d - 3``: sums of dotted canonical paths and whole numbers, whole
coefficients, parentheses, and one comparison. A name in braces is a template, see `govinfo.rules.vocabulary`. The text
is parsed with `ast` and never evaluated.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, NoReturn

import attrs

from govinfo.errors import GovinfoError
from govinfo.text import Text

__all__ = ["ExpressionError", "Relation", "Sum", "Term", "parse"]

_LONGEST = 20_000
_ALLOWED = re.compile(r"[A-Za-z0-9_.{}+\-*()<>=!\s]*")
_TEMPLATE = re.compile(r"\{([a-z][a-z_]*)\}")
_OPERATORS: dict[type[ast.cmpop], str] = {ast.Eq: "==", ast.LtE: "<=", ast.GtE: ">=", ast.Lt: "<", ast.Gt: ">"}
_LOOKALIKES = {"＝": "==", "≤": "<=", "≥": ">=", "＜": "<", "＞": ">", "＋": "+", "－": "-", "×": "*", "。": "."}

_NO_CONTEXT = Text("", "")


class ExpressionError(GovinfoError):
    """A rule's expression is wrong.

    Attributes:
        problem: what is wrong, in both languages.
        expression: the whole expression, on one line.
        column: the character it is about, from 1.
        text: the problem, the expression and a caret below the character.
    """

    def __init__(self, problem: Text, expression: str, column: int, context: Text = _NO_CONTEXT) -> None:
        self.problem = problem
        self.expression = re.sub(r"\s", " ", expression)
        self.column = column
        shown = f"\n  {self.expression}\n  {' ' * (column - 1)}^"
        super().__init__(Text(f"{context.zh}{problem.zh}{shown}", f"{context.en}{problem.en}{shown}"))

    def within(self, context: Text) -> ExpressionError:
        """Return the same error with ``context`` (the rule, its package) said first."""
        return ExpressionError(self.problem, self.expression, self.column, context)


class Term(NamedTuple):
    """A coefficient times a path."""

    coefficient: int
    names: tuple[str, ...]
    """The names of the path; a template keeps its braces."""
    columns: tuple[int, ...]
    """Where each name stands in the expression, from 1."""

    def path(self, variables: dict[str, str]) -> str:
        """Return the path with its templates replaced."""
        return ".".join(variables[name[1:-1]] if name[0] == "{" else name for name in self.names)


@attrs.frozen
class Sum:
    """One side of a relation: terms in the order written, and the sum of the whole numbers."""

    terms: tuple[Term, ...]
    constant: int = 0


@attrs.frozen
class Relation:
    """A parsed expression."""

    text: str
    left: Sum
    operator: str
    """``==``, ``<=``, ``>=``, ``<`` or ``>``."""
    right: Sum
    operator_column: int
    templates: tuple[str, ...]
    """Names of the templates, in the order of first use."""

    @property
    def terms(self) -> tuple[Term, ...]:
        """All terms, left side first."""
        return self.left.terms + self.right.terms

    def fail(self, column: int, zh: str, en: str) -> NoReturn:
        """Raise an `ExpressionError` at ``column``."""
        raise ExpressionError(Text(zh, en), self.text, column)


@lru_cache(maxsize=4096)
def parse(text: str) -> Relation:
    """Parse an expression.

    Raises:
        ExpressionError: pointing to the first thing that is not part of the language.
    """
    parser = _Parser(text)
    try:
        return parser.relation()
    except RecursionError:  # a product of a thousand factors is parsed, but too deep to be walked
        parser.fail(1, "表达式嵌套过深", "the expression is nested too deeply")


class _Parser:
    """Parses one expression. Templates become names of the same length, so that columns stay those of the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.offset = len(text) - len(text.lstrip())

    def fail(self, column: int, zh: str, en: str) -> NoReturn:
        raise ExpressionError(Text(zh, en), self.text, min(max(column, 1), len(self.text) + 1))

    def column(self, node: ast.expr) -> int:
        return node.col_offset + self.offset + 1

    def relation(self) -> Relation:
        compare = self._tree()
        if not isinstance(compare, ast.Compare):
            self.fail(
                self.column(compare),
                "不是关系式：要有一个比较 ==、<=、>=、< 或 >",
                "not a relation: one comparison with ==, <=, >=, < or > is needed",
            )
        if len(compare.ops) > 1:
            self.fail(self.column(compare.comparators[1]), "只能有一个比较", "only one comparison is allowed")
        between = (compare.left.end_col_offset or 0) + self.offset
        at = next((i for i in range(between, len(self.text)) if self.text[i] in "=<>!"), between) + 1
        operator = _OPERATORS.get(type(compare.ops[0]))
        if operator is None:
            self.fail(at, "不支持这种比较", "this comparison is not supported")
        left, right = self._sum(compare.left), self._sum(compare.comparators[0])
        if not left.terms + right.terms:
            self.fail(self.column(compare), "没有用到任何数据格", "no cell is used")
        used = (name[1:-1] for term in left.terms + right.terms for name in term.names if name[0] == "{")
        return Relation(self.text, left, operator, right, at, tuple(dict.fromkeys(used)))

    def _tree(self) -> ast.expr:
        text = self.text
        if len(text) > _LONGEST:
            self.fail(_LONGEST, f"表达式超过 {_LONGEST} 字", f"the expression is longer than {_LONGEST} characters")
        strange = _ALLOWED.match(text).end()  # type: ignore[union-attr]  # it matches the empty string at least
        if strange < len(text):
            meant = _LOOKALIKES.get(text[strange])
            self.fail(
                strange + 1,
                f"不能用“{text[strange]}”" + (f"，请写 {meant}" if meant else ""),
                f"{text[strange]!r} is not allowed here" + (f": write {meant}" if meant else ""),
            )
        for match in _TEMPLATE.finditer(text):
            around = text[max(match.start() - 1, 0) : match.start()] + text[match.end() : match.end() + 1]
            if re.search(r"\w", around):
                self.fail(match.start() + 1, "模板必须是完整的一段名称", "a template must be a whole name")
        same_length = _TEMPLATE.sub(lambda match: f"_{match[1]}_", text)
        brace = re.search(r"[{}]", same_length)
        if brace:
            self.fail(
                brace.start() + 1,
                "花括号里要有一个模板名，如 {applicant}",
                "braces must hold the name of a template, as in {applicant}",
            )
        try:
            return ast.parse(re.sub(r"\s", " ", same_length).strip(), mode="eval").body
        except SyntaxError as error:
            self.fail((error.offset or 1) + self.offset, "语法错误", "syntax error")
        except (RecursionError, MemoryError, ValueError):
            self.fail(1, "表达式嵌套过深", "the expression is nested too deeply")

    def _sum(self, whole: ast.expr) -> Sum:
        """Flatten a side into terms; long sums are deep to the left, so they are walked with a stack."""
        terms: list[Term] = []
        constant = 0
        stack = [(whole, 1)]
        while stack:
            node, factor = stack.pop()
            match node:
                case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
                    stack += [(right, factor if isinstance(sign, ast.Add) else -factor), (left, factor)]
                case ast.BinOp(left=left, op=ast.Mult(), right=right):
                    one, other = self._sum(left), self._sum(right)
                    if one.terms and other.terms:
                        self.fail(self.column(right), "数据格不能相乘，关系须为线性", "not linear: a cell times a cell")
                    number, product = (other.constant, one) if one.terms else (one.constant, other)
                    factor *= number
                    terms += _times(product.terms, factor)
                    constant += product.constant * factor
                case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                    stack.append((operand, -factor if isinstance(sign, ast.USub) else factor))
                case ast.Constant(value=value) if type(value) is int:
                    constant += value * factor
                case ast.Name() | ast.Attribute():
                    terms.append(self._path(node, factor))
                case _:
                    self.fail(
                        self.column(node),
                        "只能用数据格、整数、加减、整数倍和一个比较",
                        "only cells, whole numbers, sums, whole multiples and one comparison are allowed",
                    )
        return Sum(tuple(terms), constant)

    def _path(self, node: ast.expr, coefficient: int) -> Term:
        found: list[tuple[str, int]] = []
        while isinstance(node, ast.Attribute):
            found.append((node.attr, (node.end_col_offset or 0) - len(node.attr) + self.offset + 1))
            node = node.value
        if not isinstance(node, ast.Name):
            self.fail(self.column(node), "路径须以名称开头", "a path must begin with a name")
        found.append((node.id, self.column(node)))
        names, columns = zip(*reversed(found), strict=True)
        return Term(coefficient, tuple(map(self._restore, names, columns)), columns)

    def _restore(self, name: str, column: int) -> str:
        return f"{{{name[1:-1]}}}" if self.text[column - 1] == "{" else name


def _times(terms: Iterable[Term], factor: int) -> list[Term]:
    return [term._replace(coefficient=term.coefficient * factor) for term in terms]
