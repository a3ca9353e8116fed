"""Where a form explains itself: in a row, beside the funds, in its blocks of reasons, below its tables."""

from collections.abc import Iterator

from perfxl.forms.model import Field, Form, Fund
from perfxl.forms.values.text import fold, label
from perfxl.rules.checks.prose import (
    explains_beside,
    explains_execution,
    names,
    names_row,
    says_something,
    tells_of_overspending,
)
from perfxl.rules.engine.facts import Facts, Row, is_execution

UNREAD_LENGTH = 6
"""A cell that no field took is prose from this many characters on."""


def reason_blocks(facts: Facts) -> list[Field]:
    """The form's blocks of reasons: 偏差原因, 说明 and the like; improvements where no such block is."""
    form, words = facts.form, facts.policy.words["explaining_labels"]
    blocks = [form.deviation_reason] if form.deviation_reason.row else [form.improvement]
    blocks += [
        value for name, value in form.others if any(word in fold(name.text) for word in words)
    ]
    return [block for block in [*blocks, *_remarks(facts)] if block.text]


def _remarks(facts: Facts) -> list[Field]:
    """说明：… below the table, or 情况说明 and its cell, filled by the department: no printed instruction."""
    policy = facts.policy
    starts = policy.words["remark_starts"]
    beside = [
        value for name, value in facts.form.others if f"{label(name.text)}:".startswith(starts)
    ]
    notes = [note for note in facts.form.notes if fold(note.text).startswith(starts)]
    return [
        one
        for one in [*notes, *beside]
        if label(one.text) not in policy.words["skeleton"]
        and one.text
        and not any(word in fold(one.text) for word in policy.words["instructions"])
    ]


def place_of_reasons(facts: Facts) -> Field:
    """Where the form asks for reasons of all its rows: its block, else its remarks below the table."""
    block = facts.form.deviation_reason
    return block if block.row else next(iter(_remarks(facts)), block)


def _below(form: Form) -> Iterator[str]:
    """Prose that has no label of its own: lines below the table, cells that no field took."""
    yield from (note.text for note in form.notes)
    yield from (cell.text for cell in form.unread if len(cell.text) >= UNREAD_LENGTH)


def _of_row(row: Row) -> Iterator[str]:
    yield row.indicator.reason.text
    yield row.indicator.comment.text


def has_explanation(row: Row, facts: Facts) -> bool:
    """Whether a row's own reason, the form's blocks, or a text that names the row gives a reason."""
    policy, form = facts.policy, facts.form
    if any(says_something(text, policy) for text in _of_row(row)):
        return True
    if row.indicator.reason.uncomputed or row.indicator.comment.uncomputed:
        # A picture may well give the reason; a person has to look at it.
        return True
    if any(
        says_something(block.text, policy) and names(block.text, form, row.indicator, policy)
        for block in reason_blocks(facts)
    ):
        return True
    if any(names_row(text, row.indicator, policy) for text in _elsewhere(facts)):
        return True
    # What is said of the funds is said of the indicator of their execution.
    fund = facts.budget or facts.main_fund
    about = fund is not None and is_execution(row.indicator, policy)
    return about and fund is not None and bool(execution_reasons(fund, facts, over=False))


def _elsewhere(facts: Facts) -> Iterator[str]:
    form = facts.form
    yield from (form.improvement.text, form.overall_result.text)
    yield from _below(form)


def execution_reasons(fund: Fund, facts: Facts, *, over: bool) -> list[str]:
    """Every text that explains how much of the budget was spent: beside the funds, in a block, in a row.

    Args:
        fund: the row of funds.
        facts: of its form.
        over: whether more than the budget was spent, and not less.
    """
    policy, form = facts.policy, facts.form
    beside = [fund.reason.text, *(other.reason.text for other in form.funds)]
    blocks = [block.text for block in reason_blocks(facts)]
    elsewhere = list(_elsewhere(facts))
    for row in facts.rows:
        if is_execution(row.indicator, policy):
            beside += _of_row(row)
        else:
            elsewhere += _of_row(row)
    found = [text for text in beside if explains_beside(text, policy, over=over)]
    found += [text for text in blocks if explains_execution(text, form, policy, over=over)]
    return found + [text for text in elsewhere if tells_of_overspending(text, policy)]
