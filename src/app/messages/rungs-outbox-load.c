/* rungs-outbox-load.c: what the outbox shows and does, for the threads of the store. */

#include "rungs-outbox-load.h"

#include "base/rungs-error.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-practice-transport.h"

typedef gboolean (*Decide) (RungsDb *db,
                            gint64   id,
                            gint64   now,
                            GError **error);

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

void
rungs_outbox_details_free (RungsOutboxDetails *self)
{
  g_clear_pointer (&self->row, rungs_outbox_row_free);
  g_clear_pointer (&self->mail, rungs_practice_mail_free);
  g_free (self->trouble);
  g_clear_pointer (&self->why, rungs_outbox_why_free);
  g_free (self);
}

/* The file of the practice folder. */
static RungsPracticeMail *
read_written (RungsDb              *db,
              const RungsOutboxRow *row)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  g_autofree char *name = rungs_practice_file_name (row->message_id);

  if (row->state != RUNGS_OUTBOX_SENT || !rungs_practice_has (folder, row->message_id))
    return NULL;
  return rungs_practice_folder_read (folder, name, NULL);
}

static RungsAccount *
load_account (RungsDb               *db,
              const RungsOutboxRow  *row,
              GError               **error)
{
  return row->account != 0 ? rungs_account_load (db, row->account, error)
                           : rungs_account_load_default (db, error);
}

/* What is sent, as the sender's claim would have it. */
static RungsOutboxClaim *
claim_of (RungsDb               *db,
          const RungsOutboxRow  *row,
          GError               **error)
{
  RungsOutboxClaim *claim = NULL;
  gint64 version = row->message_version;

  if (version == 0)
    {
      g_autoptr (RungsMessage) message = rungs_message_load (db, row->message, error);

      if (message == NULL)
        return NULL;
      version = message->version;
    }
  claim = g_new0 (RungsOutboxClaim, 1);
  claim->id = row->id;
  claim->lead = row->lead;
  claim->message = row->message;
  claim->message_version = version;
  claim->sells = row->sells;
  claim->marketing = row->marketing;
  claim->email = g_strdup (row->email);
  claim->message_id = g_strdup (row->message_id);
  return claim;
}

static RungsPracticeMail *
compose (RungsDb               *db,
         const RungsOutboxRow  *row,
         GError               **error)
{
  g_autoptr (RungsAccount) account = load_account (db, row, error);
  g_autoptr (RungsOutboxClaim) claim = account ? claim_of (db, row, error) : NULL;
  g_autoptr (RungsComposer) composer = rungs_composer_new ();
  g_autoptr (GBytes) bytes = NULL;
  gint64 now = row->claimed_at != 0 ? row->claimed_at : MAX (row->due_at, now_ms ());

  if (claim == NULL)
    return NULL;
  bytes = rungs_composer_compose (composer, db, claim, account, now, error);
  return bytes != NULL ? rungs_practice_mail_from_bytes (bytes, error) : NULL;
}

gpointer
rungs_outbox_load_details (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (RungsOutboxDetails) details = g_new0 (RungsOutboxDetails, 1);
  g_autoptr (GError) trouble = NULL;

  details->row = rungs_outbox_load (db, *(gint64 *) data, error);
  if (details->row == NULL)
    return NULL;
  details->why = rungs_outbox_why (db, details->row->id, now_ms (), error);
  if (details->why == NULL)
    return NULL;
  details->origin = RUNGS_OUTBOX_MAIL_WRITTEN;
  details->mail = read_written (db, details->row);
  if (details->mail != NULL)
    return g_steal_pointer (&details);

  details->origin = details->row->message_version != 0 ? RUNGS_OUTBOX_MAIL_RECORDED
                                                   : RUNGS_OUTBOX_MAIL_PLANNED;
  details->mail = compose (db, details->row, &trouble);
  if (details->mail == NULL)
    details->trouble = g_strdup (trouble->message);
  return g_steal_pointer (&details);
}

gpointer
rungs_outbox_load_counts (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree gint64 *counts = g_new0 (gint64, RUNGS_OUTBOX_DOUBT + 1);

  return rungs_outbox_count (db, counts, error) ? g_steal_pointer (&counts) : NULL;
}

/* Returns: (transfer full) (nullable): how many were decided. */
static gint64 *
decide (RungsDb      *db,
        const GArray *ids,
        Decide        func,
        GError      **error)
{
  gint64 decided = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GError) refusal = NULL;

      if (func (db, g_array_index (ids, gint64, i), now_ms (), &refusal))
        {
          decided++;
          continue;
        }
      if (g_error_matches (refusal, RUNGS_ERROR, RUNGS_ERROR_CONFLICT)
          || g_error_matches (refusal, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
        continue;
      g_propagate_error (error, g_steal_pointer (&refusal));
      return NULL;
    }
  return g_memdup2 (&decided, sizeof decided);
}

gpointer
rungs_outbox_do_sent (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  return decide (db, data, rungs_outbox_resolve_sent, error);
}

gpointer
rungs_outbox_do_retry (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  return decide (db, data, rungs_outbox_resolve_retry, error);
}
