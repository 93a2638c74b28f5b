"""Hostile files: small ones that claim, unpack or lead to far more than they hold.

`HOSTILE` names them all. Each function makes one; ``folder`` is a place it may try to read ``secret`` from, or to write
to. What a reader owes them is what it owes every file: a document or a `govinfo.errors.ReadError`, in seconds and in
bounded memory, with nothing read or written elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from govinfo.testing.hostile import archives, office, pages

__all__ = ["HOSTILE"]

HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "docx_laughs.docx": office.docx_laughs,
    "docx_styles_laughs.docx": office.docx_styles_laughs,
    "docx_external.docx": office.docx_external,
    "docx_in_itself.docx": office.docx_in_itself,
    "docx_deep.docx": office.docx_deep,
    "docx_wide.docx": office.docx_wide,
    "docx_bomb.docx": office.docx_bomb,
    "xlsx_sparse.xlsx": office.xlsx_sparse,
    "xlsx_merges.xlsx": office.xlsx_merges,
    "xlsx_dense.xlsx": office.xlsx_dense,
    "xlsx_strings.xlsx": office.xlsx_strings,
    "xlsx_string_bomb.xlsx": office.xlsx_string_bomb,
    "xlsx_laughs.xlsx": office.xlsx_laughs,
    "xlsx_external.xlsx": office.xlsx_external,
    "ofd_laughs.ofd": pages.ofd_laughs,
    "ofd_external.ofd": pages.ofd_external,
    "ofd_traversal.ofd": pages.ofd_traversal,
    "ofd_many_pages.ofd": pages.ofd_many_pages,
    "ofd_deep.ofd": pages.ofd_deep,
    "ofd_deltas.ofd": pages.ofd_deltas,
    "zip_bomb.zip": archives.zip_bomb,
    "zip_nested.zip": archives.zip_nested,
    "zip_deep.zip": archives.zip_deep,
    "zip_overlapping.zip": archives.zip_overlapping,
    "zip_traversal.zip": archives.zip_traversal,
    "pdf_many_pages.pdf": pages.pdf_many_pages,
    "pdf_deep_pages.pdf": pages.pdf_deep_pages,
    "pdf_looping_pages.pdf": pages.pdf_looping_pages,
    "pdf_bomb.pdf": pages.pdf_bomb,
    "pdf_glyphs.pdf": pages.pdf_glyphs,
    "pdf_rulings.pdf": pages.pdf_rulings,
    "pdf_form_in_itself.pdf": pages.pdf_form_in_itself,
    "rtf_deep.rtf": archives.rtf_deep,
    "rtf_binary.rtf": archives.rtf_binary,
    "rtf_rows.rtf": archives.rtf_rows,
    "mhtml_parts.mht": archives.mhtml_parts,
    "mhtml_deep.mht": archives.mhtml_deep,
    "text_spaces.txt": archives.text_spaces,
}
"""Every hostile file, by file name."""
