/* rungs-new-form-dialog.c: begins an opt-in form, from one of the templates. */

#include "rungs-new-form-dialog.h"

#include <glib/gi18n.h>

#include "web/rungs-opt-in-store.h"
#include "web/rungs-opt-in-templates.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

typedef struct
{
  RungsForm *form;
  RungsStore *store;  /* (owned) */
  GPtrArray *choices; /* (owned) (element-type GtkCheckButton) */
  AdwEntryRow *name;
  char *named;        /* (owned): the name that the template gave */
} Dialog;

typedef struct
{
  char *name;        /* (owned) */
  RungsOptIn *draft; /* (owned) */
} New;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_ptr_array_unref (self->choices);
  g_object_unref (self->store);
  g_free (self->named);
  g_free (self);
}

static void
new_free (gpointer data)
{
  New *new = data;

  rungs_opt_in_free (new->draft);
  g_free (new->name);
  g_free (new);
}

static gpointer
add_form (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  const New *new = data;
  gint64 id
    = rungs_opt_in_add (db, new->name, NULL, 0, new->draft, rungs_display_now (), error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static const RungsOptInTemplate *
find_chosen (Dialog *self)
{
  gsize n;
  const RungsOptInTemplate *templates = rungs_opt_in_templates (&n);

  for (guint i = 0; i < self->choices->len; i++)
    if (gtk_check_button_get_active (self->choices->pdata[i]))
      return &templates[i];
  return templates;
}

static void
agreed_cb (Dialog *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->name);
  New *new;

  rungs_error_mark_row (self->name, *name == '\0' ? _ ("is missing") : NULL);
  if (*name == '\0')
    return;
  new = g_new0 (New, 1);
  new->name = g_steal_pointer (&name);
  new->draft = find_chosen (self)->make ();
  rungs_form_save (self->form, self->store, add_form, new, new_free,
                   _ ("The Form Could Not Be Added"), self->name);
}

/* A template gives a name as long as there is no other. */
static void
chosen_cb (Dialog *self)
{
  g_autofree char *name = rungs_form_dup_entry (self->name);

  if (g_strcmp0 (name, self->named) != 0)
    return;
  g_free (self->named);
  self->named = g_strdup (_ (find_chosen (self)->name));
  gtk_editable_set_text (GTK_EDITABLE (self->name), self->named);
  gtk_editable_select_region (GTK_EDITABLE (self->name), 0, -1);
}

static void
add_choice (Dialog                   *self,
            const RungsOptInTemplate *template,
            gboolean                  is_chosen)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  if (self->choices->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->choices->pdata[0]);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_chosen);
  g_ptr_array_add (self->choices, check);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (template->name));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (template->summary));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_signal_connect_swapped (check, "toggled", G_CALLBACK (chosen_cb), self);
  rungs_form_add_widget (self->form, row);
}

RungsForm *
rungs_new_form_dialog_new (GtkWindow  *parent,
                           RungsStore *store,
                           guint       template)
{
  Dialog *self = g_new0 (Dialog, 1);
  gsize n;
  const RungsOptInTemplate *templates = rungs_opt_in_templates (&n);

  self->store = g_object_ref (store);
  self->choices = g_ptr_array_new ();
  self->named = g_strdup ("");
  self->form = rungs_form_new (parent, _ ("New Form"), _ ("_Add"));
  self->name = rungs_form_add_entry (self->form, _ ("Name, for you"), "");
  rungs_form_add_group (self->form, _ ("Begin with"));
  for (gsize i = 0; i < n; i++)
    add_choice (self, &templates[i], i == template);
  chosen_cb (self);
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  return self->form;
}
