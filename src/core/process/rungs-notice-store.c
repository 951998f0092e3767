/* rungs-notice-store.c: new leads of which staff are told, each once. */

#include "process/rungs-notice-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "process/rungs-notice-rule-store.h"

static const char SQL_ADD[]
    = "INSERT OR IGNORE INTO notice (lead, at, desktop, today, mail)"
      " SELECT l.id, :at, :desktop, :today, :mail FROM lead l WHERE l.id = :lead";

/* An address that is new is told of this notice and those after it. */
static const char SQL_ADD_ADDRESS[]
    = "INSERT OR IGNORE INTO notice_address (address, told)"
      " SELECT :address, n.id - 1 FROM notice n WHERE n.lead = :lead";

static const char SQL_DUE[] = "SELECT EXISTS (SELECT 1 FROM notice WHERE desktop = 1)";

static const char SQL_TELL[] = "UPDATE notice SET desktop = 2 WHERE desktop = 1";

#define ROW                                                                                        \
  "SELECT n.id, n.lead,"                                                                           \
  "       coalesce (nullif (trim (l.first_name || ' ' || l.last_name), ''),"                       \
  "                 nullif (l.company, ''), l.email, l.phone),"                                    \
  "       coalesce ((SELECT s.name FROM touch t JOIN source s ON s.id = t.source"                  \
  "                   WHERE t.lead = n.lead ORDER BY t.at, t.id LIMIT 1), ''), n.at"               \
  "  FROM notice n JOIN lead l ON l.id = n.lead"

static const char SQL_LIST_TOLD[]
    = ROW " WHERE n.desktop = 1 OR (n.desktop = 2 AND n.at > :since AND n.seen_at IS NULL)"
          " ORDER BY n.id DESC";

static const char SQL_COUNT_UNSEEN[]
    = "SELECT count (*) FROM notice WHERE today = 1 AND seen_at IS NULL";

static const char SQL_LIST_UNSEEN[]
    = "SELECT lead FROM notice WHERE today = 1 AND seen_at IS NULL ORDER BY id";

static const char SQL_IS_UNSEEN[]
    = "SELECT EXISTS (SELECT 1 FROM notice WHERE lead = :id AND seen_at IS NULL)";

static const char SQL_SEE[]
    = "UPDATE notice SET seen_at = :now"
      " WHERE seen_at IS NULL AND (lead = :lead OR (:lead = 0 AND today = 1))";

static const char SQL_UNSEE[] = "UPDATE notice SET seen_at = NULL WHERE lead = :id";

void
rungs_notice_free (RungsNotice *self)
{
  g_free (self->name);
  g_free (self->source);
  g_free (self);
}

/* ---- following */

static gboolean
add_addresses (RungsDb     *db,
               gint64       lead,
               const char  *mail,
               GError     **error)
{
  g_auto (GStrv) addresses = g_strsplit (mail, "\n", -1);
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_ADDRESS, error);

  if (insert == NULL)
    return FALSE;
  for (char **address = addresses; *address != NULL; address++)
    {
      rungs_statement_bind_text (insert, ":address", *address);
      rungs_statement_bind_int64 (insert, ":lead", lead);
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
add_notice (RungsDb                *db,
            gint64                  lead,
            const RungsNoticeRule  *rule,
            gint64                  at,
            GError                **error)
{
  g_autoptr (RungsStatement) insert = NULL;

  if (!rule->desktop && !rule->today && *rule->mail == '\0')
    return TRUE;
  insert = rungs_db_prepare (db, SQL_ADD, error);
  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":lead", lead);
  rungs_statement_bind_int64 (insert, ":at", at);
  rungs_statement_bind_int64 (insert, ":desktop", rule->desktop);
  rungs_statement_bind_int64 (insert, ":today", rule->today);
  rungs_statement_bind_text (insert, ":mail", rule->mail);
  return rungs_statement_run (insert, error) && add_addresses (db, lead, rule->mail, error);
}

