"""Workbooks: what stands in the cells of sheets, and which rows of a sheet are a table."""
