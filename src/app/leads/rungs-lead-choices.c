/* rungs-lead-choices.c: the tags, sources, products,
 * sequences and imports that a user chooses from. */

#include "rungs-lead-choices.h"

#include "ladder/rungs-product-store.h"
#include "leads/rungs-import-run-store.h"
#include "leads/rungs-source-store.h"
#include "leads/rungs-tag-store.h"
#include "sequences/rungs-sequence-store.h"
#include "widgets/rungs-display.h"

#define RUNS_SHOWN 50

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
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_clear_pointer (&self->products, g_ptr_array_unref);
  g_clear_pointer (&self->sequences, g_ptr_array_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
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
load_sources (RungsLeadChoices *self,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (GPtrArray) sources = rungs_source_list (db, error);

  self->sources = new_list ();
  for (guint i = 0; sources != NULL && i < sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (sources, i);

      g_ptr_array_add (self->sources, rungs_lead_choice_new (source->id, source->name));
    }
  return sources != NULL;
}

static gboolean
load_products (RungsLeadChoices *self,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (GPtrArray) products = rungs_product_list (db, error);

  self->products = new_list ();
  for (guint i = 0; products != NULL && i < products->len; i++)
    {
      const RungsProduct *product = g_ptr_array_index (products, i);

      g_ptr_array_add (self->products, rungs_lead_choice_new (product->id, product->name));
    }
  return products != NULL;
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

static gboolean
load_runs (RungsLeadChoices *self,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (GPtrArray) runs = rungs_import_run_list (db, RUNS_SHOWN, error);

  self->runs = new_list ();
  for (guint i = 0; runs != NULL && i < runs->len; i++)
    {
      const RungsImportRun *run = g_ptr_array_index (runs, i);
      g_autofree char *when = rungs_display_moment (run->started_at, rungs_display_now ());
      g_autofree char *name = g_strdup_printf ("%s, %s", run->file_name, when);

      if (run->undone_at == 0)
        g_ptr_array_add (self->runs, rungs_lead_choice_new (run->id, name));
    }
  return runs != NULL;
}

gpointer
rungs_lead_choices_load (RungsDb       *db,
                         gpointer       data,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (RungsLeadChoices) self = g_new0 (RungsLeadChoices, 1);

  if (!load_tags (self, db, error) || !load_sources (self, db, error)
      || !load_products (self, db, error) || !load_sequences (self, db, error)
      || !load_runs (self, db, error))
    return NULL;
  return g_steal_pointer (&self);
}
