/* test-links.c: what the links of messages do that come back from the relay. */

#include "rungs-web-world.h"

#include <string.h>

#include "leads/rungs-consent-store.h"
#include "leads/rungs-erasure-store.h"
#include "leads/rungs-merge-store.h"
#include "leads/rungs-suppression-store.h"
#include "mail/rungs-link-key-store.h"
#include "web/rungs-web-clicks.h"
#include "web/rungs-web-link-store.h"
#include "wire/rungs-link.h"

#define SENT G_GINT64_CONSTANT (1772442000000) /* when the clock of the fixture begins */
#define MINUTE G_GINT64_CONSTANT (60000)

#define FIREFOX "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
#define CHROME                                                                                     \
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"               \
  " Chrome/126.0.0.0 Safari/537.36"

/* Ann has agreed and got message 7; Bo, too, message 8. */
static void
fill (RungsFixture *fixture,
      RungsDb      *db)
{
  gint64 now = rungs_fixture_now (fixture);
  g_autoptr (GError) error = NULL;

  rungs_link_key_ensure (db, now, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++)
    {
      gint64 lead = rungs_fixture_add_lead (fixture, i == 0 ? "ann@example.com" : "bo@example.com",
                                            i == 0 ? "Ann" : "Bo");

      rungs_consent_give (db, lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, now - MINUTE,
                          "form", "Yes", &error);
      g_assert_no_error (error);
    }
  rungs_fixture_run (fixture, "INSERT INTO message (id, name, purpose, value, created_at,"
                              " updated_at) VALUES (1, 'News', 'p', 'v', 0, 0)");
  rungs_fixture_run (fixture, "INSERT INTO outbox (id, lead, message, state, due_at, ended_at,"
                              " message_id, email, created_at)"
                              " VALUES (7, 1, 1, 'sent', 0, 1772442000000, 'a@b',"
                              " 'ann@example.com', 0), (8, 2, 1, 'sent', 0, 1772442000000, 'b@b',"
                              " 'bo@example.com', 0)");
}

static RungsFixture *
world_new (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, fill);
  return fixture;
}

static void
run_sql (RungsFixture *fixture,
         RungsDb      *db)
{
  const char *sql = g_object_get_data (G_OBJECT (fixture->clock), "sql");

  rungs_fixture_run (fixture, sql);
}

static void
run (RungsFixture *fixture,
     const char   *sql)
{
  g_object_set_data (G_OBJECT (fixture->clock), "sql", (gpointer) sql);
  rungs_fixture_write (fixture, run_sql);
}

static gint64
number (RungsFixture *fixture,
        const char   *sql)
{
  return rungs_fixture_number (fixture, sql);
}

static RungsRawDelivery *
make_delivery (RungsFixture  *fixture,
               const char    *method,
               RungsLinkKind  kind,
               gint64         mail,
               gint64         lead,
               const char    *rest,
               gint64         at)
{
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (fixture->db, NULL);
  RungsLink link = { kind, mail, lead, SENT / MINUTE, (char *) rest };
  g_autofree char *token = rungs_link_make (keys->pdata[0], &link);
  g_autofree char *path = g_strdup_printf ("/%c/%s", kind, token);

  return rungs_raw_delivery_new (method, path, "203.0.113.7", at);
}

static RungsWebState
post (RungsFixture *fixture,
      const char   *method,
      gint64        mail,
      gint64        lead,
      const char   *said,
      gint64        at)
{
  g_autoptr (RungsRawDelivery) raw
      = make_delivery (fixture, method, RUNGS_LINK_UNSUBSCRIBE, mail, lead, NULL, at);
  g_autoptr (GBytes) body = g_bytes_new (said, strlen (said));

  rungs_raw_delivery_add_header (raw, "Content-Type", "application/x-www-form-urlencoded");
  rungs_raw_delivery_set_body (raw, body);
  return rungs_web_world_receive (fixture, raw);
}

