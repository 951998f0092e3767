/* rungs-import-reading.c: how a file of text is written. */

#include "rungs-import-reading.h"

#include <glib/gi18n.h>

struct _RungsImportReading
{
  AdwPreferencesGroup parent_instance;

  AdwComboRow *encoding;
  AdwComboRow *delimiter;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RungsImportReading, rungs_import_reading, ADW_TYPE_PREFERENCES_GROUP)

static guint changed_signal;

/* Encodings that can be chosen, after the one that was found. */
static const char *const ENCODINGS[] = {
  "UTF-8",        "WINDOWS-1252", "ISO-8859-15", "WINDOWS-1250", "WINDOWS-1251",
  "WINDOWS-1253", "WINDOWS-1254", "UTF-16LE",    "SHIFT_JIS",    "GB18030",
};

static const struct
{
  char delimiter;
  const char *words;
} DELIMITERS[] = {
  { ',', N_ ("Commas") }, { ';', N_ ("Semicolons") }, { '\t', N_ ("Tabs") }, { '|', N_ ("Bars") },
};

static void
selected_cb (RungsImportReading *self)
{
  if (!self->filling && adw_combo_row_get_selected (self->encoding) != GTK_INVALID_LIST_POSITION)
    g_signal_emit (self, changed_signal, 0);
}

static void
rungs_import_reading_class_init (RungsImportReadingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_IMPORT_READING, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/import/rungs-import-reading.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsImportReading, encoding);
  gtk_widget_class_bind_template_child (widget_class, RungsImportReading, delimiter);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
}

static void
rungs_import_reading_init (RungsImportReading *self)
{
  g_autoptr (GtkStringList) delimiters = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (DELIMITERS); i++)
    gtk_string_list_append (delimiters, _ (DELIMITERS[i].words));
  adw_combo_row_set_model (self->delimiter, G_LIST_MODEL (delimiters));
  self->filling = FALSE;
}

/* What was found stands first; the others after it. */
static void
fill_encodings (RungsImportReading *self,
                const char         *encoding)
{
  g_autofree char *found = g_strdup_printf (_ ("Found: %s"), encoding);
  g_autoptr (GtkStringList) encodings = gtk_string_list_new (NULL);

  gtk_string_list_append (encodings, found);
  for (guint i = 0; i < G_N_ELEMENTS (ENCODINGS); i++)
    gtk_string_list_append (encodings, ENCODINGS[i]);
  adw_combo_row_set_model (self->encoding, G_LIST_MODEL (encodings));
}

void
rungs_import_reading_show (RungsImportReading       *self,
                           const RungsImportPreview *preview)
{
  gboolean is_text = preview->kind == RUNGS_TABLE_CSV;

  g_return_if_fail (RUNGS_IS_IMPORT_READING (self));

  gtk_widget_set_visible (GTK_WIDGET (self), is_text);
  if (!is_text)
    return;
  self->filling = TRUE;
  if (adw_combo_row_get_model (self->encoding) == NULL)
    fill_encodings (self, preview->encoding);
  for (guint i = 0; i < G_N_ELEMENTS (DELIMITERS); i++)
    if (DELIMITERS[i].delimiter == preview->delimiter)
      adw_combo_row_set_selected (self->delimiter, i);
  self->filling = FALSE;
}

void
rungs_import_reading_read (RungsImportReading *self,
                           RungsImportPlan    *plan)
{
  guint encoding;
  guint delimiter;

  g_return_if_fail (RUNGS_IS_IMPORT_READING (self) && plan != NULL);

  encoding = adw_combo_row_get_selected (self->encoding);
  delimiter = adw_combo_row_get_selected (self->delimiter);
  g_clear_pointer (&plan->encoding, g_free);
  if (encoding > 0 && encoding <= G_N_ELEMENTS (ENCODINGS))
    plan->encoding = g_strdup (ENCODINGS[encoding - 1]);
  if (delimiter < G_N_ELEMENTS (DELIMITERS))
    plan->delimiter = DELIMITERS[delimiter].delimiter;
}
