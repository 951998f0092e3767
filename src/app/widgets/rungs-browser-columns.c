/* rungs-browser-columns.c: the columns of a browser's table: which are shown, in which order, how
 * wide, and which one sorts.
 *
 * The settings hold for each browser the columns that are shown, in order, as "ID:WIDTH", and the
 * sorting column as "ID asc" or "ID desc".
 *
 * GTK before 4.10 does not tell which heading was clicked. But the table's sorter asks the sorter
 * of that column first: so each column has a sorter that answers "smaller" and notes that it was
 * asked, and the table's sorter is asked to compare two objects. What it answers is the
 * direction. */

#include "rungs-browser-columns.h"

#include <glib/gi18n.h>

#include "widgets/rungs-browser-cells.h"
#include "widgets/rungs-browser-column.h"

#define SAVE_DELAY_MS 400
#define NARROWEST 20
#define AROUND_HEADING 18
#define COLUMN "rungs-column"
#define WIDTH "rungs-width"
#define WANTED "rungs-wanted"

struct _RungsBrowserColumns
{
  GObject parent_instance;

  GtkColumnView *view; /* (owned) */
  char *name;          /* (owned) */
  GSettings *settings; /* (owned) */
  gboolean searching;
  const RungsBrowserColumn *asked; /* the first whose sorter was asked */
  guint save_source;               /* 0: nothing to save */
};

G_DEFINE_FINAL_TYPE (RungsBrowserColumns, rungs_browser_columns, G_TYPE_OBJECT)

typedef enum
{
  SIGNAL_SORT_CHANGED,
} RungsBrowserColumnsSignal;

static guint signals[SIGNAL_SORT_CHANGED + 1];

/* The sorter of a column notes here that it was asked. */
typedef struct
{
  RungsBrowserColumns *owner;
  const RungsBrowserColumn *column;
} Witness;

static GtkColumnViewColumn *
nth (RungsBrowserColumns *self,
     guint                position)
{
  g_autoptr (GtkColumnViewColumn) column
    = g_list_model_get_item (gtk_column_view_get_columns (self->view), position);

  return column; /* the table keeps it */
}

static const RungsBrowserColumn *
definition (GtkColumnViewColumn *column)
{
  return g_object_get_data (G_OBJECT (column), COLUMN);
}

static GtkColumnViewColumn *
find (RungsBrowserColumns *self,
      const char          *id)
{
  for (guint i = 0; i < rungs_browser_columns_get_count (self); i++)
    if (g_str_equal (definition (nth (self, i))->id, id))
      return nth (self, i);
  return NULL;
}

/* Whether the user wants to see it, be it shown now or not. */
static gboolean
is_wanted (GtkColumnViewColumn *column)
{
  return GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), WANTED));
}

static int
width_of (GtkColumnViewColumn *column)
{
  int fixed = gtk_column_view_column_get_fixed_width (column);

  return fixed > 0 ? fixed : GPOINTER_TO_INT (g_object_get_data (G_OBJECT (column), WIDTH));
}

/* How much room a heading takes: in bold, with the space at its sides. */
static int
width_of_heading (RungsBrowserColumns *self,
                  GtkColumnViewColumn *column)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (
      GTK_WIDGET (self->view), gtk_column_view_column_get_title (column));
  g_autoptr (PangoAttrList) bold = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (bold, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, bold);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + AROUND_HEADING;
}

/* GTK 4.8 keeps room for hidden columns of a fixed width, so they have none; nor has the column
 * that takes the room that is left, for it also gives some where there is too little, until
 * somebody draws it to a width. Until then the others have room for their headings, in whatever
 * language. */
