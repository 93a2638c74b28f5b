import pytest

from govinfo.cli.locale import choose_language


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        ([], {}, "zh"),
        ([], {"LANG": "C"}, "zh"),
        ([], {"LANG": "C.UTF-8"}, "zh"),
        ([], {"LANG": "zh_CN.UTF-8"}, "zh"),
        ([], {"LANG": "en_GB.UTF-8"}, "en"),
        ([], {"LC_ALL": "zh_TW", "LANG": "en_US"}, "zh"),
        ([], {"LC_ALL": "", "LC_MESSAGES": "en_US", "LANG": "zh_CN"}, "en"),
        (["--lang", "en", "check"], {"LANG": "zh_CN"}, "en"),
        (["check", "--lang=zh"], {"LANG": "en_US"}, "zh"),
        (["--lang", "en", "check", "--lang", "zh"], {}, "zh"),
        (["check", "--", "--lang", "en"], {}, "zh"),
        (["--lang"], {}, "zh"),
        (["--lang", "fr"], {"LANG": "en_US"}, "en"),
    ],
)
def test_language(arguments: list[str], environment: dict[str, str], language: str) -> None:
    assert choose_language(arguments, environment) == language
