/* rungs-outbox-search-store.c: finds the messages of the outbox that a browser shows. */

#include "mail/rungs-outbox-search-store.h"

#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-lead-search-store.h"

#define N_SORTS (RUNGS_OUTBOX_LATEST + 1)

#define FROM "SELECT id FROM outbox WHERE "
#define OF_STATE "state = :state"
#define WITH_WORDS \
  "(lead IN (SELECT rowid FROM lead_search WHERE lead_search MATCH :words)" \
  " OR message IN (SELECT id FROM message WHERE instr (lower (name), lower (:part)) > 0))"
#define BY_ID " ORDER BY id DESC LIMIT :limit"
#define BY_TIME " ORDER BY coalesce (ended_at, due_at), id LIMIT :limit"
#define BY_TIME_DESC " ORDER BY coalesce (ended_at, due_at) DESC, id DESC LIMIT :limit"
#define EACH_WAY(where) { FROM where BY_ID, FROM where BY_TIME, FROM where BY_TIME_DESC }

/* By whether there is a state, and whether there are words. */
static const char *const SQL_FIND[2][2][N_SORTS] = {
  { EACH_WAY ("1"), EACH_WAY (WITH_WORDS) },
  { EACH_WAY (OF_STATE), EACH_WAY (OF_STATE " AND " WITH_WORDS) },
};

RungsOutboxQuery *
rungs_outbox_query_copy (const RungsOutboxQuery *self)
{
  RungsOutboxQuery *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->words = g_strdup (self->words);
  return copy;
}

void
rungs_outbox_query_free (RungsOutboxQuery *self)
{
  g_free (self->words);
  g_free (self);
}

GArray *
rungs_outbox_find (RungsDb                *db,
                   const RungsOutboxQuery *query,
                   GError                **error)
{
  g_autofree char *part = NULL;
  g_autofree char *words = NULL;
  g_autoptr (RungsStatement) find = NULL;

  g_return_val_if_fail (db != NULL && query != NULL, NULL);
  g_return_val_if_fail (query->sort < N_SORTS, NULL);

  part = g_strstrip (g_strdup (query->words ? query->words : ""));
  words = rungs_lead_search_query (part);
  find = rungs_db_prepare (db, SQL_FIND[query->state != 0][words != NULL][query->sort], error);
  if (find == NULL)
    return NULL;
  if (query->state != 0)
    rungs_statement_bind_text (find, ":state", rungs_outbox_state_to_text (query->state));
  if (words != NULL)
    {
      rungs_statement_bind_text (find, ":words", words);
      rungs_statement_bind_text (find, ":part", part);
    }
  rungs_statement_bind_int64 (find, ":limit", query->limit > 0 ? (gint64) query->limit : -1);
  return rungs_record_ids (find, error);
}
