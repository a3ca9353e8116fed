"""Build two forms of each layout family, as different as real life, with expected readings.

    python samples/families.py

README.md here tells what each one is for and what is wrong in it.
"""

import families_beijing as beijing
import families_county as county
import families_department as department
import families_hebei as hebei
import families_hubei_project as hubei
import families_hunan as hunan
import families_monitoring as monitoring
import families_ningxia as ningxia
import families_project as project
import families_scoring as scoring
import families_sichuan as sichuan
import families_special as special
import families_transfer as transfer

FORMS = {
    "department-hubei-1.xlsx": department.hubei_reviewed,
    "department-hubei-2.xlsx": department.hubei_level_points,
    "department-chongqing-1.xlsx": department.chongqing_adjusted,
    "department-chongqing-2.xlsx": department.chongqing_graded,
    "project-hubei-1.xlsx": hubei.hubei_one_goal,
    "project-hubei-2.xlsx": hubei.hubei_stacked,
    "project-ministry-1.xlsx": project.ministry_plain,
    "project-ministry-2.xlsx": project.ministry_variant,
    "project-yunnan-1.xlsx": project.yunnan_graded,
    "project-yunnan-2.xlsx": project.yunnan_residue,
    "transfer-1.xlsx": transfer.region,
    "transfer-2.xlsx": transfer.provincial,
    "project-sichuan-1.xlsx": sichuan.rounded_points,
    "project-sichuan-2.xlsx": sichuan.every_source,
    "project-hebei-1.xlsx": hebei.three_times,
    "project-hebei-2.xlsx": hebei.of_one_source,
    "project-ningxia-1.xlsx": ningxia.head_total,
    "project-ningxia-2.xlsx": ningxia.level_points,
    "project-beijing-1.xlsx": beijing.one_budget,
    "project-beijing-2.xlsx": beijing.by_word,
    "department-hunan-1.xlsx": hunan.by_income_and_expenditure,
    "department-hunan-2.xlsx": hunan.of_a_school,
    "county-hubei-1.xlsx": county.with_two_tables,
    "county-hubei-2.xlsx": county.of_one_row_each,
    "scoring-1.xlsx": scoring.points_in_brackets,
    "scoring-2.xlsx": scoring.points_in_a_column,
    "monitoring-1.xlsx": monitoring.of_a_project,
    "monitoring-2.xlsx": monitoring.of_a_department,
    "bond-1.xlsx": special.bond,
    "township-1.xlsx": special.township,
}


def main() -> None:
    for file, build in FORMS.items():
        build(file)


if __name__ == "__main__":
    main()
