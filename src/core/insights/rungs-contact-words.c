/* rungs-contact-words.c: how soon somebody was in touch, as people read it. */

#include "insights/rungs-contact-words.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"

/* Of two units, the second only where it is not 0. */
static char *
join_units (gint64      whole,
            const char *whole_unit,
            gint64      rest,
            const char *rest_unit)
{
  return rest > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT " %s", whole,
                                     whole_unit, rest, rest_unit)
                  : g_strdup_printf ("%" G_GINT64_FORMAT " %s", whole, whole_unit);
}

char *
rungs_contact_dup_span (gint64 milliseconds)
{
  gint64 minutes = milliseconds / RUNGS_MINUTE;
  gint64 hours = minutes / 60;

  if (milliseconds < 0)
    return g_strdup ("–");
  if (minutes == 0)
    return g_strdup (_ ("less than a minute"));
  /* Translators: short for minutes, hours and days. */
  if (hours == 0)
    return join_units (minutes, _ ("min"), 0, "");
  if (hours < 48)
    return join_units (hours, _ ("h"), hours < 10 ? minutes % 60 : 0, _ ("min"));
  return join_units (hours / 24, _ ("d"), hours < 240 ? hours % 24 : 0, _ ("h"));
}

char *
rungs_contact_dup_words (const RungsFirstContact *contact,
                         gint64                   now)
{
  gboolean over = contact->contacted_at != 0;
  g_autofree char *span = rungs_contact_dup_span (
    MAX ((over ? contact->contacted_at : now) - contact->captured_at, 0));

  /* Translators: %s is a span of time: "2 h 5 min". */
  return g_strdup_printf (over ? _ ("First contact after %s")
                               : _ ("Captured %s ago, nobody has been in touch yet"),
                          span);
}

char *
rungs_contact_dup_share (gint64 part,
                         gint64 whole)
{
  if (whole == 0)
    return g_strdup ("–");
  if (whole < RUNGS_FIRST_CONTACT_FEW)
  /* Translators: so many leads of so many: "5 of 7". */
    return g_strdup_printf (_ ("%d of %d"), (int) part, (int) whole);
  /* Translators: per cent. */
  return g_strdup_printf (_ ("%d %%"), (int) ((part * 100 + whole / 2) / whole));
}
