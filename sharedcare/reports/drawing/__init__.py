"""Drawings of a few boxes and what links them, from left to right, as SVG that loads nothing.

A *drawing* says what is to be seen (:mod:`.model`); :mod:`.layout` puts it in its places, and
:mod:`.svg` writes it down. Neither knows of landscapes. :mod:`.need`, :mod:`.organisation` and
:mod:`.cut` say what is seen of one. Whatever has layers can be drawn the same way: make a
:class:`Drawing` and write it with :func:`svg_of`.
"""

from sharedcare.reports.drawing.model import Band, Box, Drawing, Line, Link
from sharedcare.reports.drawing.svg import svg_of

__all__ = ["Band", "Box", "Drawing", "Line", "Link", "svg_of"]
