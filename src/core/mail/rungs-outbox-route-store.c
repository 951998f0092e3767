/* rungs-outbox-route-store.c: by which account each message of the outbox leaves. */

#include "mail/rungs-outbox-route-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "mail/rungs-account-rule-store.h"

static const char SQL_ROUTING[]
    = "SELECT number, EXISTS (SELECT 1 FROM account_rule),"
      "       coalesce ((SELECT id FROM account WHERE is_default = 1), 0)"
      "  FROM account_routing";

/* INDEXED BY is SQLite's own; see SQL_CANDIDATES in rungs-outbox-claim-store.c. */
static const char SQL_FRESH[]
    = "SELECT id FROM outbox INDEXED BY outbox_route"
      " WHERE state = 'planned' AND routing = 0 AND route IS NULL AND due_at <= :now"
      " ORDER BY due_at, id LIMIT :limit";
static const char SQL_STALE[]
    = "SELECT id FROM outbox INDEXED BY outbox_route"
      " WHERE state = 'planned' AND routing > 0 AND routing < :number LIMIT :limit";

static const char SQL_FACTS[]
    = "SELECT o.id, o.lead, l.email_key, o.message, m.kind = 'marketing', o.broadcast, e.sequence,"
      "   o.state, o.account, o.account_rule"
      "  FROM outbox o JOIN lead l ON l.id = o.lead JOIN message m ON m.id = o.message"
      "  LEFT JOIN enrolment e ON e.id = o.enrolment"
      " WHERE o.id = :id";

static const char SQL_IMAGINED[]
    = "SELECT 0, l.id, l.email_key, m.id, m.kind = 'marketing', NULL, NULL"
      "  FROM lead l JOIN message m WHERE l.id = :lead AND m.id = :message";

static const char SQL_ROUTE[]
    = "UPDATE outbox SET routing = :number, route = :account, account_rule = :rule WHERE id = :id";

static const char SQL_NEXT_FRESH[]
    = "SELECT min (due_at) FROM outbox INDEXED BY outbox_route"
      " WHERE state = 'planned' AND routing = 0 AND route IS NULL";
static const char SQL_IS_STALE[]
    = "SELECT EXISTS (SELECT 1 FROM outbox INDEXED BY outbox_route"
      "                WHERE state = 'planned' AND routing > 0 AND routing < :number)";
static const char SQL_NEXT_BY[]
    = "SELECT min (due_at) FROM outbox INDEXED BY outbox_route"
      " WHERE state = 'planned' AND routing = :number AND route = :account";
static const char SQL_NEXT[]
    = "SELECT min (due_at) FROM outbox INDEXED BY outbox_due WHERE state = 'planned'";

#define KEPT_ROUTING "which account sends what"

static gboolean
read_routing (RungsDb            *db,
              RungsOutboxRouting *routing,
              GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ROUTING, error);

  if (query == NULL || rungs_statement_step (query, error) != RUNGS_ROW)
    return FALSE;
  routing->number = rungs_statement_get_int64 (query, 0);
  routing->by_rules = rungs_statement_get_int64 (query, 1) != 0;
  routing->standard = rungs_statement_get_int64 (query, 2);
  return TRUE;
}

/* It is asked for at every look at the outbox, and hardly ever another. */
gboolean
rungs_outbox_routing_load (RungsDb            *db,
                           RungsOutboxRouting *routing,
                           GError            **error)
{
  static const char *const TABLES[] = { "account", "account_rule", "account_routing", NULL };
  const RungsOutboxRouting *kept = rungs_db_get_kept (db, KEPT_ROUTING);

  g_return_val_if_fail (routing != NULL, FALSE);

  if (kept != NULL)
    {
      *routing = *kept;
      return TRUE;
    }
  if (!read_routing (db, routing, error))
    return FALSE;
  rungs_db_keep (db, KEPT_ROUTING, TABLES, g_memdup2 (routing, sizeof *routing), g_free);
  return TRUE;
}

/* ---- choosing */

