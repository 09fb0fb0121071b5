"""Who works on payloads, and where what is done is kept: options of verbs for any volume."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from sharedcare.errors import UsedWrongly

if TYPE_CHECKING:
    from sharedcare.fhir.bulk.done import Driver

workers_option = click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="Processes that work side by side; the result is the same.",
)

spark_option = click.option(
    "--spark",
    metavar="MASTER",
    help="Work on a Spark cluster (spark://host:7077, yarn, local[2]); the result is the same.",
)

output_dir_option = click.option(
    "--output-dir",
    type=click.Path(),
    help="Folder that keeps what is done, so that a run that was ended goes on.",
)


@contextmanager
def driver_of(workers: int, spark: str | None) -> "Iterator[Driver]":
    """Give the driver that the options ask for; raises UsedWrongly where it cannot be had."""
    if spark is None:
        from sharedcare.fhir.bulk.collecting import collected_seldom
        from sharedcare.fhir.bulk.drivers import driver_for

        with collected_seldom():
            yield driver_for(workers)
        return
    if workers > 1:
        raise UsedWrongly("--workers and --spark: choose one; Spark has workers of its own")
    from sharedcare.fhir.bulk.spark import OnSpark
    from sharedcare.fhir.bulk.spark_session import session_on

    with session_on(spark) as session:
        yield OnSpark(session)
