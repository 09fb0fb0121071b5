"""The page of scoring is held to the code: every constant, shelf life and band."""

from sharedcare.landscape.evidence import SHELF_LIFE_DAYS
from sharedcare.scoring import rules
from tests.docs.pages import rows, section


def constant_words(value: object) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(value))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def test_every_constant_of_the_scoring_stands_on_its_page_with_its_value() -> None:
    constants = {name: value for name, value in vars(rules).items() if name.isupper()}
    told = {row[0].strip("`"): row[1] for row in rows(section("scoring.md", "Every constant"), 3)}
    assert told == {name: constant_words(value) for name, value in constants.items()}


def test_every_shelf_life_stands_on_its_page() -> None:
    told = {row[0].strip("`"): row[1] for row in rows(section("scoring.md", "Shelf lives"), 2)}
    assert told == {kind.value: str(days) for kind, days in SHELF_LIFE_DAYS.items()}


def test_the_bands_begin_where_the_page_says() -> None:
    told = [row[0] for row in rows(section("scoring.md", "Index and bands"), 3)]
    low, middle, high = map(str, rules.BAND_BOUNDS)
    assert told == [
        f"under {low}",
        f"{low} to under {middle}",
        f"{middle} to under {high}",
        f"{high} and more",
    ]
