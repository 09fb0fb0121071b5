"""What codes tell of themselves: bindings, displays, check digits, languages, units, currencies."""
