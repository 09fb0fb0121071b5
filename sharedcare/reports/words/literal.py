"""Text that stays text: in Markdown, in tables of Markdown, and in spreadsheets that read CSV."""

import re

#: Characters that Markdown, a template or a formula language would take for more than themselves.
#: An underscore within a word is one everywhere.
_MARKUP = re.compile(r"([\\`*{}\[\]<>|~&$]|(?<![^\W_])_|_(?![^\W_]))")

#: What makes a heading, a list or a rule where a line begins with it.
_BEGINNING = re.compile(r"^(\s*)([#+=-])|^(\s*\d+)([.)])(?=\s|$)")

#: What a spreadsheet takes for a formula or a command.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def literal(text: str) -> str:
    """Write a text for Markdown so that every character shows as itself."""
    escaped = _MARKUP.sub(r"\\\1", text.replace("\n", " "))
    escaped = escaped.replace("://", "\\://")
    return _BEGINNING.sub(_escape_beginning, escaped)


def _escape_beginning(found: re.Match[str]) -> str:
    if found[2]:
        return f"{found[1]}\\{found[2]}"
    return f"{found[3]}\\{found[4]}"


def csv_cell(text: str) -> str:
    """Write a cell that no spreadsheet takes for a formula: an apostrophe keeps it text."""
    return f"'{text}" if text.startswith(_FORMULA) else text
