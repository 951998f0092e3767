/* test-field-editor.c: each kind of field is edited in its way, and gives back what it was given.
 * */

#include "leads/rungs-field-choice-store.h"
#include "rungs-app-fixture.h"
#include "widgets/rungs-field-editor.h"
#include "widgets/rungs-field-words.h"

static RungsField *
new_field (RungsFieldKind kind)
{
  static const char *const LABELS[] = { "Garden", "Kitchen, big", "Bath", NULL };
  RungsField *field = g_new0 (RungsField, 1);

  field->label = g_strdup ("Field");
  field->kind = kind;
  field->currency = g_strdup ("EUR");
  field->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);
  for (guint i = 0; LABELS[i] != NULL; i++)
    {
      RungsFieldChoice *choice = rungs_field_choice_new (LABELS[i]);

      choice->key = rungs_field_key_from_label (LABELS[i]);
      choice->retired_at = i == 2;
      g_ptr_array_add (field->choices, choice);
    }
  return field;
}

static void
assert_text (GtkWidget  *editor,
             const char *text)
{
  g_autofree char *is = rungs_field_editor_dup_text (RUNGS_FIELD_EDITOR (editor));

  g_assert_cmpstr (is, ==, text);
}

/* What is stored of what the editor gives is what was stored before. */
static void
test_gives_back (void)
{
  static const char *const TEXTS[RUNGS_FIELD_KINDS] = {
    [RUNGS_FIELD_TEXT] = "Rex",
    [RUNGS_FIELD_LONG] = "one\ntwo",
    [RUNGS_FIELD_NUMBER] = "12.5",
    [RUNGS_FIELD_MONEY] = "-1234.50 EUR",
    [RUNGS_FIELD_DATE] = "1964-11-21",
    [RUNGS_FIELD_YESNO] = "no",
    [RUNGS_FIELD_ONE] = "Bath",
    [RUNGS_FIELD_SEVERAL] = "Kitchen, big; Bath",
    [RUNGS_FIELD_PHONE] = "+353861234567 x12",
    [RUNGS_FIELD_LINK] = "https://rungs.app/",
  };

  for (guint kind = 0; kind < RUNGS_FIELD_KINDS; kind++)
    {
      g_autoptr (RungsField) field = new_field (kind);
      g_autofree char *value = rungs_field_read (field, TEXTS[kind], NULL);
      GtkWidget *editor = g_object_ref_sink (rungs_field_editor_new (field, TEXTS[kind]));
      GtkWidget *empty = g_object_ref_sink (rungs_field_editor_new (field, NULL));
      g_autofree char *text = rungs_field_editor_dup_text (RUNGS_FIELD_EDITOR (editor));
      g_autofree char *again = rungs_field_read (field, text, NULL);
      g_autofree char *fault = rungs_field_editor_dup_fault (RUNGS_FIELD_EDITOR (editor));

      g_assert_nonnull (value);
      g_assert_cmpstr (again, ==, value);
      g_assert_null (fault);
      assert_text (empty, "");
      g_assert_finalize_object (g_steal_pointer (&editor));
      g_assert_finalize_object (g_steal_pointer (&empty));
    }
}

static void
count_cb (int *times)
{
  (*times)++;
}

static GtkWidget *
new_counted (RungsFieldKind kind,
             int           *changes,
             int           *ends)
{
  g_autoptr (RungsField) field = new_field (kind);
  GtkWidget *editor = g_object_ref_sink (rungs_field_editor_new (field, NULL));

  g_signal_connect_swapped (editor, "changed", G_CALLBACK (count_cb), changes);
  g_signal_connect_swapped (editor, "agreed", G_CALLBACK (count_cb), ends);
  return editor;
}

