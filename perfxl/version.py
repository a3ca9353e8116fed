"""The version of perfxl, for everything that signs what it makes."""

__version__ = "0.1.0"
