"""Paths of discriminators are read as FHIR restricts them, and nothing else is."""

import pytest

from sharedcare.fhir.fhir_profiles.discriminator_paths import Step, steps_of


@pytest.mark.parametrize(
    ("path", "steps"),
    [
        ("$this", ()),
        ("code", (("name", "code"),)),
        ("$this.code.coding", (("name", "code"), ("name", "coding"))),
        (
            "value.ofType(Quantity).code",
            (("name", "value"), ("type", "Quantity"), ("name", "code")),
        ),
        (
            "extension('http://example.org/a.b').value",
            (("url", "http://example.org/a.b"), ("name", "value")),
        ),
        (
            "subject.resolve().name",
            (("name", "subject"), ("resolve", "resolve()"), ("name", "name")),
        ),
        ("value[x]", (("name", "value[x]"),)),
    ],
)
def test_what_fhir_allows_is_read(path: str, steps: tuple[tuple[str, str], ...]) -> None:
    assert steps_of(path) == tuple(Step(*step) for step in steps)


@pytest.mark.parametrize(
    "path", ["code.where(true)", "a b", "code. ", ".code", "first()", "a/b", "extension(a)", "a..b"]
)
def test_what_fhir_does_not_allow_is_no_path(path: str) -> None:
    assert steps_of(path) is None