static RungsWebState
unsubscribe (RungsFixture *fixture,
             const char   *method,
             gint64        mail,
             gint64        lead,
             gint64        at)
{
  return post (fixture, method, mail, lead, "List-Unsubscribe=One-Click", at);
}

#define AGREES(lead)                                                                               \
  "SELECT (SELECT action = 'given' FROM consent WHERE lead = " lead " ORDER BY id DESC LIMIT 1)"

static gboolean
is_suppressed (RungsFixture *fixture,
               const char   *email)
{
  RungsSuppressed reason = RUNGS_SUPPRESSED_NOT;

  rungs_suppression_check (fixture->db, email, &reason, NULL);
  return reason == RUNGS_SUPPRESSED_UNSUBSCRIBED;
}

static void
test_unsubscribe (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  g_assert_cmpint (unsubscribe (fixture, "GET", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (number (fixture, AGREES ("1")), ==, 1);
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (number (fixture, AGREES ("1")), ==, 0);
  g_assert_cmpint (number (fixture, AGREES ("2")), ==, 1);
  g_assert_true (is_suppressed (fixture, "ann@example.com"));
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM web_consent w"
                                    "  JOIN consent c ON c.id = w.consent"
                                    "  JOIN web_delivery d ON d.id = w.delivery"
                                    " WHERE c.action = 'withdrawn' AND c.at = 1772442060000"
                                    "   AND d.kind = 'unsubscribe' AND d.lead = 1"), ==, 1);
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM consent WHERE action = 'withdrawn'"),
                   ==, 1);
}

static void
agree_again (RungsFixture *fixture,
             RungsDb      *db)
{
  rungs_consent_give (db, 1, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL, SENT + 5 * MINUTE,
                      "form", "Yes", NULL);
}

/* What is taken late, of before the person agreed again, does nothing; what comes after it does. */
static void
test_agreed_since (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  rungs_fixture_write (fixture, agree_again);
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
  g_assert_false (is_suppressed (fixture, "ann@example.com"));
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + 9 * MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (number (fixture, AGREES ("1")), ==, 0);
}

/* The line of the outbox is gone; the lead has another address than the one written to. */
static void
test_pruned (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  run (fixture, "UPDATE lead SET email = 'bob@example.com', email_key = 'bob@example.com'"
                " WHERE id = 2");
  g_assert_cmpint (unsubscribe (fixture, "POST", 8, 2, SENT + MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_true (is_suppressed (fixture, "bo@example.com"));
  g_assert_true (is_suppressed (fixture, "bob@example.com"));
  run (fixture, "DELETE FROM outbox");
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_true (is_suppressed (fixture, "ann@example.com"));
}

typedef struct
{
  const char *said;
  gint64 minute; /* after the sending */
  RungsWebState state;
  gint64 quiet_until;
  gboolean agrees;
} PauseCase;

#define DAYS(n) (G_GINT64_CONSTANT (n) * 24 * 60 * MINUTE)

/* A pause is no no, and what was asked for last counts. */
static void
test_pause (void)
{
  static const PauseCase CASES[] = {
    { "choice=30", 10, RUNGS_WEB_APPLIED, SENT + 10 * MINUTE + DAYS (30), TRUE },
    { "choice=30", 10, RUNGS_WEB_IGNORED, SENT + 10 * MINUTE + DAYS (30), TRUE },
    { "choice=90", 5, RUNGS_WEB_IGNORED, SENT + 10 * MINUTE + DAYS (30), TRUE },
    { "a=b&choice=90", 20, RUNGS_WEB_APPLIED, SENT + 20 * MINUTE + DAYS (90), TRUE },
    { "choice=back", 30, RUNGS_WEB_APPLIED, 0, TRUE },
    { "choice=back", 31, RUNGS_WEB_IGNORED, 0, TRUE },
    { "choice=31", 40, RUNGS_WEB_APPLIED, 0, FALSE },
  };
  g_autoptr (RungsFixture) fixture = world_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_test_message ("%s", CASES[i].said);
      g_assert_cmpint (post (fixture, "POST", 7, 1, CASES[i].said, SENT + CASES[i].minute * MINUTE),
                       ==, CASES[i].state);
      g_assert_cmpint (number (fixture, "SELECT coalesce (quiet_until, 0) FROM lead WHERE id = 1"),
                       ==, CASES[i].quiet_until);
      g_assert_cmpint (number (fixture, AGREES ("1")), ==, CASES[i].agrees);
    }
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM event WHERE kind = 'consent.paused'"
                                    " AND lead = 1"), ==, 3);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM lead WHERE quiet_until IS NOT NULL"),
                   ==, 0);
}