static void
show_column (RungsBrowserColumns *self,
             GtkColumnViewColumn *column,
             gboolean             wanted,
             int                  width)
{
  const RungsBrowserColumn *defined = definition (column);
  gboolean yields
      = (defined->flags & RUNGS_BROWSER_COLUMN_EXPAND) != 0 && width == defined->width;
  gboolean shown = wanted
                   && (self->searching || (defined->flags & RUNGS_BROWSER_COLUMN_SEARCHED) == 0);

  if (width == defined->width && !yields)
    width = MAX (width, width_of_heading (self, column));
  g_object_set_data (G_OBJECT (column), WANTED, GINT_TO_POINTER (wanted));
  g_object_set_data (G_OBJECT (column), WIDTH, GINT_TO_POINTER (width));
  gtk_column_view_column_set_visible (column, shown);
  gtk_column_view_column_set_fixed_width (column, shown && !yields ? width : -1);
}

static int
note_asked (gconstpointer a,
            gconstpointer b,
            gpointer      data)
{
  Witness *witness = data;

  if (witness->owner->asked == NULL)
    witness->owner->asked = witness->column;
  return GTK_ORDERING_SMALLER;
}

/* Replaces this browser's entry of a dictionary in the settings. */
static void
store_entry (RungsBrowserColumns *self,
             const char          *key,
             GVariant            *value)
{
  g_autoptr (GVariant) old = g_settings_get_value (self->settings, key);
  GVariantBuilder builder;
  GVariantIter iter;
  const char *name = NULL;
  GVariant *entry = NULL;

  g_variant_builder_init (&builder, g_variant_get_type (old));
  g_variant_iter_init (&iter, old);
  while (g_variant_iter_next (&iter, "{&s@*}", &name, &entry))
    {
      if (!g_str_equal (name, self->name))
        g_variant_builder_add (&builder, "{s@*}", name, entry);
      g_variant_unref (entry);
    }
  g_variant_builder_add (&builder, "{s@*}", self->name, value);
  g_settings_set_value (self->settings, key, g_variant_builder_end (&builder));
}

/* What the settings say of this browser; NULL: nothing yet. */
static GVariant *
load_entry (RungsBrowserColumns *self,
            const char          *key,
            const GVariantType  *type)
{
  g_autoptr (GVariant) all = g_settings_get_value (self->settings, key);

  return g_variant_lookup_value (all, self->name, type);
}

/* The order to be remembered: the one that is, or that of a column which is not there now. */
static char *
dup_sort (RungsBrowserColumns *self)
{
  g_autoptr (GVariant) entry = load_entry (self, "browser-sort", G_VARIANT_TYPE_STRING);
  const char *old = entry != NULL ? g_variant_get_string (entry, NULL) : "";
  g_auto (GStrv) parts = g_strsplit (old, " ", 2);
  gboolean descending = FALSE;
  const char *sort = rungs_browser_columns_get_sort (self, &descending);

  if (sort == NULL && parts[0] != NULL && find (self, parts[0]) == NULL)
    return g_strdup (old);
  return g_strdup_printf ("%s %s", sort != NULL ? sort : "", descending ? "desc" : "asc");
}