/* Who typed it in knows of it; the demo business has no staff. */
static gboolean
came_by_itself (const RungsEvent *event)
{
  return event->run == 0 && event->lead != 0 && !g_str_equal (event->detail, "by hand")
         && !g_str_equal (event->detail, "demo");
}

static gboolean
event_cb (RungsDb           *db,
          const RungsEvent  *event,
          gpointer           data,
          GError           **error)
{
  g_autoptr (RungsNoticeRule) rule = NULL;

  if (!came_by_itself (event))
    return TRUE;
  rule = rungs_notice_rule_for_lead (db, event->lead, error);
  return rule != NULL && add_notice (db, event->lead, rule, *(gint64 *) data, error);
}

gboolean
rungs_notices_follow (RungsDb  *db,
                      gint64    now,
                      GError  **error)
{
  static const char *const KINDS[] = { RUNGS_EVENT_LEAD_CREATED, NULL };

  return rungs_event_follow (db, "notices", KINDS, event_cb, &now, error);
}

/* ---- telling */

static gpointer
read_notice (RungsStatement *row)
{
  RungsNotice *self = g_new0 (RungsNotice, 1);

  self->id = rungs_statement_get_int64 (row, 0);
  self->lead = rungs_statement_get_int64 (row, 1);
  self->name = rungs_statement_dup_text (row, 2);
  self->source = rungs_statement_dup_text (row, 3);
  self->at = rungs_statement_get_int64 (row, 4);
  return self;
}

static gboolean
ask (RungsDb     *db,
     const char  *sql,
     gint64      *number,
     GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  return query != NULL && rungs_statement_get_number (query, 0, number, error);
}

gboolean
rungs_notices_are_due (RungsDb   *db,
                       gboolean  *due,
                       GError   **error)
{
  gint64 number = 0;

  if (!ask (db, SQL_DUE, &number, error))
    return FALSE;
  *due = number != 0;
  return TRUE;
}

GPtrArray *
rungs_notices_take (RungsDb  *db,
                    gint64    since,
                    GError  **error)
{
  g_autoptr (RungsStatement) query = NULL;
  g_autoptr (RungsStatement) update = NULL;
  g_autoptr (GPtrArray) notices = NULL;
  gboolean due = FALSE;

  if (!rungs_notices_are_due (db, &due, error))
    return NULL;
  if (!due)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_notice_free);
  query = rungs_db_prepare (db, SQL_LIST_TOLD, error);
  update = query != NULL ? rungs_db_prepare (db, SQL_TELL, error) : NULL;
  if (update == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":since", since);
  notices = rungs_record_list (query, read_notice, (GDestroyNotify) rungs_notice_free, error);
  return notices != NULL && rungs_statement_run (update, error) ? g_steal_pointer (&notices) : NULL;
}

/* ---- looking */

gboolean
rungs_notices_count_unseen (RungsDb  *db,
                            gint64   *n,
                            GError  **error)
{
  return ask (db, SQL_COUNT_UNSEEN, n, error);
}

GArray *
rungs_notice_list_unseen (RungsDb  *db,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST_UNSEEN, error);

  return rungs_record_ids (query, error);
}

gboolean
rungs_notice_is_unseen (RungsDb   *db,
                        gint64     lead,
                        gboolean  *unseen,
                        GError   **error)
{
  gint64 number = 0;

  if (!rungs_record_ask (db, SQL_IS_UNSEEN, lead, 0, &number, error))
    return FALSE;
  *unseen = number != 0;
  return TRUE;
}

gboolean
rungs_notice_see (RungsDb  *db,
                  gint64    lead,
                  gint64    now,
                  GError  **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SEE, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":lead", lead);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

gboolean
rungs_notice_unsee (RungsDb  *db,
                    GArray   *leads,
                    GError  **error)
{
  for (guint i = 0; i < leads->len; i++)
    if (!rungs_record_run (db, SQL_UNSEE, g_array_index (leads, gint64, i), error))
      return FALSE;
  return TRUE;
}
