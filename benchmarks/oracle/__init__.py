"""An oracle of its own: consistent forms, single errors, and what perfxl says of them.

It shares no code with `perfxl/rules`: what is right follows here from how a form was made, not from
reading it. `soundness.py` beside this folder is the command.

    items.py     indicators: target and actual as departments write them, and the ratio that follows
    spellings.py further spellings, rare ones
    model.py     a form as plain data: money, sections, rows, total
    generate.py  points, money and reasons as a careful department writes them
    families.py  consistent forms of every family
    layouts.py   where each family puts what; parts.py what they share; canvas.py draws, with openpyxl
    slips.py     an indicator written or scored wrongly, one case each
    errors.py    single errors of rows: reasons, scores, missing cells
    wholes.py    single errors of a whole form: sums, money, weights, grades
    measure.py   perfxl's answer, counted
    directions.py tables of targets (tests/rules/directions.csv, unseen.csv, values.csv), asked through forms
    report.py    the counts as a page
"""
