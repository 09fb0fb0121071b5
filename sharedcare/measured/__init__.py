"""What payloads show, beside what the profile declares of the systems that sent them.

:mod:`forms` turns counts of records into a form, :mod:`holdings` joins what was measured to what
is declared, :mod:`patches` makes the landscape as measured, :mod:`differences` says where the two
part, and :mod:`payloads` holds it all together. Nothing is imported here, since reading payloads
brings much with it that an assessment without them does not need.
"""
