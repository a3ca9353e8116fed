"""What a form is: a self-evaluation, or one of the forms that look like it and are no self-evaluation.

Monitoring forms (绩效运行监控表) report half a year, target forms (绩效目标申报表, 批复表) promise one. Both have the
columns of a self-evaluation, and neither claims anything that could be judged.
"""

from collections.abc import Sequence

from perfxl.forms.layout.header import Header
from perfxl.forms.model import MONITORING, SELF, TARGETS, Indicator
from perfxl.forms.values.text import fold
from perfxl.forms.words.vocabulary import Vocabulary


def nature_of(
    title: str, headers: Sequence[Header], rows: Sequence[Indicator], vocabulary: Vocabulary
) -> str:
    """self, monitoring or targets: by the title's words, else by the columns that there are.

    A title that speaks of an evaluation is believed, whatever else it says: a project may be called
    视频监控. A form with scores in its rows is no target form, whatever its title was copied from.

    Args:
        title: the form's title; the sheet's name where it has none.
        headers: of its tables of indicators.
        rows: its indicators.
        vocabulary: the words.
    """
    text = fold(title)
    if any(word in text for word in vocabulary.natures[SELF]):
        return SELF
    if any(word in text for word in vocabulary.natures[MONITORING]):
        return MONITORING
    scored = any(row.score.text for row in rows)
    if any(word in text for word in vocabulary.natures[TARGETS]):
        return SELF if scored or any(row.actual.text for row in rows) else TARGETS
    if headers and not scored and all(_looks_ahead(header, vocabulary) for header in headers):
        return MONITORING
    return TARGETS if headers and all(map(_only_promises, headers)) else SELF


def _only_promises(header: Header) -> bool:
    """Whether a table has targets and no place for what became of them, under a known label or a strange one."""
    return "target" in header.columns and not (
        header.strange or header.columns.keys() & {"actual", "score", "completion", "coefficient"}
    )


def _looks_ahead(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a table asks what the year will bring, or states what some months of it have brought."""
    labels = [*header.labels.values(), *header.strange]
    forecast = any(
        word in fold(tile.text) for tile in labels for word in vocabulary.natures["forecasts"]
    )
    actual = header.labels.get("actual")
    return forecast or (actual is not None and vocabulary.columns.match(actual.text) == "interim")
