/* rungsctl.c: the command line of Rungs. */

#include <glib/gi18n.h>
#include <locale.h>
#include <signal.h>
#include <unistd.h>

#include "rungs-command-line.h"

int
main (int   argc,
      char *argv[])
{
  /* Set where the program runs uninstalled. */
  const char *locale_dir = g_getenv ("RUNGS_LOCALE_DIR");
  g_autoptr (RungsOutput) output = rungs_output_new (STDOUT_FILENO);

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : RUNGS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* A reader that goes away must not end a program that is sending. */
  signal (SIGPIPE, SIG_IGN);
  g_set_prgname ("rungsctl");
  return rungs_command_line_run ((const char *const *) argv + 1, output);
}
