/* rungs-suppression-store.c: reads and writes the addresses that get nothing more. */

#include "leads/rungs-suppression-store.h"

#include <glib/gi18n.h>

#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "db/rungs-record.h"
#include "db/rungs-statement.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead-store.h"

static const char *const REASONS[]
    = { "", "unsubscribed", "bounced", "complained", "erased", "by hand" };

/* Of two reasons for the same address, the one that weighs more stays. */
static const int WEIGHTS[] = { [RUNGS_SUPPRESSED_NOT] = 0,
                               [RUNGS_SUPPRESSED_BY_HAND] = 1,
                               [RUNGS_SUPPRESSED_BOUNCED] = 1,
                               [RUNGS_SUPPRESSED_UNSUBSCRIBED] = 2,
                               [RUNGS_SUPPRESSED_COMPLAINED] = 2,
                               [RUNGS_SUPPRESSED_ERASED] = 3 };

#define COLUMNS " id, email, reason, note, at "

static const char SQL_SALT[] = "SELECT salt FROM business";

static const char SQL_LOAD[] = "SELECT" COLUMNS "FROM suppression WHERE hash = :hash";

static const char SQL_PUT[]
    = "INSERT INTO suppression (hash, email, reason, note, at)"
      " VALUES (:hash, :email, :reason, :note, :now)"
      " ON CONFLICT (hash) DO UPDATE"
      "    SET email = excluded.email, reason = excluded.reason, note = excluded.note,"
      "        at = excluded.at"
      " RETURNING id";

static const char SQL_LIFT[] = "DELETE FROM suppression WHERE id = :id";

static const char SQL_LIST[]
    = "SELECT" COLUMNS "FROM suppression ORDER BY at DESC, id DESC LIMIT :limit";

const char *
rungs_suppressed_to_text (RungsSuppressed reason)
{
  g_return_val_if_fail (reason < G_N_ELEMENTS (REASONS), "");

  return REASONS[reason];
}

RungsSuppressed
rungs_suppressed_from_text (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_strcmp0 (text, REASONS[i]) == 0)
      return i;
  return RUNGS_SUPPRESSED_NOT;
}

void
rungs_suppression_free (RungsSuppression *self)
{
  g_free (self->email);
  g_free (self->note);
  g_free (self);
}

GBytes *
rungs_suppression_load_salt (RungsDb *db,
                             GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SALT, error);
  RungsStep step;

  if (query == NULL)
    return NULL;
  step = rungs_statement_step (query, error);
  if (step == RUNGS_DONE)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                         _ ("the file holds no business"));
  return step == RUNGS_ROW ? rungs_statement_dup_blob (query, 0) : NULL;
}

char *
rungs_suppression_hash_salted (GBytes     *salt,
                               const char *email_key)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_return_val_if_fail (salt != NULL, NULL);
  g_return_val_if_fail (email_key != NULL, NULL);

  g_checksum_update (checksum, g_bytes_get_data (salt, NULL), g_bytes_get_size (salt));
  g_checksum_update (checksum, (const guchar *) email_key, -1);
  return g_strdup (g_checksum_get_string (checksum));
}

char *
rungs_suppression_hash (RungsDb    *db,
                        const char *email_key,
                        GError    **error)
{
  g_autoptr (GBytes) salt = NULL;

  g_return_val_if_fail (email_key != NULL, NULL);

  salt = rungs_suppression_load_salt (db, error);
  return salt ? rungs_suppression_hash_salted (salt, email_key) : NULL;
}

static gpointer
suppression_from_row (RungsStatement *row)
{
  RungsSuppression *suppression = g_new0 (RungsSuppression, 1);

  suppression->id = rungs_statement_get_int64 (row, 0);
  suppression->email = rungs_statement_dup_text (row, 1);
  suppression->reason = rungs_suppressed_from_text (rungs_statement_get_text (row, 2));
  suppression->note = rungs_statement_dup_text (row, 3);
  suppression->at = rungs_statement_get_int64 (row, 4);
  return suppression;
}

/* `suppression` is NULL where there is none. */
static gboolean
find (RungsDb           *db,
      const char        *hash,
      RungsSuppression **suppression,
      GError           **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LOAD, error);
  RungsStep step;

  if (query == NULL)
    return FALSE;
  rungs_statement_bind_text (query, ":hash", hash);
  step = rungs_statement_step (query, error);
  *suppression = step == RUNGS_ROW ? suppression_from_row (query) : NULL;
  return step != RUNGS_FAILED;
}

static gboolean
find_by_email (RungsDb           *db,
               const char        *email,
               char             **hash,
               RungsSuppression **suppression,
               GError           **error)
{
  g_autofree char *key = rungs_email_key (email, error);

  *hash = key ? rungs_suppression_hash (db, key, error) : NULL;
  return *hash != NULL && find (db, *hash, suppression, error);
}

