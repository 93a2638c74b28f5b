"""Words for people, in Chinese and English.

Every message the library shows is a `Text`: both languages are made together, where the facts are known,
and the reader's language is chosen only when the message is written out.
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

__all__ = ["LANGUAGES", "Language", "Text"]

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Text(NamedTuple):
    """One message in both languages."""

    zh: str
    en: str

    def render(self, lang: Language) -> str:
        """Return the message in ``lang``; anything but ``"en"`` is Chinese."""
        return self.en if lang == "en" else self.zh

    def fill(self, **values: Any) -> Text:
        """Fill ``{placeholders}`` of both languages; a `Text` among the values is filled in its own language."""

        def pick(lang: Language) -> dict[str, Any]:
            return {key: value.render(lang) if isinstance(value, Text) else value for key, value in values.items()}

        return Text(self.zh.format_map(pick("zh")), self.en.format_map(pick("en")))

    def fill_one(self, *values: object) -> Text:
        """Fill unnamed ``{}`` placeholders of both languages, in the same order."""
        return Text(self.zh.format(*values), self.en.format(*values))

    @classmethod
    def join(cls, parts: list[Text], zh: str, en: str) -> Text:
        """Join several messages with a separator of each language."""
        return cls(zh.join(part.zh for part in parts), en.join(part.en for part in parts))
