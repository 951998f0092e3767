/* rungs-lead-edit.c: a lead as its form reads and leaves it. */

#include "rungs-lead-edit.h"

#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"

static void
clear (gpointer data)
{
  RungsLeadEdit *self = data;

  g_clear_pointer (&self->lead, rungs_lead_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
}

RungsLeadEdit *
rungs_lead_edit_ref (RungsLeadEdit *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
rungs_lead_edit_unref (RungsLeadEdit *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

static gboolean
load_values (RungsLeadEdit  *self,
             RungsDb        *db,
             GError        **error)
{
  g_autoptr (GPtrArray) values = rungs_field_values (db, self->lead->id, error);

  for (guint i = 0; values != NULL && i < values->len; i++)
    {
      const RungsFieldValue *value = g_ptr_array_index (values, i);

      g_hash_table_insert (self->values, g_strdup (value->key), g_strdup (value->text));
    }
  return values != NULL;
}

gpointer
rungs_lead_edit_load (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  gint64 id = *(gint64 *) data;
  g_autoptr (RungsLeadEdit) self = g_atomic_rc_box_new0 (RungsLeadEdit);

  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->fields = rungs_field_list_in_use (db, error);
  if (self->fields == NULL)
    return NULL;
  self->lead = id != 0 ? rungs_lead_load (db, id, error) : rungs_lead_new ();
  if (self->lead == NULL || (id != 0 && !load_values (self, db, error)))
    return NULL;
  return g_steal_pointer (&self);
}

gpointer
rungs_lead_edit_save (RungsDb       *db,
                      gpointer       data,
                      GCancellable  *cancellable,
                      GError       **error)
{
  RungsLeadEdit *self = data;
  gint64 now = g_get_real_time () / 1000;
  gint64 id = self->lead->id;

  if (id == 0)
    id = rungs_lead_add (db, self->lead, "by hand", now, error);
  else if (!rungs_lead_save (db, self->lead, now, error))
    return NULL;
  if (id == 0)
    return NULL;
  for (guint i = 0; i < self->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->fields, i);

      if (!rungs_field_set_value (db, id, field->id, g_hash_table_lookup (self->values, field->key),
                                  now, error))
        return NULL;
    }
  return g_memdup2 (&id, sizeof id);
}
