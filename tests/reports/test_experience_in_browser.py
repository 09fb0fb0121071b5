"""What people notice, in a browser: no fault, no request, nothing cut off, and no scrolling."""

import html
import json
import re
import subprocess
from pathlib import Path

import pytest

from sharedcare.experience import mending
from sharedcare.loading import load_landscape
from sharedcare.reports.experience.experience import ToldExperience, render_experience
from tests.reports.making import MADE_FROM
from tests.reports.test_browser import CHROMIUM, QUIET, Look, look
from tests.reports.test_drawing_in_browser import MEASURE

PROFILES = Path(__file__).parents[2] / "profiles"
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at a page")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the fictional region, with what an option would do."""
    found = mending(load_landscape(str(PROFILES / "fictional-region.yaml")), "agreements_first")
    told = ToldExperience(found.landscape, found.before, found)
    made = tmp_path_factory.mktemp("experience") / "experience.html"
    made.write_text(render_experience(told, MADE_FROM, "html"), encoding="utf-8")
    return made


def asked(page: Path, folder: str) -> str:
    """The title that a page gives itself by its script."""
    run = subprocess.run(
        [
            str(CHROMIUM),
            *QUIET,
            f"--user-data-dir={page.parent / folder}",
            "--allow-file-access-from-files",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return html.unescape(re.findall(r"<title>([^<]*)</title>", run.stdout)[0])


def test_the_page_shows_without_a_fault_and_without_a_request(page: Path) -> None:
    picture = page.with_suffix(".png")
    assert look(page, f"--screenshot={picture}", "--window-size=1280,1400") == Look([], [])
    assert picture.stat().st_size > 50_000


def test_a_narrow_window_needs_no_scrolling_sideways(page: Path) -> None:
    narrow = page.with_name("narrow.html")
    frame = f"<iframe src='{page.name}' width='400' height='900'></iframe>"
    ask = "document.title = frames[0].document.documentElement.scrollWidth"
    narrow.write_text(f"<title></title>{frame}<script>onload = () => {{ {ask} }}</script>", "utf-8")
    assert int(asked(narrow, "narrow")) <= 400


def test_every_text_of_the_pictures_stays_in_its_box(page: Path) -> None:
    pictures = re.findall(r"<svg.*?</svg>", page.read_text("utf-8"), re.DOTALL)
    assert len(pictures) == 6 + 1 + 2 * 3
    measured = page.with_name("measured.html")
    body = "\n".join(pictures)
    measured.write_text(f"<head><title></title><script>{MEASURE}</script></head>{body}", "utf-8")
    number, outside = json.loads(asked(measured, "measured"))
    assert number > 200
    assert outside == []
