"""The page in a browser: no fault on its console, no request, details open in print."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sharedcare.reports import render_html
from tests.reports.making import MADE_FROM, assessed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium to look at a page")

QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--enable-logging=stderr",
)


@dataclass(frozen=True)
class Look:
    """What a browser says of a page: its console, and the addresses that the page asked for."""

    console: list[str]
    requests: list[str]


def look(page: Path, *options: str) -> Look:
    folder = page.parent
    log = folder / f"{page.stem}.net.json"
    run = subprocess.run(
        [
            str(CHROMIUM),
            *QUIET,
            f"--user-data-dir={folder / 'browser'}",
            f"--log-net-log={log}",
            *options,
            page.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return Look(re.findall(r".*:CONSOLE.*", run.stderr), list(_requests(log)))


def _requests(log: Path) -> Iterator[str]:
    """Addresses asked for by a page; what the browser asks for itself has no origin."""
    found = json.loads(log.read_text(encoding="utf-8"))
    started = found["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    for event in found["events"]:
        about = event.get("params", {})
        if event["type"] == started and about.get("initiator") not in (None, "not an origin"):
            yield about["url"]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    page = tmp_path_factory.mktemp("report") / "report.html"
    page.write_text(render_html(assessed("hospital-to-care-home"), MADE_FROM), encoding="utf-8")
    return page


def test_a_page_that_does_load_something_is_noticed(tmp_path: Path) -> None:
    page = tmp_path / "loads.html"
    page.write_text(
        "<img src='http://elsewhere.invalid/x.png'><script>console.error('told')</script>"
    )
    found = look(page, f"--screenshot={tmp_path / 'loads.png'}")
    assert found.requests == ["http://elsewhere.invalid/x.png"]
    assert [line for line in found.console if "told" in line]


def test_the_report_shows_without_a_fault_and_without_a_request(report: Path) -> None:
    picture = report.with_suffix(".png")
    found = look(report, f"--screenshot={picture}", "--window-size=1280,1400")
    assert found == Look([], [])
    assert picture.stat().st_size > 50_000


def test_a_narrow_window_needs_no_scrolling_sideways(report: Path) -> None:
    narrow = report.with_name("narrow.html")
    frame = f"<iframe src='{report.name}' width='400' height='900'></iframe>"
    ask = "document.title = frames[0].document.documentElement.scrollWidth"
    narrow.write_text(f"{frame}<script>onload = () => {{ {ask} }}</script>", encoding="utf-8")
    run = subprocess.run(
        [
            str(CHROMIUM),
            *QUIET,
            f"--user-data-dir={report.parent / 'narrow'}",
            "--allow-file-access-from-files",
            "--dump-dom",
            narrow.as_uri(),
        ],
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    (width,) = re.findall(r"<title>(\d+)</title>", run.stdout)
    assert int(width) <= 400


@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="there is no pdftotext to read a print"
)
def test_the_print_has_every_detail_open_and_its_pages_counted(report: Path) -> None:
    printed = report.with_suffix(".pdf")
    found = look(report, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    assert found == Look([], [])
    run = subprocess.run(
        ["pdftotext", "-layout", str(printed), "-"], capture_output=True, text=True, check=True
    )
    text = " ".join(run.stdout.split())
    assert "needs.medicines_list, weight 5" in text
    assert "information_governance.agreement_in_force" in text
    pages = re.findall(r"(\d+) / (\d+)", text)
    assert ("1", pages[0][1]) in pages