/* Columns that are not there now, but were: those of another business come back with it. */
static void
keep_unknown (RungsBrowserColumns *self,
              GStrvBuilder        *shown)
{
  g_autoptr (GVariant) entry = load_entry (self, "browser-columns", G_VARIANT_TYPE ("as"));
  g_autofree const char **old = entry != NULL ? g_variant_get_strv (entry, NULL) : NULL;

  for (guint i = 0; old != NULL && old[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (old[i], ":", 2);

      if (parts[0] != NULL && find (self, parts[0]) == NULL)
        g_strv_builder_add (shown, old[i]);
    }
}

static void
save (RungsBrowserColumns *self)
{
  g_autoptr (GStrvBuilder) shown = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  g_autofree char *order = dup_sort (self);

  g_clear_handle_id (&self->save_source, g_source_remove);
  for (guint i = 0; i < rungs_browser_columns_get_count (self); i++)
    {
      g_autofree char *entry =
          g_strdup_printf ("%s:%d", definition (nth (self, i))->id,
                           width_of (nth (self, i)));

      if (is_wanted (nth (self, i)))
        g_strv_builder_add (shown, entry);
    }
  keep_unknown (self, shown);
  list = g_strv_builder_end (shown);
  store_entry (self, "browser-columns", g_variant_new_strv ((const char *const *) list, -1));
  store_entry (self, "browser-sort", g_variant_new_string (order));
}

static gboolean
save_due_cb (gpointer data)
{
  RungsBrowserColumns *self = data;

  self->save_source = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

static void
queue_save (RungsBrowserColumns *self)
{
  if (self->view == NULL)
    return;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY_MS, save_due_cb, self);
}

static void
sorter_changed_cb (RungsBrowserColumns *self)
{
  if (self->view == NULL) /* the table goes, and its sorter with it */
    return;
  queue_save (self);
  g_signal_emit (self, signals[SIGNAL_SORT_CHANGED], 0);
}

static void
add_sorter (RungsBrowserColumns      *self,
            GtkColumnViewColumn      *column,
            const RungsBrowserColumn *definition_of_column)
{
  Witness *witness = g_new (Witness, 1);
  g_autoptr (GtkSorter) sorter = NULL;

  *witness = (Witness) { .owner = self, .column = definition_of_column };
  sorter = GTK_SORTER (gtk_custom_sorter_new (note_asked, witness, g_free));
  gtk_column_view_column_set_sorter (column, sorter);
}

/* ---- what a heading says while the pointer stands on it */

/* The label in a heading, which GTK makes. */
static GtkLabel *
find_label (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return GTK_LABEL (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkLabel *label = find_label (child);

      if (label != NULL)
        return label;
    }
  return NULL;
}

/* GTK has no tooltips of headings: they stand in the first child of the table, each with a label
 * that has the title. */
static const RungsBrowserColumn *
find_heading (RungsBrowserColumns *self,
              int                  x,
              int                  y)
{
  GtkWidget *table = GTK_WIDGET (self->view);
  GtkWidget *head = gtk_widget_get_first_child (table);
  GtkWidget *heading = gtk_widget_pick (table, x, y, GTK_PICK_DEFAULT);
  GtkLabel *label;

  while (heading != NULL && heading != table && gtk_widget_get_parent (heading) != head)
    heading = gtk_widget_get_parent (heading);
  if (heading == NULL || heading == table || (label = find_label (heading)) == NULL)
    return NULL;
  for (guint i = 0; i < rungs_browser_columns_get_count (self); i++)
    if (g_strcmp0 (gtk_column_view_column_get_title (nth (self, i)), gtk_label_get_label (label))
        == 0)
      return definition (nth (self, i));
  return NULL;
}

static gboolean
tooltip_asked_cb (RungsBrowserColumns *self,
                  int                  x,
                  int                  y,
                  gboolean             keyboard,
                  GtkTooltip          *tooltip)
{
  const RungsBrowserColumn *column = keyboard ? NULL : find_heading (self, x, y);

  if (column == NULL || column->help == NULL)
    return FALSE;
  gtk_tooltip_set_text (tooltip, _ (column->help));
  return TRUE;
}

static void
add_column (RungsBrowserColumns      *self,
            const RungsBrowserColumn *defined)
{
  RungsBrowserColumn *column = rungs_browser_column_copy (defined);
  g_autoptr (GtkColumnViewColumn) made = gtk_column_view_column_new (
      rungs_browser_column_get_title (column), rungs_browser_cells_new (column));

  g_object_set_data_full (G_OBJECT (made), COLUMN, column,
                          (GDestroyNotify) rungs_browser_column_release);
  gtk_column_view_column_set_resizable (made, TRUE);
  gtk_column_view_column_set_expand (made, (column->flags & RUNGS_BROWSER_COLUMN_EXPAND) != 0);
  show_column (self, made, (column->flags & RUNGS_BROWSER_COLUMN_HIDDEN) == 0, column->width);
  if (column->flags & RUNGS_BROWSER_COLUMN_SORTABLE)
    add_sorter (self, made, column);
  gtk_column_view_append_column (self->view, made);
  g_signal_connect_object (made, "notify::fixed-width", G_CALLBACK (queue_save), self,
                           G_CONNECT_SWAPPED);
}

static void
restore_columns (RungsBrowserColumns *self)
{
  g_autoptr (GVariant) entry = load_entry (self, "browser-columns", G_VARIANT_TYPE ("as"));
  g_autofree const char **shown = entry != NULL ? g_variant_get_strv (entry, NULL) : NULL;
  guint position = 0;

  if (shown == NULL || shown[0] == NULL)
    return;
  for (guint i = 0; i < rungs_browser_columns_get_count (self); i++)
    show_column (self, nth (self, i),
                 (definition (nth (self, i))->flags & RUNGS_BROWSER_COLUMN_FIXED) != 0,
                 definition (nth (self, i))->width);
  for (guint i = 0; shown[i] != NULL; i++)
    {
      g_auto (GStrv) parts = g_strsplit (shown[i], ":", 2);
      GtkColumnViewColumn *column = find (self, parts[0]);
      int width = 0;

      if (column == NULL)
        continue;
      width = parts[1] != NULL ? atoi (parts[1]) : 0;
      show_column (self, column, TRUE, width > NARROWEST ? width : definition (column)->width);
      gtk_column_view_insert_column (self->view, position++, column);
    }
}

static void
restore_sort (RungsBrowserColumns *self)
{
  g_autoptr (GVariant) entry = load_entry (self, "browser-sort", G_VARIANT_TYPE_STRING);
  const char *text = entry != NULL ? g_variant_get_string (entry, NULL) : "";
  g_auto (GStrv) parts = g_strsplit (text, " ", 2);

  if (parts[0] != NULL && parts[1] != NULL && find (self, parts[0]) != NULL)
    rungs_browser_columns_set_sort (self, parts[0], g_str_equal (parts[1], "desc"));
}

static void
rungs_browser_columns_dispose (GObject *object)
{
  RungsBrowserColumns *self = RUNGS_BROWSER_COLUMNS (object);

  if (self->save_source != 0)
    save (self);
  g_clear_object (&self->view);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->name, g_free);

  G_OBJECT_CLASS (rungs_browser_columns_parent_class)->dispose (object);
}

