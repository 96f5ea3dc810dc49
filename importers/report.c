/* SPDX-License-Identifier: Apache-2.0 */
#include "importers/report.h"

#include <stdio.h>
#include <string.h>

void imp_report_count(struct imp_report *report, const struct gaz_issue *issue)
{
    int i = 0;
    while (i < report->rule_count &&
           strcmp(report->rules[i].rule, issue->rule) != 0)
        i++;
    if (i == IMP_REPORT_RULES_MAX)
        return;
    if (i == report->rule_count) {
        report->rule_count++;
        (void)snprintf(report->rules[i].rule, sizeof(report->rules[i].rule),
                       "%s", issue->rule);
        report->rules[i].severity = (int)issue->severity;
    }
    report->rules[i].count++;
}

void imp_report_note(struct gaz_issues *issues, const struct gaz_issue *issue)
{
    if (issues->count < GAZ_ISSUES_MAX)
        issues->items[issues->count++] = *issue;
    if (issue->severity == GAZ_SEVERITY_ERROR)
        issues->errors++;
}
