"""What turns the tables of a version into those of the next one, within one transaction.

A step describes its tables itself and never asks `perfxl.ledger.schema`: that knows the newest version
only. What a step does is never changed once a release has it.
"""

from collections.abc import Callable

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    DateTime,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    text,
)

Step = Callable[[Connection], None]
_id = BigInteger().with_variant(Integer, "sqlite")


def _add_decisions(connection: Connection) -> None:
    """2: what people decide of findings, by which key, and how the workbooks looked that they decide it in."""
    made = MetaData()
    Table(
        "perfxl_decisions", made,
        Column("id", _id, primary_key=True, autoincrement=True),
        Column("folder", Text, nullable=False),
        Column("form", String(16), nullable=False),
        Column("finding", String(16), nullable=False),
        *(
            Column(name, Text, nullable=False)
            for name in ("choice", "reason", "person", "decided_on", "source", "place")
        ),
        Column("taken_at", DateTime(timezone=True), nullable=False),
        Index("perfxl_decisions_finding", "folder", "form", "finding", "id"),
    )  # fmt: skip
    Table(
        "perfxl_sheets", made,
        Column("id", _id, primary_key=True, autoincrement=True),
        Column("folder", Text, nullable=False),
        Column("path", Text, nullable=False),
        *(Column(name, BigInteger, nullable=False) for name in ("size", "mtime", "ctime")),
        Column("settled", Boolean, nullable=False),
        Column("content", String(64), nullable=False),
        Column("looked_at", DateTime(timezone=True), nullable=False),
        Index("perfxl_sheets_path", "folder", "path", "id"),
    )  # fmt: skip
    made.create_all(connection)
    connection.execute(text("ALTER TABLE perfxl_findings ADD COLUMN key VARCHAR(16)"))


STEPS: dict[int, Step] = {1: _add_decisions}
"""Version → what makes the next one of it."""
