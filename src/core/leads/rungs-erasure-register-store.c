/* rungs-erasure-register-store.c: who was erased, without saying who it was. */

#include "leads/rungs-erasure-register-store.h"

#include <inttypes.h>

#include "db/rungs-record.h"
#include "leads/rungs-suppression-store.h"

static const char SQL_ADD[]
    = "INSERT INTO erasure (uuid, at, known_since, reason, orders_kept, mentions)"
      " VALUES (:uuid, :at, :since, :reason, :kept, :mentions) RETURNING id";

static const char SQL_ADD_PRINT[]
    = "INSERT OR IGNORE INTO erasure_print (erasure, hash) VALUES (:erasure, :hash)";

static const char SQL_LIST[]
    = "SELECT id, uuid, at, known_since, reason, orders_kept, mentions, wiped_at,"
      "       (SELECT group_concat (p.hash, ' ') FROM erasure_print p WHERE p.erasure = erasure.id)"
      "  FROM erasure ORDER BY at DESC, id DESC";

static const char SQL_UNWIPED[] = "SELECT EXISTS (SELECT 1 FROM erasure WHERE wiped_at IS NULL)";

static const char SQL_SET_WIPED[]
    = "UPDATE erasure SET wiped_at = :now WHERE wiped_at IS NULL AND id <= :newest";

static const char SQL_LEADS[] = "SELECT id, created_at, email_key FROM lead";

RungsErasure *
rungs_erasure_new (gint64 now)
{
  RungsErasure *self = g_new0 (RungsErasure, 1);

  self->uuid = g_uuid_string_random ();
  self->at = now;
  self->reason = g_strdup ("");
  self->prints = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
rungs_erasure_free (RungsErasure *self)
{
  g_free (self->uuid);
  g_free (self->reason);
  g_clear_pointer (&self->prints, g_ptr_array_unref);
  g_free (self);
}

gboolean
rungs_erasure_is_held_by (const RungsErasure *self,
                          gint64              written_at)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return written_at >= self->known_since && written_at <= self->at;
}

/* What the print of a lead is made of: no other lead of the business has it, ever, for an id that
 * is given again is given at another time. */
static char *
lead_print (GBytes *salt,
            gint64  id,
            gint64  created_at)
{
  g_autofree char *text = g_strdup_printf ("lead:%" PRId64 ":%" PRId64, id, created_at);

  return rungs_suppression_hash_salted (salt, text);
}

gboolean
rungs_erasure_take_prints (RungsErasure    *self,
                           RungsDb         *db,
                           const RungsLead *lead,
                           GPtrArray       *email_keys,
                           GError         **error)
{
  g_autoptr (GBytes) salt = rungs_suppression_load_salt (db, error);

  g_return_val_if_fail (self != NULL && lead != NULL && email_keys != NULL, FALSE);

  if (salt == NULL)
    return FALSE;
  g_ptr_array_add (self->prints, lead_print (salt, lead->id, lead->created_at));
  for (guint i = 0; i < email_keys->len; i++)
    g_ptr_array_add (self->prints,
                     rungs_suppression_hash_salted (salt, g_ptr_array_index (email_keys, i)));
  return TRUE;
}

static gboolean
add_prints (RungsDb            *db,
            const RungsErasure *erasure,
            GError            **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD_PRINT, error);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_int64 (insert, ":erasure", erasure->id);
  for (guint i = 0; i < erasure->prints->len; i++)
    {
      rungs_statement_bind_text (insert, ":hash", g_ptr_array_index (erasure->prints, i));
      if (!rungs_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_erasure_add (RungsDb      *db,
                   RungsErasure *erasure,
                   GError      **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_ADD, error);

  g_return_val_if_fail (erasure != NULL, FALSE);

  if (insert == NULL)
    return FALSE;
  rungs_statement_bind_text (insert, ":uuid", erasure->uuid);
  rungs_statement_bind_int64 (insert, ":at", erasure->at);
  rungs_statement_bind_int64 (insert, ":since", erasure->known_since);
  rungs_statement_bind_text (insert, ":reason", erasure->reason);
  rungs_statement_bind_int64 (insert, ":kept", erasure->orders_kept);
  rungs_statement_bind_int64 (insert, ":mentions", erasure->mentions);
  return rungs_statement_get_number (insert, 0, &erasure->id, error)
         && add_prints (db, erasure, error);
}

static gpointer
erasure_from_row (RungsStatement *row)
{
  RungsErasure *erasure = g_new0 (RungsErasure, 1);
  const char *prints = rungs_statement_get_text (row, 8);
  g_auto (GStrv) hashes = g_strsplit (prints != NULL ? prints : "", " ", -1);

  erasure->id = rungs_statement_get_int64 (row, 0);
  erasure->uuid = rungs_statement_dup_text (row, 1);
  erasure->at = rungs_statement_get_int64 (row, 2);
  erasure->known_since = rungs_statement_get_int64 (row, 3);
  erasure->reason = rungs_statement_dup_text (row, 4);
  erasure->orders_kept = rungs_statement_get_int64 (row, 5) != 0;
  erasure->mentions = rungs_statement_get_int64 (row, 6);
  erasure->wiped_at = rungs_statement_get_int64 (row, 7);
  erasure->prints = g_ptr_array_new_with_free_func (g_free);
  for (char **hash = hashes; *hash != NULL; hash++)
    g_ptr_array_add (erasure->prints, g_strdup (*hash));
  return erasure;
}

GPtrArray *
rungs_erasure_list (RungsDb *db,
                    GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  return rungs_record_list (query, erasure_from_row, (GDestroyNotify) rungs_erasure_free, error);
}

gboolean
rungs_erasure_is_unwiped (RungsDb  *db,
                          gboolean *unwiped,
                          GError  **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_UNWIPED, error);
  gint64 answer;

  g_return_val_if_fail (unwiped != NULL, FALSE);

  if (query == NULL || !rungs_statement_get_number (query, 0, &answer, error))
    return FALSE;
  *unwiped = answer != 0;
  return TRUE;
}

gboolean
rungs_erasure_set_wiped (RungsDb *db,
                         gint64   newest,
                         gint64   now,
                         GError **error)
{
  g_autoptr (RungsStatement) update = rungs_db_prepare (db, SQL_SET_WIPED, error);

  if (update == NULL)
    return FALSE;
  rungs_statement_bind_int64 (update, ":newest", newest);
  rungs_statement_bind_int64 (update, ":now", now);
  return rungs_statement_run (update, error);
}

GArray *
rungs_erasure_find_leads (RungsDb    *db,
                          GHashTable *prints,
                          GError    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LEADS, error);
  g_autoptr (GBytes) salt = NULL;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_return_val_if_fail (prints != NULL, NULL);

  if (query == NULL || (salt = rungs_suppression_load_salt (db, error)) == NULL)
    return NULL;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);
      const char *key = rungs_statement_get_text (query, 2);
      g_autofree char *of_lead = lead_print (salt, id, rungs_statement_get_int64 (query, 1));
      g_autofree char *of_email = key ? rungs_suppression_hash_salted (salt, key) : NULL;

      if (g_hash_table_contains (prints, of_lead)
          || (of_email != NULL && g_hash_table_contains (prints, of_email)))
        g_array_append_val (leads, id);
    }
  return rungs_statement_done (query, error) ? g_steal_pointer (&leads) : NULL;
}
