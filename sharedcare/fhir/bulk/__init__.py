"""Payloads of any size: one pure function of a chunk, and whoever drives it.

A chunk (:mod:`chunk`) is many whole lines, or one document. A job (:mod:`job`) says what is to be
known of chunks: a pure function from a chunk to a result, and results that add up in any order and
grouping. A driver (:mod:`done`) goes through the chunks of files: in this process (:mod:`here`), in
several (:mod:`pool`), or on the machines of a Spark cluster (:mod:`spark`). All give the same. A
store (:mod:`store`) keeps what is done, so that a run that was ended goes on.
"""
