/* test-opt-in-apply.c: forms of our own that are filled in: what becomes of them, in any order, and
 * how consent is confirmed. */

#include "rungs-web-world.h"

#include <string.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-field-store.h"
#include "leads/rungs-source-link-store.h"
#include "leads/rungs-source-store.h"
#include "mail/rungs-link-key-store.h"
#include "mail/rungs-message-store.h"
#include "segments/rungs-segment-store.h"
#include "web/rungs-opt-in-apply.h"
#include "web/rungs-opt-in-store.h"
#include "wire/rungs-link.h"

#define ROUNDS 8

static const char FORM[]
    = "{\"title\": \"Tea letter\","
      " \"fields\": [{\"key\": \"email\", \"label\": \"E-mail\", \"required\": true},"
      "  {\"key\": \"first_name\", \"label\": \"First name\"},"
      "  {\"key\": \"question:likes\", \"kind\": \"choice\", \"label\": \"You like\","
      "   \"choices\": [{\"value\": \"green\", \"label\": \"Green tea\", \"tag\": \"Green\","
      "                  \"segment\": 1},"
      "                 {\"value\": \"black\", \"label\": \"Black tea\", \"tag\": \"Black\","
      "                  \"segment\": 2}]},"
      "  {\"key\": \"question:says\", \"kind\": \"long\", \"label\": \"Your words\"}],"
      " \"consent\": {\"wording\": \"Write to me.\"},"
      " \"then\": {\"tags\": [\"Letter\"], \"notice\": {\"task\": \"Say hello\", \"days\": 1}},"
      " \"languages\": {\"de\": {\"consent\": \"Schreibt mir.\"}}}";

/* Adds the form "tea", published; `with_confirming` also what asks to confirm. */
static void
make_world (RungsDb  *db,
            gboolean  with_confirming)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsOptIn) form = rungs_opt_in_parse (FORM, &error);
  gint64 source = rungs_source_add (db, RUNGS_SOURCE_SEO, "Site", 1000, &error), id;
  guint number;

  g_assert_no_error (error);
  g_assert_cmpint (rungs_segment_create (db, "Green drinkers", "", NULL, 1000, &error), ==, 1);
  g_assert_cmpint (rungs_segment_create (db, "Black drinkers", "", NULL, 1000, &error), ==, 2);
  if (with_confirming)
    {
      g_autoptr (RungsMessage) message = rungs_message_new ();

      message->marketing = FALSE;
      g_free (message->name);
      message->name = g_strdup ("Confirm");
      g_free (message->purpose);
      message->purpose = g_strdup ("p");
      g_free (message->value);
      message->value = g_strdup ("v");
      g_free (message->subject);
      message->subject = g_strdup ("Please confirm");
      g_free (message->blocks);
      message->blocks = rungs_message_blocks_from_text ("Here: {{ confirm_link }}");
      rungs_message_save (db, message, 1000, &error);
      g_assert_no_error (error);
      form->is_double = TRUE;
      form->confirm_message = message->id;
    }
  id = rungs_opt_in_add (db, "Tea", "tea", source, form, 1000, &error);
  rungs_opt_in_publish (db, id, 2000, &number, &error);
  g_assert_no_error (error);
}

static void
make_single (RungsFixture *fixture,
             RungsDb      *db)
{
  make_world (db, FALSE);
}

static void
make_double (RungsFixture *fixture,
             RungsDb      *db)
{
  make_world (db, TRUE);
}

static RungsRawDelivery *
submission (gint64      at,
            const char *type,
            const char *body,
            const char *once)
{
  RungsRawDelivery *raw = rungs_raw_delivery_new ("POST", "/f/tea?utm_source=news", "", at);
  g_autoptr (GBytes) bytes = g_bytes_new (body, strlen (body));

  rungs_raw_delivery_add_header (raw, "Content-Type", type);
  if (once != NULL)
    rungs_raw_delivery_add_header (raw, "Rungs-Once", once);
  rungs_raw_delivery_set_body (raw, bytes);
  return raw;
}

static RungsWebState
send (RungsFixture *fixture,
      const char   *body)
{
  g_autoptr (RungsRawDelivery) raw
      = submission (rungs_fixture_now (fixture), "application/x-www-form-urlencoded", body, NULL);

  return rungs_web_world_receive (fixture, raw);
}

#define NUMBER(sql) rungs_fixture_number (fixture, (sql))

static void
make_linked (RungsFixture *fixture,
             RungsDb      *db)
{
  gint64 source = rungs_source_add (db, RUNGS_SOURCE_JV, "Sue", 1000, NULL);
  g_autoptr (RungsSourceLink) link = rungs_source_link_new (source, "sue", "https://a.example/");
  g_autoptr (GError) error = NULL;

  make_world (db, FALSE);
  rungs_source_link_save (db, link, &error);
  g_assert_no_error (error);
}

