/* test-choice-row.c: a time zone is found by any word of it: city, country, region. */

#include "widgets/rungs-choice-row.h"

#include "rungs-app-fixture.h"

/* What is sought, and a zone that is found then. */
typedef struct
{
  const char *typed;
  const char *label;
} Case;

static GtkWidget *
find (GtkWidget *row,
      GType      type)
{
  GtkWidget *found = rungs_app_fixture_find_type (row, type);

  g_assert_nonnull (found);
  return found;
}

static gboolean
is_listed (GtkWidget  *row,
           const char *label)
{
  GtkWidget *list = find (row, GTK_TYPE_LIST_VIEW);
  GListModel *model = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GtkStringObject) item = g_list_model_get_item (model, i);

      if (g_str_equal (gtk_string_object_get_string (item), label))
        return TRUE;
    }
  return FALSE;
}

static void
test_zones (void)
{
  static const Case CASES[] = {
    { "berl", "Berlin, Germany (Europe)" },
    { "aires", "Buenos Aires, Argentina (America/Argentina)" },
    { "german", "Berlin, Germany (Europe)" },
    { "europe", "Dublin, Ireland (Europe)" },
  };
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", "Zone", NULL);

  rungs_choice_row_add_zones (RUNGS_CHOICE_ROW (row));
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (window, list);
  gtk_window_present (window);
  rungs_app_fixture_settle (100);
  gtk_popover_popup (GTK_POPOVER (find (row, GTK_TYPE_POPOVER)));
  rungs_app_fixture_settle (100);
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      GtkEditable *entry = GTK_EDITABLE (find (row, GTK_TYPE_SEARCH_ENTRY));

      gtk_editable_set_text (entry, CASES[i].typed);
      rungs_app_fixture_settle (400);
      g_assert_true (is_listed (row, CASES[i].label));
      g_assert_false (is_listed (row, "UTC"));
    }
  gtk_window_destroy (window);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/choice-row/zones", test_zones);
  return g_test_run ();
}
