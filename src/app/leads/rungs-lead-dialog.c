/* rungs-lead-dialog.c: adds or edits a lead. */

#include "rungs-lead-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field-store.h"
#include "leads/rungs-phone-number.h"
#include "rungs-lead-check.h"
#include "rungs-lead-edit.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-field-editor.h"

#define LINES_WIDTH 300

/* The fields of a lead; one without a column begins a group. */
static const struct
{
  const char *column;
  const char *title;
} FIELDS[] = {
  { "first_name", N_ ("First name") },
  { "last_name", N_ ("Last name") },
  { "email", N_ ("E-mail") },
  { "phone", N_ ("Telephone") },
  { "company", N_ ("Company") },
  { NULL, N_ ("Address") },
  { "street", N_ ("Street") },
  { "postcode", N_ ("Postcode") },
  { "city", N_ ("City") },
  { "region", N_ ("Region") },
  { "country", N_ ("Country") },
  { NULL, N_ ("More") },
  { "language", N_ ("Language, such as en or de") },
  { "zone", N_ ("Time zone, such as Europe/Berlin") },
};

/* An open form. */
typedef struct
{
  RungsForm *form;
  RungsStore *store;                         /* (owned) */
  RungsLeadEdit *edit;                       /* (owned) */
  RungsLead *before;                         /* (owned): as it was when the form was opened */
  AdwEntryRow *rows[G_N_ELEMENTS (FIELDS)];  /* NULL at the beginning of a group */
  GtkButton *international;                  /* in the row of the telephone number */
  GPtrArray *own_rows;                       /* (owned): one for each field of the business: an
                                              * AdwEntryRow, or a RungsFieldEditor */
  GtkTextBuffer *notes;
  RungsLeadSavedFunc saved;                  /* (nullable) */
  GWeakRef data;
} Dialog;

/* What the form is opened for, while the lead is read. */
typedef struct
{
  GtkWidget *parent; /* (owned) */
  RungsLeadSavedFunc saved;
  gpointer data;
} Opening;

static void
dialog_free (Dialog  *self,
             GObject *form)
{
  g_clear_object (&self->store);
  rungs_lead_edit_unref (self->edit);
  rungs_lead_free (self->before);
  g_ptr_array_unref (self->own_rows);
  g_weak_ref_clear (&self->data);
  g_free (self);
}

/* What is wrong with a text, in words; NULL: nothing. What came with an import and stays as it was
 * keeps nobody from changing the rest. */
static const char *
fault_of (Dialog     *self,
          const char *column,
          const char *text)
{
  if (g_str_equal (text, rungs_lead_get (self->before, column)))
    return NULL;
  return rungs_lead_check_fault (column, text);
}

static gboolean
read_columns (Dialog *self)
{
  gboolean good = TRUE;
  gboolean any = FALSE;
  g_autofree char *notes = rungs_form_dup_lines (self->notes);

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (self->rows[i] != NULL)
      {
        g_autofree char *text = rungs_form_dup_entry (self->rows[i]);
        const char *fault = fault_of (self, FIELDS[i].column, text);

        rungs_error_mark_row (self->rows[i], fault);
        good = good && fault == NULL;
        any = any || (i < 5 && *text != '\0');
        rungs_lead_set (self->edit->lead, FIELDS[i].column, text);
      }
  rungs_lead_set (self->edit->lead, "notes", notes);
  if (!any)
    rungs_error_mark_row (self->rows[2], _ ("Give a name, an address or a telephone number"));
  return good && any;
}

/* What stands in the row of a field; `fault` says what is wrong with it, NULL: nothing. */
static char *
read_own_field (const RungsField *field,
                GtkWidget        *row,
                char            **fault)
{
  g_autofree char *text = NULL;
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;

  if (RUNGS_IS_FIELD_EDITOR (row))
    {
      *fault = rungs_field_editor_dup_fault (RUNGS_FIELD_EDITOR (row));
      return rungs_field_editor_dup_text (RUNGS_FIELD_EDITOR (row));
    }
  text = rungs_form_dup_entry (ADW_ENTRY_ROW (row));
  if (*text != '\0')
    value = rungs_field_read (field, text, &error);
  *fault = error ? g_strdup (error->message) : NULL;
  rungs_error_mark_row (ADW_ENTRY_ROW (row), *fault);
  return g_steal_pointer (&text);
}

static gboolean
read_own_fields (Dialog *self)
{
  gboolean good = TRUE;

  for (guint i = 0; i < self->own_rows->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->edit->fields, i);
      g_autofree char *fault = NULL;
      char *text = read_own_field (field, g_ptr_array_index (self->own_rows, i), &fault);

      good = good && fault == NULL;
      g_hash_table_insert (self->edit->values, g_strdup (field->key), text);
    }
  return good;
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  gboolean good = read_columns (self);

  good = read_own_fields (self) && good;
  if (good)
    rungs_form_save (form, self->store, rungs_lead_edit_save, rungs_lead_edit_ref (self->edit),
                     (GDestroyNotify) rungs_lead_edit_unref, _ ("The Lead Could Not Be Saved"),
                     self->rows[2]);
}

static void
saved_cb (RungsForm *form,
          gint64     lead,
          Dialog    *self)
{
  g_autoptr (GObject) data = g_weak_ref_get (&self->data);

  if (self->saved != NULL && data != NULL)
    self->saved (lead, data);
}

