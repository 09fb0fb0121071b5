"""Assess a real region, Mid and South Essex, and write its report as one HTML file."""

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
PROFILE = PROJECT / "profiles" / "mid-and-south-essex.yaml"
REPORT = PROJECT / "build" / "report.html"


def main() -> int:
    """Run the assessment as a planner would; return its exit code."""
    REPORT.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "sharedcare", "assess", str(PROFILE), "--report", str(REPORT)]
    code = subprocess.run(command, check=False).returncode
    if code == 0:
        print(f"\nThe report is in {REPORT.relative_to(PROJECT)}: open it in a browser.")
    return code


if __name__ == "__main__":
    sys.exit(main())
