/* rungs-publish-check.c: the check list before leads walk a draft: each message that it sends. */

#include "sequences/rungs-publish-check.h"

#include "base/rungs-error.h"
#include "ladder/rungs-product-store.h"
#include "sequences/rungs-graph-path.h"

/* Those who are in it now; NULL while nobody can be. */
static char *
dup_rule (const RungsPublishPlan *plan)
{
  g_autofree char *name = rungs_graph_path_quote (plan->name);

  return plan->version != 0
             ? g_strdup_printf ("{\"field\":\"sequence\",\"op\":\"has\",\"value\":%s}", name)
             : NULL;
}

/* FALSE where the file cannot be read. What the draft names and the file does not have is one of
 * the plan's problems already. */
static gboolean
is_missing (GError  *problem,
            GError **error)
{
  if (g_error_matches (problem, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_error_free (problem);
      return TRUE;
    }
  g_propagate_error (error, problem);
  return FALSE;
}

static void
take_findings (GPtrArray          *all,
               GPtrArray          *some,
               const RungsMessage *message)
{
  for (guint i = 0; i < some->len; i++)
    {
      RungsFinding *finding = g_ptr_array_index (some, i);

      finding->about = g_strdup (message->name);
      g_ptr_array_add (all, finding);
    }
  g_ptr_array_set_free_func (some, NULL);
}

static gboolean
add_message (RungsDb              *db,
             GPtrArray            *all,
             const char           *name,
             const RungsCheckFor  *what,
             gint64                now,
             gboolean             *marketing,
             GError              **error)
{
  GError *problem = NULL;
  g_autoptr (RungsMessage) message = rungs_message_load_by_name (db, name, &problem);
  g_autoptr (GPtrArray) findings = NULL;

  if (message == NULL)
    return is_missing (problem, error);
  findings = rungs_message_findings (db, message, what, now, error);
  if (findings == NULL)
    return FALSE;
  take_findings (all, findings, message);
  *marketing = *marketing || message->marketing;
  return TRUE;
}

static gboolean
find_product (RungsDb     *db,
              const char  *sku,
              gboolean    *found,
              GError     **error)
{
  GError *problem = NULL;
  g_autoptr (RungsProduct) product
      = sku != NULL ? rungs_product_load_by_sku (db, sku, &problem) : NULL;

  *found = product != NULL;
  return problem == NULL || is_missing (problem, error);
}

GPtrArray *
rungs_publish_findings (RungsDb                 *db,
                        const RungsPublishPlan  *plan,
                        gint64                   now,
                        GError                 **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_finding_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *rule = NULL;
  gboolean marketing = FALSE;
  gboolean sells = FALSE;
  RungsCheckFor what;

  g_return_val_if_fail (db != NULL && plan != NULL, NULL);

  if (plan->graph == NULL)
    return g_steal_pointer (&all);
  if (!find_product (db, plan->graph->sells, &sells, error))
    return NULL;
  rule = dup_rule (plan);
  what = (RungsCheckFor){ .sku = sells ? plan->graph->sells : NULL, .rule = rule,
                          .left_out = TRUE };
  for (guint i = 0; i < plan->graph->steps->len; i++)
    {
      const RungsGraphStep *step = g_ptr_array_index (plan->graph->steps, i);

      if (step->message != NULL && *step->message != '\0'
          && g_hash_table_add (seen, step->message)
          && !add_message (db, all, step->message, &what, now, &marketing, error))
        return NULL;
    }
  if (g_hash_table_size (seen) > 0 && !rungs_findings_add_account (db, all, marketing, error))
    return NULL;
  rungs_findings_sort (all);
  return g_steal_pointer (&all);
}
