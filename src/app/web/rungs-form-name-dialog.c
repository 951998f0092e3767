/* rungs-form-name-dialog.c: how an opt-in form is called, where it stands, and of which source its
 * leads are. */

#include "rungs-form-name-dialog.h"

#include <glib/gi18n.h>

#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsForm *form;
  RungsStore *store; /* (owned) */
  gint64 id;
  AdwEntryRow *name;
  AdwEntryRow *slug;
  RungsChoiceRow *source;
} Dialog;

typedef struct
{
  gint64 form;
  char *name; /* (owned) */
  char *slug; /* (owned) */
  gint64 source;
} Naming;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->store);
  g_free (self);
}

static void
naming_free (gpointer data)
{
  Naming *naming = data;

  g_free (naming->name);
  g_free (naming->slug);
  g_free (naming);
}

static gpointer
rename_form (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Naming *naming = data;

  rungs_opt_in_rename (db, naming->form, naming->name, naming->slug, naming->source,
                       rungs_display_now (), error);
  return NULL;
}

static void
agreed_cb (Dialog *self)
{
  const char *source = rungs_choice_row_get_value (self->source);
  Naming *naming = NULL;
  g_autofree char *name = rungs_form_dup_entry (self->name);

  rungs_error_mark_row (self->name, *name == '\0' ? _ ("is missing") : NULL);
  if (*name == '\0')
    return;
  naming = g_new0 (Naming, 1);
  naming->form = self->id;
  naming->name = g_steal_pointer (&name);
  naming->slug = rungs_form_dup_entry (self->slug);
  naming->source = source != NULL ? g_ascii_strtoll (source, NULL, 10) : 0;
  rungs_form_save (self->form, self->store, rename_form, naming, naming_free,
                   _ ("The Form Could Not Be Changed"), self->slug);
}

static RungsChoiceRow *
source_row_new (const RungsFormFacts *facts)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "use-markup", FALSE, "title",
                                      _ ("Source of its leads"), NULL);
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, facts->form->source);

  rungs_choice_row_add (row, "0", _ ("None"));
  for (guint i = 0; i < facts->sources->len; i++)
    {
      const RungsPick *pick = g_ptr_array_index (facts->sources, i);

      rungs_choice_row_add (row, pick->value, pick->label);
    }
  rungs_choice_row_set_value (row, value);
  return row;
}

void
rungs_form_name_dialog_present (GtkWindow            *parent,
                                RungsStore           *store,
                                const RungsFormFacts *facts)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_if_fail (facts != NULL);

  self->form = rungs_form_new (parent, _ ("Name, Address and Source"), _ ("_Save"));
  self->store = g_object_ref (store);
  self->id = facts->form->id;
  rungs_form_set_text (self->form, _ ("These count at once, without being published."));
  self->name = rungs_form_add_entry (self->form, _ ("Name, for you"), facts->form->name);
  self->slug = rungs_form_add_entry (self->form, _ ("Last part of its address, /f/…"),
                                     facts->form->slug);
  gtk_editable_set_editable (GTK_EDITABLE (self->slug), facts->form->version == 0);
  self->source = source_row_new (facts);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->source));
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  gtk_window_present (GTK_WINDOW (self->form));
}
