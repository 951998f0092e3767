/* test-sequence-store.c: versions are read once, and never for another; what was added is taken
 * back; what could never leave is not taken. */

#include "sequences/rungs-sequence-store.h"

#include <gio/gio.h>
#include <string.h>

#include "rungs-shop.h"
#include "sequences/rungs-publish.h"
#include "sequences/rungs-sequence-draft-store.h"

typedef struct
{
  RungsFixture *fixture;
  gint64 version;
} Adding;

static RungsGraph *
load (RungsDb *db,
      gint64   version)
{
  g_autoptr (GError) error = NULL;
  RungsGraph *graph = rungs_sequence_load_graph (db, version, &error);

  g_assert_no_error (error);
  return graph;
}

static gint64
add (RungsFixture *fixture,
     const char   *step)
{
  g_autofree char *steps
    = g_strdup_printf ("'a': {'kind': 'wait', 'days': 1, 'next': '%s'},"
                       "'%s': {'kind': 'exit'}", step, step);

  rungs_shop_add_steps (fixture, steps);
  return rungs_fixture_number (fixture, "SELECT max (id) FROM sequence_version");
}

static gboolean
add_cb (RungsDb  *db,
        gpointer  data,
        GError  **error)
{
  Adding *adding = data;

  adding->version = add (adding->fixture, "b");
  return TRUE;
}

/* The same version number comes again, of another graph. */
static gboolean
add_and_fail_cb (RungsDb  *db,
                 gpointer  data,
                 GError  **error)
{
  Adding *adding = data;
  gint64 version = add (adding->fixture, "gone");
  g_autoptr (RungsGraph) graph = load (db, version);

  g_assert_nonnull (rungs_graph_find (graph, "gone"));
  g_assert_cmpint (version, ==, adding->version + 1);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  return FALSE;
}

static gboolean
add_another_cb (RungsDb  *db,
                gpointer  data,
                GError  **error)
{
  Adding *adding = data;

  g_assert_cmpint (add (adding->fixture, "c"), ==, ++adding->version);
  return TRUE;
}

static void
test_shared (void)
{
  g_autoptr (RungsFixture) fixture = rungs_fixture_new ();
  Adding adding = { .fixture = fixture };
  g_autoptr (RungsGraph) once = NULL;
  g_autoptr (RungsGraph) twice = NULL;
  g_autoptr (RungsGraph) after = NULL;

  g_assert_true (rungs_db_write (fixture->db, add_cb, &adding, NULL));
  once = load (fixture->db, adding.version);
  twice = load (fixture->db, adding.version);
  g_assert_true (once == twice);

  g_assert_false (rungs_db_write (fixture->db, add_and_fail_cb, &adding, NULL));
  g_assert_true (rungs_db_write (fixture->db, add_another_cb, &adding, NULL));
  after = load (fixture->db, adding.version);
  g_assert_null (rungs_graph_find (after, "gone"));
  g_assert_nonnull (rungs_graph_find (after, "c"));
  g_assert_nonnull (rungs_graph_find (once, "b"));
}

#define WALK(days)                                                                                 \
  "'a': {'kind': 'message', 'message': 'A', 'next': 'w'},"                                         \
  "'w': {'kind': 'wait', 'days': " days ", 'next': 'b'},"                                          \
  "'b': {'kind': 'message', 'message': 'B'}"

/* A version that was added at once is taken back as one that was published; those who entered since
 * go on walking it. */