static void
rungs_browser_columns_class_init (RungsBrowserColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_browser_columns_dispose;

  signals[SIGNAL_SORT_CHANGED]
    = g_signal_new ("sort-changed", RUNGS_TYPE_BROWSER_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 0);
}

static void
rungs_browser_columns_init (RungsBrowserColumns *self)
{
}

RungsBrowserColumns *
rungs_browser_columns_new (GtkColumnView            *view,
                           const char               *name,
                           const RungsBrowserColumn *columns,
                           guint                     n_columns)
{
  RungsBrowserColumns *self = g_object_new (RUNGS_TYPE_BROWSER_COLUMNS, NULL);

  self->view = g_object_ref (view);
  self->name = g_strdup (name);
  self->settings = g_settings_new (RUNGS_APP_ID);
  for (guint i = 0; i < n_columns; i++)
    add_column (self, &columns[i]);
  restore_columns (self);
  restore_sort (self);
  gtk_widget_set_has_tooltip (GTK_WIDGET (view), TRUE);
  g_signal_connect_object (view, "query-tooltip", G_CALLBACK (tooltip_asked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (queue_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

const char *
rungs_browser_columns_get_sort (RungsBrowserColumns *self,
                                gboolean            *descending)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (self->view);

  g_return_val_if_fail (RUNGS_IS_BROWSER_COLUMNS (self), NULL);

  self->asked = NULL;
  *descending = gtk_sorter_compare (sorter, self, self->view) == GTK_ORDERING_LARGER;
  return self->asked != NULL ? self->asked->id : NULL;
}

void
rungs_browser_columns_set_sort (RungsBrowserColumns *self,
                                const char          *id,
                                gboolean             descending)
{
  g_return_if_fail (RUNGS_IS_BROWSER_COLUMNS (self));
  g_return_if_fail (find (self, id) != NULL);

  gtk_column_view_sort_by_column (self->view, find (self, id),
                                  descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
}

guint
rungs_browser_columns_get_count (RungsBrowserColumns *self)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_COLUMNS (self), 0);

  return g_list_model_get_n_items (gtk_column_view_get_columns (self->view));
}

const RungsBrowserColumn *
rungs_browser_columns_get (RungsBrowserColumns *self,
                           guint                position)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_COLUMNS (self), NULL);

  return definition (nth (self, position));
}

