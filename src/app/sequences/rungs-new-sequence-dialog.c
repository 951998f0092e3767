/* rungs-new-sequence-dialog.c: begins a sequence, from nothing or from a template. */

#include "rungs-new-sequence-dialog.h"

#include <glib/gi18n.h>

#include "sequences/rungs-sequence-draft-store.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsForm *form;
  RungsStore *store; /* (owned) */
  AdwEntryRow *name;
} Dialog;

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_object_unref (self->store);
  g_free (self);
}

static gpointer
create (RungsDb       *db,
        gpointer       data,
        GCancellable  *cancellable,
        GError       **error)
{
  gint64 id = rungs_sequence_create (db, data, g_get_real_time () / 1000, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static void
agreed_cb (Dialog *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->name);

  rungs_error_mark_row (self->name, *name == '\0' ? _ ("is missing") : NULL);
  if (*name != '\0')
    rungs_form_save (self->form, self->store, create, g_steal_pointer (&name), g_free,
                     _ ("The Sequence Could Not Be Added"), self->name);
}

RungsForm *
rungs_new_sequence_dialog_new (GtkWindow  *parent,
                               RungsStore *store)
{
  Dialog *self = g_new0 (Dialog, 1);

  self->store = g_object_ref (store);
  self->form = rungs_form_new (parent, _ ("New Sequence"), _ ("_Add"));
  self->name = rungs_form_add_entry (self->form, _ ("Name"), "");
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  return self->form;
}
