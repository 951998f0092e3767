/* rungs-broadcast-results-store.c: what came of a broadcast, held against what it is for. */

#include "insights/rungs-broadcast-results-store.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-match-store.h"
#include "mail/rungs-broadcast-store.h"
#include "segments/rungs-rule-leads-store.h"

/* A lead of the audience (x) with its message (o); of two, since two leads became one, the one
 * that was not withheld. */
#define FROM_LEADS                                                                                 \
  "  FROM broadcast b CROSS JOIN broadcast_lead x ON x.broadcast = b.id"                           \
  "  LEFT JOIN outbox o"                                                                           \
  "    ON o.id = (SELECT y.id FROM outbox y WHERE y.lead = x.lead AND y.broadcast = b.id"          \
  "                ORDER BY y.state = 'withheld', y.id LIMIT 1)"

#define IS_SENT "(o.state IS NOT NULL AND o.state IN ('sent', 'doubt'))"

#define HAS_EVENT(of)                                                                              \
  "EXISTS (SELECT 1 FROM event e WHERE e.kind = '" of "' AND e.lead = x.lead AND e.ref = o.id)"

#define UNSUBSCRIBED                                                                               \
  "(" IS_SENT " AND EXISTS (SELECT 1 FROM consent c WHERE c.lead = x.lead"                         \
  "   AND c.purpose = 'marketing' AND c.channel = 'email' AND c.action = 'withdrawn'"              \
  "   AND c.origin <> 'complaint' AND c.at >= o.ended_at"                                          \
  "   AND NOT EXISTS (SELECT 1 FROM outbox z WHERE z.lead = x.lead AND z.state = 'sent'"           \
  "                      AND z.ended_at > o.ended_at AND z.ended_at <= c.at)))"

/* From when its orders count; NULL: none does. */
#define SINCE "CASE WHEN x.part = 'held' THEN x.due_at WHEN " IS_SENT " THEN o.ended_at END"

#define ORDERS_OF_LEAD                                                                             \
  "FROM sales_order s WHERE s.lead = x.lead AND s.at > " SINCE                                     \
  "   AND s.at <= " SINCE " + b.window_days * 86400000"                                            \
  "   AND (b.sells IS NULL OR EXISTS (SELECT 1 FROM order_line l JOIN product_holds h"             \
  "                                     ON h.whole = l.product AND h.part = b.sells"               \
  "                                  WHERE l.sales_order = s.id))"

static const char SQL_FIGURES[]
    = "SELECT part, variant, count (*), sum (sent), sum (bounced), sum (complained), sum (gone),"
      "       sum (clicked), sum (orders > 0), sum (orders)"
      "  FROM (SELECT x.part AS part, coalesce (x.variant, 0) AS variant, " IS_SENT " AS sent,"
      "   " HAS_EVENT ("mail.bounced") " AS bounced,"
      "   " HAS_EVENT ("mail.complained") " AS complained,"
      "   " UNSUBSCRIBED " AS gone,"
      "   " HAS_EVENT ("mail.clicked") " AS clicked,"
      "   (SELECT count (*) " ORDERS_OF_LEAD ") AS orders"
      FROM_LEADS " WHERE b.id = :id AND x.part <> 'out')"
      " GROUP BY part, variant ORDER BY part, variant";

/* What was paid for what counts: all of such an order's lines that hold the product. */
static const char SQL_REVENUE[]
    = "SELECT x.part, coalesce (x.variant, 0), s.currency, s.at,"
      "       l.amount - coalesce ((SELECT sum (r.amount) FROM refund_line r"
      "                              WHERE r.order_line = l.id), 0)"
      FROM_LEADS
      "  JOIN sales_order s ON s.lead = x.lead AND s.at > " SINCE
      "   AND s.at <= " SINCE " + b.window_days * 86400000"
      "  JOIN order_line l ON l.sales_order = s.id"
      " WHERE b.id = :id AND x.part <> 'out'"
      "   AND (b.sells IS NULL OR EXISTS (SELECT 1 FROM product_holds h"
      "                                    WHERE h.whole = l.product AND h.part = b.sells))";

static const char SQL_SUBJECTS[]
    = "SELECT number, subject FROM broadcast_subject WHERE broadcast = :id ORDER BY number";

