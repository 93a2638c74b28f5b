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

__all__ = ["certain", "least_by_remainder", "satisfiable"]


Number = int | Decimal


def satisfiable(
    coefficients: Sequence[int], signed: bool, whole: bool, low: Number | None, high: Number | None
) -> bool:
    """Whether numbers exist for the missing cells with ``low <= sum(coefficient * number) <= high``.

    Args:
        coefficients: those of the missing cells, none of them zero.
        signed: whether one of the missing cells may be negative.
        whole: whether the cells are counts; otherwise they are sums of money.
        low: the row's lower bound less what the cells with numbers give; None for none.
        high: the same of the upper bound; not less than ``low``.
    """
    up = signed or any(c > 0 for c in coefficients)
    down = signed or any(c < 0 for c in coefficients)
    if not up:  # the same the other way round
        low, high = None if high is None else -high, None if low is None else -low
    if not (up and down):
        low = 0 if low is None else max(low, 0)
        if high is not None and high < low:
            return False
    if low is None or high is None or not whole:  # every number beyond a bound is exceeded by some sum
        return True
    divisor = gcd(*coefficients)
    least, most = -(-int(low) // divisor), int(high) // divisor
    if least > most:
        return False
    # whole numbers of both signs reach every multiple of the divisor
    return (up and down) or _payable(tuple(sorted({abs(c) // divisor for c in coefficients})), least, most)


def certain(coefficients: Sequence[int], signed: bool, low: Number | None, high: Number | None) -> bool:
    """Whether the relation holds whatever the missing cells are; arguments as for `satisfiable`."""
    up = signed or any(c > 0 for c in coefficients)
    down = signed or any(c < 0 for c in coefficients)
    return not (up and high is not None) and not (down and low is not None) and (low or 0) <= 0 <= (high or 0)


def _payable(coins: tuple[int, ...], least: int, most: int) -> bool:
    """Whether some amount from ``least`` (not negative) to ``most`` can be paid with coins of these sizes.

    The greatest common divisor of the coins is 1.
    """
    if coins[0] == 1 or most >= (coins[0] - 1) * (coins[-1] - 1):  # above Schur's bound everything can be paid
        return True
    smallest, firsts = coins[0], least_by_remainder(coins)
    if least == most:
        return most >= firsts[most % smallest]
    # of each remainder the first amount that can be paid and is large enough
    return any(max(first, least + (i - least) % smallest) <= most for i, first in enumerate(firsts))


@lru_cache(maxsize=256)
def least_by_remainder(coins: tuple[int, ...]) -> tuple[float, ...]:
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
