/* rungs-field-dialog.c: adds or edits a field of the business's own.
 *
 * While another kind is looked at, the values that leads have are tried: the form says how many
 * would not fit, and stores nothing as long as one does not. */

#include "rungs-field-dialog.h"

#include <glib/gi18n.h>

#include "leads/rungs-field-kind-store.h"
#include "settings/rungs-field-choices.h"
#include "settings/rungs-field-work.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-field-words.h"
#include "widgets/rungs-form.h"

/* An open form; lives as long as that. */
typedef struct
{
  RungsForm *form;
  GWeakRef page;
  RungsStore *store;       /* (owned) */
  RungsField *field;       /* (owned): as it was; id 0: new */
  RungsFieldEdit *edit;    /* (owned) (nullable): what is being stored */
  GCancellable *check;     /* (owned) (nullable): of the kind that is looked at */
  AdwEntryRow *name_row;
  AdwComboRow *kind_row;
  RungsChoiceRow *currency_row;
  GtkLabel *fit;
  RungsFieldChoices *choices;
} Dialog;

/* A kind that is tried. */
typedef struct
{
  gint64 field;
  RungsFieldKind kind;
  char *currency; /* (owned) (nullable) */
} Trial;

static void
trial_free (Trial *trial)
{
  g_free (trial->currency);
  g_free (trial);
}

static void
fit_free (RungsFieldFit *fit)
{
  rungs_field_fit_clear (fit);
  g_free (fit);
}

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
  g_weak_ref_clear (&self->page);
  g_clear_object (&self->store);
  g_clear_pointer (&self->field, rungs_field_free);
  g_clear_pointer (&self->edit, rungs_field_edit_unref);
  g_free (self);
}

static RungsFieldKind
kind_of (Dialog *self)
{
  return adw_combo_row_get_selected (self->kind_row);
}

/* ---- whether the values fit */

static gpointer
try_kind (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Trial *trial = data;
  RungsFieldFit *fit = g_new0 (RungsFieldFit, 1);

  if (rungs_field_check_kind (db, trial->field, trial->kind, trial->currency, fit, error))
    return fit;
  fit_free (fit);
  return NULL;
}

static char *
fit_words (const RungsFieldFit *fit)
{
  g_autofree char *values = rungs_display_number (fit->values);
  g_autofree char *misfits = rungs_display_number (fit->misfits);

  if (fit->values == 0)
    return g_strdup (_ ("No lead has a value yet."));
  if (fit->misfits == 0)
    return g_strdup_printf (ngettext ("The %s value that leads have fits.",
                                      "All %s values that leads have fit.", (gulong) fit->values),
                            values);
  return g_strdup_printf (
    ngettext ("%s value would not fit, “%s”. Change it first, or keep the kind.",
              "%s values would not fit, such as “%s”. Change them first, or keep the kind.",
              (gulong) fit->misfits),
    misfits, fit->example);
}

static void
show_fit (Dialog     *self,
          const char *words,
          gboolean    good)
{
  gtk_label_set_label (self->fit, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fit), words != NULL);
  if (good)
    gtk_widget_remove_css_class (GTK_WIDGET (self->fit), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->fit), "error");
  rungs_form_set_ready (self->form, good);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  RungsFieldFit *fit = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  Dialog *self;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self = g_object_get_data (G_OBJECT (form), "dialog");
  if (fit == NULL)
    show_fit (self, error->message, FALSE);
  else
    {
      g_autofree char *words = fit_words (fit);

      show_fit (self, words, fit->misfits == 0);
      fit_free (fit);
    }
}

static void
try_values (Dialog *self)
{
  Trial *trial;

  g_cancellable_cancel (self->check);
  g_clear_object (&self->check);
  if (self->field->id == 0 || kind_of (self) == self->field->kind)
    {
      show_fit (self, NULL, TRUE);
      return;
    }
  trial = g_new0 (Trial, 1);
  trial->field = self->field->id;
  trial->kind = kind_of (self);
  trial->currency = trial->kind == RUNGS_FIELD_MONEY
                        ? g_strdup (rungs_choice_row_get_value (self->currency_row))
                        : NULL;
  self->check = g_cancellable_new ();
  show_fit (self, _ ("Looking at the values that leads have…"), TRUE);
  rungs_form_set_ready (self->form, FALSE);
  rungs_store_read_async (self->store, try_kind, trial, (GDestroyNotify) trial_free,
                          (GDestroyNotify) fit_free, self->check, tried_cb,
                          g_object_ref (self->form));
}

