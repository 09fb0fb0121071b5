"""A drawing in a browser: what it really takes up, in the browser's own type."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from sharedcare.flows import Judge
from sharedcare.reports.drawing import svg_of
from sharedcare.reports.drawing.need import picture_of_need
from sharedcare.reports.drawing.organisation import picture_of_organisation
from sharedcare.reports.words.names import Names
from tests.reports.making import assessed
from tests.reports.test_browser import CHROMIUM, QUIET

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at a page")

#: Every text that is wider than the box or the ground that it stands on, or than the drawing.
MEASURE = """
onload = () => {
  const out = [];
  for (const svg of document.querySelectorAll("svg")) {
    const whole = svg.getBoundingClientRect();
    for (const group of svg.querySelectorAll("g")) {
      const ground = group.querySelector(":scope > .box, :scope > .under");
      for (const text of group.querySelectorAll(":scope > text")) {
        const area = (ground || svg).getBoundingClientRect(), it = text.getBoundingClientRect();
        const fits = it.left >= area.left - 1 && it.right <= area.right + 1
          && it.top >= area.top - 3 && it.bottom <= area.bottom + 3 && it.right <= whole.right;
        out.push([fits, text.textContent]);
      }
    }
  }
  document.title = JSON.stringify([out.length, out.filter(one => !one[0]).map(one => one[1])]);
}
"""


def pictures() -> str:
    """Every need and organisation of the fictional region, one under the other."""
    declared = assessed("fictional-region").landscape
    judge, names = Judge(declared), Names(declared, False)
    needs = judge.judge().needs
    drawn = [picture_of_need(judge, found, names) for found in needs]
    drawn += [picture_of_organisation(declared, key, names) for key in declared.organisations]
    return "\n".join(svg_of(picture.drawing) for picture in drawn)


def test_every_word_stays_within_its_box_in_the_type_of_a_browser(tmp_path: Path) -> None:
    page = tmp_path / "drawings.html"
    page.write_text(
        f"<!doctype html><meta charset=utf-8><title></title>{pictures()}<script>{MEASURE}</script>",
        encoding="utf-8",
    )
    run = subprocess.run(
        [
            str(CHROMIUM),
            *QUIET,
            f"--user-data-dir={tmp_path / 'browser'}",
            "--dump-dom",
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    told = re.findall(r"<title>(\[\d.*?)</title>", run.stdout)[0]
    measured, too_wide = json.loads(told)
    assert measured > 1000
    assert too_wide == []
