"""Resources that define others: profiles, code systems, search parameters, maps and their kind."""
