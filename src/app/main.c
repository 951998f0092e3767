/* main.c: starts the window program. */

#include <locale.h>

#include <glib/gi18n.h>

#include "rungs-application.h"
#include "rungs-ui-resources.h"

int
main (int    argc,
      char **argv)
{
  /* Set where the program runs uninstalled. */
  const char *locale_dir = g_getenv ("RUNGS_LOCALE_DIR");
  g_autoptr (RungsApplication) app = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : RUNGS_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  /* Naming the resource keeps the linker from dropping it out of the static library. */
  g_resources_register (rungs_ui_get_resource ());
  app = rungs_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
