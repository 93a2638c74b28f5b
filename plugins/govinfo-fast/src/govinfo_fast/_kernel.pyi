from typing import Any

from numpy.typing import NDArray

def violations(
    program: tuple[NDArray[Any], ...],
    block: tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any]],
    turned: bool,
    /,
) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]: ...
