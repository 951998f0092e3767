/* test-fields-group.c: fields are defined, ordered, given another kind, retired and deleted in the
 * settings, and each of that is taken back. */

#include "db/rungs-store.h"
#include "leads/rungs-field-choice-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-lead-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "segments/rungs-segment-store.h"
#include "settings/rungs-field-dialog.h"
#include "settings/rungs-settings-page.h"

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

/* A text that two leads have, and a list that one has. */
static gboolean
fill (RungsDb  *db,
      gpointer  data,
      GError  **error)
{
  gint64 size = rungs_field_add (db, "size", "Size", RUNGS_FIELD_TEXT, 1, error);
  gint64 rooms = rungs_field_add (db, "rooms", "Rooms", RUNGS_FIELD_SEVERAL, 1, error);
  g_autoptr (GPtrArray) choices
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_field_choice_free);

  g_ptr_array_add (choices, rungs_field_choice_new ("Bath"));
  g_ptr_array_add (choices, rungs_field_choice_new ("Hall"));
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RungsLead) lead = rungs_lead_new ();
      gint64 id;

      rungs_lead_set (lead, "first_name", "Ann");
      id = rungs_lead_add (db, lead, "by hand", 1, error);
      if (!rungs_field_set_value (db, id, size, i == 0 ? "1,5" : "big", 1, error))
        return FALSE;
    }
  return rungs_segment_create (db, "Large", NULL,
                               "{\"field\":\"field:size\",\"op\":\"is\",\"value\":\"big\"}",
                               1, error)
           != 0
         && rungs_field_choices_store (db, rooms, choices, error)
         && rungs_field_set_value (db, 1, rooms, "Bath", 1, error);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new (fill, &fixture->reader);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "leads");
  rungs_app_fixture_wait_for (fixture->page, "Rooms");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_db_close (fixture->reader);
  rungs_app_store_close (fixture->store);
}

/* The fields as "key:kind key:kind", with "-" before those that are retired. */
static char *
fields_of (Fixture *fixture)
{
  g_autoptr (GPtrArray) fields = rungs_field_list (fixture->reader, NULL);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < fields->len; i++)
    {
      const RungsField *field = g_ptr_array_index (fields, i);

      g_string_append_printf (text, "%s%s%s:%s", i > 0 ? " " : "", field->retired_at ? "-" : "",
                              field->key, rungs_field_kind_to_text (field->kind));
    }
  return g_strdup (text->str);
}

typedef struct
{
  Fixture *fixture;
  const char *fields;
} Expected;

static gboolean
is_stored (gpointer data)
{
  const Expected *expected = data;
  g_autofree char *fields = fields_of (expected->fixture);

  return g_str_equal (fields, expected->fields);
}

static void
wait_for_fields (Fixture    *fixture,
                 const char *fields)
{
  rungs_app_fixture_wait (is_stored, &(Expected) { fixture, fields });
}

/* By the menu of the field's row. */
static void
act (Fixture    *fixture,
     const char *action,
     const char *key)
{
  g_autoptr (RungsField) field = rungs_field_load_by_key (fixture->reader, key, NULL);
  GtkWidget *row = rungs_app_fixture_wait_for (fixture->page, field->label);

  g_assert_true (gtk_widget_activate_action (row, action, "x", field->id));
}

static void
undo (Fixture    *fixture,
      const char *said)
{
  rungs_app_fixture_wait_for (fixture->page, said);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
}

static void
test_order_and_retire (Fixture       *fixture,
                       gconstpointer  data)
{
  act (fixture, "fields.up", "rooms");
  wait_for_fields (fixture, "rooms:several size:text");
  undo (fixture, "The field stands there now");
  wait_for_fields (fixture, "size:text rooms:several");

  act (fixture, "fields.retire", "size");
  wait_for_fields (fixture, "rooms:several -size:text");
  undo (fixture, "“Size” is retired; its values stay");
  wait_for_fields (fixture, "size:text rooms:several");
}

