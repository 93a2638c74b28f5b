"""Builds the compiled part; everything else stands in pyproject.toml."""

from setuptools import Extension, setup

setup(
    ext_modules=[
        Extension(
            "govinfo_fast._kernel",
            sources=["src/govinfo_fast/kernel.c"],
            extra_compile_args=["-O3", "-Wno-psabi"],
            py_limited_api=True,
        )
    ],
    options={"bdist_wheel": {"py_limited_api": "cp311"}},  # one wheel serves every Python from 3.11 on
)
