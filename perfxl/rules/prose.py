"""What a form's prose says of a goal or an indicator: is there a reason, and does it name it?"""

import re

from perfxl.forms.grammar import cardinal
from perfxl.forms.model import Form, Indicator
from perfxl.forms.text import fold
from perfxl.rules.policy import Policy

_GOAL = re.compile(r"目标([0-9]+|[一二三四五六七八九十]+)")
_TAIL = re.compile(r"(?:项目|经费|费用|费|资金|工作|专项)+$")
SHORTEST_NAME = 2


def says_something(text: str, policy: Policy) -> bool:
    """Whether a reason is given at all: not empty, not 无, not a dash."""
    return fold(text).rstrip("。.;") not in policy.words["no_reason"] and bool(fold(text))


def names(text: str, form: Form, indicator: Indicator) -> bool:
    """Whether a form's reasons name a row: its indicator, its goal, or its goal's project."""
    folded = fold(text)
    goal = next((goal for goal in form.goals if goal.goal == indicator.goal), None)
    # A form of one goal, or of sections, speaks of one project: its reasons concern all rows.
    if goal is None or goal.section or len(form.goals) == 1:
        return True
    called = [indicator.name, str(goal.name.value or "")]
    shorter = [_TAIL.sub("", fold(name)) for name in called]
    if any(cardinal(number) == goal.goal for number in _GOAL.findall(folded)):
        return True
    known = [fold(name) for name in called]
    return any(len(name) >= SHORTEST_NAME and name in folded for name in [*known, *shorter])
