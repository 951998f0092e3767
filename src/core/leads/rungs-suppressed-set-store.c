/* rungs-suppressed-set-store.c: all addresses that get nothing more, held in memory. */

#include "leads/rungs-suppressed-set-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"

struct _RungsSuppressedSet
{
  GBytes *salt;        /* (owned) */
  GHashTable *reasons; /* (owned) hash -> RungsSuppressed */
  gint64 erased;
};

static const char SQL_ALL[] = "SELECT hash, reason FROM suppression";
static const char SQL_COUNT_ERASED[] = "SELECT count (*) FROM suppression WHERE reason = 'erased'";

static gboolean
load_reasons (RungsSuppressedSet *self,
              RungsDb            *db,
              GError            **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_ALL, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      RungsSuppressed reason = rungs_suppressed_from_text (rungs_statement_get_text (query, 1));

      g_hash_table_insert (self->reasons, rungs_statement_dup_text (query, 0),
                           GINT_TO_POINTER (reason));
      self->erased += reason == RUNGS_SUPPRESSED_ERASED;
    }
  return rungs_statement_done (query, error);
}

RungsSuppressedSet *
rungs_suppressed_set_load (RungsDb *db,
                           GError **error)
{
  g_autoptr (RungsSuppressedSet) self = g_new0 (RungsSuppressedSet, 1);

  g_return_val_if_fail (db != NULL, NULL);

  self->reasons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->salt = rungs_suppression_load_salt (db, error);
  return self->salt != NULL && load_reasons (self, db, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_suppressed_set_free (RungsSuppressedSet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->salt, g_bytes_unref);
  g_hash_table_unref (self->reasons);
  g_free (self);
}

gboolean
rungs_suppressed_set_is_empty (RungsSuppressedSet *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  return g_hash_table_size (self->reasons) == 0;
}

RungsSuppressed
rungs_suppressed_set_find (RungsSuppressedSet *self,
                           const char         *email_key,
                           char              **hash)
{
  g_return_val_if_fail (self != NULL && email_key != NULL && hash != NULL, RUNGS_SUPPRESSED_NOT);

  *hash = rungs_suppression_hash_salted (self->salt, email_key);
  return GPOINTER_TO_INT (g_hash_table_lookup (self->reasons, *hash));
}

gboolean
rungs_suppressed_set_check (RungsSuppressedSet *self,
                            RungsDb            *db,
                            GError            **error)
{
  g_autoptr (RungsStatement) query = NULL;
  gint64 erased;

  g_return_val_if_fail (self != NULL && db != NULL, FALSE);

  query = rungs_db_prepare (db, SQL_COUNT_ERASED, error);
  if (query == NULL || !rungs_statement_get_number (query, 0, &erased, error))
    return FALSE;
  if (erased == self->erased)
    return TRUE;
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_BUSY,
                       _ ("A person was erased while the file was read; import it again."));
  return FALSE;
}
