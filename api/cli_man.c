/* SPDX-License-Identifier: Apache-2.0 */
/* cli_man.c - the manual page, made from the table of commands, so that the two
 * cannot drift apart: `diming help --man`, for man(7). */
#include <string.h>

#include "api/cli.h"

/* Text of the page: a dot or a quote that begins a line is no request, and a
 * hyphen can be copied. A blank line begins a paragraph. */
static void write_text(const char *text)
{
    bool begins = true;
    for (; *text; text++) {
        if (begins && text[0] == '\n') {
            (void)fputs(".PP", stdout);
        } else if (begins && (text[0] == '.' || text[0] == '\'')) {
            (void)fputs("\\&", stdout);
        }
        if (*text == '\\')
            (void)fputs("\\e", stdout);
        else if (*text == '-')
            (void)fputs("\\-", stdout);
        else
            (void)putchar(*text);
        begins = *text == '\n';
    }
    (void)putchar('\n');
}

static void write_option(const struct api_cli_option *option)
{
    (void)printf(".TP\n.B ");
    for (const char *at = option->name; *at; at++) {
        if (*at == '-')
            (void)putchar('\\');
        (void)putchar(*at);
    }
    if (option->value)
        (void)printf(" \\fI%s\\fR", option->value);
    (void)putchar('\n');
    write_text(option->help);
}

static void write_command(const struct api_command *command)
{
    (void)printf(".SS %s %s\n", command->name, command->usage);
    write_text(command->help);
    for (int i = 0; command->options[i].name; i++)
        write_option(&command->options[i]);
}

static const char HEAD[] =
    ".SH NAME\n"
    "diming \\- standard place names and addresses, and their service\n"
    ".SH SYNOPSIS\n"
    ".B diming\n.I command\n[\\fIoptions\\fR] [\\fIarguments\\fR]\n"
    ".SH DESCRIPTION\n"
    ".B diming\n"
    "keeps a gazetteer of place names and addresses in one database, makes a\n"
    "snapshot of it, and answers from the snapshot: on the command line, and\n"
    "over HTTP with a map. Positions are CGCS2000 (EPSG:4490), longitude "
    "first.\n"
    ".PP\n"
    "From nothing to an answer:\n"
    ".PP\n.RS 4\n.nf\n"
    "diming init\ndiming load\ndiming build\n"
    "diming geocode 平湖市乍浦镇\ndiming serve\n"
    ".fi\n.RE\n"
    ".SH COMMANDS\n";

static const char TAIL[] =
    ".SH EXIT STATUS\n"
    ".TP\n.B 0\ndone\n"
    ".TP\n.B 1\nno answer, or stopped by a signal\n"
    ".TP\n.B 2\nwrong usage\n"
    ".TP\n.B 3\nbad input\n"
    ".TP\n.B 4\na file, the network or the database failed\n"
    ".SH FILES\n"
    ".TP\n.I /var/lib/diming/diming.db\nthe database of the service\n"
    ".TP\n.I /var/lib/diming/diming.snap\nits snapshot\n"
    ".TP\n.I /var/lib/diming/diming.jobs\ntables that are answered later\n"
    ".TP\n.I /usr/share/diming/data\nthe shipped data, for\n.B diming load\n"
    ".TP\n.I /usr/share/doc/diming\nthe manual\n"
    ".SH SEE ALSO\n"
    ".BR systemctl (1),\n.BR ogrinfo (1)\n";

void api_cli_write_man(void)
{
    (void)printf(".TH DIMING 1 \"\" \"Diming %s\" \"User Commands\"\n%s",
                 DIMING_VERSION, HEAD);
    for (const struct api_command *c = API_COMMANDS; c->name; c++)
        write_command(c);
    (void)fputs(TAIL, stdout);
}