static gint64
put (RungsDb        *db,
     const char     *hash,
     const char     *email,
     RungsSuppressed reason,
     const char     *note,
     gint64          now,
     GError        **error)
{
  g_autoptr (RungsStatement) insert = rungs_db_prepare (db, SQL_PUT, error);
  gint64 id;

  if (insert == NULL)
    return 0;
  rungs_statement_bind_text (insert, ":hash", hash);
  rungs_statement_bind_text (insert, ":email", reason == RUNGS_SUPPRESSED_ERASED ? NULL : email);
  rungs_statement_bind_text (insert, ":reason", rungs_suppressed_to_text (reason));
  rungs_statement_bind_text (insert, ":note", note ? note : "");
  rungs_statement_bind_int64 (insert, ":now", now);
  return rungs_statement_get_number (insert, 0, &id, error) ? id : 0;
}

/* Adds an event to the lead that has the address, if any. */
static gboolean
tell (RungsDb        *db,
      const char     *email,
      const char     *kind,
      gint64          suppression,
      RungsSuppressed reason,
      gint64          now,
      GError        **error)
{
  gint64 lead;

  if (!rungs_lead_find (db, email, &lead, error))
    return FALSE;
  return lead == 0
         || rungs_event_add (db, lead, kind, now, suppression, rungs_suppressed_to_text (reason),
                             error)
                != 0;
}

gboolean
rungs_suppression_add (RungsDb        *db,
                       const char     *email,
                       RungsSuppressed reason,
                       const char     *note,
                       gint64          now,
                       GError        **error)
{
  g_autoptr (RungsSuppression) standing = NULL;
  g_autofree char *hash = NULL;
  gint64 id;

  g_return_val_if_fail (email != NULL, FALSE);
  g_return_val_if_fail (reason != RUNGS_SUPPRESSED_NOT, FALSE);

  if (!find_by_email (db, email, &hash, &standing, error))
    return FALSE;
  if (standing != NULL && WEIGHTS[reason] <= WEIGHTS[standing->reason])
    return TRUE;
  id = put (db, hash, email, reason, note, now, error);
  return id != 0 && tell (db, email, RUNGS_EVENT_LEAD_SUPPRESSED, id, reason, now, error);
}

gboolean
rungs_suppression_check (RungsDb         *db,
                         const char      *email,
                         RungsSuppressed *reason,
                         GError         **error)
{
  g_autoptr (RungsSuppression) standing = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (email != NULL, FALSE);
  g_return_val_if_fail (reason != NULL, FALSE);

  if (!find_by_email (db, email, &hash, &standing, error))
    return FALSE;
  *reason = standing ? standing->reason : RUNGS_SUPPRESSED_NOT;
  return TRUE;
}

static gboolean
lift (RungsDb                *db,
      const char             *email,
      const RungsSuppression *standing,
      gint64                  now,
      GError                **error)
{
  g_autoptr (RungsStatement) statement = rungs_db_prepare (db, SQL_LIFT, error);

  if (statement == NULL)
    return FALSE;
  rungs_statement_bind_int64 (statement, ":id", standing->id);
  return rungs_statement_run (statement, error)
         && tell (db, email, RUNGS_EVENT_LEAD_UNSUPPRESSED, standing->id, standing->reason, now,
                  error);
}

gboolean
rungs_suppression_take_back (RungsDb    *db,
                             const char *email,
                             gint64      now,
                             GError    **error)
{
  g_autoptr (RungsSuppression) standing = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (email != NULL, FALSE);

  if (!find_by_email (db, email, &hash, &standing, error))
    return FALSE;
  return standing == NULL || standing->reason != RUNGS_SUPPRESSED_UNSUBSCRIBED
         || lift (db, email, standing, now, error);
}

gboolean
rungs_suppression_lift (RungsDb    *db,
                        const char *email,
                        gint64      now,
                        GError    **error)
{
  g_autoptr (RungsSuppression) standing = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (email != NULL, FALSE);

  if (!find_by_email (db, email, &hash, &standing, error))
    return FALSE;
  if (standing == NULL)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                   _ ("%s is not on the do-not-send list"), email);
      return FALSE;
    }
  if (WEIGHTS[standing->reason] > 1)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT,
                   _ ("the owner of %s asked for no more messages: only they can take that back"),
                   email);
      return FALSE;
    }
  return lift (db, email, standing, now, error);
}

GPtrArray *
rungs_suppression_list (RungsDb *db,
                        guint    limit,
                        GError **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_LIST, error);

  if (query == NULL)
    return NULL;
  rungs_statement_bind_int64 (query, ":limit", limit);
  return rungs_record_list (query, suppression_from_row, (GDestroyNotify) rungs_suppression_free,
                            error);
}
