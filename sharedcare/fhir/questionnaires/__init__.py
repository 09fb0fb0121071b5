"""Questionnaires that are contained in the answers to them."""
