/* rungs-init-command.c: begins the file of a business. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "engine/rungs-business.h"
#include "engine/rungs-demo.h"
#include "rungs-column.h"
#include "rungs-commands.h"

/* What a new file would refuse, before it is there. */
static gboolean
check_options (RungsInvocation  *call,
               GError          **error)
{
  const char *zone = rungs_invocation_get_text (call, "zone", "UTC");

  if (!rungs_currency_is_valid (rungs_invocation_get_text (call, "currency", "EUR")))
    return rungs_invocation_refuse (call, "currency", _ ("three capital letters such as EUR"),
                                    error);
  return rungs_time_zone_is_known (zone)
         || rungs_invocation_refuse (call, "zone", _ ("a time zone such as Europe/Berlin"), error);
}

/* The zone that this computer is set to, where that has a name. */
static char *
dup_local_zone (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  const char *name = g_time_zone_get_identifier (zone);

  return g_strdup (rungs_time_zone_is_known (name) ? name : "UTC");
}

static RungsDb *
create (RungsInvocation  *call,
        const char       *path,
        GError          **error)
{
  RungsClock *clock = rungs_invocation_get_clock (call);
  g_autofree char *zone = dup_local_zone ();

  if (rungs_invocation_has (call, "demo"))
    return rungs_demo_create (path, clock, error);
  return rungs_business_create (path, rungs_invocation_get_text (call, "name", ""),
                                rungs_invocation_get_text (call, "currency", "EUR"),
                                rungs_invocation_get_text (call, "zone", zone), clock, error);
}

static gboolean
init (RungsInvocation  *call,
      RungsDb          *none,
      GError          **error)
{
  const char *path = rungs_invocation_get_file (call);
  g_autoptr (RungsDb) db = NULL;
  JsonObject *row;

  if (!check_options (call, error))
    return FALSE;
  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("There is a business in %s already."), path);
      return FALSE;
    }
  db = create (call, path, error);
  if (db == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_text (row, "file", path);
  rungs_column_say (call, row, _ ("The business is in %s."), path);
  return TRUE;
}

static const GOptionEntry OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Name of the business")),
  RUNGS_OPTION ("currency", N_ ("CODE"), N_ ("Its currency; EUR where nothing is said")),
  RUNGS_OPTION ("zone",
                N_ ("ZONE"),
                N_ ("Its time zone, such as Europe/Berlin; else that of this computer")),
  RUNGS_FLAG ("demo", N_ ("The demo business: a pottery studio, 2,000 leads, a year of history")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_INIT_COMMANDS[] = {
  { "init", "", N_ ("Begin the file of a business"), RUNGS_COMMAND_ALONE, init, OPTIONS, NULL },
  { NULL },
};
