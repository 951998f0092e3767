/* test-merge-words.c: what can be put into a text: the usual words, and the fields of the
 * business's own. */

#include "messages/rungs-merge-words.h"

#include "leads/rungs-field.h"
#include "rungs-app-fixture.h"

static void
test_own_fields (void)
{
  RungsField kiln = { .key = (char *) "kiln", .label = (char *) "Has a kiln" };
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GMenuModel) usual = rungs_merge_words_new_menu ("rich.insert", NULL);
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenuModel) own = NULL;
  g_autoptr (GVariant) text = NULL;
  GtkWidget *window = gtk_window_new ();
  int n = g_menu_model_get_n_items (usual);

  g_ptr_array_add (fields, &kiln);
  g_assert_null (rungs_merge_words_get_fields (window));
  rungs_merge_words_set_fields (window, fields);
  menu = rungs_merge_words_new_menu ("rich.insert", rungs_merge_words_get_fields (window));
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, n + 1);
  own = g_menu_model_get_item_link (menu, n, G_MENU_LINK_SECTION);
  g_assert_cmpint (g_menu_model_get_n_items (own), ==, 1);
  text = g_menu_model_get_item_attribute_value (own, 0, G_MENU_ATTRIBUTE_TARGET, NULL);
  g_assert_cmpstr (g_variant_get_string (text, NULL), ==, "{{ lead.fields.kiln }}");
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);

  g_test_add_func ("/app/merge-words/own-fields", test_own_fields);
  return g_test_run ();
}
