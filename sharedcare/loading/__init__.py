"""From files to a landscape: YAML or JSON, over one file or several, every fault with its place."""

from sharedcare.loading.profile import (
    Checked,
    check_profile,
    check_profile_text,
    load_landscape,
    load_landscape_text,
)

__all__ = [
    "Checked",
    "check_profile",
    "check_profile_text",
    "load_landscape",
    "load_landscape_text",
]