#define LIST_OF(what)                                                                              \
  "SELECT x.lead" FROM_LEADS " WHERE b.id = :id AND"                                               \
  "   :part IN ('all', x.part, x.reason, coalesce (o.reason, ''))"                                 \
  "   AND (:subject = 0 OR x.variant = :subject) AND " what
#define GETS "x.part IN ('test', 'rest')"

static const struct
{
  const char *text;
  const char *sql;
} COUNTS[] = {
  [RUNGS_BROADCAST_AUDIENCE] = { "audience", LIST_OF ("1") },
  [RUNGS_BROADCAST_LEFT_OUT] = { "left-out", LIST_OF ("x.part = 'out'") },
  [RUNGS_BROADCAST_HELD] = { "held", LIST_OF ("x.part = 'held'") },
  [RUNGS_BROADCAST_WAITING]
  = { "waiting", LIST_OF (GETS " AND coalesce (o.state, 'planned') IN ('planned', 'claimed')") },
  [RUNGS_BROADCAST_SENT] = { "sent", LIST_OF (IS_SENT) },
  [RUNGS_BROADCAST_WITHHELD] = { "withheld", LIST_OF ("o.state = 'withheld'") },
  [RUNGS_BROADCAST_FAILED] = { "failed", LIST_OF ("o.state = 'failed'") },
  [RUNGS_BROADCAST_DOUBT] = { "doubt", LIST_OF ("o.state = 'doubt'") },
  [RUNGS_BROADCAST_BOUNCED] = { "bounced", LIST_OF (HAS_EVENT ("mail.bounced")) },
  [RUNGS_BROADCAST_COMPLAINED] = { "complained", LIST_OF (HAS_EVENT ("mail.complained")) },
  [RUNGS_BROADCAST_UNSUBSCRIBED] = { "unsubscribed", LIST_OF (UNSUBSCRIBED) },
  [RUNGS_BROADCAST_CLICKED] = { "clicked", LIST_OF (HAS_EVENT ("mail.clicked")) },
  [RUNGS_BROADCAST_BOUGHT] = { "bought", LIST_OF ("EXISTS (SELECT 1 " ORDERS_OF_LEAD ")") },
};

const char *
rungs_broadcast_count_to_text (RungsBroadcastCount count)
{
  g_return_val_if_fail (count < G_N_ELEMENTS (COUNTS), "");

  return COUNTS[count].text;
}

gboolean
rungs_broadcast_count_from_text (const char          *text,
                                 RungsBroadcastCount *count)
{
  for (guint i = 0; i < G_N_ELEMENTS (COUNTS); i++)
    if (g_strcmp0 (COUNTS[i].text, text) == 0)
      {
        *count = i;
        return TRUE;
      }
  return FALSE;
}

/* ---- figures */

static void
figures_free (gpointer data)
{
  RungsBroadcastFigures *self = data;

  g_free (self->part);
  g_free (self->words);
  g_array_unref (self->revenue);
  g_free (self);
}

static RungsBroadcastFigures *
figures_new (const char *part,
             int         subject)
{
  RungsBroadcastFigures *self = g_new0 (RungsBroadcastFigures, 1);

  self->part = g_strdup (part);
  self->subject = subject;
  self->words = g_strdup ("");
  self->revenue = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  return self;
}

void
rungs_broadcast_results_free (RungsBroadcastResults *self)
{
  g_clear_pointer (&self->broadcast, rungs_broadcast_free);
  g_ptr_array_unref (self->groups);
  g_free (self);
}

const RungsBroadcastFigures *
rungs_broadcast_results_get (const RungsBroadcastResults *self,
                             const char                  *part,
                             int                          subject)
{
  for (guint i = 0; i < self->groups->len; i++)
    {
      const RungsBroadcastFigures *figures = g_ptr_array_index (self->groups, i);

      if (strcmp (figures->part, part) == 0 && figures->subject == subject)
        return figures;
    }
  return NULL;
}

/* The group that a row is of: the rest is one, whatever it gets, and so are those held out. */
static RungsBroadcastFigures *
group_of (RungsBroadcastResults *self,
          const char            *part,
          int                    variant)
{
  int subject = strcmp (part, "test") == 0 ? variant : 0;

  return (RungsBroadcastFigures *) rungs_broadcast_results_get (self, part, subject);
}

