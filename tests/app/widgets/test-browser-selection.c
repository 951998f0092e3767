/* test-browser-selection.c: the selection of a browser says what GtkMultiSelection says, whatever
 * is selected and however the rows change; and asks for no row. */

#include "widgets/rungs-browser-selection.h"

#include "rungs-app-fixture.h"

#define STEPS 3000
#define MANY 1000000

/* Where both differ. */
static void
assert_same (GtkSelectionModel *one,
             GtkSelectionModel *other)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (one));
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (one);
  g_autoptr (GtkBitset) expected = gtk_selection_model_get_selection (other);

  g_assert_true (gtk_bitset_equals (selected, expected));
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (gtk_selection_model_is_selected (one, i), ==,
                     gtk_selection_model_is_selected (other, i));
}

/* Does the same to both. */
static void
step (GtkStringList     *rows,
      GtkSelectionModel *models[2])
{
  const char *const added[] = { "a", "b", "c", NULL };
  guint n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  guint position = (guint) g_test_rand_int_range (0, (int) n + 1);
  guint length = (guint) g_test_rand_int_range (0, (int) (n - position) + 1);
  gboolean rest = g_test_rand_bit ();
  int what = g_test_rand_int_range (0, 8);

  if (what == 0)
    gtk_string_list_splice (rows, position, MIN (length, 5), added);
  for (guint i = 0; i < 2; i++)
    {
      if (what == 1 && n > 0)
        gtk_selection_model_select_item (models[i], position, rest);
      else if (what == 2)
        gtk_selection_model_unselect_item (models[i], position);
      else if (what == 3)
        gtk_selection_model_select_range (models[i], position, length, rest);
      else if (what == 4)
        gtk_selection_model_unselect_range (models[i], position, length);
      else if (what == 5)
        gtk_selection_model_select_all (models[i]);
      else if (what == 6)
        gtk_selection_model_unselect_all (models[i]);
    }
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_same (void)
{
  const char *const begin[] = { "1", "2", "3", "4", "5", "6", "7", NULL };
  g_autoptr (GtkStringList) rows = gtk_string_list_new (begin);
  g_autoptr (GtkSelectionModel) own = GTK_SELECTION_MODEL (
    rungs_browser_selection_new (G_LIST_MODEL (g_object_ref (rows))));
  g_autoptr (GtkSelectionModel) other = GTK_SELECTION_MODEL (
    gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (rows))));
  GtkSelectionModel *models[2] = { own, other };
  guint changes[2] = { 0, 0 };

  for (guint i = 0; i < 2; i++)
    g_signal_connect_swapped (models[i], "selection-changed", G_CALLBACK (count_cb), &changes[i]);
  for (guint i = 0; i < STEPS; i++)
    {
      if (g_list_model_get_n_items (G_LIST_MODEL (rows)) > 200)
        gtk_string_list_splice (rows, 3, 190, NULL);
      step (rows, models);
      assert_same (own, other);
      g_assert_cmpuint (changes[0], ==, changes[1]);
    }
  g_assert_cmpuint (changes[0], >, STEPS / 10);
}

/* ---- a list of many rows that nobody may ask for */

#define SHY_TYPE_LIST (shy_list_get_type ())
G_DECLARE_FINAL_TYPE (ShyList, shy_list, SHY, LIST, GObject)

struct _ShyList
{
  GObject parent_instance;
};

static GType
shy_get_item_type (GListModel *list)
{
  return G_TYPE_OBJECT;
}

static guint
shy_get_n_items (GListModel *list)
{
  return MANY;
}

static gpointer
shy_get_item (GListModel *list,
              guint       position)
{
  g_assert_not_reached ();
}

static void
shy_list_model_init (GListModelInterface *interface)
{
  interface->get_item_type = shy_get_item_type;
  interface->get_n_items = shy_get_n_items;
  interface->get_item = shy_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ShyList, shy_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, shy_list_model_init))

static void
shy_list_class_init (ShyListClass *klass)
{
}

static void
shy_list_init (ShyList *self)
{
}

static void
test_many (void)
{
  g_autoptr (GtkSelectionModel) selection = GTK_SELECTION_MODEL (
    rungs_browser_selection_new (g_object_new (SHY_TYPE_LIST, NULL)));
  g_autoptr (GtkBitset) selected = NULL;

  gtk_selection_model_select_all (selection);
  gtk_selection_model_unselect_range (selection, 10, 100);
  selected = gtk_selection_model_get_selection (selection);
  g_assert_cmpuint (gtk_bitset_get_size (selected), ==, MANY - 100);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/browser-selection/same", test_same);
  g_test_add_func ("/app/browser-selection/many", test_many);
  return g_test_run ();
}
