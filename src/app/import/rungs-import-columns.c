/* rungs-import-columns.c: the columns of a file, what stands in them, and where each goes. */

#include "rungs-import-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#include "leads/rungs-field.h"
#include "leads/rungs-import-heading.h"
#include "rungs-import-words.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-field-words.h"

/* So many values of a column are shown as examples. */
#define SAMPLES 3

struct _RungsImportColumns
{
  GtkWidget parent_instance;

  GtkWidget *list;
  RungsImportMapping *mapping; /* (owned) (nullable) */
  GPtrArray *drop_downs;       /* (owned) (element-type GtkDropDown): by column */
  GPtrArray *kinds;            /* (owned) (element-type GtkDropDown): what a new field holds */
  GPtrArray *fields;           /* (owned) (nullable) (element-type RungsField): what stands behind
                                * the targets in each of them */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (RungsImportColumns, rungs_import_columns, GTK_TYPE_WIDGET)

static guint changed_signal;

/* The field of the business's own that has the key: its place among them; their number where there
 * is none. */
static guint
place_of (RungsImportColumns *self,
          const char         *key)
{
  guint n = self->fields != NULL ? self->fields->len : 0;
  guint place = 0;

  while (place < n
         && !g_str_equal (((RungsField *) g_ptr_array_index (self->fields, place))->key, key))
    place++;
  return place;
}

static guint
position_of (RungsImportColumns      *self,
             const RungsImportColumn *column)
{
  guint place
    = column->target == RUNGS_IMPORT_FIELD ? place_of (self, column->field_key) : G_MAXUINT;

  return self->fields != NULL && place < self->fields->len ? RUNGS_IMPORT_N_TARGETS + place
                                                           : column->target;
}

/* What the column goes to where that position is chosen, as rungs_import_mapping_set() has it. */
static char *
dup_target (RungsImportColumns *self,
            guint               index,
            guint               position)
{
  const RungsImportColumn *column = rungs_import_mapping_get_column (self->mapping, index);
  g_autofree char *key = NULL;

  if (position >= RUNGS_IMPORT_N_TARGETS)
    {
      const RungsField *field = g_ptr_array_index (self->fields, position - RUNGS_IMPORT_N_TARGETS);

      return g_strconcat ("field:", field->key, NULL);
    }
  if (position != RUNGS_IMPORT_FIELD)
    return g_strdup (rungs_import_target_get_name (position));
  key = position_of (self, column) >= RUNGS_IMPORT_N_TARGETS
            ? rungs_import_heading_dup_key (column->heading, index)
            : g_strdup (column->field_key);
  return g_strconcat ("field:", key, NULL);
}

static void
show_targets (RungsImportColumns *self)
{
  self->filling = TRUE;
  for (guint i = 0; i < self->drop_downs->len; i++)
    {
      const RungsImportColumn *column = rungs_import_mapping_get_column (self->mapping, i);

      guint position = position_of (self, column);

      gtk_drop_down_set_selected (g_ptr_array_index (self->drop_downs, i), position);
      gtk_drop_down_set_selected (g_ptr_array_index (self->kinds, i), column->kind);
      gtk_widget_set_visible (g_ptr_array_index (self->kinds, i), position == RUNGS_IMPORT_FIELD);
    }
  self->filling = FALSE;
}

static void
selected_cb (RungsImportColumns *self,
             GParamSpec         *pspec,
             GtkDropDown        *drop_down)
{
  guint position = gtk_drop_down_get_selected (drop_down);
  g_autofree char *field = NULL;
  guint i = 0;

  if (self->filling || !g_ptr_array_find (self->drop_downs, drop_down, &i)
      || position == GTK_INVALID_LIST_POSITION)
    return;
  field = dup_target (self, i, position);
  rungs_import_mapping_set (self->mapping, i, field, NULL);
  show_targets (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
kind_selected_cb (RungsImportColumns *self,
                  GParamSpec         *pspec,
                  GtkDropDown        *drop_down)
{
  guint kind = gtk_drop_down_get_selected (drop_down);
  guint i = 0;

  if (self->filling || !g_ptr_array_find (self->kinds, drop_down, &i)
      || kind >= RUNGS_FIELD_KINDS)
    return;
  rungs_import_mapping_set_kind (self->mapping, i, kind);
  g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
new_kinds (RungsImportColumns *self,
           const char         *heading)
{
  const char *words[RUNGS_FIELD_KINDS + 1] = { NULL };
  g_autofree char *spoken = g_strdup_printf (_ ("What the new field %s holds"), heading);
  GtkWidget *drop_down;

  for (guint i = 0; i < RUNGS_FIELD_KINDS; i++)
    words[i] = rungs_field_kind_words (i);
  drop_down = gtk_drop_down_new_from_strings (words);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (drop_down, _ ("What the new field holds"));
  rungs_drop_down_set_label (GTK_DROP_DOWN (drop_down), spoken);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (kind_selected_cb), self,
                           G_CONNECT_SWAPPED);
  return drop_down;
}

static GtkWidget *
new_drop_down (RungsImportColumns *self,
               const char         *heading)
{
  GtkExpression *name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  GtkStringList *targets = gtk_string_list_new (NULL);
  GtkWidget *drop_down;
  g_autofree char *spoken = g_strdup_printf (_ ("Where the column %s goes"), heading);

  for (guint i = 0; i < RUNGS_IMPORT_N_TARGETS; i++)
    gtk_string_list_append (targets, rungs_import_target_words (i));
  for (guint i = 0; self->fields != NULL && i < self->fields->len; i++)
    gtk_string_list_append (targets,
                            ((RungsField *) g_ptr_array_index (self->fields, i))->label);
  drop_down = gtk_drop_down_new (G_LIST_MODEL (targets), name);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (drop_down), TRUE);
  gtk_widget_set_valign (drop_down, GTK_ALIGN_CENTER);
  gtk_widget_set_size_request (drop_down, 200, -1);
  rungs_drop_down_set_label (GTK_DROP_DOWN (drop_down), spoken);
  g_signal_connect_object (drop_down, "notify::selected", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  return drop_down;
}

/* Hebrew, Arabic and what is written like them; also the forms that old files have. */
static gboolean
is_turned (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar letter = g_utf8_get_char (text);

      if ((letter >= 0x590 && letter <= 0x8ff) || (letter >= 0xfb1d && letter <= 0xfefc))
        return TRUE;
    }
  return FALSE;
}

/* Text that is written from right to left stands by itself, so that it does not turn its neighbours
 * around. */
static void
append_sample (GString    *text,
               const char *value)
{
  g_string_append_printf (text, is_turned (value) ? "%s\xe2\x81\xa8%s\xe2\x81\xa9" : "%s%s",
                          text->len > 0 ? " · " : "", value);
}

/* The first values of a column that are not empty. */
static char *
samples_of (const RungsImportPreview *preview,
            guint                     column)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < preview->rows->len && n < SAMPLES; i++)
    {
      const RungsImportPreviewRow *row = g_ptr_array_index (preview->rows, i);

      if (column >= g_strv_length (row->fields) || *row->fields[column] == '\0')
        continue;
      append_sample (text, row->fields[column]);
      n++;
    }
  g_strdelimit (text->str, "\r\n\t", ' ');
  return n > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : g_strdup (_ ("empty"));
}

