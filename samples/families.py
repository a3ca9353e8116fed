"""Build two forms of each layout family, as different as real life, with expected readings.

    python samples/families.py

README.md here tells what each one is for and what is wrong in it.
"""

import families_department as department
import families_hubei_project as hubei
import families_project as project
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
}


def main() -> None:
    for file, build in FORMS.items():
        build(file)


if __name__ == "__main__":
    main()
