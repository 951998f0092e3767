/* rungs-web-list-store.c: finds the deliveries that a browser shows, and what they brought. */

#include "web/rungs-web-list-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"

#define FROM                                                                                       \
  "SELECT d.id FROM web_delivery d WHERE (:endpoint IS NULL OR d.endpoint = :endpoint)"
#define IN_STATE " AND d.state = :state"
#define WITH_WORDS                                                                                 \
  " AND (d.lead IN (SELECT rowid FROM lead_search WHERE lead_search MATCH :words)"                 \
  "  OR d.key = :part"                                                                             \
  "  OR instr (lower (d.kind), lower (:part)) > 0"                                                 \
  "  OR instr (lower (d.reason), lower (:part)) > 0"                                               \
  "  OR d.endpoint IN (SELECT e.id FROM web_endpoint e"                                            \
  "                     WHERE e.provider = :part"                                                  \
  "                        OR instr (lower (e.name), lower (:part)) > 0)"                          \
  "  OR (d.state = 'quarantine'"                                                                   \
  "      AND EXISTS (SELECT 1 FROM web_raw r"                                                      \
  "                   WHERE r.delivery = d.id"                                                     \
  "                     AND instr (replace (lower (CAST (r.body AS TEXT)), '%40', '@'),"           \
  "                                lower (:part)) > 0)))"
#define RISING " ORDER BY d.id LIMIT :limit"
#define FALLING " ORDER BY d.id DESC LIMIT :limit"

/* By whether there is a state, whether there are words, and whether it rises. */
static const char *const SQL_FIND[2][2][2] = {
  { { FROM FALLING, FROM RISING }, { FROM WITH_WORDS FALLING, FROM WITH_WORDS RISING } },
  { { FROM IN_STATE FALLING, FROM IN_STATE RISING },
    { FROM IN_STATE WITH_WORDS FALLING, FROM IN_STATE WITH_WORDS RISING } },
};

static const char SQL_VALUES[]
    = "SELECT field, value FROM web_value WHERE delivery = :id ORDER BY field";

static const char SQL_CONSENT[]
    = "SELECT coalesce (max (c.wording), '')"
      "  FROM web_consent w JOIN consent c ON c.id = w.consent WHERE w.delivery = :id";

static const char SQL_TALLY[]
    = "SELECT endpoint, count (*), sum (state = 'quarantine'), max (received_at)"
      "  FROM web_delivery WHERE endpoint IS NOT NULL GROUP BY endpoint";

static const char SQL_IS_IGNORED[] = "SELECT state = 'ignored' FROM web_delivery WHERE id = :id";

static const char SQL_TAKE_BACK[]
    = "UPDATE web_delivery SET state = 'quarantine', reason = :reason, ended_at = NULL"
      " WHERE id = :id";

/* Among the newest: one that was sent just now is looked for. */
static const char SQL_FIND_MARKED[]
    = "SELECT r.delivery FROM web_raw r"
      " WHERE r.delivery > (SELECT coalesce (max (id), 0) - 10000 FROM web_delivery)"
      "   AND r.path = :path AND instr (r.headers, :mark) > 0"
      " ORDER BY r.delivery DESC LIMIT 1";

static const char SQL_FORGET[] = "DELETE FROM web_delivery WHERE id = :id";

RungsWebQuery *
rungs_web_query_copy (const RungsWebQuery *self)
{
  RungsWebQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->words = g_strdup (self->words);
  return copy;
}

void
rungs_web_query_free (RungsWebQuery *self)
{
  g_free (self->words);
  g_free (self);
}

GArray *
rungs_web_delivery_find (RungsDb              *db,
                         const RungsWebQuery  *query,
                         GError              **error)
{
  g_autofree char *part = g_strstrip (g_strdup (query->words != NULL ? query->words : ""));
  g_autofree char *words = rungs_lead_search_query (part);
  g_autoptr (RungsStatement) find
      = rungs_db_prepare (db, SQL_FIND[query->state >= 0][words != NULL][query->rising != FALSE],
                          error);

  if (find == NULL)
    return NULL;
  rungs_statement_bind_id (find, ":endpoint", query->endpoint);
  if (query->state >= 0)
    rungs_statement_bind_text (find, ":state", rungs_web_state_to_text (query->state));
  if (words != NULL)
    {
      rungs_statement_bind_text (find, ":words", words);
      rungs_statement_bind_text (find, ":part", part);
    }
  rungs_statement_bind_int64 (find, ":limit", query->limit > 0 ? (gint64) query->limit : -1);
  return rungs_record_ids (find, error);
}

/* ---- what one brought */

static void
value_free (gpointer data)
{
  RungsWebValue *self = data;

  g_free (self->field);
  g_free (self->value);
  g_free (self);
}

static gpointer
read_value (RungsStatement *row)
{
  RungsWebValue *self = g_new0 (RungsWebValue, 1);

  self->field = rungs_statement_dup_text (row, 0);
  self->value = rungs_statement_dup_text (row, 1);
  return self;
}

GPtrArray *
rungs_web_delivery_values (RungsDb  *db,
                           gint64    delivery,
                           GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_VALUES, error);

  if (query != NULL)
    rungs_statement_bind_int64 (query, ":id", delivery);
  return rungs_record_list (query, read_value, value_free, error);
}

static gpointer
read_text (RungsStatement *row)
{
  return rungs_statement_dup_text (row, 0);
}

char *
rungs_web_delivery_dup_consent (RungsDb  *db,
                                gint64    delivery,
                                GError  **error)
{
  return rungs_record_load (db, SQL_CONSENT, delivery, read_text, "delivery", error);
}

static gpointer
read_tally (RungsStatement *row)
{
  RungsWebTally *self = g_new0 (RungsWebTally, 1);

  self->endpoint = rungs_statement_get_int64 (row, 0);
  self->all = rungs_statement_get_int64 (row, 1);
  self->quarantined = rungs_statement_get_int64 (row, 2);
  self->last_at = rungs_statement_get_int64 (row, 3);
  return self;
}

GPtrArray *
rungs_web_delivery_tally (RungsDb  *db,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_TALLY, error);

  return rungs_record_list (query, read_tally, g_free, error);
}

/* ---- what a person takes back */

gboolean
rungs_web_delivery_take_back (RungsDb     *db,
                              gint64       id,
                              const char  *reason,
                              GError     **error)
{
  g_autoptr (RungsStatement) update = NULL;
  gint64 is = -1;

  if (!rungs_record_ask (db, SQL_IS_IGNORED, id, -1, &is, error))
    return FALSE;
  if (is < 0)
    return rungs_record_refuse_missing ("delivery", id, error);
  if (is == 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                           _ ("Something has become of that delivery since."));
      return FALSE;
    }
  update = rungs_db_prepare (db, SQL_TAKE_BACK, error);
  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":id", id);
  rungs_statement_bind_text (update, ":reason", reason);
  return rungs_statement_run (update, error);
}

gboolean
rungs_web_delivery_find_marked (RungsDb     *db,
                                const char  *path,
                                const char  *mark,
                                gint64      *id,
                                GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_FIND_MARKED, error);

  g_return_val_if_fail (id != NULL, FALSE);

  *id = 0;
  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":path", path);
  rungs_statement_bind_text (query, ":mark", mark);
  return rungs_statement_get_number (query, 0, id, error);
}

gboolean
rungs_web_delivery_forget (RungsDb  *db,
                           gint64    id,
                           GError  **error)
{
  return rungs_record_run (db, SQL_FORGET, id, error);
}
