/* rungs-notice-words.c: what a mail says to staff of new leads. */

#include "process/rungs-notice-words.h"

#include <glib/gi18n.h>

#include "base/rungs-time.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "leads/rungs-touch-store.h"

/* The columns of a lead that are told of, beside the name. */
static const struct
{
  const char *column;
  const char *label;
} COLUMNS[] = {
  { "email", N_ ("E-mail") },    { "phone", N_ ("Phone") },     { "company", N_ ("Company") },
  { "street", N_ ("Street") },   { "postcode", N_ ("Postcode") }, { "city", N_ ("City") },
  { "region", N_ ("Region") },   { "country", N_ ("Country") }, { "language", N_ ("Language") },
};

static void
append_line (GString    *text,
             const char *label,
             const char *value)
{
  g_autofree char *line = g_strdelimit (g_strdup (value), "\r\n", ' ');

  if (*line != '\0')
    g_string_append_printf (text, "  %s: %s\n", label, line);
}

static void
append_touch (GString          *text,
              const RungsTouch *touch,
              GTimeZone        *zone)
{
  g_autofree char *when = rungs_time_format_minute (touch->at, zone);
  g_autofree char *from = *touch->detail != '\0'
                            ? g_strdup_printf ("%s (%s)", touch->source_name, touch->detail)
                            : g_strdup (touch->source_name);

  append_line (text, _ ("When"), when);
  append_line (text, _ ("From"), from);
}

static char *
dup_name (const RungsLead *lead)
{
  g_autofree char *name = rungs_lead_dup_name (lead);

  return *name != '\0' ? g_steal_pointer (&name) : g_strdup (_ ("Without a name"));
}

/* All that is known. */
static gboolean
append_whole (GString          *text,
              RungsDb          *db,
              const RungsLead  *lead,
              GTimeZone        *zone,
              GError          **error)
{
  g_autofree char *name = dup_name (lead);
  g_autoptr (GPtrArray) touches = rungs_touch_list (db, lead->id, error);
  g_autoptr (GPtrArray) values
    = touches != NULL ? rungs_field_values (db, lead->id, error) : NULL;

  if (values == NULL)
    return FALSE;
  g_string_append_printf (text, "%s\n", name);
  for (gsize i = 0; i < G_N_ELEMENTS (COLUMNS); i++)
    append_line (text, _ (COLUMNS[i].label), rungs_lead_get (lead, COLUMNS[i].column));
  for (guint i = 0; i < values->len; i++)
    {
      const RungsFieldValue *value = values->pdata[i];

      append_line (text, value->label, value->text);
    }
  append_line (text, _ ("Notes"), lead->notes);
  if (touches->len > 0)
    append_touch (text, touches->pdata[0], zone);
  g_string_append_c (text, '\n');
  return TRUE;
}

/* Who it is. */
static void
append_short (GString         *text,
              const RungsLead *lead)
{
  g_autofree char *name = dup_name (lead);

  g_string_append_printf (text, "%s · %s\n", name,
                          lead->email != NULL ? lead->email : lead->phone);
}

static char *
make_subject (const RungsLead *first,
              guint            n)
{
  g_autofree char *name = dup_name (first);

  if (n > 1)
    return g_strdup_printf (ngettext ("%u new lead", "%u new leads", n), n);
  /* Translators: the subject of a mail to staff; %s is the lead's name. */
  return g_strdup_printf (_ ("New lead: %s"), name);
}

gboolean
rungs_notice_words (RungsDb  *db,
                    GArray   *leads,
                    char    **subject,
                    char    **text,
                    GError  **error)
{
  g_autoptr (GString) body = g_string_new (NULL);
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);
  g_autofree char *title = NULL;

  g_return_val_if_fail (leads != NULL && leads->len > 0, FALSE);

  if (zone == NULL)
    return FALSE;
  for (guint i = 0; i < leads->len; i++)
    {
      g_autoptr (RungsLead) lead
        = rungs_lead_load (db, g_array_index (leads, gint64, i), error);

      if (lead == NULL)
        return FALSE;
      if (i == 0)
        title = make_subject (lead, leads->len);
      if (i >= RUNGS_NOTICE_WHOLE)
        append_short (body, lead);
      else if (!append_whole (body, db, lead, zone, error))
        return FALSE;
    }
  g_string_append_printf (body, "\n-- \n%s\n",
                          _ ("Rungs writes this to you, as its settings say under New Leads."));
  *subject = g_steal_pointer (&title);
  *text = g_string_free (g_steal_pointer (&body), FALSE);
  return TRUE;
}
