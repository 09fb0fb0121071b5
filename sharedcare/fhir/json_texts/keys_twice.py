"""Keys that stand twice: a reader keeps one of them and says nothing.

A text is compared with what its structures give when they are written again, without spacing.
Nothing becomes longer by that, since numbers with a fraction are kept as they stand and an escape
is never longer than it was, so that the same length means that nothing was lost. Else the commas
are counted: a lost key takes one with it, and only an escaped character could bring one back.
"""

_COMMA = b","
_ESCAPED_CHARACTER = b"\\u"


def text_is_plain(data: bytes, written: bytes) -> bool:
    """Whether a text says what its structures say, each key once."""
    if len(data) == len(written):
        return True
    if data.count(_COMMA) != written.count(_COMMA):
        return False
    return _ESCAPED_CHARACTER not in data
