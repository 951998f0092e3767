/* test-senders.c: several accounts send at the same time, and a server that says nothing holds up
 * nobody else. */

#include <gio/gio.h>

#include "engine/rungs-engine.h"
#include "engine/rungs-senders.h"
#include "mail/rungs-outbox-route-store.h"
#include "rungs-fixture.h"

/* Account 2 takes what goes to example.org, account 1 all else. */
static const char *const FACTS[] = {
  "INSERT INTO lead (id, email, email_key, created_at, updated_at)"
  " VALUES (1, 'ann@example.com', 'ann@example.com', 0, 0),"
  "        (2, 'bob@example.org', 'bob@example.org', 0, 0)",
  "INSERT INTO lead_search (lead_search) VALUES ('rebuild')",
  "INSERT INTO message (id, name, purpose, value, kind, created_at, updated_at)"
  " VALUES (1, 'Receipt', 'p', 'v', 'transactional', 0, 0)",
  "INSERT INTO message_version (id, message, subject, blocks, created_at)"
  " VALUES (1, 1, 'Hello', '[{\"type\": \"text\", \"text\": \"Good day\"}]', 0)",
  "UPDATE message SET version = 1",
  "INSERT INTO account (id, uuid, name, kind, from_email, is_default, created_at)"
  " VALUES (1, 'u1', 'Shop', 'practice', 'shop@business.example', 1, 0),"
  "        (2, 'u2', 'News', 'practice', 'news@other.example', 0, 0)",
  "INSERT INTO account_rule (position, account, domains, created_at)"
  " VALUES (1, 2, 'example.org', 0)",
};

static void
write_facts (RungsFixture *fixture,
             RungsDb      *db)
{
  for (gsize i = 0; i < G_N_ELEMENTS (FACTS); i++)
    rungs_fixture_run (fixture, FACTS[i]);
}

/* Two messages for each lead, due at the fixture's time. */
static void
write_messages (RungsFixture *fixture,
                RungsDb      *db)
{
  g_autofree char *sql = g_strdup_printf (
    "INSERT INTO outbox (lead, message, visit, due_at, message_id, created_at)"
    " SELECT l.id, 1, n.value, %" G_GINT64_FORMAT ", hex (randomblob (12)), 0"
    "   FROM lead l, json_each ('[1, 2]') n",
    rungs_fixture_now (fixture));

  rungs_fixture_run (fixture, sql);
}

static RungsFixture *
new_world (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, write_facts);
  rungs_fixture_write (fixture, write_messages);
  return fixture;
}

/* Each message leaves by its account, in its name. */
static void
test_together (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "test");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.sent, ==, 4);
  g_assert_cmpstr (report.trouble, ==, NULL);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE state = 'sent' AND account = lead"),
                   ==, 4);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE account_rule > 0 AND account = 2"),
                   ==, 2);
}

static void
pause_second (RungsFixture *fixture,
              RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE account SET paused_at = 1, paused_reason = 'locked keyring'"
                              " WHERE id = 2");
}

static void
resume_second (RungsFixture *fixture,
               RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE account SET paused_at = NULL WHERE id = 2");
}

/* What waits for a paused account is told, stays planned, and leaves when it goes on. */
static void
test_paused (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (RungsEngine) engine = rungs_engine_new (fixture->path, fixture->clock, "test");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_fixture_write (fixture, pause_second);
  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.sent, ==, 2);
  g_assert_cmpstr (report.trouble, ==, "News: locked keyring");
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE state = 'planned' AND lead = 2"), ==, 2);
  rungs_fixture_write (fixture, resume_second);
  rungs_engine_report_clear (&report);
  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  g_assert_cmpint (report.sent, ==, 2);
}

typedef struct
{
  RungsFixture *fixture;
  guint16 port;
} Server;

static gboolean
choose_server (RungsDb *db,
               gpointer data,
               GError **error)
{
  const Server *server = data;
  g_autofree char *sql = g_strdup_printf (
    "UPDATE account SET kind = 'smtp', host = '127.0.0.1', port = %u, security = 'none',"
    "   auth = 'none', connections = 1 WHERE id = 2",
    server->port);
  guint routed = 0;

  rungs_fixture_run (server->fixture, sql);
  return rungs_outbox_route (db, 10, rungs_fixture_now (server->fixture), &routed, error);
}

/* The server takes the connection and never says a word. */
static void
test_silent_server (void)
{
  g_autoptr (RungsFixture) fixture = new_world ();
  g_autoptr (GSocketListener) listener = g_socket_listener_new ();
  g_autoptr (RungsSenders) senders
    = rungs_senders_new (fixture->path, fixture->clock, NULL, NULL);
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;
  Server server = { fixture, g_socket_listener_add_any_inet_port (listener, NULL, &error) };
  gboolean worked = FALSE;
  gint64 next_at = 0;

  g_assert_no_error (error);
  g_assert_true (rungs_db_write (fixture->db, choose_server, &server, &error));
  g_assert_no_error (error);
  while (report.sent < 2)
    {
      g_assert_true (rungs_senders_look (senders, fixture->db, &report, &worked, &next_at, &error));
      if (report.sent < 2)
        rungs_senders_wait (senders, 60000);
    }
  g_assert_true (rungs_senders_are_at_work (senders));
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE state = 'sent' AND account = 1"), ==, 2);
  g_assert_true (rungs_senders_finish (senders, &report, &error));
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM outbox"
                                                  " WHERE state = 'planned' AND lead = 2"), ==, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/senders/together", test_together);
  g_test_add_func ("/engine/senders/paused", test_paused);
  g_test_add_func ("/engine/senders/silent-server", test_silent_server);
  return g_test_run ();
}
