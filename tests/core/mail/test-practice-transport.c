/* test-practice-transport.c: the practice folder holds each message once, whole. */

#include <string.h>

#include <glib/gstdio.h>

#include "../../support/rungs-test-server.h"
#include "mail/rungs-practice-transport.h"

static void
hand_over (const char           *folder,
           const char           *message_id,
           const char           *text,
           RungsDeliveryOutcome  outcome)
{
  g_autoptr (RungsTransport) transport = rungs_practice_transport_new (folder);
  g_autoptr (GBytes) message = g_bytes_new (text, strlen (text));
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { "shop@example.org", "lead@example.org", message_id };

  rungs_transport_send (transport, &envelope, message, NULL, &delivery);
  g_test_message ("%s", delivery.reply);
  g_assert_cmpint (delivery.outcome, ==, outcome);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_same_message_is_one_file (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autofree char *inside = g_build_filename (folder, "practice", NULL);
  g_autofree char *path = g_build_filename (inside, "1.abc@rungs.example.eml", NULL);
  g_autofree char *text = NULL;
  GStatBuf status;

  g_assert_false (rungs_practice_has (inside, "1.abc@rungs.example"));
  hand_over (inside, "1.abc@rungs.example", "Subject: a\r\n\r\nfirst\r\n", RUNGS_DELIVERY_ACCEPTED);
  hand_over (inside, "1.abc@rungs.example", "Subject: a\r\n\r\nagain\r\n", RUNGS_DELIVERY_ACCEPTED);
  g_assert_true (rungs_practice_has (inside, "1.abc@rungs.example"));
  g_assert_false (rungs_practice_has (inside, "2.abc@rungs.example"));
  g_assert_cmpuint (count_files (inside), ==, 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "Subject: a\r\n\r\nagain\r\n");
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (inside, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  rungs_test_folder_remove (folder);
}

static void
test_names_stay_in_the_folder (void)
{
  static const char *const IDS[][2] = {
    { "../../etc/passwd", "%2E.%2F..%2Fetc%2Fpasswd.eml" },
    { "a/b\\c@d", "a%2Fb%5Cc@d.eml" },
    { ".hidden@d", "%2Ehidden@d.eml" },
    { "ü\n@d", "%C3%BC%0A@d.eml" },
  };
  g_autofree char *long_id = g_strnfill (3000, 'x');
  g_autofree char *short_name = rungs_practice_file_name (long_id);

  for (gsize i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_autofree char *name = rungs_practice_file_name (IDS[i][0]);

      g_assert_null (strchr (name, '/'));
      g_assert_cmpint (name[0], !=, '.');
      g_assert_cmpstr (name, ==, IDS[i][1]);
    }
  g_assert_cmpuint (strlen (short_name), ==, 68);
}

static void
test_unwritable_folder_is_trouble (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *inside = g_build_filename (file, "practice", NULL);

  g_assert_true (g_file_set_contents (file, "", 0, NULL));
  hand_over (inside, "1@d", "x", RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  hand_over ("/dev/full", "1@d", "x", RUNGS_DELIVERY_ACCOUNT_TROUBLE);
  rungs_test_folder_remove (folder);
}

static void
test_cancelled_writes_nothing (void)
{
  g_autofree char *folder = rungs_test_folder_new ();
  g_autoptr (RungsTransport) transport = rungs_practice_transport_new (folder);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) message = g_bytes_new_static ("x", 1);
  g_auto (RungsDelivery) delivery = { 0 };
  RungsEnvelope envelope = { "shop@example.org", "lead@example.org", "1@d" };

  g_cancellable_cancel (cancellable);
  rungs_transport_send (transport, &envelope, message, cancellable, &delivery);
  g_assert_cmpint (delivery.outcome, ==, RUNGS_DELIVERY_CANCELLED);
  g_assert_false (rungs_practice_has (folder, "1@d"));
  rungs_test_folder_remove (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/one-file", test_same_message_is_one_file);
  g_test_add_func ("/practice/names", test_names_stay_in_the_folder);
  g_test_add_func ("/practice/unwritable", test_unwritable_folder_is_trouble);
  g_test_add_func ("/practice/cancelled", test_cancelled_writes_nothing);
  return g_test_run ();
}
