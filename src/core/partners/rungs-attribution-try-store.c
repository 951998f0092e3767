/* rungs-attribution-try-store.c: the versions of the rules by which orders are credited, and what
 * other rules would have decided. */

#include "partners/rungs-attribution-try-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "partners/rungs-referral-store.h"

static const char SQL_VERSIONS[]
    = "SELECT from_at, made_at, rules FROM attribution_rules ORDER BY from_at";

static const char SQL_ORDERS[]
    = "SELECT o.id, coalesce (r.by_hand, 0)"
      "  FROM sales_order o LEFT JOIN referral r ON r.sales_order = o.id"
      " WHERE o.at >= :from AND o.at < :until ORDER BY o.at DESC, o.id DESC";

/* ---- versions */

void
rungs_attribution_version_free (RungsAttributionVersion *self)
{
  g_clear_pointer (&self->rules, g_array_unref);
  g_free (self);
}

/* Without rules where they cannot be read. */
static gpointer
read_version (RungsStatement *row)
{
  RungsAttributionVersion *version = g_new0 (RungsAttributionVersion, 1);

  version->from_at = rungs_statement_get_int64 (row, 0);
  version->made_at = rungs_statement_get_int64 (row, 1);
  version->rules = rungs_attribution_rules_parse (rungs_statement_get_text (row, 2), NULL);
  return version;
}

GPtrArray *
rungs_attribution_version_list (RungsDb *db,
                                GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (GPtrArray) versions = NULL;

  g_return_val_if_fail (db != NULL, NULL);

  query = rungs_db_prepare (db, SQL_VERSIONS, error);
  versions = rungs_record_list (query, read_version,
                                (GDestroyNotify) rungs_attribution_version_free, error);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    if (((RungsAttributionVersion *) versions->pdata[i])->rules == NULL)
      {
        g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                             _ ("these are no rules about who is credited"));
        return NULL;
      }
  return g_steal_pointer (&versions);
}

/* ---- trying other ones */

void
rungs_attribution_trial_clear (RungsAttributionTrial *self)
{
  g_clear_pointer (&self->changes, g_array_unref);
}

/* Those in force at `at`. */
static GArray *
rules_at (GPtrArray *versions,
          GArray    *usual,
          gint64     at)
{
  for (guint i = versions->len; i > 0; i--)
    {
      const RungsAttributionVersion *version = versions->pdata[i - 1];

      if (version->from_at <= at)
        return version->rules;
    }
  return usual;
}

static gint64
decide (GArray                      *rules,
        const RungsAttributionFacts *facts)
{
  g_auto (RungsAttribution) answer = { 0 };

  rungs_attribution_decide (rules, facts, &answer);
  return answer.partner;
}

typedef struct
{
  RungsDb *db;
  GArray *rules;
  GArray *usual;
  GPtrArray *versions;
  guint most;
  RungsAttributionTrial *trial;
} Trying;

static gboolean
try_order (const Trying *trying,
           gint64        order,
           GError      **error)
{
  RungsAttributionTrial *trial = trying->trial;
  RungsAttributionChange change = { .order = order };
  gint64 lead;
  g_autoptr (RungsAttributionFacts) facts = rungs_referral_facts (trying->db, order, &lead, error);

  if (facts == NULL)
    return FALSE;
  change.before = decide (rules_at (trying->versions, trying->usual, facts->at), facts);
  change.after = decide (trying->rules, facts);
  if (change.before == change.after)
    return TRUE;
  trial->changed++;
  if (trial->changes->len < trying->most)
    g_array_append_val (trial->changes, change);
  return TRUE;
}

gboolean
rungs_attribution_try (RungsDb               *db,
                       GArray                *rules,
                       gint64                 from,
                       gint64                 until,
                       guint                  most,
                       RungsAttributionTrial *trial,
                       GError               **error)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GArray) usual = rungs_attribution_rules_usual ();
  g_autoptr (RungsStatement) query = NULL;
  Trying trying = { db, rules, usual, NULL, most, trial };

  g_return_val_if_fail (db != NULL && rules != NULL && trial != NULL, FALSE);

  *trial = (RungsAttributionTrial){ 0 };
  trial->changes = g_array_new (FALSE, FALSE, sizeof (RungsAttributionChange));
  versions = rungs_attribution_version_list (db, error);
  query = versions != NULL ? rungs_db_prepare (db, SQL_ORDERS, error) : NULL;
  if (query == NULL)
    return FALSE;
  trying.versions = versions;
  rungs_statement_bind_int64 (query, ":from", from);
  rungs_statement_bind_int64 (query, ":until", until);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gboolean by_hand = rungs_statement_get_int64 (query, 1) != 0;

      trial->orders++;
      trial->by_hand += by_hand;
      if (!by_hand && !try_order (&trying, rungs_statement_get_int64 (query, 0), error))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}
