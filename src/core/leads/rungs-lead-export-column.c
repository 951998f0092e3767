/* rungs-lead-export-column.c: the columns that a table of leads can have. */

#include "leads/rungs-lead-export-column.h"

#include <string.h>

#include "base/rungs-time.h"

#define FIELD "field."

static const char *const NAMES[]
    = { "id",       "email",   "first_name",   "last_name", "company",  "phone",
        "street",   "postcode", "city",        "region",    "country",  "language",
        "zone",     "notes",   "tags",         "created",   "status",   "agreed",
        "rungs_source", "name", "score",       "source",    NULL };

static const char *const HEADINGS[]
    = { "Rungs number", "E-mail",   "First name", "Last name",   "Company", "Telephone",
        "Street",       "Postcode", "City",       "Region",      "Country", "Language",
        "Time zone",    "Notes",    "Tags",       "Known since", "Status",  "Agreed on",
        "Rungs source", "Name",     "Score",      "Source" };

G_STATIC_ASSERT (G_N_ELEMENTS (NAMES) == G_N_ELEMENTS (HEADINGS) + 1);

const char *const *
rungs_lead_export_column_names (void)
{
  return NAMES;
}

const char *
rungs_lead_export_column_heading (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; NAMES[i] != NULL; i++)
    if (g_str_equal (NAMES[i], name))
      return HEADINGS[i];
  return NULL;
}

const char *
rungs_lead_export_column_key (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  return g_str_has_prefix (name, FIELD) ? name + strlen (FIELD) : NULL;
}

const char *
rungs_lead_export_status_of (const RungsLeadExportRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  switch (row->suppressed)
    {
    case RUNGS_SUPPRESSED_BOUNCED:
      return "bounced";
    case RUNGS_SUPPRESSED_COMPLAINED:
      return "complained";
    case RUNGS_SUPPRESSED_UNSUBSCRIBED:
    case RUNGS_SUPPRESSED_ERASED:
    case RUNGS_SUPPRESSED_BY_HAND:
      return "unsubscribed";
    case RUNGS_SUPPRESSED_NOT:
    default:
      break;
    }
  if (row->consent == RUNGS_CONSENT_WITHDRAWN)
    return "unsubscribed";
  return row->consent == RUNGS_CONSENT_GIVEN ? "subscribed" : "";
}

static char *
dup_instant (gint64 at)
{
  return at != 0 ? rungs_time_format (at) : g_strdup ("");
}

char *
rungs_lead_export_agreed_on (const RungsLeadExportRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  return dup_instant (row->consent == RUNGS_CONSENT_GIVEN ? row->consent_at : 0);
}

/* The value of a field as an import reads it; "" where the lead has none. */
static const char *
value_of (const RungsLeadExportRow *row,
          const char               *key)
{
  for (guint i = 0; i < row->values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (row->values, i);

      if (g_str_equal (value->key, key))
        return value->text;
    }
  return "";
}

/* The name of a source that is told as "KIND:NAME". */
static const char *
name_of_source (const char *source)
{
  const char *colon = source != NULL ? strchr (source, ':') : NULL;

  return colon != NULL ? colon + 1 : "";
}

char *
rungs_lead_export_column_dup (const RungsLeadExportRow *row,
                              const char               *name)
{
  const char *key;

  g_return_val_if_fail (row != NULL, NULL);

  key = rungs_lead_export_column_key (name);
  if (key != NULL)
    return g_strdup (value_of (row, key));
  if (g_strv_contains (rungs_lead_columns (), name))
    {
      const char *text = rungs_lead_get (row->lead, name);

      return g_strdup (text != NULL ? text : "");
    }
  if (g_str_equal (name, "id"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, row->lead->id);
  if (g_str_equal (name, "score"))
    return g_strdup_printf ("%" G_GINT64_FORMAT, row->lead->score);
  if (g_str_equal (name, "name"))
    return rungs_lead_dup_name (row->lead);
  if (g_str_equal (name, "tags"))
    return g_strdup (row->tags);
  if (g_str_equal (name, "created"))
    return dup_instant (row->lead->created_at);
  if (g_str_equal (name, "status"))
    return g_strdup (rungs_lead_export_status_of (row));
  if (g_str_equal (name, "agreed"))
    return rungs_lead_export_agreed_on (row);
  if (g_str_equal (name, "source"))
    return g_strdup (name_of_source (row->source));
  return g_strdup (row->source != NULL ? row->source : "");
}
