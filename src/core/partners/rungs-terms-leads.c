/* rungs-terms-leads.c: what a partner earns by a lead. */

#include "partners/rungs-terms-leads.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "base/rungs-json-members.h"

void
rungs_terms_leads_free (RungsTermsLeads *self)
{
  g_strfreev (self->countries);
  g_free (self);
}

static gboolean
refuse (const char *why,
        GError    **error)
{
  g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("leads: %s"), why);
  return FALSE;
}

static gboolean
is_country (const char *text)
{
  return strlen (text) == 2 && g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]);
}

GStrv
rungs_terms_leads_parse_countries (const char *text)
{
  g_auto (GStrv)
    parts = NULL;
  g_autoptr (GStrvBuilder) countries = g_strv_builder_new ();

  g_return_val_if_fail (text != NULL, NULL);

  parts = g_strsplit_set (text, ", \t\n", -1);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *country = g_ascii_strup (parts[i], -1);

      if (*country == '\0')
        continue;
      if (!is_country (country))
        return NULL;
      g_strv_builder_add (countries, country);
    }
  return g_strv_builder_end (countries);
}

/* ---- reading */

static gboolean
read_amount (JsonObject      *object,
             RungsTermsLeads *leads,
             GError         **error)
{
  const char *currency = rungs_foreign_json_get_text (object, "currency");
  gint64 minor = rungs_foreign_json_get_number (object, "fixed", -1);

  if (currency == NULL || !rungs_currency_is_valid (currency))
    return refuse (_ ("an amount needs its currency"), error);
  if (minor <= 0 || minor > G_MAXINT32)
    return refuse (_ ("say how much is paid for a lead"), error);
  leads->fixed = rungs_money (minor, currency);
  return TRUE;
}

static gboolean
read_when (JsonObject      *object,
           RungsTermsLeads *leads,
           GError         **error)
{
  const char *when = rungs_foreign_json_get_text (object, "when");

  leads->when_confirmed = g_strcmp0 (when, "confirmed") == 0;
  if (leads->when_confirmed || g_strcmp0 (when, "arrived") == 0)
    return TRUE;
  return refuse (_ ("they are paid when they have arrived, or have confirmed their address"),
                 error);
}

static gboolean
read_countries (JsonObject      *object,
                RungsTermsLeads *leads,
                GError         **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  JsonNode *node = json_object_get_member (object, "countries");
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                  : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      const char *country = JSON_NODE_HOLDS_VALUE (element) ? json_node_get_string (element) : NULL;

      g_string_append_printf (text, "%s,", country != NULL ? country : "?");
    }
  leads->countries = rungs_terms_leads_parse_countries (text->str);
  return (leads->countries != NULL && (node == NULL || *text->str != '\0'))
         || refuse (_ ("countries have two letters each: DE, AT …"), error);
}

static gboolean
read_most (JsonObject      *object,
           RungsTermsLeads *leads,
           GError         **error)
{
  leads->most_by_month = rungs_foreign_json_get_number (object, "most_by_month", -1);
  if (!json_object_has_member (object, "most_by_month"))
    leads->most_by_month = 0;
  else if (leads->most_by_month <= 0 || leads->most_by_month > G_MAXINT32)
    return refuse (_ ("say how many are paid in a month"), error);
  return TRUE;
}

gboolean
rungs_terms_leads_read (JsonObject       *terms,
                        RungsTermsLeads **leads,
                        GError          **error)
{
  g_autoptr (RungsTermsLeads) read = NULL;
  JsonNode *node;
  JsonObject *object;

  g_return_val_if_fail (terms != NULL && leads != NULL, FALSE);

  *leads = NULL;
  node = json_object_get_member (terms, "leads");
  if (node == NULL)
    return TRUE;
  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  if (object == NULL)
    return refuse (_ ("say how much is paid for a lead"), error);
  read = g_new0 (RungsTermsLeads, 1);
  if (!read_amount (object, read, error) || !read_when (object, read, error)
      || !read_countries (object, read, error) || !read_most (object, read, error))
    return FALSE;
  *leads = g_steal_pointer (&read);
  return TRUE;
}

/* ---- writing */

void
rungs_terms_leads_add (const RungsTermsLeads *self,
                       JsonBuilder           *builder)
{
  g_return_if_fail (builder != NULL);

  if (self == NULL)
    return;
  rungs_json_begin_object (builder, "leads");
  rungs_json_add_number (builder, "fixed", self->fixed.minor);
  rungs_json_add_text (builder, "currency", self->fixed.currency);
  rungs_json_add_text (builder, "when", self->when_confirmed ? "confirmed" : "arrived");
  if (*self->countries != NULL)
    {
      rungs_json_begin_array (builder, "countries");
      for (guint i = 0; self->countries[i] != NULL; i++)
        json_builder_add_string_value (builder, self->countries[i]);
      json_builder_end_array (builder);
    }
  if (self->most_by_month > 0)
    rungs_json_add_number (builder, "most_by_month", self->most_by_month);
  json_builder_end_object (builder);
}

gboolean
rungs_terms_leads_fit (const RungsTermsLeads *self,
                       const char            *country)
{
  g_return_val_if_fail (self != NULL && country != NULL, FALSE);

  for (guint i = 0; self->countries[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->countries[i], country) == 0)
      return TRUE;
  return *self->countries == NULL;
}
