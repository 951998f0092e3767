/* test-partner-documents.c: a document is dropped onto a partner's details, opened, removed and
 * there again; one that is too large is refused. */

#include <glib/gstdio.h>

#include "partners/rungs-partner-document-store.h"
#include "partners/rungs-partner-documents.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "rungs-app-page.h"

/* No program opens what is of no kind. */
static const char FORM[] = "\1\0\2VAT id DE123456789\xff";

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *documents;
  char *folder; /* (owned) */
} Fixture;

static gboolean
add_partner (RungsDb   *db,
             gpointer   data,
             GError   **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_new ("Anna Berg", "EUR");

  return rungs_partner_add (db, partner, 1, error) != 0;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  rungs_app_fixture_use_keyring ();
  fixture->folder = rungs_app_fixture_folder ();
  fixture->page = GTK_WIDGET (rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, add_partner,
                                                          "partners:1", &fixture->store,
                                                          &fixture->reader, &fixture->window));
  rungs_app_fixture_wait_for (fixture->page, "Nobody has said yet");
  fixture->documents = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_PARTNER_DOCUMENTS);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
  g_free (fixture->folder);
}

/* What a file manager does when the mouse lets go of a file. */
static void
drop (Fixture    *fixture,
      const char *name,
      const char *bytes,
      gsize       length)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (fixture->documents);
  g_autoptr (GError) error = NULL;
  GSList *files;
  gboolean taken = FALSE;

  g_file_set_contents (path, bytes, (gssize) length, &error);
  g_assert_no_error (error);
  files = g_slist_append (NULL, g_file_new_for_path (path));
  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);
      g_auto (GValue) value = G_VALUE_INIT;

      if (!GTK_IS_DROP_TARGET (controller))
        continue;
      g_value_init (&value, GDK_TYPE_FILE_LIST);
      g_value_set_boxed (&value, files);
      g_signal_emit_by_name (controller, "drop", &value, 1.0, 1.0, &taken);
    }
  g_slist_free_full (files, g_object_unref);
  g_assert_true (taken);
}

static gint64
count (Fixture *fixture)
{
  return rungs_app_store_ask (fixture->store, "SELECT count (*) FROM partner_document");
}

static gboolean
is_gone (gpointer fixture)
{
  return count (fixture) == 0;
}

static gboolean
is_there (gpointer fixture)
{
  return count (fixture) == 1;
}

/* Returns: (transfer full) (nullable): the path of the copy that was written to be opened. */
static char *
find_copy (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (g_get_user_runtime_dir (), 0, NULL);
  const char *folder;

  while ((folder = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_get_user_runtime_dir (), folder, name, NULL);

      if (g_str_has_prefix (folder, "rungs-") && g_file_test (path, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&path);
    }
  return NULL;
}

static gboolean
is_copied (gpointer data)
{
  g_autofree char *path = find_copy ("form.w8");

  return path != NULL && g_file_test (path, G_FILE_TEST_EXISTS);
}

static void
test_kept (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *copy = NULL;
  g_autofree char *says = NULL;
  gsize length;
  GStatBuf status;

  drop (fixture, "form.w8", FORM, sizeof FORM);
  rungs_app_fixture_wait (is_there, fixture);
  rungs_app_fixture_wait_for (fixture->documents, "form.w8");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM partner_document"
                                        " WHERE instr (sealed, CAST ('DE123456789' AS BLOB)) > 0"),
                   ==, 0);

  g_assert_true (gtk_widget_activate_action (fixture->documents, "documents.open", "x",
                                             G_GINT64_CONSTANT (1)));
  rungs_app_fixture_wait (is_copied, NULL);
  rungs_app_fixture_wait_for (fixture->page,
                              "No program here opens “form.w8”; save it instead");
  copy = find_copy ("form.w8");
  g_assert_true (g_file_get_contents (copy, &says, &length, NULL));
  g_assert_cmpmem (says, length, FORM, sizeof FORM);
  g_assert_cmpint (g_stat (copy, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 077, ==, 0);

  g_assert_true (gtk_widget_activate_action (fixture->documents, "documents.remove", "x",
                                             G_GINT64_CONSTANT (1)));
  rungs_app_fixture_wait (is_gone, fixture);
  rungs_app_fixture_wait_for (fixture->page, "“form.w8” is removed");
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait (is_there, fixture);
  rungs_app_fixture_wait_for (fixture->documents, "form.w8");
}

static GtkWidget *
find_refusal (void)
{
  GtkWidget *question = rungs_app_fixture_find_window (ADW_TYPE_MESSAGE_DIALOG);

  return question != NULL
             ? rungs_app_fixture_find (question, "The Document Could Not Be Added")
             : NULL;
}

static gboolean
is_refused (gpointer data)
{
  return find_refusal () != NULL;
}

static void
test_too_large (Fixture       *fixture,
                gconstpointer  data)
{
  gsize length = RUNGS_PARTNER_DOCUMENT_MOST + 1;
  g_autofree char *bytes = g_malloc0 (length);

  drop (fixture, "film.mp4", bytes, length);
  rungs_app_fixture_wait (is_refused, NULL);
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (find_refusal ())));
  g_assert_cmpint (count (fixture), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/partners/documents/kept", Fixture, NULL, set_up, test_kept, tear_down);
  g_test_add ("/app/partners/documents/too-large", Fixture, NULL, set_up, test_too_large,
              tear_down);
  return g_test_run ();
}
