/* rungs-form-facts.c: what the file tells of an opt-in form, and of what it can refer to. */

#include "rungs-form-facts.h"

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-source-store.h"
#include "leads/rungs-tag-store.h"
#include "mail/rungs-message-store.h"
#include "segments/rungs-segment-store.h"
#include "sequences/rungs-sequence-store.h"
#include "web/rungs-web-relay-store.h"
#include "widgets/rungs-display.h"

void
rungs_form_facts_free (RungsFormFacts *self)
{
  GPtrArray *const lists[] = { self->versions,  self->fields,   self->tags,   self->segments,
                               self->sequences, self->messages, self->sources };

  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    if (lists[i] != NULL)
      g_ptr_array_unref (lists[i]);
  rungs_draft_facts_clear (&self->draft);
  g_clear_pointer (&self->form, rungs_opt_in_form_free);
  g_free (self->business);
  g_free (self->relay);
  g_free (self);
}

/* ---- what it can refer to */

static void
add_pick (GPtrArray  *picks,
          gint64      id,
          const char *label)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_ptr_array_add (picks, rungs_pick_new (value, label, NULL));
}

static GPtrArray *
list_tags (RungsDb  *db,
           GError  **error)
{
  g_autoptr (GPtrArray) tags = rungs_tag_list (db, error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (tags, i);

      g_ptr_array_add (picks, rungs_pick_new (tag->name, tag->name, NULL));
    }
  return tags != NULL ? g_steal_pointer (&picks) : NULL;
}

static GPtrArray *
list_segments (RungsDb  *db,
               GError  **error)
{
  g_autoptr (GPtrArray) segments = rungs_segment_list (db, FALSE, error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; segments != NULL && i < segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (segments, i);

      if (segment->rule == NULL)
        add_pick (picks, segment->id, segment->name);
    }
  return segments != NULL ? g_steal_pointer (&picks) : NULL;
}

static GPtrArray *
list_sequences (RungsDb  *db,
                GError  **error)
{
  g_autoptr (GPtrArray) sequences = rungs_sequence_list (db, error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; sequences != NULL && i < sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (sequences, i);

      add_pick (picks, sequence->id, sequence->name);
    }
  return sequences != NULL ? g_steal_pointer (&picks) : NULL;
}

static GPtrArray *
list_messages (RungsDb  *db,
               GError  **error)
{
  g_autoptr (GPtrArray) rows = rungs_message_list (db, error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const RungsMessageRow *row = g_ptr_array_index (rows, i);

      add_pick (picks, row->message->id, row->message->name);
    }
  return rows != NULL ? g_steal_pointer (&picks) : NULL;
}

static GPtrArray *
list_sources (RungsDb  *db,
              GError  **error)
{
  g_autoptr (GPtrArray) sources = rungs_source_list (db, error);
  g_autoptr (GPtrArray) picks = rungs_picks_new ();

  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (sources, i);

      add_pick (picks, source->id, source->name);
    }
  return sources != NULL ? g_steal_pointer (&picks) : NULL;
}

static gboolean
load_lists (RungsFormFacts  *self,
            RungsDb         *db,
            GError         **error)
{
  return (self->fields = rungs_field_list_in_use (db, error)) != NULL
         && (self->tags = list_tags (db, error)) != NULL
         && (self->segments = list_segments (db, error)) != NULL
         && (self->sequences = list_sequences (db, error)) != NULL
         && (self->messages = list_messages (db, error)) != NULL
         && (self->sources = list_sources (db, error)) != NULL;
}

/* ---- the form itself */

static gboolean
load_business (RungsFormFacts  *self,
               RungsDb         *db,
               GError         **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  self->business = business != NULL ? g_strdup (business->name) : NULL;
  return self->business != NULL;
}

static gboolean
load_relay (RungsFormFacts  *self,
            RungsDb         *db,
            GError         **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (RungsWebRelay) relay = rungs_web_relay_load (db, &failure);

  if (relay == NULL && !g_error_matches (failure, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->relay = g_strdup (relay != NULL ? relay->address : "");
  return TRUE;
}

static gboolean
load_form (RungsFormFacts  *self,
           RungsDb         *db,
           gint64           form,
           GError         **error)
{
  self->form = rungs_opt_in_load (db, form, rungs_display_now (), error);
  if (self->form == NULL)
    return FALSE;
  self->versions = rungs_opt_in_versions (db, form, error);
  if (self->versions == NULL)
    return FALSE;
  for (guint i = 0; i < self->versions->len; i++)
    {
      const RungsOptInVersion *version = g_ptr_array_index (self->versions, i);

      if (version->id == self->form->version)
        self->draft.published = rungs_opt_in_write (version->definition);
    }
  self->draft.text = rungs_opt_in_write (self->form->draft);
  self->draft.problems = rungs_opt_in_check_all (db, self->form->draft, error);
  return self->draft.problems != NULL;
}

gpointer
rungs_form_facts_load (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr (RungsFormFacts) self = g_new0 (RungsFormFacts, 1);

  return load_business (self, db, error) && load_form (self, db, *(gint64 *) data, error)
             && load_relay (self, db, error) && load_lists (self, db, error)
           ? g_steal_pointer (&self)
           : NULL;
}

/* ---- keeping */

gpointer
rungs_form_facts_save (RungsDb       *db,
                       gpointer       data,
                       GCancellable  *cancellable,
                       GError       **error)
{
  const RungsDraftSaving *saving = data;
  g_autoptr (RungsOptIn) draft = rungs_opt_in_parse (saving->text, error);

  return draft != NULL
             && rungs_opt_in_save_draft (db, saving->id, draft, rungs_display_now (), error)
           ? rungs_opt_in_check_all (db, draft, error)
           : NULL;
}