/* What the relay remembers are touches of those sources, once each, never later than the form. */
static void
test_remembered (void)
{
  static const char *const TOLD[]
      = { "nobody;5;6; sue;1772400000000;1772440000000", "sue;1772400000000;1772440000000",
          "sue;0;99999999999999; sue; ;x" };
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, make_linked);
  for (gsize i = 0; i < G_N_ELEMENTS (TOLD); i++)
    {
      g_autofree char *body = g_strdup_printf ("email=Ann%%40example.com&first_name=A%zu", i);
      g_autoptr (RungsRawDelivery) raw = submission (
          rungs_fixture_now (fixture), "application/x-www-form-urlencoded", body, NULL);

      rungs_raw_delivery_add_header (raw, "Rungs-Touch", TOLD[i]);
      g_assert_cmpint (rungs_web_world_receive (fixture, raw), ==, RUNGS_WEB_APPLIED);
      g_assert_cmpint (NUMBER ("SELECT count (*) FROM touch t JOIN source s ON s.id = t.source"
                               " WHERE s.name = 'Sue' AND t.path = 'opt-in'"
                               "   AND t.at IN (1772400000000, 1772440000000)"), ==, 2);
    }
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM touch t JOIN source s ON s.id = t.source"
                           " WHERE s.name = 'Sue'"), ==, 3);
  g_assert_cmpint (NUMBER ("SELECT max (at) FROM touch"), ==, rungs_fixture_now (fixture));
}

static void
test_becomes_facts (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, make_single);
  g_assert_cmpint (send (fixture, "email=Ann%40example.com&first_name=Ann&question%3Alikes=green"
                                  "&question%3Asays=Hello+there&consent=yes&form_version=1"
                                  "&rungs-language=de"),
                   ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead WHERE email = 'Ann@example.com'"
                           " AND first_name = 'Ann' AND language = 'de'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM touch t JOIN touch_tag g ON g.touch = t.id"
                           " WHERE t.path = 'opt-in' AND g.name = 'utm_source'"
                           "   AND g.value = 'news'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent c JOIN web_consent w ON w.consent = c.id"
                           " WHERE c.action = 'given' AND c.wording = 'Schreibt mir.'"
                           "   AND c.origin = 'form: Tea'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead_tag"), ==, 2);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM opt_in_claim WHERE made = 1"), ==, 3);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM event WHERE kind = 'form.submitted'"
                           " AND detail = 'Tea'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM event WHERE kind = 'task.asked'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM event WHERE kind = 'note.added'"
                           " AND detail LIKE '%Your words: Hello there%'"
                           " AND detail LIKE '%You like: Green tea%'"), ==, 1);
}

/* By which sources somebody came: first and last, which need not stand in that order. */
static void
test_sources (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) raw
      = submission (5000, "application/json", "{\"email\": \"cy@example.com\"}", NULL);

  rungs_raw_delivery_add_header (raw, "Rungs-Touch", "ben;300;300; anna;100;900");
  rungs_fixture_write (fixture, make_single);
  g_assert_cmpint (rungs_web_world_receive (fixture, raw), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM touch_tag"
                           " WHERE name IN ('first_code', 'code') AND value = 'anna'"), ==, 2);
}

