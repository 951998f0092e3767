/* rungs-message-proof.c: a message as it is edited, checked and read;
 * for the threads of the store. */

#include "rungs-message-proof.h"

#include "leads/rungs-lead-list-store.h"
#include "mail/rungs-merge-data.h"
#include "mail/rungs-message-check.h"
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
  g_clear_pointer (&self->problems, g_ptr_array_unref);
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

  return self->problems->len > 0
         && ((RungsMessageProblem *) g_ptr_array_index (self->problems, 0))->is_error;
}

static RungsMergeData *
load_merge_data (RungsDb               *db,
                 gint64                 lead,
                 RungsMessageTemplate  *template,
                 gint64                 now,
                 GError               **error)
{
  g_autoptr (GPtrArray) variables = rungs_message_template_list_variables (template);

  return lead != 0
           ? rungs_merge_data_new (db, lead, 0, rungs_merge_parts_of (variables), now, error)
           : rungs_merge_data_new_example (db, 0, now, error);
}

/* What the lead reads. What is wrong with the template is a problem that was listed already. */
static gboolean
render (RungsMessageProof  *proof,
        RungsDb            *db,
        gint64              lead,
        GError            **error)
{
  const RungsMessage *message = proof->message;
  g_autoptr (RungsMessageTemplate) template
    = rungs_message_template_new (message->subject, message->preview, message->blocks, NULL);
  g_auto (RungsMessageInsets) insets = { NULL };
  g_autoptr (RungsMergeData) data = NULL;
  const RungsBusiness *business;
  RungsMessageFrame frame = { NULL };
  gint64 now = now_ms ();

  if (template == NULL)
    return TRUE;
  data = load_merge_data (db, lead, template, now, error);
  if (data == NULL)
    return FALSE;
  frame.language = rungs_merge_data_get_language (data);
  if (!rungs_message_insets_load (db, template, frame.language, TRUE, &insets, error))
    return FALSE;
  business = rungs_merge_data_get_business (data);
  frame.business_name = business->name;
  frame.business_address = business->address;
  frame.signature = business->signature;
  frame.written_in = message->language;
  frame.unsubscribe = message->marketing ? "mailto:" : NULL;
  frame.products = insets.products;
  frame.pictures = insets.pictures;
  frame.embeds_pictures = TRUE;
  frame.is_example = lead == 0;
  rungs_message_template_render (template, &frame, rungs_merge_data_get_values (data), now,
                                 rungs_merge_data_get_zone (data), &proof->content, NULL);
  return TRUE;
}

/* Takes `message`. */
static RungsMessageProof *
prove (RungsDb       *db,
       RungsMessage  *message,
       gint64         lead,
       GError       **error)
{
  g_autoptr (RungsMessageProof) proof = g_new0 (RungsMessageProof, 1);

  proof->message = message;
  proof->problems = rungs_message_check (db, message, error);
  if (proof->problems == NULL || !render (proof, db, lead, error))
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