static void
take_figures (RungsBroadcastFigures *figures,
              RungsStatement        *row)
{
  figures->leads += rungs_statement_get_int64 (row, 2);
  figures->sent += rungs_statement_get_int64 (row, 3);
  figures->bounced += rungs_statement_get_int64 (row, 4);
  figures->complained += rungs_statement_get_int64 (row, 5);
  figures->unsubscribed += rungs_statement_get_int64 (row, 6);
  figures->clicked += rungs_statement_get_int64 (row, 7);
  figures->buyers += rungs_statement_get_int64 (row, 8);
  figures->orders += rungs_statement_get_int64 (row, 9);
}

static gboolean
load_figures (RungsBroadcastResults *self,
              RungsDb               *db,
              GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIGURES, error);
  RungsBroadcastFigures *all = g_ptr_array_index (self->groups, 0);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->broadcast->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *part = rungs_statement_get_text (query, 0);
      RungsBroadcastFigures *group
          = group_of (self, part, (int) rungs_statement_get_int64 (query, 1));

      if (group != NULL)
        take_figures (group, query);
      if (strcmp (part, "held") != 0)
        take_figures (all, query);
    }
  return rungs_statement_done (query, error);
}

static gboolean
load_revenue (RungsBroadcastResults *self,
              RungsDb               *db,
              const RungsExchange   *exchange,
              GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_REVENUE, error);
  RungsBroadcastFigures *all = g_ptr_array_index (self->groups, 0);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->broadcast->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      const char *part = rungs_statement_get_text (query, 0);
      RungsBroadcastFigures *group
          = group_of (self, part, (int) rungs_statement_get_int64 (query, 1));
      RungsMoney money = rungs_money (rungs_statement_get_int64 (query, 4),
                                      rungs_statement_get_text (query, 2));
      gint64 at = rungs_statement_get_int64 (query, 3);

      if ((group != NULL && !rungs_exchange_add (exchange, money, 0, at, group->revenue, NULL,
                                                 error))
          || (strcmp (part, "held") != 0
              && !rungs_exchange_add (exchange, money, 0, at, all->revenue, NULL, error)))
        return FALSE;
    }
  return rungs_statement_done (query, error);
}

/* The groups that there can be, in the order in which they are shown. */
static void
add_groups (RungsBroadcastResults *self)
{
  const RungsBroadcast *broadcast = self->broadcast;

  g_ptr_array_add (self->groups, figures_new ("all", 0));
  for (guint i = 0; rungs_broadcast_tests (broadcast) && i < broadcast->subjects->len; i++)
    g_ptr_array_add (self->groups, figures_new ("test", (int) i + 1));
  if (rungs_broadcast_has_rest (broadcast))
    g_ptr_array_add (self->groups, figures_new ("rest", 0));
  if (broadcast->held_share > 0)
    g_ptr_array_add (self->groups, figures_new ("held", 0));
}

static gboolean
load_words (RungsBroadcastResults *self,
            RungsDb               *db,
            GError               **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SUBJECTS, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_int64 (query, ":id", self->broadcast->id);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      int number = (int) rungs_statement_get_int64 (query, 0);

      for (guint i = 0; i < self->groups->len; i++)
        {
          RungsBroadcastFigures *group = g_ptr_array_index (self->groups, i);
          int subject = strcmp (group->part, "rest") == 0 ? self->broadcast->winner
                                                          : group->subject;

          if (subject == number)
            rungs_broadcast_set (&group->words, rungs_statement_get_text (query, 1));
        }
    }
  return rungs_statement_done (query, error);
}

static void
work_out_shares (RungsBroadcastResults *self)
{
  const RungsBroadcastFigures *all = g_ptr_array_index (self->groups, 0);
  const RungsBroadcastFigures *held = rungs_broadcast_results_get (self, "held", 0);

  for (guint i = 0; i < self->groups->len; i++)
    {
      RungsBroadcastFigures *group = g_ptr_array_index (self->groups, i);
      gint64 n = strcmp (group->part, "held") == 0 ? group->leads : group->sent;

      group->clicked_share = rungs_wilson (MIN (group->clicked, n), n);
      group->bought_share = rungs_wilson (MIN (group->buyers, n), n);
    }
  self->more = held != NULL ? rungs_wilson_difference (MIN (all->buyers, all->sent), all->sent,
                                                       held->buyers, held->leads)
                            : (RungsInterval) { -1, 1 };
}

