"""Says who will get what they need from a shared care record, who will not, and why."""

__version__ = "0.1.0"

__all__ = ["__version__"]