static void
test_undo_added (RungsFixture *f,
                 RungsDb      *db)
{
  gint64 ann = rungs_shop_add_lead (f, "ann");
  gint64 bob = rungs_shop_add_lead (f, "bob");
  g_autoptr (RungsSequenceDraft) draft = NULL;
  RungsPublishUndone undone;
  gint64 sequence;
  gint64 first;

  rungs_shop_add_message (f, "A", TRUE);
  rungs_shop_add_message (f, "B", TRUE);
  sequence = rungs_shop_add_steps (f, WALK ("2"));
  first = rungs_fixture_number (f, "SELECT version FROM sequence");
  g_assert_cmpstr (rungs_shop_enrol (f, ann, sequence), ==, "ok");
  rungs_shop_run (f, 1);

  rungs_shop_add_steps (f, WALK ("4"));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT version FROM sequence"), >, first);
  g_assert_cmpstr (rungs_shop_enrol (f, bob, sequence), ==, "ok");
  g_assert_true (rungs_publish_undo (db, sequence, rungs_fixture_now (f), &undone, NULL));
  g_assert_cmpint (undone.back, ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT version FROM sequence"), ==, first);
  draft = rungs_sequence_draft_load (db, sequence, NULL);
  g_assert_nonnull (draft);
  g_assert_nonnull (strstr (draft->graph, "\"days\":4"));
  rungs_shop_run (f, 5);
  rungs_shop_assert_mails (f, ann, "A 03-02 10:00, B 03-04 10:00");
  rungs_shop_assert_mails (f, bob, "A 03-03 10:00, B 03-07 10:00");
}

/* One of what is not live leaves nothing but its draft. */
static void
test_undo_first_added (RungsFixture *f,
                       RungsDb      *db)
{
  static const char GRAPH[] = "{\"name\":\"N\",\"start\":\"a\","
                              "\"steps\":{\"a\":{\"kind\":\"exit\"}}}";
  g_autoptr (RungsSequence) sequence = NULL;
  RungsPublishUndone undone;
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_sequence_add (db, GRAPH, 1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (rungs_publish_undo (db, id, 2, &undone, &error));
  sequence = rungs_sequence_load (db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sequence->version, ==, 0);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count(*) FROM sequence_draft"), ==, 1);
}

/* Hours that have no moment in common with those of the business, and what is said of them. */
static void
test_hours_never_meet (RungsFixture *f,
                       RungsDb      *db)
{
  static const struct
  {
    const char *business;
    const char *sending;
    gboolean marketing;
    const char *said;
  } CASES[] = {
    { "540, window_to = 1020", "'from': '18:00', 'to': '20:00', 'zone': 'business'", TRUE,
      "fatal" },
    { "540, window_to = 1020", "'from': '16:59', 'to': '20:00', 'zone': 'business'", TRUE, "" },
    { "540, window_to = 1020", "'from': '18:00', 'to': '20:00', 'zone': 'business'", FALSE, "" },
    { "540, window_to = 1020", "'from': '18:00', 'to': '20:00', 'zone': 'lead'", TRUE, "note" },
    { "NULL, window_days = 31", "'weekdays': ['sat'], 'zone': 'business'", TRUE, "fatal" },
    { "NULL, window_days = 31", "'weekdays': ['sat'], 'zone': 'lead'", TRUE, "note" },
    { "NULL, window_days = 6", "'weekdays': ['sat'], 'zone': 'lead'", TRUE, "fatal" },
    { "1320, window_to = 360", "'from': '05:00', 'to': '07:00', 'zone': 'business'", TRUE, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      const char *message = CASES[i].marketing ? "Offer" : "Receipt";
      g_autofree char *hours = g_strdup_printf ("UPDATE business SET window_from = %s",
                                                CASES[i].business);
      g_autofree char *json
        = g_strdup_printf ("{'name': 'S', 'sending': {%s}, 'start': 'a', 'steps':"
                           " {'a': {'kind': 'message', 'message': '%s'}}}",
                           CASES[i].sending, message);
      g_autoptr (GPtrArray) problems = rungs_graph_problems_new ();
      g_autoptr (RungsGraph) graph = rungs_graph_parse (g_strdelimit (json, "'", '"'), problems);

      if (i == 0)
        {
          rungs_shop_add_message (f, "Offer", TRUE);
          rungs_shop_add_message (f, "Receipt", FALSE);
        }
      rungs_fixture_run (f, "UPDATE business SET window_from = NULL, window_to = NULL,"
                            " window_days = 0, window_of_lead = 0");
      rungs_fixture_run (f, hours);
      g_assert_true (rungs_graph_check (graph, db, problems, NULL));
      g_assert_cmpuint (problems->len, ==, *CASES[i].said != '\0' ? 1 : 0);
      g_assert_true (rungs_graph_problems_are_fatal (problems)
                     == g_str_equal (CASES[i].said, "fatal"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sequences/sequence-store/shared", test_shared);
  rungs_fixture_add_test ("/sequences/sequence-store/undo-added", test_undo_added);
  rungs_fixture_add_test ("/sequences/sequence-store/undo-first-added", test_undo_first_added);
  rungs_fixture_add_test ("/sequences/sequence-store/hours-never-meet", test_hours_never_meet);
  return g_test_run ();
}
