/* rungs-wipe.c: after people were erased: nothing of them is left where rows and files were.
 *
 * Rows that were deleted are still in the file's free space, in pages that were split before, and
 * in the log; words, in the search index, until it merges. So the index is merged and the file
 * written anew. Whose practice messages go is told by the hashes of the do-not-send list, so that
 * this can be done after a crash too, when nobody knows the addresses any more. */

#include "engine/rungs-wipe.h"

#include "base/rungs-email-address.h"
#include "engine/rungs-erasure-file.h"
#include "leads/rungs-erasure-register-store.h"
#include "leads/rungs-lead-search-store.h"
#include "mail/rungs-practice-folder.h"
#include "mail/rungs-practice-transport.h"
#include "leads/rungs-suppression-store.h"

/* Whether that is the address of somebody who was erased. */
typedef struct
{
  RungsDb *db;
  GError *failure; /* (owned) (nullable) */
} Asking;

static gboolean
is_erased_cb (const char *address,
              gpointer    data)
{
  Asking *asking = data;
  g_autofree char *key = address ? rungs_email_key (address, NULL) : NULL;
  RungsSuppressed reason;

  if (key == NULL || asking->failure != NULL
      || !rungs_suppression_check (asking->db, key, &reason, &asking->failure))
    return FALSE;
  return reason == RUNGS_SUPPRESSED_ERASED;
}

static gboolean
remove_mails (RungsDb *db,
              gint64  *removed,
              GError **error)
{
  g_autofree char *folder = rungs_practice_get_folder (rungs_db_get_path (db));
  Asking asking = { .db = db };

  if (!rungs_practice_folder_remove (folder, is_erased_cb, &asking, removed, error))
    {
      g_clear_error (&asking.failure);
      return FALSE;
    }
  if (asking.failure == NULL)
    return TRUE;
  g_propagate_error (error, asking.failure);
  return FALSE;
}

static gboolean
forget_words (RungsDb *db,
              gpointer data,
              GError **error)
{
  return rungs_lead_search_forget_words (db, error);
}

typedef struct
{
  gint64 newest;
  gint64 now;
} Done;

static gboolean
set_wiped (RungsDb *db,
           gpointer data,
           GError **error)
{
  Done *done = data;

  return rungs_erasure_set_wiped (db, done->newest, done->now, error);
}

static gint64
newest_of (GPtrArray *erasures)
{
  gint64 newest = 0;

  for (guint i = 0; i < erasures->len; i++)
    newest = MAX (newest, ((RungsErasure *) g_ptr_array_index (erasures, i))->id);
  return newest;
}

gboolean
rungs_wipe (RungsDb         *db,
            gint64           now,
            RungsWipeReport *report,
            GError         **error)
{
  g_autoptr (GPtrArray) erasures = NULL;
  Done done = { .now = now };
  gboolean due = FALSE;
  gint64 mails = 0;

  g_return_val_if_fail (db != NULL, FALSE);

  if (report != NULL)
    *report = (RungsWipeReport) { 0 };
  if (!rungs_erasure_is_unwiped (db, &due, error))
    return FALSE;
  if (!due)
    return TRUE;
  erasures = rungs_erasure_list (db, error);
  if (erasures == NULL)
    return FALSE;
  done.newest = newest_of (erasures);
  if (!rungs_erasure_file_write (db, erasures, error) || !remove_mails (db, &mails, error)
      || !rungs_db_write (db, forget_words, NULL, error) || !rungs_db_wipe (db, error)
      || !rungs_db_write (db, set_wiped, &done, error))
    return FALSE;
  if (report != NULL)
    *report = (RungsWipeReport) { .was_due = TRUE, .mails = mails };
  return TRUE;
}