static void
kind_changed_cb (Dialog *self)
{
  RungsFieldKind kind = kind_of (self);
  gboolean money = kind == RUNGS_FIELD_MONEY;

  gtk_widget_set_visible (GTK_WIDGET (self->currency_row), money);
  gtk_widget_set_sensitive (GTK_WIDGET (self->currency_row),
                            self->field->id == 0 || self->field->kind != RUNGS_FIELD_MONEY);
  gtk_widget_set_visible (GTK_WIDGET (self->choices), rungs_field_kind_has_choices (kind));
  try_values (self);
}

static void
currency_changed_cb (Dialog *self)
{
  if (kind_of (self) == RUNGS_FIELD_MONEY)
    try_values (self);
}

/* ---- storing */

static RungsField *
read_field (Dialog *self)
{
  RungsField *field = rungs_field_copy (self->field);

  g_free (field->label);
  field->label = rungs_form_dup_entry (self->name_row);
  field->kind = kind_of (self);
  g_free (field->currency);
  field->currency = field->kind == RUNGS_FIELD_MONEY
                        ? g_strdup (rungs_choice_row_get_value (self->currency_row))
                        : NULL;
  g_ptr_array_unref (field->choices);
  field->choices = rungs_field_choices_dup (self->choices);
  return field;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  g_autoptr (RungsField) field = read_field (self);
  gboolean empty = rungs_field_kind_has_choices (field->kind) && field->choices->len == 0
                   && field->id == 0;

  rungs_error_mark_row (self->name_row, *field->label == '\0' ? _ ("Give the field a name") : NULL);
  if (empty)
    {
      show_fit (self, _ ("Write at least one choice."), FALSE);
      rungs_form_set_ready (self->form, TRUE);
    }
  if (*field->label == '\0' || empty)
    return;
  g_clear_pointer (&self->edit, rungs_field_edit_unref);
  self->edit = rungs_field_edit_new (field);
  rungs_form_save (form, self->store, rungs_field_edit_store, rungs_field_edit_ref (self->edit),
                   (GDestroyNotify) rungs_field_edit_unref, _ ("The Field Could Not Be Saved"),
                   rungs_field_kind_has_choices (field->kind) ? NULL : self->name_row);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Dialog    *self)
{
  g_autoptr (RungsPage) page = g_weak_ref_get (&self->page);

  if (page != NULL)
    rungs_field_edit_offer_undo (g_steal_pointer (&self->edit), page);
}

/* ---- the form */

static RungsField *
new_field (void)
{
  RungsField *field = g_new0 (RungsField, 1);

  field->label = g_strdup ("");
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  return field;
}

static void
add_kind_row (Dialog *self)
{
  const char *kinds[RUNGS_FIELD_KINDS + 1] = { NULL };

  for (guint i = 0; i < RUNGS_FIELD_KINDS; i++)
    kinds[i] = rungs_field_kind_words (i);
  self->kind_row = rungs_form_add_choice (self->form, _ ("Kind"), kinds);
  adw_combo_row_set_selected (self->kind_row, self->field->kind);
}

static void
add_rows (Dialog     *self,
          const char *currency)
{
  self->name_row = rungs_form_add_entry (self->form, _ ("Name"), self->field->label);
  add_kind_row (self);
  self->currency_row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Currency"), NULL);
  rungs_choice_row_add_currencies (self->currency_row);
  rungs_choice_row_set_value (self->currency_row, currency);
  rungs_form_add_widget (self->form, GTK_WIDGET (self->currency_row));
  self->fit = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->fit, TRUE);
  gtk_label_set_xalign (self->fit, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->fit), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->fit), "caption");
  rungs_form_add_widget (self->form, GTK_WIDGET (self->fit));
  rungs_form_add_group (self->form, NULL);
  self->choices = RUNGS_FIELD_CHOICES (rungs_field_choices_new (self->field->choices));
  rungs_form_add_widget (self->form, GTK_WIDGET (self->choices));
}

GtkWindow *
rungs_field_dialog_open (RungsPage        *page,
                         const RungsField *field,
                         const char       *currency)
{
  Dialog *self = g_new0 (Dialog, 1);

  g_return_val_if_fail (RUNGS_IS_PAGE (page), NULL);

  self->form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page))),
                               field != NULL ? _ ("Edit Field") : _ ("Add Field"),
                               field != NULL ? _ ("_Save") : _ ("_Add"));
  g_weak_ref_init (&self->page, page);
  self->store = g_object_ref (rungs_page_get_store (page));
  self->field = field != NULL ? rungs_field_copy (field) : new_field ();
  add_rows (self, self->field->currency != NULL ? self->field->currency : currency);
  kind_changed_cb (self);
  g_object_set_data (G_OBJECT (self->form), "dialog", self);
  g_signal_connect_swapped (self->kind_row, "notify::selected", G_CALLBACK (kind_changed_cb), self);
  g_signal_connect_swapped (self->currency_row, "notify::value", G_CALLBACK (currency_changed_cb),
                            self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
  return GTK_WINDOW (self->form);
}
