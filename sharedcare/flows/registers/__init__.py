"""Registers that an organisation keeps: hazards, and processing of personal data."""
