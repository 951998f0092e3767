/* test-secret.c: passwords are in the keyring, and where they cannot be, the error says why.
 *
 * Each case runs this program again, as a child in a session bus and a home of its own, with a real
 * gnome-keyring-daemon that is unlocked, locked, or missing:
 * the script keyring beside this file starts it. */

#include <string.h>

#include <glib/gstdio.h>

#include "../../support/rungs-test-server.h"
#include "base/rungs-error.h"
#include "mail/rungs-secret.h"

#define PASSWORD "correct horse £"

static void
store (const char *password)
{
  g_autoptr (GError) error = NULL;

  rungs_secret_store ("file-1", "account-1", "Rungs: test", password, RUNGS_SECRET_TIMEOUT, NULL,
                      &error);
  g_assert_no_error (error);
}

static char *
look_up (const char  *file,
         const char  *account,
         GError     **error)
{
  return rungs_secret_lookup (file, account, RUNGS_SECRET_TIMEOUT, NULL, error);
}

static void
assert_stored (const char *password)
{
  g_autoptr (GError) error = NULL;
  char *found = look_up ("file-1", "account-1", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, password);
  rungs_secret_free (found);
}

static void
assert_trouble (const char *file,
                RungsError  code,
                const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (look_up (file, "account-1", &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUNGS_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, words));
}

/* ---- what runs in the child */

static void
child_stores (void)
{
  store (PASSWORD);
  assert_stored (PASSWORD);
  store ("second");
  assert_stored ("second");
  store (PASSWORD);
}

static void
child_finds (void)
{
  g_autoptr (GError) error = NULL;

  assert_stored (PASSWORD);
  assert_trouble ("file-2", RUNGS_ERROR_AUTH, "holds no password");
  g_assert_true (rungs_secret_clear ("file-1", "account-1", RUNGS_SECRET_TIMEOUT, NULL, &error));
  g_assert_no_error (error);
  assert_trouble ("file-1", RUNGS_ERROR_AUTH, "holds no password");
  g_assert_true (rungs_secret_clear ("file-1", "account-1", RUNGS_SECRET_TIMEOUT, NULL, &error));
  store (PASSWORD);
}

static void
child_locked (void)
{
  assert_trouble ("file-1", RUNGS_ERROR_LOCKED, "is locked");
}

static void
child_locked_store (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (rungs_secret_store ("file-1", "account-9", "Rungs: test", "x",
                                      RUNGS_SECRET_TIMEOUT, NULL, &error));
  g_test_message ("%s", error->message);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "locked"));
}

static void
child_no_service (void)
{
  g_autoptr (GError) error = NULL;

  assert_trouble ("file-1", RUNGS_ERROR_AUTH, "no keyring on this computer");
  g_assert_false (rungs_secret_store ("file-1", "account-1", "Rungs: test", "x",
                                      RUNGS_SECRET_TIMEOUT, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_AUTH);
  g_assert_null (strstr (error->message, PASSWORD));
}

static GDBusMessage *
swallow_cb (GDBusConnection *connection,
            GDBusMessage    *message,
            gboolean         incoming,
            gpointer         user_data)
{
  if (incoming && g_dbus_message_get_message_type (message) == G_DBUS_MESSAGE_TYPE_METHOD_CALL)
    g_clear_object (&message);
  return message;
}

/* A service that owns the name and never answers. */
static GDBusConnection *
be_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = NULL;
  GDBusConnection *connection = g_dbus_connection_new_for_address_sync (
    g_getenv ("DBUS_SESSION_BUS_ADDRESS"),
    G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT | G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION,
    NULL, NULL, &error);

  g_assert_no_error (error);
  g_dbus_connection_add_filter (connection, swallow_cb, NULL, NULL);
  reply = g_dbus_connection_call_sync (
      connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
      "RequestName", g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL,
      G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

static void
child_silent (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) service = be_silent ();
  gint64 begun = g_get_monotonic_time ();

  g_assert_null (rungs_secret_lookup ("file-1", "account-1", 1000, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "does not answer"));
  g_assert_cmpint (g_get_monotonic_time () - begun, <, 3 * G_USEC_PER_SEC);
}

static gpointer
cancel_later (gpointer data)
{
  g_usleep (G_USEC_PER_SEC / 2);
  g_cancellable_cancel (data);
  return NULL;
}

static void
child_cancelled (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDBusConnection) service = be_silent ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GThread *thread = g_thread_new ("cancel", cancel_later, cancellable);

  g_assert_null (rungs_secret_lookup ("file-1", "account-1", 60000, cancellable, &error));
  g_thread_join (thread);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const struct
{
  const char *name;
  void (*run) (void);
} CHILDREN[] = {
  { "stores", child_stores },
  { "finds", child_finds },
  { "locked", child_locked },
  { "locked-store", child_locked_store },
  { "no-service", child_no_service },
  { "silent", child_silent },
  { "cancelled", child_cancelled },
};

/* ---- the parent */

static const char *program;

/* `keyring`: how tests/core/mail/keyring sets it up. */
static void
run_child (const char *home,
           const char *keyring,
           const char *child)
{
  const char *argv[] = { "tests/core/mail/keyring", home, keyring, program, child, NULL };

  rungs_test_run (argv);
}

static void
test_stores_and_finds (void)
{
  g_autofree char *home = rungs_test_folder_new ();

  run_child (home, "unlocked", "stores");
  run_child (home, "unlocked", "finds");
  run_child (home, "unlocked", "finds");
  rungs_test_folder_remove (home);
}

static void
test_locked (void)
{
  g_autofree char *home = rungs_test_folder_new ();

  run_child (home, "unlocked", "stores");
  run_child (home, "locked", "locked");
  run_child (home, "locked", "locked-store");
  rungs_test_folder_remove (home);
}

static void
test_absent (void)
{
  g_autofree char *home = rungs_test_folder_new ();

  run_child (home, "no-service", "no-service");
  run_child (home, "no-bus", "no-service");
  rungs_test_folder_remove (home);
}

static void
test_silent (void)
{
  g_autofree char *home = rungs_test_folder_new ();

  run_child (home, "no-service", "silent");
  run_child (home, "no-service", "cancelled");
  rungs_test_folder_remove (home);
}

int
main (int    argc,
      char **argv)
{
  program = argv[0];
  for (gsize i = 0; argc == 2 && i < G_N_ELEMENTS (CHILDREN); i++)
    if (strcmp (argv[1], CHILDREN[i].name) == 0)
      {
        CHILDREN[i].run ();
        return 0;
      }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/secret/stores", test_stores_and_finds);
  g_test_add_func ("/secret/locked", test_locked);
  g_test_add_func ("/secret/absent", test_absent);
  g_test_add_func ("/secret/silent", test_silent);
  return g_test_run ();
}