RungsBroadcastResults *
rungs_broadcast_results_load (RungsDb              *db,
                              gint64                broadcast,
                              const RungsExchange  *exchange,
                              GError              **error)
{
  g_autoptr (RungsBroadcastResults) self = g_new0 (RungsBroadcastResults, 1);

  self->groups = g_ptr_array_new_with_free_func (figures_free);
  self->broadcast = rungs_broadcast_load (db, broadcast, error);
  if (self->broadcast == NULL)
    return NULL;
  add_groups (self);
  if (!load_figures (self, db, error) || !load_revenue (self, db, exchange, error)
      || !load_words (self, db, error))
    return NULL;
  work_out_shares (self);
  return g_steal_pointer (&self);
}

/* ---- which subject won */

static gint64
hits_of (const RungsBroadcastResults *self,
         const RungsBroadcastFigures *figures)
{
  gint64 hits = self->broadcast->goal == RUNGS_BROADCAST_FOR_ORDERS ? figures->buyers
                                                                    : figures->clicked;

  return MIN (hits, figures->sent);
}

/* Whether the true share of one lies above that of the other, as surely as 95 % of the time. */
static gboolean
beats (const RungsBroadcastResults *self,
       const RungsBroadcastFigures *one,
       const RungsBroadcastFigures *other)
{
  return rungs_wilson_difference (hits_of (self, one), one->sent, hits_of (self, other),
                                  other->sent)
             .low
         > 0;
}

int
rungs_broadcast_results_winner (const RungsBroadcastResults *self)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->groups->len; i++)
    {
      const RungsBroadcastFigures *one = g_ptr_array_index (self->groups, i);
      gboolean wins = strcmp (one->part, "test") == 0;

      for (guint j = 0; wins && j < self->groups->len; j++)
        {
          const RungsBroadcastFigures *other = g_ptr_array_index (self->groups, j);

          if (other != one && strcmp (other->part, "test") == 0)
            wins = beats (self, one, other);
        }
      if (wins)
        return one->subject;
    }
  return 0;
}

/* ---- the leads behind a figure */

RungsLeadSet *
rungs_broadcast_find (RungsDb              *db,
                      gint64                broadcast,
                      RungsBroadcastCount   count,
                      const char           *part,
                      int                   subject,
                      GError              **error)
{
  g_autoptr (RungsStatement) query = NULL;

  g_return_val_if_fail (count < G_N_ELEMENTS (COUNTS) && part != NULL, NULL);

  query = rungs_db_prepare (db, COUNTS[count].sql, error);
  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":id", broadcast);
  rungs_statement_bind_text (query, ":part", part);
  rungs_statement_bind_int64 (query, ":subject", subject);
  return rungs_lead_match_read (db, query, error);
}

char *
rungs_broadcast_target (gint64               broadcast,
                        RungsBroadcastCount  count,
                        const char          *part,
                        int                  subject)
{
  return g_strdup_printf ("broadcast:%" G_GINT64_FORMAT ":%s:%s:%d", broadcast,
                          rungs_broadcast_count_to_text (count), part, subject);
}

char *
rungs_broadcast_target_dup_rule (RungsDb     *db,
                                 const char  *target,
                                 GError     **error)
{
  g_auto (GStrv) parts = NULL;
  g_autoptr (RungsLeadSet) leads = NULL;
  RungsBroadcastCount count;

  g_return_val_if_fail (target != NULL, NULL);

  parts = g_strsplit (target, ":", 5);
  if (g_strv_length (parts) != 5 || strcmp (parts[0], "broadcast") != 0
      || !rungs_broadcast_count_from_text (parts[2], &count))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, _ ("“%s” is no figure of a broadcast"),
                   target);
      return NULL;
    }
  leads = rungs_broadcast_find (db, g_ascii_strtoll (parts[1], NULL, 10), count, parts[3],
                                (int) g_ascii_strtoll (parts[4], NULL, 10), error);
  return leads != NULL ? rungs_rule_dup_json_of_leads (leads) : NULL;
}
