/* rungs-lead-selection.c: leads that are chosen by options. */

#include "rungs-lead-selection.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-tag-store.h"
#include "rungs-source-argument.h"
#include "sequences/rungs-sequence-store.h"

static const char *const OPTIONS[] = { "tag", "source", "owns", "sequence", "import", "reach" };

/* In the order of RungsLeadReach. */
static const char *const REACHES[] = { "any", "consented", "withdrawn", "unasked", NULL };

static gboolean
fail_not_found (const char *format, const char *name, GError **error)
{
  g_autofree char *message = g_strdup_printf (format, name);

  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, message);
  return FALSE;
}

static gboolean
read_tag (RungsInvocation *call, RungsDb *db, gint64 *tag, GError **error)
{
  const char *name = rungs_invocation_get_text (call, "tag", NULL);

  if (name == NULL)
    return TRUE;
  if (!rungs_tag_find (db, name, tag, error))
    return FALSE;
  return *tag != 0 || fail_not_found (_ ("There is no tag “%s”."), name, error);
}

static gboolean
read_sequence (RungsInvocation *call, RungsDb *db, gint64 *sequence, GError **error)
{
  const char *name = rungs_invocation_get_text (call, "sequence", NULL);

  if (name == NULL)
    return TRUE;
  if (!rungs_sequence_find (db, name, sequence, error))
    return FALSE;
  return *sequence != 0 || fail_not_found (_ ("There is no sequence “%s”."), name, error);
}

static gboolean
read_product (RungsInvocation *call, RungsDb *db, gint64 *id, GError **error)
{
  const char *sku = rungs_invocation_get_text (call, "owns", NULL);
  g_autoptr (RungsProduct) product = NULL;

  if (sku == NULL)
    return TRUE;
  product = rungs_product_load_by_sku (db, sku, error);
  *id = product ? product->id : 0;
  return product != NULL;
}

static gboolean
read_source (RungsInvocation *call, RungsDb *db, gint64 *id, GError **error)
{
  const char *text = rungs_invocation_get_text (call, "source", NULL);
  g_autoptr (RungsSource) source = NULL;

  if (text == NULL)
    return TRUE;
  source = rungs_source_load_by_text (db, text, error);
  *id = source ? source->id : 0;
  return source != NULL;
}

gboolean
rungs_lead_selection_is_given (RungsInvocation *call)
{
  for (guint i = 0; i < G_N_ELEMENTS (OPTIONS); i++)
    if (rungs_invocation_has (call, OPTIONS[i]))
      return TRUE;
  return FALSE;
}

gboolean
rungs_lead_selection_read (RungsInvocation *call,
                           RungsDb *db,
                           RungsLeadQuery *query,
                           GError **error)
{
  guint reach = RUNGS_LEAD_REACH_ANY;

  if (!rungs_invocation_get_choice (call, "reach", REACHES, &reach, error))
    return FALSE;
  query->reach = reach;
  query->now = rungs_invocation_get_now (call);
  return rungs_invocation_get_number (call, "import", 1, G_MAXINT64, &query->run, error)
         && read_tag (call, db, &query->tag, error) && read_source (call, db, &query->source, error)
         && read_product (call, db, &query->product, error)
         && read_sequence (call, db, &query->sequence, error);
}
