/* rungs-message-proof.c: a message as it is edited, checked and read;
 * for the threads of the store. */

#include "rungs-message-proof.h"

#include "base/rungs-error.h"
#include "leads/rungs-lead-list-store.h"
#include "mail/rungs-composer.h"
#include "mail/rungs-message-insets.h"

#define READERS 100

static gint64
now_ms (void)
{
  return g_get_real_time () / 1000;
}

void
rungs_message_draft_free (RungsMessageDraft *self)
{
  rungs_message_free (self->message);
  g_free (self);
}

void
rungs_message_proof_free (RungsMessageProof *self)
{
  g_clear_pointer (&self->message, rungs_message_free);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  rungs_message_content_clear (&self->content);
  g_free (self);
}

void
rungs_message_reader_free (RungsMessageReader *self)
{
  g_free (self->name);
  g_free (self);
}

gboolean
rungs_message_proof_has_errors (const RungsMessageProof *self)
{
  g_return_val_if_fail (self != NULL, TRUE);

  for (guint i = 0; i < self->findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (self->findings, i);

      if (finding->problem != NULL && finding->problem->is_error)
        return TRUE;
    }
  return FALSE;
}

/* What the lead reads. What is wrong with the message is a problem that was listed already. */
static gboolean
render (RungsMessageProof  *proof,
        RungsDb            *db,
        gint64              lead,
        GError            **error)
{
  g_autoptr (GError) wrong = NULL;

  if (rungs_composer_preview_message (db, proof->message, lead, 0, now_ms (), &proof->content,
                                      &wrong)
      || g_error_matches (wrong, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&wrong));
  return FALSE;
}

/* Takes `message`. */
static RungsMessageProof *
prove (RungsDb       *db,
       RungsMessage  *message,
       gint64         lead,
       GError       **error)
{
  const RungsCheckFor what = { .taste = TRUE };
  g_autoptr (RungsMessageProof) proof = g_new0 (RungsMessageProof, 1);

  proof->message = message;
  proof->findings = rungs_message_findings (db, message, &what, now_ms (), error);
  if (proof->findings == NULL || !render (proof, db, lead, error))
    return NULL;
  return g_steal_pointer (&proof);
}

gpointer
rungs_message_proof_make (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  RungsMessageDraft *draft = data;

  return prove (db, rungs_message_copy (draft->message), draft->lead, error);
}

gpointer
rungs_message_proof_count (RungsDb       *db,
                           gpointer       data,
                           GCancellable  *cancellable,
                           GError       **error)
{
  const RungsMessageDraft *draft = data;
  const RungsCheckFor what = { .rule = "{\"all\":[]}", .taste = TRUE };

  return rungs_message_findings (db, draft->message, &what, now_ms (), error);
}

gpointer
rungs_message_proof_load (RungsDb       *db,
                          gpointer       data,
                          GCancellable  *cancellable,
                          GError       **error)
{
  RungsMessage *message = rungs_message_load (db, *(gint64 *) data, error);

  return message != NULL ? prove (db, message, 0, error) : NULL;
}

gpointer
rungs_message_load_readers (RungsDb       *db,
                            gpointer       data,
                            GCancellable  *cancellable,
                            GError       **error)
{
  const RungsLeadQuery query = { .descending = TRUE, .limit = READERS };
  g_autoptr (RungsLeadList) list = rungs_lead_list_load (db, &query, NULL, error);
  g_autoptr (GPtrArray) rows = list ? rungs_lead_list_rows (db, list, 0, READERS, error) : NULL;
  GPtrArray *readers;

  if (rows == NULL)
    return NULL;
  readers = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_message_reader_free);
  for (guint i = 0; i < rows->len; i++)
    {
      const RungsLeadRow *row = g_ptr_array_index (rows, i);
      RungsMessageReader *reader;

      if (row == NULL)
        continue;
      reader = g_new0 (RungsMessageReader, 1);
      reader->id = row->lead->id;
      reader->name = rungs_lead_dup_name (row->lead);
      g_ptr_array_add (readers, reader);
    }
  return readers;
}

gpointer
rungs_message_do_save (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  RungsMessage *message = data;

  return rungs_message_save (db, message, now_ms (), error)
           ? g_memdup2 (&message->id, sizeof message->id)
           : NULL;
}

gpointer
rungs_message_do_remove (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr (RungsMessage) message = rungs_message_load (db, id, error);

  if (message == NULL || !rungs_message_remove (db, id, error))
    return NULL;
  message->id = 0;
  message->version = 0;
  return g_steal_pointer (&message);
}
