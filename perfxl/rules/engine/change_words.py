"""Words of change beside a number: 下降5%, 比上年减少3人, 提高到95%, 低于上年5%, ±5%.

Source: scoring rules, "Direction by evidence", 3. The words stand in templates/policies/words.toml.
"""

import re
from typing import NamedTuple

from perfxl.forms.values.quantity import NUMBER, RANGE, Quantity
from perfxl.forms.values.text import normalize
from perfxl.rules.engine.heads import FALLING, RISING
from perfxl.rules.policies.policy import Policy


class Turn(NamedTuple):
    """Which way a number says that something changed.

    Attributes:
        way: falling, rising, or "" where it speaks of no change.
        level: whether the number is where the change ends (降至5%) and not its size.
    """

    way: str = ""
    level: bool = False

    @property
    def is_size(self) -> bool:
        """Whether the number is the size of a change."""
        return bool(self.way) and not self.level

    @property
    def falls(self) -> bool:
        """Whether it is a decrease."""
        return self.way == FALLING

    @property
    def rises(self) -> bool:
        """Whether it is a growth."""
        return self.way == RISING


NO_TURN = Turn()
_FIGURE = re.compile(r"[0-9]")


def turn(value: Quantity, policy: Policy) -> Turn:
    """The change that the words around a number speak of."""
    if value.kind not in (NUMBER, RANGE):
        return NO_TURN
    if below_a_base(value, policy):
        return Turn(FALLING)
    before = _before_the_number(value)
    falls, rises = policy.mentions(before, "falling"), policy.mentions(before, "rising")
    if falls == rises:
        return NO_TURN
    return Turn(FALLING if falls else RISING, before.endswith(policy.words["ends_of_change"]))


def _before_the_number(value: Quantity) -> str:
    """The words before the first figure; 节约 is no 节 about (约) a number."""
    match = _FIGURE.search(normalize(value.text))
    return normalize(value.text)[: match.start()] if match else value.lead


def is_wanted_change(value: Quantity, policy: Policy) -> bool:
    """Whether a growth is named by a word that is used of good things only: 提高, 提升."""
    return policy.mentions(_before_the_number(value), "wanted_change")


def below_a_base(value: Quantity, policy: Policy) -> bool:
    """低于上年5%: a decrease against a base, which is read like a target under 5 %."""
    return value.comparator == "<" and value.lead.endswith(policy.words["bases"])


def within_both(value: Quantity) -> bool:
    """±5%: not to differ by more, whichever way."""
    symmetric = value.kind == RANGE and value.low == -value.high
    return symmetric or value.lead.endswith("±")


def deviations(target: Quantity, actual: Quantity) -> tuple[Quantity, Quantity]:
    """±5% and -3% as the most that it may differ by, 5 %, and what it differs by, 3 %."""
    most, found = max(abs(target.low), abs(target.high)), abs(actual.low)
    limit = target._replace(kind=NUMBER, low=most, high=most, lead=target.lead.removesuffix("±"))
    return limit, actual._replace(low=found, high=found, lead=actual.lead.removesuffix("±"))


def sizes_of_change(
    target: Quantity, actual: Quantity, of_name: str, policy: Policy
) -> tuple[Quantity, Quantity] | None:
    """Target and actual as sizes of one change, a change the other way as a negative one.

    Args:
        target: as written.
        actual: likewise.
        of_name: the change that the name's head speaks of (增长率), "" where of none.
        policy: the words.

    Returns:
        Both in the target's sense; None where one of them is a level and the other a change.
    """
    aim, done = turn(target, policy), turn(actual, policy)
    if aim.level or done.level:
        return None if aim.is_size or done.is_size else (target, actual)
    sense = aim.way or of_name
    if not sense:
        return target, actual
    if done.way and done.way != sense:
        return target, _negate(actual)
    if aim.falls and not done.way and actual.low < 0:
        # 下降5% beside -6%: the sign says what the word says.
        return target, _negate(actual)
    return target, actual


def _negate(value: Quantity) -> Quantity:
    return value._replace(low=-value.high, high=-value.low)
