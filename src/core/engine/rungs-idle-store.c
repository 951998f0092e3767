/* rungs-idle-store.c: leads of whom nothing was heard for long. */

#include "engine/rungs-idle-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-time.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "engine/rungs-retention-store.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-erasure-store.h"

#define IS_IDLE                                                                                    \
  "      l.created_at < :before AND l.updated_at < :before"                                        \
  "  AND (l.email_key IS NOT NULL OR l.first_name <> '' OR l.last_name <> '' OR l.phone <> ''"     \
  "       OR l.company <> '')"                                                                     \
  "  AND NOT EXISTS (SELECT 1 FROM event e WHERE e.lead = l.id AND e.at >= :before)"               \
  "  AND NOT EXISTS (SELECT 1 FROM sales_order o WHERE o.lead = l.id)"                             \
  "  AND NOT EXISTS (SELECT 1 FROM consent c WHERE c.lead = l.id AND c.at >= :before)"             \
  "  AND NOT EXISTS (SELECT 1 FROM touch t WHERE t.lead = l.id AND t.at >= :before)"               \
  "  AND NOT EXISTS (SELECT 1 FROM enrolment n WHERE n.lead = l.id AND n.outcome IS NULL)"       \
  "  AND NOT EXISTS (SELECT 1 FROM task k WHERE k.lead = l.id AND k.done_at IS NULL)"              \
  "  AND NOT EXISTS (SELECT 1 FROM outbox x WHERE x.lead = l.id"                                   \
  "                     AND x.state IN ('planned', 'claimed', 'doubt'))"

static const char SQL_FIND[]
    = "SELECT l.id FROM lead l WHERE" IS_IDLE " ORDER BY l.created_at, l.id";

static const char SQL_IS_IDLE[] = "SELECT 1 FROM lead l WHERE l.id = :id AND" IS_IDLE;

static const char SQL_WHO[]
    = "SELECT coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''), l.email,"
      "                 nullif (l.company, ''), l.phone),"
      "       l.created_at,"
      "       max (l.updated_at, coalesce ((SELECT max (e.at) FROM event e"
      "                                      WHERE e.lead = l.id), 0))"
      "  FROM lead l WHERE l.id = :id";

void
rungs_idle_lead_free (RungsIdleLead *self)
{
  g_free (self->name);
  g_free (self);
}

/* The instant `months` calendar months before `now`, in the zone of the business. */
static gboolean
find_limit (RungsDb *db,
            gint64   months,
            gint64   now,
            gint64  *before,
            GError **error)
{
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GDateTime) today = NULL;
  g_autoptr (GDateTime) limit = NULL;

  if (months < 1 || months > RUNGS_RETENTION_MOST_MONTHS)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("From 1 to %d months can be said."),
                   RUNGS_RETENTION_MOST_MONTHS);
      return FALSE;
    }
  zone = rungs_business_zone (db, error);
  if (zone == NULL)
    return FALSE;
  today = rungs_time_in_zone (now, zone);
  limit = g_date_time_add_months (today, -(int) months);
  *before = limit ? rungs_time_from_date_time (limit) : G_MININT64;
  return TRUE;
}

GArray *
rungs_idle_find (RungsDb *db,
                 gint64   months,
                 gint64   now,
                 GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 before;

  if (!find_limit (db, months, now, &before, error)
      || !(query = rungs_db_prepare (db, SQL_FIND, error)))
    return NULL;
  rungs_statement_bind_int64 (query, ":before", before);
  return rungs_record_ids (query, error);
}

static RungsIdleLead *
idle_lead_from_row (RungsStatement *row,
                    gint64          lead)
{
  RungsIdleLead *self = g_new0 (RungsIdleLead, 1);
  const char *name = rungs_statement_get_text (row, 0);

  self->lead = lead;
  self->name = g_strdup (name != NULL ? name : "");
  self->created_at = rungs_statement_get_int64 (row, 1);
  self->last_at = rungs_statement_get_int64 (row, 2);
  return self;
}

GPtrArray *
rungs_idle_list (RungsDb *db,
                 GArray  *leads,
                 guint    limit,
                 GError **error)
{
  g_autoptr (GPtrArray) list
      = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_idle_lead_free);
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_WHO, error);

  g_return_val_if_fail (leads != NULL, NULL);

  for (guint i = 0; query != NULL && i < MIN (leads->len, limit); i++)
    {
      gint64 lead = g_array_index (leads, gint64, i);
      RungsStep step;

      rungs_statement_bind_int64 (query, ":id", lead);
      step = rungs_statement_step (query, error);
      if (step == RUNGS_FAILED)
        return NULL;
      if (step == RUNGS_ROW)
        g_ptr_array_add (list, idle_lead_from_row (query, lead));
      rungs_statement_reset (query);
    }
  return query != NULL ? g_steal_pointer (&list) : NULL;
}

static gboolean
is_idle (RungsDb  *db,
         gint64    lead,
         gint64    months,
         gint64    now,
         gboolean *idle,
         GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_IS_IDLE, error);
  gint64 before;
  RungsStep step;

  if (query == NULL || !find_limit (db, months, now, &before, error))
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", lead);
  rungs_statement_bind_int64 (query, ":before", before);
  step = rungs_statement_step (query, error);
  *idle = step == RUNGS_ROW;
  return step != RUNGS_FAILED;
}

gboolean
rungs_idle_forget (RungsDb  *db,
                   gint64    lead,
                   gint64    months,
                   gboolean  nameless,
                   gint64    now,
                   gboolean *forgotten,
                   GError  **error)
{
  g_autofree char *reason = NULL;
  g_autoptr (RungsErasure) erasure = NULL;

  g_return_val_if_fail (forgotten != NULL, FALSE);

  if (!is_idle (db, lead, months, now, forgotten, error))
    return FALSE;
  if (!*forgotten)
    return TRUE;
  /* Stored in the file, as the owner wrote reasons: in plain English. */
  reason = g_strdup_printf ("nothing was heard for %d months", (int) months);
  erasure = rungs_lead_forget_idle (db, lead, nameless, reason, now, error);
  return erasure != NULL;
}
