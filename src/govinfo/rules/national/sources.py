"""What the national rules rest on, said the same way everywhere. An inference is called one."""

from govinfo.text import Text

__all__ = ["EVIDENT", "FORM_NOTE", "INFERRED", "NUMBERS", "SEEN"]

FORM_NOTE = Text(
    "统计表样所印勾稽关系（国办公开办函〔2019〕60号、〔2021〕30号附件）",
    "printed on the statistical form (annexes to the notices 国办公开办函〔2019〕60号 and 〔2021〕30号)",
)
INFERRED = Text(
    "由表式结构推定，表上未印明，实践中无异议", "inferred from the structure of the form; not printed on it, undisputed"
)
NUMBERS = Text(
    "由栏目含义推定：件数、金额不会为负", "inferred from what the cells mean: no count or sum can be negative"
)
SEEN = Text("已公布年报中见到的差错；并非法定要求的转述", "a slip seen in published reports; not a statement of law")
EVIDENT = Text("推定，供人工核对，不代表法定要求", "inferred, for a person to look at; not a legal requirement")
