/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the program `diming`; the commands are in cli_table.c. */
#include <signal.h>

#include "api/cli.h"

int main(int argc, char **argv)
{
    /* A file at its limit (ulimit -f, LimitFSIZE=) is a write that fails and is
     * told, as on a full disk, and not the end of the program. */
    (void)signal(SIGXFSZ, SIG_IGN);
    return api_cli_main(argc, argv);
}
