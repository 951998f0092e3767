/* rungs-field-words.c: fields of the business's own in the words of the user's language. */

#include "rungs-field-words.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#include "widgets/rungs-display.h"

static const char *const KINDS[RUNGS_FIELD_KINDS] = {
  [RUNGS_FIELD_TEXT] = N_ ("Text"),
  [RUNGS_FIELD_LONG] = N_ ("Long text"),
  [RUNGS_FIELD_NUMBER] = N_ ("Number"),
  [RUNGS_FIELD_MONEY] = N_ ("Money"),
  [RUNGS_FIELD_DATE] = N_ ("Date"),
  [RUNGS_FIELD_YESNO] = N_ ("Yes or no"),
  [RUNGS_FIELD_ONE] = N_ ("One of a list"),
  [RUNGS_FIELD_SEVERAL] = N_ ("Several of a list"),
  [RUNGS_FIELD_PHONE] = N_ ("Telephone number"),
  [RUNGS_FIELD_LINK] = N_ ("Link"),
};

const char *
rungs_field_kind_words (RungsFieldKind kind)
{
  g_return_val_if_fail (kind < RUNGS_FIELD_KINDS, "");

  return _ (KINDS[kind]);
}

static char *
day_words (const char *value)
{
  int year, month, day;
  g_autoptr (GDateTime) date = NULL;

  if (sscanf (value, "%4d-%2d-%2d", &year, &month, &day) == 3)
    date = g_date_time_new_local (year, month, day, 12, 0, 0);
  return date != NULL ? rungs_display_day (g_date_time_to_unix (date) * 1000) : g_strdup (value);
}

char *
rungs_field_value_words (const RungsFieldValue *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  switch (value->kind)
    {
    case RUNGS_FIELD_MONEY:
      return rungs_display_money (
        rungs_money (g_ascii_strtoll (value->value, NULL, 10), value->currency));
    case RUNGS_FIELD_DATE:
      return day_words (value->value);
    case RUNGS_FIELD_YESNO:
      return g_strdup (strcmp (value->value, "yes") == 0 ? _ ("Yes") : _ ("No"));
    case RUNGS_FIELD_TEXT:
    case RUNGS_FIELD_LONG:
    case RUNGS_FIELD_NUMBER:
    case RUNGS_FIELD_ONE:
    case RUNGS_FIELD_SEVERAL:
    case RUNGS_FIELD_PHONE:
    case RUNGS_FIELD_LINK:
    default:
      return g_strdup (value->text);
    }
}

/* What another program wrote into the file is looked at again. */
char *
rungs_field_value_dup_link (const RungsFieldValue *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  if (value->kind == RUNGS_FIELD_LINK)
    return rungs_field_normalize (RUNGS_FIELD_LINK, value->value, NULL);
  if (value->kind == RUNGS_FIELD_PHONE)
    return g_strdup_printf ("tel:%.*s", (int) strspn (value->value, "+0123456789"), value->value);
  return NULL;
}