/* The same submission, twice, and robots, and what nobody can be known by. */
static void
test_what_does_nothing (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) once
      = submission (5000, "application/json", "{\"email\": \"bo@example.com\"}", "t1");
  g_autoptr (RungsRawDelivery) again
      = submission (6000, "application/json", "{\"email\": \"bo@example.com\", \"x\": 1}", "t1");
  g_autoptr (RungsRawDelivery) robot
      = submission (7000, "application/json", "{\"email\": \"robot@example.com\"}", "t2");
  g_autoptr (GError) error = NULL;

  rungs_fixture_write (fixture, make_single);
  g_assert_cmpint (rungs_web_world_receive (fixture, once), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (rungs_web_world_receive (fixture, again), ==, RUNGS_WEB_IGNORED);
  rungs_raw_delivery_add_header (robot, "Rungs-Suspect", "trap");
  g_assert_cmpint (rungs_web_world_receive (fixture, robot), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM touch"), ==, 1);
  g_assert_cmpint (send (fixture, "first_name=Nobody"), ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpint (send (fixture, "email=no+address"), ==, RUNGS_WEB_QUARANTINE);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead"), ==, 1);
}

static void
accept (RungsFixture *fixture,
        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_opt_in_accept (db, NUMBER ("SELECT max (id) FROM web_delivery"), &error);
  g_assert_no_error (error);
  g_assert_false (rungs_opt_in_accept (db, 4711, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
test_suspect_is_replayed (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autoptr (RungsRawDelivery) robot
      = submission (7000, "application/json", "{\"email\": \"ann@example.com\"}", "t2");
  g_autoptr (GError) error = NULL;
  RungsWebResult result = { 0 };

  rungs_fixture_write (fixture, make_single);
  rungs_raw_delivery_add_header (robot, "Rungs-Suspect", "trap");
  g_assert_cmpint (rungs_web_world_receive (fixture, robot), ==, RUNGS_WEB_IGNORED);
  rungs_fixture_write (fixture, accept);
  rungs_web_apply_all (fixture->db, NULL, rungs_fixture_now (fixture), &result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (result.applied, ==, 1);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead WHERE email = 'ann@example.com'"), ==, 1);
}

/* Whatever is sent: it is applied, or in quarantine with a reason, and never harms the file. */
static void
test_hostile_input (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  g_autofree char *huge = g_strnfill (200000, 'x');
  g_autofree char *is_long = g_strconcat ("email=c%40example.com&question%3Asays=", huge, NULL);
  g_autofree char *deep = g_strnfill (5000, '[');
  const char *const BODIES[][2] = {
    { "application/x-www-form-urlencoded", is_long },
    { "application/x-www-form-urlencoded",
      "email=a%40example.com&first_name=%3Cscript%3Ealert(1)%3C%2Fscript%3E%00%01" },
    { "application/x-www-form-urlencoded",
      "email=b%40example.com&first_name=Z%FCrich&question%3Alikes=purple&form_version=999" },
    { "application/json", "{\"email\": [\"d@example.com\"], \"first_name\": {\"a\": 1}}" },
    { "application/json", deep },
    { "application/json", "[1]" },
    { "multipart/form-data; boundary=x", "--x\r\nContent-Disposition: form-data; name=\"email\"" },
    { "", "" },
  };

  rungs_fixture_write (fixture, make_single);
  for (gsize i = 0; i < G_N_ELEMENTS (BODIES); i++)
    {
      g_autoptr (RungsRawDelivery) raw
          = submission (9000 + (gint64) i, BODIES[i][0], BODIES[i][1], NULL);
      RungsWebState state = rungs_web_world_receive (fixture, raw);

      g_assert_cmpint (state, ==, i < 4 ? RUNGS_WEB_APPLIED : RUNGS_WEB_QUARANTINE);
    }
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM web_delivery WHERE state = 'quarantine'"
                           " AND reason = ''"), ==, 0);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM lead WHERE first_name = 'Zürich'"), ==, 1);
  g_assert_cmpint (NUMBER ("SELECT max (length (value)) FROM opt_in_answer"), ==, 5000);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM opt_in_answer WHERE value = 'purple'"), ==, 0);
}

/* ---- in any order */

static char *
dump_all (RungsFixture *fixture)
{
  static const char TAGS[]
      = "SELECT l.email || ' ' || t.name FROM lead_tag g JOIN lead l ON l.id = g.lead"
        " JOIN tag t ON t.id = g.tag ORDER BY 1";
  static const char SEGMENTS[]
      = "SELECT l.email || ' in ' || m.segment FROM segment_member m JOIN lead l ON l.id = m.lead"
        " ORDER BY 1";
  static const char *const QUESTIONS[] = { TAGS, SEGMENTS };
  GString *dump = g_string_new (NULL);
  g_autofree char *world = rungs_web_world_dump (fixture->db);

  g_string_append (dump, world);
  for (gsize i = 0; i < G_N_ELEMENTS (QUESTIONS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsStatement) query = rungs_db_prepare (fixture->db, QUESTIONS[i], &error);

      g_assert_no_error (error);
      while (rungs_statement_step (query, &error) == RUNGS_ROW)
        g_string_append_printf (dump, "%s\n", rungs_statement_get_text (query, 0));
      g_assert_no_error (error);
    }
  return g_string_free (dump, FALSE);
}

/* A submission that the seed makes. */
static RungsRawDelivery *
random_submission (GRand *rand,
                   guint  index)
{
  static const char *const LIKES[] = { "", "&question%3Alikes=green", "&question%3Alikes=black" };
  static const char *const NAMES[] = { "", "&first_name=Ann", "&first_name=Bo" };
  g_autofree char *body
      = g_strdup_printf ("email=p%d%%40example.com%s%s%s", g_rand_int_range (rand, 0, 3),
                         LIKES[g_rand_int_range (rand, 0, 3)],
                         NAMES[g_rand_int_range (rand, 0, 3)],
                         g_rand_boolean (rand) ? "&consent=yes" : "");
  g_autofree char *once = g_strdup_printf ("once %u", index);

  return submission (1772000000000 + g_rand_int_range (rand, 0, 1000000),
                     "application/x-www-form-urlencoded", body, once);
}

static void
shuffle (GRand     *rand,
         GPtrArray *all)
{
  for (guint i = all->len; i > 1; i--)
    {
      guint j = (guint) g_rand_int_range (rand, 0, (gint32) i);
      gpointer kept = all->pdata[i - 1];

      all->pdata[i - 1] = all->pdata[j];
      all->pdata[j] = kept;
    }
}

static char *
run_in_order (GPtrArray *all,
              GRand     *rand,
              gboolean   repeats)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, make_single);
  for (guint i = 0; i < all->len; i++)
    {
      rungs_web_world_receive (fixture, all->pdata[i]);
      if (repeats && g_rand_boolean (rand))
        rungs_web_world_receive (fixture, all->pdata[g_rand_int_range (rand, 0, (gint32) i + 1)]);
    }
  return dump_all (fixture);
}

static void
test_any_order (void)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) g_test_rand_int ());
      g_autoptr (GPtrArray) all
          = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_raw_delivery_free);
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;

      for (guint i = 0; i < 12; i++)
        g_ptr_array_add (all, random_submission (rand, i));
      first = run_in_order (all, rand, FALSE);
      shuffle (rand, all);
      second = run_in_order (all, rand, TRUE);
      g_assert_cmpstr (first, ==, second);
      g_assert_nonnull (strstr (first, "Letter"));
    }
}