static gboolean
has_no_values (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GPtrArray) values = rungs_field_values (fixture->reader, 1, NULL);

  return values->len == 1;
}

static gboolean
has_values (gpointer data)
{
  return !has_no_values (data);
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  act (fixture, "fields.delete", "size");
  wait_for_fields (fixture, "rooms:several");
  rungs_app_fixture_wait (has_no_values, fixture);
  undo (fixture, "“Size” is deleted. It is still asked for by the segment “Large”");
  wait_for_fields (fixture, "size:text rooms:several");
  rungs_app_fixture_wait (has_values, fixture);
}

static GtkWidget *
open_form (Fixture    *fixture,
           const char *key)
{
  g_autoptr (RungsField) field
    = key != NULL ? rungs_field_load_by_key (fixture->reader, key, NULL) : NULL;
  GtkWindow *form = rungs_field_dialog_open (RUNGS_PAGE (fixture->page), field, "EUR");

  rungs_app_fixture_settle (100);
  return GTK_WIDGET (form);
}

static void
choose (GtkWidget      *form,
        RungsFieldKind  kind)
{
  GtkWidget *row = rungs_app_fixture_find_type (form, ADW_TYPE_COMBO_ROW);

  adw_combo_row_set_selected (ADW_COMBO_ROW (row), kind);
}

static void
test_add (Fixture       *fixture,
          gconstpointer  data)
{
  GtkWidget *form = open_form (fixture, NULL);
  GtkWidget *add;
  g_autoptr (RungsField) field = NULL;

  gtk_editable_set_text (GTK_EDITABLE (rungs_app_fixture_find (form, "Name")), "Garden");
  choose (form, RUNGS_FIELD_ONE);
  add = rungs_app_fixture_wait_for (form, "Add a choice, then Enter");
  gtk_editable_set_text (GTK_EDITABLE (add), "Small");
  g_signal_emit_by_name (add, "entry-activated");
  gtk_editable_set_text (GTK_EDITABLE (add), "Large");
  g_signal_emit_by_name (form, "agreed");
  wait_for_fields (fixture, "size:text rooms:several garden:one");
  field = rungs_field_load_by_key (fixture->reader, "garden", NULL);
  g_assert_cmpuint (field->choices->len, ==, 2);
  g_assert_cmpstr (((RungsFieldChoice *) field->choices->pdata[1])->key, ==, "large");
  undo (fixture, "“Garden” is a field of every lead now");
  wait_for_fields (fixture, "size:text rooms:several");
}

/* A kind that a value does not fit is not stored; one that all fit is, and is taken back. */
static void
test_kind (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form = open_form (fixture, "size");
  g_autoptr (GPtrArray) values = NULL;

  choose (form, RUNGS_FIELD_NUMBER);
  rungs_app_fixture_wait_for (
    form, "1 value would not fit, “big”. Change it first, or keep the kind.");
  choose (form, RUNGS_FIELD_ONE);
  rungs_app_fixture_wait_for (form, "All 2 values that leads have fit.");
  g_signal_emit_by_name (form, "agreed");
  wait_for_fields (fixture, "size:one rooms:several");
  undo (fixture, "“Size” is changed");
  wait_for_fields (fixture, "size:text rooms:several");
  values = rungs_field_values (fixture->reader, 1, NULL);
  g_assert_cmpstr (((RungsFieldValue *) values->pdata[0])->value, ==, "1,5");
}

static void
add_test (const char *name,
          void      (*func) (Fixture *, gconstpointer))
{
  g_test_add (name, Fixture, NULL, set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  add_test ("/fields-group/order-and-retire", test_order_and_retire);
  add_test ("/fields-group/delete", test_delete);
  add_test ("/fields-group/add", test_add);
  add_test ("/fields-group/kind", test_kind);
  return g_test_run ();
}
