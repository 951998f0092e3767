/* rungs-lead-choices.c: the tags, sources, products,
 * sequences and imports that a user chooses from. */

#include "rungs-lead-choices.h"

#include "leads/rungs-tag-store.h"
#include "sequences/rungs-sequence-store.h"

RungsLeadChoice *
rungs_lead_choice_new (gint64      id,
                       const char *name)
{
  RungsLeadChoice *self = g_new0 (RungsLeadChoice, 1);

  self->id = id;
  self->name = g_strdup (name);
  return self;
}

void
rungs_lead_choice_free (RungsLeadChoice *self)
{
  g_free (self->name);
  g_free (self);
}

void
rungs_lead_choices_free (RungsLeadChoices *self)
{
  g_clear_pointer (&self->tags, g_ptr_array_unref);
  g_clear_pointer (&self->sequences, g_ptr_array_unref);
  g_free (self);
}

static GPtrArray *
new_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_lead_choice_free);
}

static gboolean
load_tags (RungsLeadChoices *self,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GPtrArray) tags = rungs_tag_list (db, error);

  self->tags = new_list ();
  for (guint i = 0; tags != NULL && i < tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (tags, i);

      g_ptr_array_add (self->tags, rungs_lead_choice_new (tag->id, tag->name));
    }
  return tags != NULL;
}

static gboolean
load_sequences (RungsLeadChoices *self,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (GPtrArray) sequences = rungs_sequence_list (db, error);

  self->sequences = new_list ();
  for (guint i = 0; sequences != NULL && i < sequences->len; i++)
    {
      const RungsSequence *sequence = g_ptr_array_index (sequences, i);

      g_ptr_array_add (self->sequences, rungs_lead_choice_new (sequence->id, sequence->name));
    }
  return sequences != NULL;
}

gpointer
rungs_lead_choices_load (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (RungsLeadChoices) self = g_new0 (RungsLeadChoices, 1);

  return load_tags (self, db, error) && load_sequences (self, db, error) ? g_steal_pointer (&self)
                                                                         : NULL;
}
