/* SPDX-License-Identifier: Apache-2.0 */
/* main.c - the program `diming`; the commands are in cli_table.c. */
#include "api/cli.h"

int main(int argc, char **argv)
{
    return api_cli_main(argc, argv);
}