/* Of a row of SQL_FACTS. */
static gboolean
ask_rules (RungsDb           *db,
           RungsAccountRules *rules,
           RungsStatement    *row,
           gint64            *account,
           gint64            *rule,
           GError           **error)
{
  const RungsAccountRuleFacts facts = {
    .lead = rungs_statement_get_int64 (row, 1),
    .email_key = rungs_statement_get_text (row, 2),
    .message = rungs_statement_get_int64 (row, 3),
    .marketing = rungs_statement_get_int64 (row, 4) != 0,
    .broadcast = rungs_statement_get_int64 (row, 5),
    .sequence = rungs_statement_get_int64 (row, 6),
  };

  return rungs_account_rules_choose (rules, db, &facts, account, rule, error);
}

static gboolean
route_row (RungsDb           *db,
           RungsAccountRules *rules,
           RungsStatement    *row,
           RungsStatement    *update,
           GError           **error)
{
  gint64 account = 0, rule = 0;

  if (!ask_rules (db, rules, row, &account, &rule, error))
    return FALSE;
  rungs_statement_bind_int64 (update, ":number", rungs_account_rules_get_number (rules));
  rungs_statement_bind_id (update, ":account", account);
  rungs_statement_bind_id (update, ":rule", rule);
  rungs_statement_bind_int64 (update, ":id", rungs_statement_get_int64 (row, 0));
  return rungs_statement_run (update, error);
}

/* What the query finds, whose parameters are bound: all of it first, for the index that finds it is
 * written. */
static gboolean
route_found (RungsDb           *db,
             RungsAccountRules *rules,
             RungsStatement    *ids,
             guint             *routed,
             GError           **error)
{
  g_autoptr (GArray) found = rungs_record_ids (ids, error);
  g_autoptr (RungsStatement) row = rungs_db_prepare (db, SQL_FACTS, error);
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_ROUTE, error);

  if (found == NULL || row == NULL || update == NULL)
    return FALSE;
  for (guint i = 0; i < found->len; i++)
    {
      rungs_statement_bind_int64 (row, ":id", g_array_index (found, gint64, i));
      if (rungs_statement_step (row, error) != RUNGS_ROW
          || !route_row (db, rules, row, update, error))
        return FALSE;
      rungs_statement_reset (row);
    }
  *routed += found->len;
  return TRUE;
}

gboolean
rungs_outbox_route (RungsDb *db,
                    guint    limit,
                    gint64   now,
                    guint   *routed,
                    GError **error)
{
  g_autoptr (RungsAccountRules) rules = rungs_account_rules_load (db, now, error);
  g_autoptr (RungsStatement) stale = rungs_db_prepare (db, SQL_STALE, error);
  g_autoptr (RungsStatement) fresh = rungs_db_prepare (db, SQL_FRESH, error);

  g_return_val_if_fail (routed != NULL, FALSE);

  *routed = 0;
  if (rules == NULL || stale == NULL || fresh == NULL)
    return FALSE;
  if (rungs_account_rules_are_none (rules))
    return TRUE;
  rungs_statement_bind_int64 (stale, ":number", rungs_account_rules_get_number (rules));
  rungs_statement_bind_int64 (stale, ":limit", limit);
  if (!route_found (db, rules, stale, routed, error))
    return FALSE;
  if (*routed == limit)
    return TRUE;
  rungs_statement_bind_int64 (fresh, ":now", now);
  rungs_statement_bind_int64 (fresh, ":limit", limit - *routed);
  return route_found (db, rules, fresh, routed, error);
}

/* ---- questions */

/* The one instant that a query tells, whose parameters are bound; G_MAXINT64 where it is NULL. */
static gboolean
take_instant (RungsStatement *query,
              gint64         *due,
              GError        **error)
{
  RungsStep step = query != NULL ? rungs_statement_step (query, error) : RUNGS_FAILED;

  *due = step == RUNGS_ROW && !rungs_statement_is_null (query, 0)
           ? rungs_statement_get_int64 (query, 0)
           : G_MAXINT64;
  return step != RUNGS_FAILED;
}

