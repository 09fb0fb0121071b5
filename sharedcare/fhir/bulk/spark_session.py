"""A session of Spark for a command, where no platform has one ready."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

#: The Java that Spark 4 asks for.
OLDEST_JAVA = 17

_NO_SPARK = (
    "Spark is not installed beside sharedcare: python -m pip install 'sharedcare[spark]' gets it"
)
_NO_JAVA = (
    f"Spark needs Java {OLDEST_JAVA} or newer: install it, on Debian and Ubuntu with 'apt-get"
    f" install openjdk-{OLDEST_JAVA}-jre-headless', or set JAVA_HOME to where it is"
)
_HERE = "127.0.0.1"


@contextmanager
def session_on(master: str) -> "Iterator[SparkSession]":
    """Open a session on a master (``spark://host:7077``, ``yarn``, ``local[2]``), and stop it.

    Raises UsedWrongly where Spark or Java is missing, or there is no such master.
    """
    missing = missing_for_spark()
    if missing:
        raise UsedWrongly(missing)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    # Workers on this machine take this Python, which has sharedcare.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.master(master).appName("sharedcare")
    for key, value in _settings(master).items():
        builder = builder.config(key, value)
    try:
        session = builder.getOrCreate()
    except (Py4JError, PySparkException) as failure:
        said = f"no session of Spark could be opened on {master}; its own log says why"
        raise UsedWrongly(said) from failure
    try:
        yield session
    finally:
        session.stop()


def missing_for_spark() -> str:
    """Return what to install before Spark can work here; empty where everything is there."""
    if any(find_spec(name) is None for name in ("pyspark", "pyarrow", "pandas")):
        return _NO_SPARK
    return "" if _java() is not None else _NO_JAVA


def _java() -> str | None:
    """Find Java as Spark does: in JAVA_HOME where that is set, else on the path."""
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=str(Path(home) / "bin") if home else None)


def _settings(master: str) -> dict[str, str]:
    """No page of its own on a port, no bar over the progress; on this machine no other address."""
    settings = {"spark.ui.enabled": "false", "spark.ui.showConsoleProgress": "false"}
    if master.startswith("local"):
        settings |= {"spark.driver.host": _HERE, "spark.driver.bindAddress": _HERE}
    return settings