static void
add_row (RungsImportColumns       *self,
         const RungsImportPreview *preview,
         guint                     column)
{
  const char *heading = rungs_import_mapping_get_column (self->mapping, column)->heading;
  g_autofree char *samples = samples_of (preview, column);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *drop_down = new_drop_down (self, heading);
  GtkWidget *kinds = new_kinds (self, heading);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 *heading ? heading : _ ("(no heading)"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), samples);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), kinds);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), drop_down);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  g_ptr_array_add (self->drop_downs, drop_down);
  g_ptr_array_add (self->kinds, kinds);
}

static void
rungs_import_columns_dispose (GObject *object)
{
  RungsImportColumns *self = RUNGS_IMPORT_COLUMNS (object);

  self->filling = TRUE;
  g_ptr_array_set_size (self->drop_downs, 0);
  g_ptr_array_set_size (self->kinds, 0);
  g_clear_pointer (&self->list, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_import_columns_parent_class)->dispose (object);
}

static void
rungs_import_columns_finalize (GObject *object)
{
  RungsImportColumns *self = RUNGS_IMPORT_COLUMNS (object);

  g_ptr_array_unref (self->drop_downs);
  g_ptr_array_unref (self->kinds);
  g_clear_pointer (&self->mapping, rungs_import_mapping_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (rungs_import_columns_parent_class)->finalize (object);
}

static void
rungs_import_columns_class_init (RungsImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_import_columns_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_import_columns_finalize;

  changed_signal = g_signal_new ("changed", RUNGS_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_import_columns_init (RungsImportColumns *self)
{
  self->drop_downs = g_ptr_array_new ();
  self->kinds = g_ptr_array_new ();
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

static gboolean
has_same_columns (RungsImportColumns       *self,
                  const RungsImportMapping *mapping)
{
  guint n = rungs_import_mapping_get_n_columns (mapping);

  if (self->mapping == NULL || n != rungs_import_mapping_get_n_columns (self->mapping))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (strcmp (rungs_import_mapping_get_column (mapping, i)->heading,
                rungs_import_mapping_get_column (self->mapping, i)->heading)
        != 0)
      return FALSE;
  return TRUE;
}

void
rungs_import_columns_show (RungsImportColumns       *self,
                           const RungsImportPreview *preview)
{
  gboolean same;
  GtkWidget *row;

  g_return_if_fail (RUNGS_IS_IMPORT_COLUMNS (self));

  same = has_same_columns (self, preview->mapping);
  g_clear_pointer (&self->mapping, rungs_import_mapping_free);
  self->mapping = rungs_import_mapping_copy (preview->mapping);
  if (!same)
    {
      self->filling = TRUE;
      g_clear_pointer (&self->fields, g_ptr_array_unref);
      self->fields = preview->fields != NULL ? g_ptr_array_ref (preview->fields) : NULL;
      g_ptr_array_set_size (self->drop_downs, 0);
      g_ptr_array_set_size (self->kinds, 0);
      while ((row = gtk_widget_get_first_child (self->list)) != NULL)
        gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
      for (guint i = 0; i < rungs_import_mapping_get_n_columns (self->mapping); i++)
        add_row (self, preview, i);
    }
  show_targets (self);
}

RungsImportMapping *
rungs_import_columns_dup_mapping (RungsImportColumns *self)
{
  g_return_val_if_fail (RUNGS_IS_IMPORT_COLUMNS (self), NULL);

  return self->mapping != NULL ? rungs_import_mapping_copy (self->mapping) : NULL;
}