gboolean
rungs_outbox_next_route (RungsDb *db,
                         gint64  *due,
                         GError **error)
{
  g_autoptr (RungsStatement) fresh = rungs_db_prepare (db, SQL_NEXT_FRESH, error);
  g_autoptr (RungsStatement) stale = rungs_db_prepare (db, SQL_IS_STALE, error);
  RungsOutboxRouting routing;
  gint64 is_stale = 0;

  g_return_val_if_fail (due != NULL, FALSE);

  *due = G_MAXINT64;
  if (fresh == NULL || stale == NULL || !rungs_outbox_routing_load (db, &routing, error))
    return FALSE;
  if (!routing.by_rules)
    return TRUE;
  rungs_statement_bind_int64 (stale, ":number", routing.number);
  if (!rungs_statement_get_number (stale, 0, &is_stale, error))
    return FALSE;
  if (is_stale == 0)
    return take_instant (fresh, due, error);
  *due = 0;
  return TRUE;
}

gboolean
rungs_outbox_next_due_by (RungsDb *db,
                          gint64   account,
                          gint64  *due,
                          GError **error)
{
  g_autoptr (RungsStatement) query = NULL;
  RungsOutboxRouting routing;

  g_return_val_if_fail (due != NULL, FALSE);

  *due = G_MAXINT64;
  if (!rungs_outbox_routing_load (db, &routing, error))
    return FALSE;
  if (!routing.by_rules && account != routing.standard)
    return TRUE;
  query = rungs_db_prepare (db, routing.by_rules ? SQL_NEXT_BY : SQL_NEXT, error);
  if (query != NULL && routing.by_rules)
    {
      rungs_statement_bind_int64 (query, ":number", routing.number);
      rungs_statement_bind_int64 (query, ":account", account);
    }
  return take_instant (query, due, error);
}

gboolean
rungs_outbox_find_route (RungsDb *db,
                         gint64   id,
                         gint64   now,
                         gint64  *account,
                         gint64  *rule,
                         GError **error)
{
  g_autoptr (RungsStatement) row = rungs_db_prepare (db, SQL_FACTS, error);
  g_autoptr (RungsAccountRules) rules = NULL;
  RungsStep step;

  g_return_val_if_fail (account != NULL && rule != NULL, FALSE);

  if (row == NULL)
    return FALSE;
  rungs_statement_bind_int64 (row, ":id", id);
  step = rungs_statement_step (row, error);
  if (step == RUNGS_DONE)
    return rungs_record_refuse_missing ("message", id, error);
  if (step != RUNGS_ROW)
    return FALSE;
  *account = rungs_statement_get_int64 (row, 8);
  *rule = rungs_statement_get_int64 (row, 9);
  if (g_strcmp0 (rungs_statement_get_text (row, 7), "planned") != 0)
    return TRUE;
  rules = rungs_account_rules_load (db, now, error);
  return rules != NULL && ask_rules (db, rules, row, account, rule, error);
}

gboolean
rungs_outbox_imagine_route (RungsDb *db,
                            gint64   lead,
                            gint64   message,
                            gint64   now,
                            gint64  *account,
                            gint64  *rule,
                            GError **error)
{
  g_autoptr (RungsStatement) row = rungs_db_prepare (db, SQL_IMAGINED, error);
  g_autoptr (RungsAccountRules) rules = NULL;
  RungsStep step;

  g_return_val_if_fail (account != NULL && rule != NULL, FALSE);

  if (row == NULL)
    return FALSE;
  rungs_statement_bind_int64 (row, ":lead", lead);
  rungs_statement_bind_int64 (row, ":message", message);
  step = rungs_statement_step (row, error);
  if (step == RUNGS_DONE)
    return rungs_record_refuse_missing ("message", message, error);
  rules = step == RUNGS_ROW ? rungs_account_rules_load (db, now, error) : NULL;
  return rules != NULL && ask_rules (db, rules, row, account, rule, error);
}