/* ---- confirming */

static RungsWebState
follow (RungsFixture *fixture,
        const char   *method,
        gint64        at)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) keys = rungs_link_keys_load (fixture->db, &error);
  RungsLink link = { .kind = RUNGS_LINK_CONFIRM,
                     .mail = NUMBER ("SELECT min (id) FROM opt_in_pending"),
                     .lead = NUMBER ("SELECT lead FROM opt_in_pending ORDER BY id LIMIT 1"),
                     .minute = at / 60000 };
  g_autofree char *token = NULL;
  g_autofree char *path = NULL;
  g_autoptr (RungsRawDelivery) raw = NULL;

  g_assert_no_error (error);
  token = rungs_link_make (keys->pdata[0], &link);
  path = g_strconcat ("/c/", token, NULL);
  raw = rungs_raw_delivery_new (method, path, "", at);
  return rungs_web_world_receive (fixture, raw);
}

#define SEND "email=ann%40example.com&consent=yes&form_version=1"

static void
test_consent_is_confirmed (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  gint64 now = rungs_fixture_now (fixture);

  rungs_fixture_write (fixture, make_double);
  g_assert_cmpint (send (fixture, SEND), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent"), ==, 0);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM outbox o JOIN opt_in_pending p"
                           " ON p.outbox = o.id WHERE o.state = 'planned'"), ==, 1);
  g_assert_cmpint (follow (fixture, "GET", now + 60000), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent"), ==, 0);
  g_assert_cmpint (follow (fixture, "POST", now + 120000), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent c JOIN web_consent w ON w.consent = c.id"
                           " JOIN opt_in_pending p ON p.confirmation = w.delivery"
                           " WHERE c.action = 'given' AND c.wording = 'Write to me.'"
                           "   AND p.delivery <> p.confirmation"), ==, 1);
  g_assert_cmpint (follow (fixture, "POST", now + 180000), ==, RUNGS_WEB_IGNORED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent"), ==, 1);
  /* Who has confirmed is not asked again. */
  g_assert_cmpint (send (fixture, SEND "&first_name=Ann"), ==, RUNGS_WEB_APPLIED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM outbox"), ==, 1);
}

static void
test_confirming_ends (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  gint64 now = rungs_fixture_now (fixture);

  rungs_fixture_write (fixture, make_double);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *body = g_strdup_printf ("%s&first_name=A%u", SEND, i);

      g_assert_cmpint (send (fixture, body), ==, RUNGS_WEB_APPLIED);
    }
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM opt_in_pending"), ==, 5);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM outbox"), ==, 3);
  g_assert_cmpint (follow (fixture, "POST", now + G_GINT64_CONSTANT (8) * 86400000), ==,
                   RUNGS_WEB_IGNORED);
  g_assert_cmpint (NUMBER ("SELECT count (*) FROM consent"), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web/opt-in-apply/remembered", test_remembered);
  g_test_add_func ("/web/opt-in-apply/facts", test_becomes_facts);
  g_test_add_func ("/web/opt-in-apply/sources", test_sources);
  g_test_add_func ("/web/opt-in-apply/nothing", test_what_does_nothing);
  g_test_add_func ("/web/opt-in-apply/suspect", test_suspect_is_replayed);
  g_test_add_func ("/web/opt-in-apply/hostile", test_hostile_input);
  g_test_add_func ("/web/opt-in-apply/any-order", test_any_order);
  g_test_add_func ("/web/opt-in-apply/confirmed", test_consent_is_confirmed);
  g_test_add_func ("/web/opt-in-apply/ends", test_confirming_ends);
  return g_test_run ();
}
