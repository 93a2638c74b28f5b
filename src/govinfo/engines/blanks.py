"""What can still be said of a relation some of whose cells have no number.

A count is a non-negative whole number, 本年增/减 any whole number, a sum of money a non-negative real number. The
answers are exact: no relation is called impossible that some such numbers would satisfy, and none possible that none
would.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from math import gcd, inf

__all__ = ["certain", "satisfiable"]


def satisfiable(coefficients: Sequence[int], signed: bool, whole: bool, relation: str, rest: int | Decimal) -> bool:
    """Whether numbers exist for the missing cells with ``sum(coefficient * number) relation rest``.

    Args:
        coefficients: those of the missing cells, none of them zero.
        signed: whether one of the missing cells may be negative.
        whole: whether the cells are counts; otherwise they are sums of money.
        relation: ``==``, ``<=`` or ``>=``.
        rest: the constant less what the cells with numbers give.
    """
    up = signed or any(c > 0 for c in coefficients)
    down = signed or any(c < 0 for c in coefficients)
    if relation == "<=":
        return down or rest >= 0
    if relation == ">=":
        return up or rest <= 0
    if not whole:
        return (up or rest <= 0) and (down or rest >= 0)
    target = int(rest)
    divisor = gcd(*coefficients)
    if target % divisor:
        return False
    if up and down:  # whole numbers of both signs reach every multiple of the divisor
        return True
    coins = tuple(sorted({abs(c) // divisor for c in coefficients}))
    return _payable(coins, (target if up else -target) // divisor)


def certain(coefficients: Sequence[int], signed: bool, relation: str, rest: int | Decimal) -> bool:
    """Whether the relation holds whatever the missing cells are; arguments as for `satisfiable`."""
    if relation == "==" or signed:
        return False
    if relation == "<=":
        return all(c < 0 for c in coefficients) and rest >= 0
    return all(c > 0 for c in coefficients) and rest <= 0


def _payable(coins: tuple[int, ...], amount: int) -> bool:
    """Whether an amount can be paid with coins of these sizes, whose greatest common divisor is 1."""
    if amount < 0:
        return False
    if coins[0] == 1 or amount >= (coins[0] - 1) * (coins[-1] - 1):  # above Schur's bound everything can be paid
        return True
    return amount >= _least_by_remainder(coins)[amount % coins[0]]


@lru_cache(maxsize=256)
def _least_by_remainder(coins: tuple[int, ...]) -> tuple[float, ...]:
    """Return, for every remainder by the smallest coin, the least amount that can be paid (Böcker and Lipták 2007)."""
    smallest = coins[0]
    least = [0.0, *[inf] * (smallest - 1)]
    for coin in coins[1:]:
        for start in range(gcd(smallest, coin)):
            circle = range(start, smallest, gcd(smallest, coin))
            amount = min(least[i] for i in circle)
            for _ in range(2 * len(circle)) if amount < inf else ():
                amount = min(amount + coin, least[int(amount + coin) % smallest])
                least[int(amount) % smallest] = amount
    return tuple(least)
