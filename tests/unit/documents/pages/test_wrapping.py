"""Where lines end."""

from __future__ import annotations

import pytest

from govinfo.documents.pages.wrapping import begins_anew, first_width, joined_text


@pytest.mark.parametrize(
    ("text", "width"), [("公开", 1.0), ("2022年", 2.0), ("（一）", 3.0), ("及“三安全", 3.0), ("止。本", 2.0), ("", 0.0)]
)
def test_what_must_stand_on_one_line(text: str, width: float) -> None:
    assert first_width(text) == width


@pytest.mark.parametrize(("text", "anew"), [("（一）予以", True), ("1.属于", True), ("秘密", False), ("（区分", False)])
def test_a_number_begins_something_new(text: str, anew: bool) -> None:
    assert begins_anew(text) is anew


def test_words_of_letters_keep_a_space_between() -> None:
    assert joined_text("open", "data") == "open data"
    assert joined_text("公", "开") == "公开"
    assert joined_text("12", "34") == "1234"
