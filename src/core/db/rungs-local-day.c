/* rungs-local-day.c: the SQL function local_day(): on which day an instant was, in a time zone. */

#include "db/rungs-local-day.h"

#include "base/rungs-time.h"

/* Where in the call the zone stands; SQLite keeps what was read of it for the rows to come. */
#define ZONE 1

static void
free_zone (void *zone)
{
  g_time_zone_unref (zone);
}

static GTimeZone *
ref_zone (sqlite3_context *context,
          sqlite3_value   *name)
{
  GTimeZone *zone = sqlite3_get_auxdata (context, ZONE);

  if (zone != NULL)
    return g_time_zone_ref (zone);
  zone = rungs_time_zone ((const char *) sqlite3_value_text (name));
  sqlite3_set_auxdata (context, ZONE, g_time_zone_ref (zone), free_zone);
  return zone;
}

static void
local_day (sqlite3_context  *context,
           int               n_values,
           sqlite3_value   **values)
{
  g_autoptr (GTimeZone) zone = NULL;

  if (sqlite3_value_type (values[0]) == SQLITE_NULL)
    return;
  zone = ref_zone (context, values[ZONE]);
  sqlite3_result_text (context, rungs_time_format_day (sqlite3_value_int64 (values[0]), zone), -1,
                       g_free);
}

int
rungs_local_day_register (sqlite3 *handle)
{
  return sqlite3_create_function_v2 (handle, "local_day", 2,
                                     SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                     local_day, NULL, NULL, NULL);
}