static void
merge (RungsFixture *fixture,
       RungsDb      *db)
{
  gint64 ids[] = { 2, 1 };
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result;

  g_array_append_vals (leads, ids, G_N_ELEMENTS (ids));
  plan = rungs_merge_plan_load (db, leads, &error);
  g_assert_no_error (error);
  rungs_leads_merge (db, plan, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
}

static void
test_merged (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  g_assert_cmpint (post (fixture, "POST", 7, 1, "choice=90", SENT), ==, RUNGS_WEB_APPLIED);
  rungs_fixture_write (fixture, merge);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM lead"), ==, 1);
  g_assert_cmpint (number (fixture, "SELECT quiet_until FROM lead"), ==, SENT + DAYS (90));
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (number (fixture, AGREES ("2")), ==, 0);
  g_assert_true (is_suppressed (fixture, "ann@example.com"));
}

/* Numbers that a restored file gave to somebody else strike nobody off. */
static void
test_others (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();

  run (fixture, "UPDATE lead SET created_at = 1772442100000 WHERE id = 2");
  g_assert_cmpint (unsubscribe (fixture, "POST", 8, 2, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (unsubscribe (fixture, "POST", 8, 99, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (number (fixture, AGREES ("2")), ==, 1);
  g_assert_cmpint (unsubscribe (fixture, "POST", 8, 1, SENT + MINUTE), ==, RUNGS_WEB_APPLIED);
  g_assert_false (is_suppressed (fixture, "bo@example.com"));
}

static void
test_forged (void)
{
  static const char *const PATHS[] = { "/u/", "/u/abc", "/l/abc", "/u" };
  g_autoptr (RungsFixture) fixture = world_new ();
  g_autoptr (RungsRawDelivery) good
      = make_delivery (fixture, "POST", RUNGS_LINK_CLICK, 7, 1, "https://a.example/", SENT);
  g_autofree char *other = g_strconcat ("/u/", good->path + strlen ("/l/"), NULL);

  for (gsize i = 0; i <= G_N_ELEMENTS (PATHS); i++)
    {
      const char *path = i < G_N_ELEMENTS (PATHS) ? PATHS[i] : other;
      g_autoptr (RungsRawDelivery) raw = rungs_raw_delivery_new ("POST", path, "", SENT);

      g_test_message ("%s", path);
      g_assert_cmpint (rungs_web_world_receive (fixture, raw), ==, RUNGS_WEB_QUARANTINE);
    }
}

/* ---- clicks */

typedef struct
{
  const char *method;
  const char *agent; /* (nullable) */
  const char *header;
  const char *value;
  const char *link;
  gint64 after; /* the sending */
  const char *address;
} Hit;

typedef struct
{
  const char *name;
  Hit hits[4];
  const char *clicked; /* links, in their order: "ab" */
  const char *scanned;
} ClickCase;

#define ONE "203.0.113.7"
#define TWO "198.51.100.2"

static const ClickCase CLICKS[] = {
  { "a person", { { "GET", FIREFOX, NULL, NULL, "a", 60000, ONE } }, "a", "" },
  { "twice is once",
    { { "GET", FIREFOX, NULL, NULL, "a", 60000, ONE },
      { "GET", FIREFOX, NULL, NULL, "a", 90000, TWO } },
    "a", "" },
  { "two links, with time between them",
    { { "GET", FIREFOX, NULL, NULL, "a", 60000, ONE },
      { "GET", FIREFOX, NULL, NULL, "b", 63000, ONE } },
    "ab", "" },
  { "head", { { "HEAD", FIREFOX, NULL, NULL, "a", 60000, ONE } }, "", "a" },
  { "no name", { { "GET", NULL, NULL, NULL, "a", 60000, ONE } }, "", "a" },
  { "a library", { { "GET", "python-requests/2.31.0", NULL, NULL, "a", 60000, ONE } }, "", "a" },
  { "a preview", { { "GET", "SkypeUriPreview Preview/0.5", NULL, NULL, "a", 60000, ONE } }, "",
    "a" },
  { "an office", { { "GET", "Mozilla/4.0 (compatible; ms-office; Microsoft Office 16.0)", NULL,
                     NULL, "a", 60000, ONE } },
    "", "a" },
  { "loaded ahead", { { "GET", CHROME, "Sec-Purpose", "prefetch;prerender", "a", 60000, ONE } },
    "", "a" },
  { "as Safari does", { { "GET", CHROME, "X-Purpose", "preview", "a", 60000, ONE } }, "", "a" },
  { "too soon", { { "GET", CHROME, NULL, NULL, "a", 4000, ONE } }, "", "a" },
  { "before it was sent, by another clock", { { "GET", CHROME, NULL, NULL, "a", -4000, ONE } },
    "", "a" },
  { "all at once",
    { { "GET", CHROME, NULL, NULL, "a", 60000, ONE },
      { "GET", CHROME, NULL, NULL, "b", 61500, ONE },
      { "GET", CHROME, NULL, NULL, "c", 63000, TWO } },
    "", "abc" },
  { "two within a second",
    { { "GET", CHROME, NULL, NULL, "a", 60000, ONE },
      { "GET", CHROME, NULL, NULL, "b", 60400, ONE } },
    "", "ab" },
  { "the same who asked for headers before",
    { { "HEAD", CHROME, NULL, NULL, "a", 60000, ONE },
      { "GET", CHROME, NULL, NULL, "a", 62000, ONE } },
    "", "a" },
  { "a scanner, and then the person",
    { { "HEAD", CHROME, NULL, NULL, "a", 2000, TWO },
      { "GET", CHROME, NULL, NULL, "b", 2100, TWO },
      { "GET", FIREFOX, NULL, NULL, "a", 600000, ONE } },
    "a", "ab" },
};

static RungsWebState
hit (RungsFixture *fixture,
     const Hit    *hit)
{
  g_autofree char *target = g_strdup_printf ("https://shop.example/%s", hit->link);
  g_autoptr (RungsRawDelivery) raw = make_delivery (fixture, hit->method, RUNGS_LINK_CLICK, 7, 1,
                                                    target, SENT + hit->after);

  g_free (raw->address);
  raw->address = g_strdup (hit->address);
  if (hit->agent != NULL)
    rungs_raw_delivery_add_header (raw, "User-Agent", hit->agent);
  if (hit->header != NULL)
    rungs_raw_delivery_add_header (raw, hit->header, hit->value);
  return rungs_web_world_receive (fixture, raw);
}

static void
assert_events (RungsFixture *fixture,
               const char   *kind,
               const char   *links)
{
  g_autofree char *count
      = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = '%s'", kind);

  g_assert_cmpint (number (fixture, count), ==, (gint64) strlen (links));
  for (const char *link = links; *link != '\0'; link++)
    {
      g_autofree char *one
          = g_strdup_printf ("SELECT count (*) FROM event WHERE kind = '%s' AND lead = 1"
                             " AND ref = 7 AND detail = 'https://shop.example/%c'",
                             kind, *link);

      g_assert_cmpint (number (fixture, one), ==, 1);
    }
}

static void
apply_all (RungsFixture *fixture)
{
  RungsWebResult result = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_web_apply_all (fixture->db, NULL, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
}

static void
test_clicks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CLICKS); i++)
    {
      g_autoptr (RungsFixture) fixture = world_new ();

      g_test_message ("%s", CLICKS[i].name);
      for (gsize j = 0; j < G_N_ELEMENTS (CLICKS[i].hits) && CLICKS[i].hits[j].method != NULL; j++)
        g_assert_cmpint (hit (fixture, &CLICKS[i].hits[j]), ==, RUNGS_WEB_APPLIED);
      g_assert_cmpint (number (fixture, "SELECT count (*) FROM event"
                                        " WHERE kind = 'mail.clicked'"), ==, 0);
      rungs_fixture_pass (fixture, 20 * MINUTE);
      apply_all (fixture);
      assert_events (fixture, "mail.clicked", CLICKS[i].clicked);
      assert_events (fixture, "mail.scanned", CLICKS[i].scanned);
      apply_all (fixture);
      assert_events (fixture, "mail.clicked", CLICKS[i].clicked);
    }
}

/* It is said when what could have come with it is there, and not before. */
static void
test_in_time (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  const Hit click = { "GET", FIREFOX, NULL, NULL, "a", 60000, ONE };
  gint64 next = 0;

  rungs_web_clicks_next (fixture->db, &next, NULL);
  g_assert_cmpint (next, ==, G_MAXINT64);
  rungs_fixture_pass (fixture, MINUTE);
  hit (fixture, &click);
  rungs_web_clicks_next (fixture->db, &next, NULL);
  g_assert_cmpint (next, ==, SENT + MINUTE + RUNGS_WEB_CLICK_BURST);
  rungs_fixture_pass (fixture, RUNGS_WEB_CLICK_BURST - 1);
  apply_all (fixture);
  assert_events (fixture, "mail.clicked", "");
  rungs_fixture_pass (fixture, 1);
  apply_all (fixture);
  assert_events (fixture, "mail.clicked", "a");
  rungs_web_clicks_next (fixture->db, &next, NULL);
  g_assert_cmpint (next, ==, G_MAXINT64);
}

static void
erase (RungsFixture *fixture,
       RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsErasure) erasure
      = rungs_lead_erase (db, 1, NULL, rungs_fixture_now (fixture), &error);

  g_assert_no_error (error);
}

/* Nothing of it is left, and what comes later finds nobody. */
static void
test_erased (void)
{
  g_autoptr (RungsFixture) fixture = world_new ();
  const Hit click = { "GET", FIREFOX, NULL, NULL, "a", 60000, ONE };

  hit (fixture, &click);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM web_click"), ==, 1);
  rungs_fixture_pass (fixture, 20 * MINUTE);
  rungs_fixture_write (fixture, erase);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM web_click"), ==, 0);
  g_assert_cmpint (number (fixture, "SELECT count (*) FROM web_raw"), ==, 0);
  g_assert_cmpint (hit (fixture, &click), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (unsubscribe (fixture, "POST", 7, 1, SENT + MINUTE), ==, RUNGS_WEB_IGNORED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/links/unsubscribe", test_unsubscribe);
  g_test_add_func ("/links/agreed-since", test_agreed_since);
  g_test_add_func ("/links/pruned", test_pruned);
  g_test_add_func ("/links/pause", test_pause);
  g_test_add_func ("/links/merged", test_merged);
  g_test_add_func ("/links/others", test_others);
  g_test_add_func ("/links/forged", test_forged);
  g_test_add_func ("/links/clicks", test_clicks);
  g_test_add_func ("/links/in-time", test_in_time);
  g_test_add_func ("/links/erased", test_erased);
  return g_test_run ();
}
