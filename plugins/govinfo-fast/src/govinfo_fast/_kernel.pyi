from collections.abc import Buffer

def violations(
    program: tuple[Buffer, ...], block: tuple[Buffer, Buffer, Buffer, Buffer]
) -> tuple[bytes, bytes, bytes, bytes, bytes, bytes, bytes]: ...