/* What is picked stands at the end of its row, several lines under their title. */
static GtkWidget *
add_own_row (Dialog           *self,
             const RungsField *field)
{
  const char *text = g_hash_table_lookup (self->edit->values, field->key);
  gboolean picked = field->kind == RUNGS_FIELD_YESNO || rungs_field_kind_has_choices (field->kind);
  GtkWidget *editor;
  GtkWidget *row;

  if (!picked && field->kind != RUNGS_FIELD_LONG)
    return GTK_WIDGET (rungs_form_add_entry (self->form, field->label, text));
  editor = rungs_field_editor_new (field, text);
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), field->label);
  gtk_widget_set_valign (editor, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (editor, 6);
  gtk_widget_set_margin_bottom (editor, 6);
  gtk_widget_set_size_request (editor, picked ? -1 : LINES_WIDTH, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), editor);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), editor);
  rungs_form_add_widget (self->form, row);
  return editor;
}

static AdwEntryRow *
find_row (Dialog     *self,
          const char *column)
{
  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].column != NULL && g_str_equal (FIELDS[i].column, column))
      return self->rows[i];
  return NULL;
}

/* Offers the international form of the number, where the country is known. */
static void
show_international (Dialog *self)
{
  g_autofree char *phone = rungs_form_dup_entry (find_row (self, "phone"));
  g_autofree char *name = rungs_form_dup_entry (find_row (self, "country"));
  const RungsCountry *country = rungs_country_find (name);
  g_autofree char *number = country ? rungs_phone_dup_international (phone, country) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->international), number != NULL);
  gtk_button_set_label (self->international, number != NULL ? number : "");
}

static void
international_cb (Dialog *self)
{
  AdwEntryRow *row = find_row (self, "phone");
  g_autofree char *number = g_strdup (gtk_button_get_label (self->international));

  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_editable_set_text (GTK_EDITABLE (row), number);
}

static void
add_international (Dialog *self)
{
  AdwEntryRow *row = find_row (self, "phone");

  self->international = GTK_BUTTON (gtk_button_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->international), "flat");
  gtk_widget_set_valign (GTK_WIDGET (self->international), GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->international),
                               _ ("Write it in the international form"));
  g_signal_connect_swapped (self->international, "clicked", G_CALLBACK (international_cb), self);
  adw_entry_row_add_suffix (row, GTK_WIDGET (self->international));
  g_signal_connect_swapped (row, "changed", G_CALLBACK (show_international), self);
  g_signal_connect_swapped (find_row (self, "country"), "changed", G_CALLBACK (show_international),
                            self);
  show_international (self);
}

static void
language_picked_cb (Dialog     *self,
                    const char *tag)
{
  gtk_editable_set_text (GTK_EDITABLE (find_row (self, "language")), tag);
}

static void
add_languages (Dialog *self)
{
  GtkWidget *languages = rungs_lead_check_new_languages (self->edit->lead->language);

  g_signal_connect_swapped (languages, "picked", G_CALLBACK (language_picked_cb), self);
  adw_entry_row_add_suffix (find_row (self, "language"), languages);
}

static void
add_rows (Dialog *self)
{
  const RungsLead *lead = self->edit->lead;

  for (guint i = 0; i < G_N_ELEMENTS (FIELDS); i++)
    if (FIELDS[i].column == NULL)
      rungs_form_add_group (self->form, _ (FIELDS[i].title));
    else
      self->rows[i] = rungs_form_add_entry (self->form, _ (FIELDS[i].title),
                                            rungs_lead_get (lead, FIELDS[i].column));
  add_international (self);
  add_languages (self);
  if (self->edit->fields->len > 0)
    rungs_form_add_group (self->form, _ ("Fields of Your Own"));
  for (guint i = 0; i < self->edit->fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (self->edit->fields, i);

      g_ptr_array_add (self->own_rows, add_own_row (self, field));
    }
  self->notes = rungs_form_add_lines (self->form, _ ("Notes"), lead->notes);
}

static void
present (GtkWidget     *parent,
         RungsStore    *store,
         RungsLeadEdit *edit,
         Opening       *opening)
{
  Dialog *self = g_new0 (Dialog, 1);
  gboolean fresh = edit->lead->id == 0;

  self->form = rungs_form_new (GTK_WINDOW (gtk_widget_get_root (parent)),
                               fresh ? _ ("Add Lead") : _ ("Edit Lead"),
                               fresh ? _ ("_Add") : _ ("_Save"));
  self->store = g_object_ref (store);
  self->edit = edit;
  self->before = rungs_lead_copy (edit->lead);
  self->own_rows = g_ptr_array_new ();
  self->saved = opening->saved;
  g_weak_ref_init (&self->data, opening->data);
  add_rows (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), (GWeakNotify) dialog_free, self);
  gtk_window_present (GTK_WINDOW (self->form));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GtkWidget) parent = opening->parent;
  g_autoptr (GError) error = NULL;
  RungsLeadEdit *edit = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (edit == NULL)
    rungs_error_tell (parent, _ ("The Lead Could Not Be Read"), error);
  else if (gtk_widget_get_root (parent) != NULL)
    present (parent, RUNGS_STORE (source), edit, opening);
  else
    rungs_lead_edit_unref (edit);
}

void
rungs_lead_dialog_open (GtkWidget          *parent,
                        RungsStore         *store,
                        gint64              lead,
                        RungsLeadSavedFunc  saved,
                        gpointer            data)
{
  Opening *opening = g_new0 (Opening, 1);

  g_return_if_fail (GTK_IS_WIDGET (parent));
  g_return_if_fail (RUNGS_IS_STORE (store));

  opening->parent = g_object_ref (parent);
  opening->saved = saved;
  opening->data = data;
  rungs_store_read_async (store, rungs_lead_edit_load, g_memdup2 (&lead, sizeof lead), g_free,
                          (GDestroyNotify) rungs_lead_edit_unref, NULL, loaded_cb, opening);
}
