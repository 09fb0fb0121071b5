"""The readiness report: its views and its chapters."""
