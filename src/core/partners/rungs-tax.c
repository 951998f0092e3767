/* rungs-tax.c: rates of VAT, and from which sums on tax offices are told of payments. */

#include "partners/rungs-tax.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "base/rungs-foreign-json.h"
#include "base/rungs-money.h"
#include "rungs-tax-resources.h"

#define FOLDER "/app/rungs/Rungs/tax/"

/* The array that a file of ours holds. */
static JsonArray *
load_built_in (const char *name,
               const char *member)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_resource_lookup_data (rungs_tax_get_resource (), path, 0, &error);
  g_autoptr (JsonObject) object = NULL;

  g_assert_no_error (error);
  object = rungs_foreign_json_parse (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     &error);
  g_assert_no_error (error);
  return json_array_ref (json_object_get_array_member (object, member));
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  const char *text = rungs_foreign_json_get_text (object, member);

  return text != NULL ? text : "";
}

/* ---- VAT */

/* The last rate of a country that began by `day`; NULL: any day. */
static gboolean
find_rate (const char *country,
           const char *day,
           gint64     *rate)
{
  g_autoptr (JsonArray) rates = load_built_in ("vat.json", "rates");
  const char *latest = "";
  gboolean found = FALSE;

  for (guint i = 0; i < json_array_get_length (rates); i++)
    {
      JsonObject *object = json_array_get_object_element (rates, i);
      const char *from = get_text (object, "from");

      if (strcmp (get_text (object, "country"), country) != 0 || strcmp (from, latest) < 0
          || (day != NULL && strcmp (from, day) > 0))
        continue;
      latest = from;
      *rate = rungs_foreign_json_get_number (object, "rate", 0);
      found = TRUE;
    }
  return found;
}

gboolean
rungs_tax_is_in_eu (const char *country)
{
  gint64 rate;

  g_return_val_if_fail (country != NULL, FALSE);

  return find_rate (country, NULL, &rate);
}

gboolean
rungs_tax_get_vat (const char *country,
                   const char *day,
                   gint64     *basis_points)
{
  g_return_val_if_fail (country != NULL && day != NULL && basis_points != NULL, FALSE);

  return find_rate (country, day, basis_points);
}

/* ---- thresholds */

void
rungs_tax_threshold_free (RungsTaxThreshold *self)
{
  if (self == NULL)
    return;
  g_free (self->country);
  g_free (self->form);
  g_free (self->partners);
  g_free (self->source);
  g_free (self);
}

static gboolean
is_sound (const RungsTaxThreshold *self)
{
  return *self->country != '\0' && *self->form != '\0' && *self->partners != '\0' && self->from > 0
         && self->amount > 0 && rungs_currency_is_valid (self->currency);
}

static RungsTaxThreshold *
read_threshold (JsonObject *object)
{
  RungsTaxThreshold *self = g_new0 (RungsTaxThreshold, 1);

  self->country = g_strdup (get_text (object, "country"));
  self->form = g_strdup (get_text (object, "form"));
  self->partners = g_strdup (get_text (object, "partners"));
  self->source = g_strdup (get_text (object, "source"));
  self->from = rungs_foreign_json_get_number (object, "from", 0);
  self->until = rungs_foreign_json_get_number (object, "until", 0);
  self->amount = rungs_foreign_json_get_number (object, "amount", 0);
  g_strlcpy (self->currency, get_text (object, "currency"), sizeof self->currency);
  return self;
}

/* Takes those that hold out of `rows`. Returns: 0, or the number of a row that is none. */
static guint
take_thresholds (JsonArray  *rows,
                 const char *country,
                 gint64      year,
                 GPtrArray  *found)
{
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonNode *node = json_array_get_element (rows, i);
      RungsTaxThreshold *row
          = JSON_NODE_HOLDS_OBJECT (node) ? read_threshold (json_node_get_object (node)) : NULL;
      gboolean sound = row != NULL && is_sound (row);

      if (sound && strcmp (row->country, country) == 0 && row->from <= year
          && (row->until == 0 || row->until >= year))
        g_ptr_array_add (found, row);
      else
        rungs_tax_threshold_free (row);
      if (!sound)
        return i + 1;
    }
  return 0;
}

static gboolean
take_own (const char  *country,
          gint64       year,
          GPtrArray   *found,
          GError     **error)
{
  g_autofree char *path = rungs_tax_get_own_file ();
  g_autofree char *text = NULL;
  g_autoptr (GError) fault = NULL;
  g_autoptr (JsonObject) object = NULL;
  JsonNode *rows;
  guint wrong;
  gsize length;

  if (!g_file_get_contents (path, &text, &length, &fault))
    {
      if (g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOENT)
          || g_error_matches (fault, G_FILE_ERROR, G_FILE_ERROR_NOTDIR))
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&fault));
      return FALSE;
    }
  object = rungs_foreign_json_parse (text, length, error);
  if (object == NULL)
    {
      g_prefix_error (error, "%s: ", path);
      return FALSE;
    }
  rows = json_object_get_member (object, "thresholds");
  wrong = rows == NULL || !JSON_NODE_HOLDS_ARRAY (rows)
              ? 1
              : take_thresholds (json_node_get_array (rows), country, year, found);
  if (wrong != 0)
    g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                 _ ("%s: threshold %u needs country, form, partners, from, amount and currency"),
                 path, wrong);
  return wrong == 0;
}

GPtrArray *
rungs_tax_list_thresholds (const char *country,
                           gint64      year,
                           GError    **error)
{
  g_autoptr (GPtrArray) found
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_tax_threshold_free);
  g_autoptr (JsonArray) rows = load_built_in ("thresholds.json", "thresholds");
  guint wrong;

  g_return_val_if_fail (country != NULL, NULL);

  wrong = take_thresholds (rows, country, year, found);
  g_assert (wrong == 0);
  return take_own (country, year, found, error) ? g_steal_pointer (&found) : NULL;
}

char *
rungs_tax_get_own_file (void)
{
  return g_build_filename (g_get_user_data_dir (), "rungs", "tax", "thresholds.json", NULL);
}
