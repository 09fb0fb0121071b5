"""The Java validator beside which ours is measured: built by Maven from ``hapi/``."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

HAPI = Path(__file__).parent / "hapi"


def program(name: str) -> str:
    """Where a program is; raises FileNotFoundError where it is not installed."""
    found = shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; leave --hapi out, or install it.")
    return found


@cache
def classpath() -> str:
    """Compile the harness and return its class path."""
    goals = ["compile", "dependency:build-classpath", "-Dmdep.outputFile=target/classpath"]
    subprocess.run([program("mvn"), "-q", "-B", *goals], cwd=HAPI, check=True)
    libraries = (HAPI / "target" / "classpath").read_text("utf-8")
    return f"{HAPI / 'target' / 'classes'}:{libraries}"