gboolean
rungs_browser_columns_is_shown (RungsBrowserColumns *self,
                                guint                position)
{
  g_return_val_if_fail (RUNGS_IS_BROWSER_COLUMNS (self), FALSE);

  return is_wanted (nth (self, position));
}

void
rungs_browser_columns_set_shown (RungsBrowserColumns *self,
                                 guint                position,
                                 gboolean             shown)
{
  g_return_if_fail (RUNGS_IS_BROWSER_COLUMNS (self));

  show_column (self, nth (self, position), shown, width_of (nth (self, position)));
  queue_save (self);
}

void
rungs_browser_columns_move (RungsBrowserColumns *self,
                            guint                from,
                            guint                to)
{
  g_return_if_fail (RUNGS_IS_BROWSER_COLUMNS (self));
  g_return_if_fail (from < rungs_browser_columns_get_count (self));
  g_return_if_fail (to < rungs_browser_columns_get_count (self));

  gtk_column_view_insert_column (self->view, to, nth (self, from));
}

static gboolean
is_among (const RungsBrowserColumn *column,
          const RungsBrowserColumn *columns,
          guint                     n_columns)
{
  for (guint i = 0; i < n_columns; i++)
    if (rungs_browser_column_equal (column, &columns[i]))
      return TRUE;
  return FALSE;
}

/* Returns: whether there were any. */
static gboolean
remove_others (RungsBrowserColumns      *self,
               const RungsBrowserColumn *columns,
               guint                     n_columns)
{
  guint n_before = rungs_browser_columns_get_count (self);

  for (guint i = n_before; i > 0; i--)
    if (!is_among (definition (nth (self, i - 1)), columns, n_columns))
      gtk_column_view_remove_column (self->view, nth (self, i - 1));
  return rungs_browser_columns_get_count (self) != n_before;
}

void
rungs_browser_columns_set (RungsBrowserColumns      *self,
                           const RungsBrowserColumn *columns,
                           guint                     n_columns)
{
  gboolean descending = FALSE;
  gboolean changed;

  g_return_if_fail (RUNGS_IS_BROWSER_COLUMNS (self));

  if (self->save_source != 0)
    save (self);
  changed = remove_others (self, columns, n_columns);
  for (guint i = 0; i < n_columns; i++)
    if (find (self, columns[i].id) == NULL)
      {
        add_column (self, &columns[i]);
        changed = TRUE;
      }
  if (!changed)
    return;
  restore_columns (self);
  if (rungs_browser_columns_get_sort (self, &descending) == NULL)
    restore_sort (self);
}

void
rungs_browser_columns_set_searching (RungsBrowserColumns *self,
                                     gboolean             searching)
{
  g_return_if_fail (RUNGS_IS_BROWSER_COLUMNS (self));

  if (self->searching == searching)
    return;
  self->searching = searching;
  for (guint i = 0; i < rungs_browser_columns_get_count (self); i++)
    if (definition (nth (self, i))->flags & RUNGS_BROWSER_COLUMN_SEARCHED)
      show_column (self, nth (self, i), is_wanted (nth (self, i)), width_of (nth (self, i)));
}
