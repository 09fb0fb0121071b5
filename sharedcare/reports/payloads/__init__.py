"""What payloads say: conformance and harmonisation, as people and programs read them."""
