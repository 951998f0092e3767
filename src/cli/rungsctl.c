/* rungsctl.c: the command line of Rungs. */

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "rungs-command-line.h"

int
main (int argc, char *argv[])
{
  g_autoptr (RungsOutput) output = rungs_output_new (STDOUT_FILENO);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, RUNGS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A reader that goes away must not end a program that is sending. */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("rungsctl");
  return rungs_command_line_run ((const char *const *) argv + 1, output);
}
