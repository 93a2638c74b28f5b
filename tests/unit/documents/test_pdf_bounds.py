"""A PDF file is looked over before C code draws it: what has no end is refused, what is ordinary is not."""

from __future__ import annotations

import zlib

import pytest

from govinfo.documents.limits import MAX_PAGE_DESCRIPTION
from govinfo.documents.pages.pdf_bounds import check_drawing
from govinfo.errors import ReadError


def form(number: int, content: bytes, resources: bytes) -> bytes:
    head = b"%d 0 obj\n<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources %b /Length %d >>\n"
    return head % (number, resources, len(content)) + b"stream\n" + content + b"\nendstream\nendobj\n"


def chain(length: int, times: int) -> bytes:
    """Forms of which each draws the next so many times."""
    forms = [
        form(number, b"/F Do " * times, b"<< /XObject << /F %d 0 R >> >>" % (number + 1)) for number in range(1, length)
    ]
    return b"%PDF-1.4\n" + b"".join(forms) + form(length, b"0 0 m 9 9 l S", b"<< >>")


def refused(content: bytes) -> bool:
    try:
        check_drawing(content)
    except ReadError as error:
        assert error.kind == "too_large"  # noqa: PT017
        return True
    return False


@pytest.mark.parametrize(("length", "times"), [(1, 1), (3, 2), (8, 3), (40, 1)])
def test_forms_inside_forms_are_ordinary(length: int, times: int) -> None:
    assert not refused(chain(length, times))


@pytest.mark.parametrize(("length", "times"), [(20, 2), (12, 3), (5, 20), (200, 1)])
def test_forms_that_multiply_are_refused(length: int, times: int) -> None:
    assert refused(chain(length, times))


def test_a_form_that_comes_back_to_itself_is_refused() -> None:
    one = form(1, b"/F Do", b"<< /XObject << /F 2 0 R >> >>")
    other = form(2, b"/F Do", b"<< /XObject << /F 1 0 R >> >>")
    assert refused(one + other)
    assert not refused(one)


def test_resources_may_stand_elsewhere() -> None:
    resources = b"9 0 obj\n<< /XObject << /F 1 0 R >> >>\nendobj\n"
    assert refused(form(1, b"/F Do", b"9 0 R") + resources)
    names = b"9 0 obj\n<< /XObject 8 0 R >>\nendobj\n8 0 obj\n<< /F 1 0 R >>\nendobj\n"
    assert refused(form(1, b"/F Do", b"9 0 R") + names)
    packed = zlib.compress(b"9 0 << /XObject << /F 1 0 R >> >>")
    stream = b"7 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode >>\nstream\n" + packed + b"\nendstream\n"
    assert refused(form(1, b"/F Do", b"9 0 R") + stream)


@pytest.mark.parametrize("packings", [1, 2])
def test_a_page_that_unpacks_to_too_much_is_refused(packings: int) -> None:
    content = b"0" * (MAX_PAGE_DESCRIPTION + 1)
    for _ in range(packings):
        content = zlib.compress(content)
    stream = b"1 0 obj\n<< /Filter [%b] >>\nstream\n%b\nendstream\n"
    assert refused(stream % (b"/FlateDecode " * packings, content))
    picture = stream.replace(b"/Filter", b"/Subtype /Image /Filter")
    assert not refused(picture % (b"/FlateDecode " * packings, content))
