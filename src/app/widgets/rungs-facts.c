/* rungs-facts.c: what is known of something, each fact with its title before it. */

#include "rungs-facts.h"

#include "widgets/rungs-keyed-rows.h"
#include "widgets/rungs-wrapping-label.h"

/* The width of the column of the titles; a longer one wraps. */
#define TITLE_CHARS 12

typedef struct
{
  gint64 key;
  const char *title;
  char *text; /* (owned) */
} Fact;

static void
fact_free (Fact *self)
{
  g_free (self->text);
  g_free (self);
}

static gint64
fact_key (gconstpointer item)
{
  return ((const Fact *) item)->key;
}

/* A grid, because a box gives a label that wraps the width for its height, not the height for its
 * width. */
static GtkWidget *
make_fact (void)
{
  GtkWidget *row = gtk_grid_new ();
  GtkWidget *title = rungs_wrapping_label_new ();
  GtkWidget *value = rungs_wrapping_label_new ();

  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_width_chars (GTK_LABEL (title), TITLE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (title), TITLE_CHARS);
  gtk_widget_set_valign (title, GTK_ALIGN_START);
  gtk_widget_set_valign (value, GTK_ALIGN_START);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  gtk_widget_set_can_focus (value, FALSE);
  gtk_grid_set_column_spacing (GTK_GRID (row), 12);
  gtk_grid_attach (GTK_GRID (row), title, 0, 0, 1, 1);
  gtk_grid_attach (GTK_GRID (row), value, 1, 0, 1, 1);
  return row;
}

static void
show_fact (GtkWidget     *row,
           gconstpointer  item)
{
  const Fact *fact = item;

  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (row)), fact->title);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (row)), fact->text);
}

GPtrArray *
rungs_facts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) fact_free);
}

void
rungs_facts_add (GPtrArray  *facts,
                 gint64      key,
                 const char *title,
                 char       *text)
{
  Fact *fact;

  if (text == NULL || *text == '\0')
    {
      g_free (text);
      return;
    }
  fact = g_new (Fact, 1);
  *fact = (Fact) { key, title, text };
  g_ptr_array_add (facts, fact);
}

void
rungs_facts_show (GtkWidget *box,
                  GPtrArray *facts)
{
  static const RungsKeyedRows rows = { fact_key, make_fact, show_fact };

  rungs_keyed_rows_update (box, &rows, facts);
}
