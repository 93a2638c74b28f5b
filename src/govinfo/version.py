"""The version, where every layer can reach it; a test holds it to that of the package."""

__all__ = ["__version__"]

__version__ = "0.1.0"
