"""Several forms in one file: one below the other, on several sheets, behind instructions."""

from perfxl.ooxml.address import position
from tests.damage.sheet import Case, Sheet, sample

INSTRUCTIONS = (
    "填报说明",
    "一、本表由预算部门（单位）填报，一级指标、二级指标按下达的绩效目标填写。",
    "二、得分一档最高不能超过该指标分值上限。",
    "三、偏差原因分析：请简要说明未完成目标的原因及改进措施。",
)
GUIDE = (("栏目", "填报要求"), ("项目名称", "按预算批复填写"), ("一级指标", "产出、效益、满意度"),
         ("三级指标", "按绩效目标表填写"), ("得分", "按评分规则计算"))  # fmt: skip


def alone(name: str) -> Case:
    """A sample with the sheets of its forms only, one form to a sheet."""
    case = sample(name)
    case.sheets = [case.sheet(case.forms[0])]
    return case


def rename(case: Case, name: str) -> None:
    """Give the only sheet of a case another name."""
    (sheet,) = case.sheets
    sheet.name = name
    for form in case.forms:
        form["sheet"] = name
    case.junk = {(name, pos) for _, pos in case.junk}
    case.marks = {mark: {(name, pos) for _, pos in keys} for mark, keys in case.marks.items()}
    case.same = {(name, pos): others for (_, pos), others in case.same.items()}


def untitle(case: Case) -> None:
    """Take the title away, and what is read from it; the kind then is open."""
    for form in case.forms:
        sheet = case.sheet(form)
        title = form["title_cell"]
        sheet.put(position(title), None)
        for name in ("title", "year", "unit", "project"):
            if form[f"{name}_cell"] == title:
                form[name] = form[f"{name}_cell"] = None
        del form["kind"]


def below(first: Case, second: Case, gap: int) -> Case:
    """The second form under the first, on one sheet."""
    (upper,), (lower,) = first.sheets, second.sheets
    rename(second, upper.name)
    second.insert_rows(lower, 1, upper.bottom + gap)
    upper.cells |= lower.cells
    upper.spans |= lower.spans
    first.forms += second.forms
    first.junk |= second.junk
    for mark, keys in second.marks.items():
        first.marks.setdefault(mark, set()).update(keys)
    first.same |= second.same
    return first


def beside_sheets(cases: list[Case]) -> Case:
    """Each form on a sheet of its own."""
    whole = Case([], [])
    for number, case in enumerate(cases, start=1):
        rename(case, f"表{number}")
        whole.sheets += case.sheets
        whole.forms += case.forms
        whole.junk |= case.junk
        whole.same |= case.same
    return whole


def behind_instructions(case: Case, *, guide: bool) -> Case:
    """A sheet of instructions before the form; with ``guide``, one that names the columns in a table."""
    page = Sheet("填报说明")
    for row, text in enumerate(INSTRUCTIONS, start=1):
        page.put((row, 1), text)
    if guide:
        for row, line in enumerate(GUIDE, start=len(INSTRUCTIONS) + 2):
            for col, text in enumerate(line, start=1):
                page.put((row, col), text)
    case.sheets.insert(0, page)
    return case