static void
test_says_what_is_wrong (void)
{
  int changes = 0, ends = 0;
  g_autoptr (GtkWidget) editor = new_counted (RUNGS_FIELD_MONEY, &changes, &ends);
  GtkWidget *entry = rungs_app_fixture_find_type (editor, GTK_TYPE_ENTRY);
  g_autofree char *fault = NULL;
  g_autofree char *none = NULL;

  gtk_editable_set_text (GTK_EDITABLE (entry), "much");
  fault = rungs_field_editor_dup_fault (RUNGS_FIELD_EDITOR (editor));
  g_assert_nonnull (fault);
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "49");
  g_assert_false (gtk_widget_has_css_class (entry, "error"));
  none = rungs_field_editor_dup_fault (RUNGS_FIELD_EDITOR (editor));
  g_assert_null (none);
  g_assert_cmpint (changes, >=, 2);
  g_assert_cmpint (ends, ==, 0);
  g_signal_emit_by_name (entry, "activate");
  g_assert_cmpint (ends, ==, 1);
}

/* A choice that is retired is offered only where it is picked already. */
static void
test_picks (void)
{
  int changes = 0, ends = 0;
  g_autoptr (GtkWidget) one = new_counted (RUNGS_FIELD_ONE, &changes, &ends);
  GtkWidget *lists = rungs_app_fixture_find_type (one, GTK_TYPE_DROP_DOWN);
  GtkDropDown *list = GTK_DROP_DOWN (lists);
  g_autoptr (GtkWidget) several = new_counted (RUNGS_FIELD_SEVERAL, &changes, &ends);
  GtkWidget *button = rungs_app_fixture_find_type (several, GTK_TYPE_MENU_BUTTON);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  GtkWidget *mark = rungs_app_fixture_find_type (GTK_WIDGET (popover), GTK_TYPE_CHECK_BUTTON);

  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (list)), ==, 3);
  gtk_drop_down_set_selected (list, 2);
  assert_text (one, "Kitchen, big");
  g_assert_cmpint (changes, ==, 1);
  g_assert_cmpint (ends, ==, 1);

  gtk_check_button_set_active (GTK_CHECK_BUTTON (mark), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (gtk_widget_get_next_sibling (mark)), TRUE);
  g_assert_null (gtk_widget_get_next_sibling (gtk_widget_get_next_sibling (mark)));
  assert_text (several, "Garden; Kitchen, big");
  g_assert_cmpint (changes, ==, 3);
  g_assert_cmpint (ends, ==, 1);
}

static void
assert_words (RungsFieldKind kind,
              const char    *value,
              const char    *words,
              const char    *link)
{
  RungsFieldValue shown = { .kind = kind,
                            .currency = (char *) "EUR",
                            .value = (char *) value,
                            .text = (char *) value };
  g_autofree char *is = rungs_field_value_words (&shown);
  g_autofree char *leads = rungs_field_value_dup_link (&shown);

  g_assert_cmpstr (is, ==, words);
  g_assert_cmpstr (leads, ==, link);
}

static void
test_words (void)
{
  assert_words (RUNGS_FIELD_DATE, "1964-11-21", "21 November 1964", NULL);
  assert_words (RUNGS_FIELD_YESNO, "no", "No", NULL);
  assert_words (RUNGS_FIELD_LINK, "https://a.example", "https://a.example", "https://a.example");
  assert_words (RUNGS_FIELD_LINK, "javascript:alert(1)", "javascript:alert(1)", NULL);
  assert_words (RUNGS_FIELD_PHONE, "+353861234567 x12", "+353861234567 x12", "tel:+353861234567");
  for (guint kind = 0; kind < RUNGS_FIELD_KINDS; kind++)
    g_assert_nonnull (rungs_field_kind_words (kind));
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add_func ("/field-editor/gives-back", test_gives_back);
  g_test_add_func ("/field-editor/says-what-is-wrong", test_says_what_is_wrong);
  g_test_add_func ("/field-editor/picks", test_picks);
  g_test_add_func ("/field-editor/words", test_words);
  return g_test_run ();
}
