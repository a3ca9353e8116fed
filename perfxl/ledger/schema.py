"""The tables of the ledger. Rows are only ever added; docs/ledger.md describes every column."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

VERSION = 2
metadata = MetaData()
_id = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts only INTEGER by itself

versions = Table("perfxl_version", metadata, Column("version", Integer, primary_key=True))

rules = Table(
    "perfxl_rules",
    metadata,
    Column("digest", String(16), primary_key=True),
    Column("perfxl", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("vocabulary", String(16), nullable=False),
    Column("policies", String(16), nullable=False),
    Column("first_used", DateTime(timezone=True), nullable=False),
)

results = Table(
    "perfxl_results",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("content", String(64), nullable=False),
    Column("rules", String(16), ForeignKey(rules.c.digest), nullable=False),
    Column("name", Text, nullable=False),
    Column("code", Text),
    Column("reason", Text),
    Column("no_copy", Text),
    Column("copy_digest", String(64), nullable=False),
    Column("final", Boolean, nullable=False),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Index("perfxl_results_content", "content", "rules"),
)

forms = Table(
    "perfxl_forms",
    metadata,
    Column("result", _id, ForeignKey(results.c.id), primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("place", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("project", Text, nullable=False),
    Column("year", Integer),
    Column("kind", Text, nullable=False),
    Column("policy", Text, nullable=False),
    Column("claimed", Float(53)),
    Column("lo", Float(53)),
    Column("hi", Float(53)),
    Column("recomputed", Float(53)),
    Column("difference", Float(53)),
    Column("proven", Float(53), nullable=False),
    Column("claimed_grade", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("errors", Integer, nullable=False),
    Column("warnings", Integer, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("summary", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
)

findings = Table(
    "perfxl_findings",
    metadata,
    Column("result", _id, ForeignKey(results.c.id), primary_key=True, autoincrement=False),
    Column("form", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("rule", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("cell", Text),
    Column("field", Text, nullable=False),
    Column("claimed", Text),
    Column("lo", Float(53)),
    Column("hi", Float(53)),
    Column("clause", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("follows", Integer, nullable=False),
    Column("key", String(16)),
)

seen = Table(
    "perfxl_seen",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("folder", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("size", BigInteger),
    Column("mtime", BigInteger),
    Column("ctime", BigInteger),
    Column("settled", Boolean, nullable=False),
    Column("content", String(64), nullable=False),
    Column("result", _id, ForeignKey(results.c.id)),
    Column("copy", Text),
    Column("same_as", Text),
    Column("seen_at", DateTime(timezone=True), nullable=False),
    Index("perfxl_seen_path", "folder", "path", "id"),
    Index("perfxl_seen_content", "content"),
)

decisions = Table(
    "perfxl_decisions",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("folder", Text, nullable=False),
    Column("form", String(16), nullable=False),
    Column("finding", String(16), nullable=False),
    Column("choice", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("decided_on", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("taken_at", DateTime(timezone=True), nullable=False),
    Index("perfxl_decisions_finding", "folder", "form", "finding", "id"),
)

sheets = Table(
    "perfxl_sheets",
    metadata,
    Column("id", _id, primary_key=True, autoincrement=True),
    Column("folder", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("mtime", BigInteger, nullable=False),
    Column("ctime", BigInteger, nullable=False),
    Column("settled", Boolean, nullable=False),
    Column("content", String(64), nullable=False),
    Column("looked_at", DateTime(timezone=True), nullable=False),
    Index("perfxl_sheets_path", "folder", "path", "id"),
)
