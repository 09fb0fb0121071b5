"""How wide a text is, without a font at hand: never less than it is in the usual ones.

The figures are rounded up from the widths of DejaVu Sans, the widest of the sans-serif fonts that
a page or a printer is likely to fall back on; Arial and Helvetica are about a tenth narrower.
"""

import unicodedata

#: Widths in thousandths of the size of the type, by character; others go by their kind.
_NARROW = dict.fromkeys("iljI|!'.,:;·", 370) | dict.fromkeys('frt()[]{}-/ "', 430)
_WIDE = dict.fromkeys("mwMW@%→—…", 1010) | dict.fromkeys("NOQGDHUC&", 800)
_KNOWN = _NARROW | _WIDE
LOWER, UPPER, OTHER, FULL = 650, 740, 850, 1010

#: Bold type is wider.
BOLD = 1120


#: A word behind a number is a unit if it is no longer than this.
UNIT_LENGTH = 3


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Return the width of a line of text in the unit of ``size``, rather too much than too little.

    A character that is drawn over the one before it takes no room.
    """
    thousandths = sum(map(_width, text))
    return thousandths * size / 1000 * (BOLD if bold else 1000) / 1000


def _width(character: str) -> int:
    known = _KNOWN.get(character)
    if known is not None:
        return known
    kind = unicodedata.category(character)
    if kind in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(character) in ("W", "F"):
        return FULL
    return {"Ll": LOWER, "Nd": LOWER, "Lu": UPPER}.get(kind, OTHER)


def wrapped_to(
    text: str, width: float, size: float, bold: bool = False, most: int = 0
) -> tuple[str, ...]:
    """Break a text into lines no wider than ``width``, between words where it can be.

    A number stays with a short word behind it (5 min, 27 of 30) where they fit. Of more than
    ``most`` lines the last one shown ends with an ellipsis; 0 is no limit.
    """
    lines = [""]
    for word in _words(text, width, size, bold):
        joined = f"{lines[-1]} {word}".lstrip()
        if width_of(joined, size, bold) <= width:
            lines[-1] = joined
            continue
        lines += _pieces(word, width, size, bold)
    found = [line for line in lines if line]
    if most and len(found) > most:
        found = [*found[: most - 1], _cut(" ".join(found[most - 1 :]), width, size, bold)]
    return tuple(found)


def _words(text: str, width: float, size: float, bold: bool) -> list[str]:
    """The words of a text, a number with the short words that belong to it as one."""
    words: list[str] = []
    for word in text.split():
        joined = f"{words[-1]} {word}" if words else ""
        is_short = len(word.rstrip(",.;:")) <= UNIT_LENGTH
        is_unit = is_short and bool(words) and words[-1][-1].isdigit()
        is_whole = joined.endswith(f" of {word}")
        if (is_unit or is_whole) and width_of(joined, size, bold) <= width:
            words[-1] = joined
        else:
            words.append(word)
    return words


def _pieces(word: str, width: float, size: float, bold: bool) -> list[str]:
    """A word cut into pieces that fit; most words are one."""
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size, bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def _cut(text: str, width: float, size: float, bold: bool) -> str:
    """The beginning of a text that fits with an ellipsis behind it."""
    (first, *_) = _pieces(text, width - width_of("…", size, bold), size, bold)
    return f"{first.rstrip()}…"
