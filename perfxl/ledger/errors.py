"""Errors of the ledger's database, told by what can be done about them."""

from sqlalchemy.exc import SQLAlchemyError

from perfxl.errors import LedgerError

# What SQLite's numbers of errors and PostgreSQL's states mean for who reads the message.
_SQLITE = {
    5: "locked", 6: "locked", 8: "unwritable", 10: "io", 11: "damaged", 13: "full", 14: "unwritable",
    26: "damaged",
}  # fmt: skip
_POSTGRESQL = {
    "53100": "full", "55P03": "locked", "28P01": "refused", "28000": "refused", "3D000": "refused",
    "42501": "refused",
}  # fmt: skip
_AWAY = ("08", "57")  # how the states begin that tell of a lost connection, of a server going down


def as_ledger_error(error: SQLAlchemyError, ledger: str) -> LedgerError:
    """An error of the database by what can be done about it."""
    origin = getattr(error, "orig", None)
    code = getattr(origin, "sqlite_errorcode", None)
    state = getattr(origin, "sqlstate", None)
    kind = "unusable"
    if code is not None:
        kind = _SQLITE.get(code & 0xFF, kind)
    elif state is not None:
        kind = _POSTGRESQL.get(state, "unreachable" if state.startswith(_AWAY) else kind)
    elif (
        getattr(error, "connection_invalidated", False)
        or type(error).__name__ == "OperationalError"
    ):
        kind = "unreachable"
    return LedgerError(f"ledger-{kind}", ledger=ledger, detail=str(origin or error)[:200])
