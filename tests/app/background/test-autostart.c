/* test-autostart.c: Rungs is started with the session by a file, or by a portal that agrees. */

#include "background/rungs-autostart.h"

#include <glib/gstdio.h>

#include "rungs-app-fixture.h"

static const char PORTAL[]
  = "<node><interface name='org.freedesktop.portal.Background'>"
    "<method name='RequestBackground'><arg type='s' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='o' direction='out'/></method>"
    "</interface></node>";

/* A desktop that agrees or not. */
typedef struct
{
  GDBusConnection *bus;
  GDBusNodeInfo *node;
  guint object;
  guint name;
  guint32 response; /* 0: it answers; 1: the user closed the question */
  gboolean agrees;
  gboolean autostart; /* what was asked for last */
  char *command;      /* (owned) (nullable): its words, parted by spaces */

  gboolean answered;
  gboolean allowed;
  GError *error;
} Fixture;

static char *
dup_request_path (const char *sender,
                  const char *token)
{
  g_autofree char *name = g_strdelimit (g_strdup (sender + 1), ".", '_');

  return g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", name, token);
}

static void
called_cb (GDBusConnection       *bus,
           const char            *sender,
           const char            *path,
           const char            *interface,
           const char            *method,
           GVariant              *arguments,
           GDBusMethodInvocation *invocation,
           gpointer               data)
{
  Fixture *fixture = data;
  g_autoptr (GVariant) options = g_variant_get_child_value (arguments, 1);
  g_autofree const char **words = NULL;
  g_autofree char *request = NULL;
  const char *token = NULL;

  g_assert_true (g_variant_lookup (options, "handle_token", "&s", &token));
  g_assert_true (g_variant_lookup (options, "autostart", "b", &fixture->autostart));
  g_clear_pointer (&fixture->command, g_free);
  if (g_variant_lookup (options, "commandline", "^a&s", &words))
    fixture->command = g_strjoinv (" ", (char **) words);
  request = dup_request_path (sender, token);
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(o)", request));
  g_dbus_connection_emit_signal (bus, sender, request, "org.freedesktop.portal.Request",
                                 "Response",
                                 g_variant_new_parsed (
                                   "(%u, {'background': <%b>, 'autostart': <%b>})",
                                   fixture->response, fixture->agrees,
                                   fixture->agrees && fixture->autostart), NULL);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  static const GDBusInterfaceVTable VTABLE = { .method_call = called_cb };

  fixture->bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  fixture->node = g_dbus_node_info_new_for_xml (PORTAL, NULL);
  fixture->object = g_dbus_connection_register_object (
    fixture->bus, "/org/freedesktop/portal/desktop", fixture->node->interfaces[0], &VTABLE,
    fixture, NULL, NULL);
  fixture->name = g_bus_own_name_on_connection (fixture->bus, "org.freedesktop.portal.Desktop",
                                                G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL,
                                                NULL);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_bus_unown_name (fixture->name);
  g_dbus_connection_unregister_object (fixture->bus, fixture->object);
  g_dbus_node_info_unref (fixture->node);
  g_clear_pointer (&fixture->command, g_free);
  g_clear_error (&fixture->error);
  g_object_unref (fixture->bus);
}

static void
answered_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Fixture *fixture = data;

  g_clear_error (&fixture->error);
  fixture->allowed = rungs_autostart_set_finish (result, &fixture->error);
  fixture->answered = TRUE;
}

static gboolean
has_answer (gpointer data)
{
  return ((Fixture *) data)->answered;
}

static gboolean
set (Fixture           *fixture,
     RungsAutostartWay  way,
     gboolean           wanted)
{
  fixture->answered = FALSE;
  rungs_autostart_set_async (way, wanted, NULL, answered_cb, fixture);
  rungs_app_fixture_wait (has_answer, fixture);
  return fixture->allowed;
}

static void
test_portal (Fixture       *fixture,
             gconstpointer  data)
{
  fixture->agrees = TRUE;
  g_assert_true (set (fixture, RUNGS_AUTOSTART_PORTAL, TRUE));
  g_assert_true (fixture->autostart);
  g_assert_cmpstr (fixture->command, ==, "rungs --background");
  g_assert_true (set (fixture, RUNGS_AUTOSTART_PORTAL, FALSE));
  g_assert_false (fixture->autostart);
  fixture->agrees = FALSE;
  g_assert_false (set (fixture, RUNGS_AUTOSTART_PORTAL, TRUE));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  fixture->response = 1;
  g_assert_false (set (fixture, RUNGS_AUTOSTART_PORTAL, TRUE));
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_file (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "autostart", NULL);
  g_autofree char *path = g_build_filename (folder, RUNGS_APP_ID ".desktop", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;

  g_assert_true (set (fixture, RUNGS_AUTOSTART_FILE, FALSE));
  g_assert_true (set (fixture, RUNGS_AUTOSTART_FILE, TRUE));
  g_assert_true (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL));
  command = g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (command, ==, "rungs --background");
  g_assert_true (set (fixture, RUNGS_AUTOSTART_FILE, FALSE));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  /* a folder that cannot be one is told */
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_assert_false (set (fixture, RUNGS_AUTOSTART_FILE, TRUE));
  g_assert_nonnull (fixture->error);
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/autostart/portal", Fixture, NULL, set_up, test_portal, tear_down);
  g_test_add ("/app/autostart/file", Fixture, NULL, set_up, test_file, tear_down);
  return g_test_run ();
}
