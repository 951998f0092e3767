/* rungs-rehearsal-csv.c: a rehearsal as a table for a spreadsheet. */

#include "engine/rungs-rehearsal-csv.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "tables/rungs-table-cell.h"

static void
append_row (GString           *table,
            const char *const *cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (table, ',');
      rungs_table_append_csv (table, cells[i]);
    }
  g_string_append (table, "\r\n");
}

static void
append_mail (GString                  *table,
             const RungsRehearsalMail *mail,
             GTimeZone                *zone)
{
  g_autofree char *left = rungs_time_format_minute (mail->left_at, zone);
  g_autofree char *planned = rungs_time_format_minute (mail->planned_at, zone);
  g_autofree char *lead = g_strdup_printf ("%" G_GINT64_FORMAT, mail->lead);
  const char *const cells[] = { left,
                                planned,
                                lead,
                                mail->lead_name,
                                mail->message,
                                mail->sequence_name ? mail->sequence_name : "",
                                mail->step,
                                NULL };

  append_row (table, cells);
}

char *
rungs_rehearsal_to_csv (RungsRehearsal *self,
                        GTimeZone      *zone)
{
  const char *const heading[]
      = { _ ("Leaves"),  _ ("Planned for"), _ ("Number"), _ ("Lead"),
          _ ("Message"), _ ("Sequence"),    _ ("Step"),   NULL };
  GString *table = g_string_new (NULL);
  GArray *mails = rungs_rehearsal_get_mails (self);

  append_row (table, heading);
  for (guint i = 0; i < mails->len; i++)
    append_mail (table, &g_array_index (mails, RungsRehearsalMail, i), zone);
  return g_string_free (table, FALSE);
}
