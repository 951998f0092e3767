/* test-event.c: facts are followed once each and in order, and make up the timeline. */

#include "base/rungs-error.h"
#include "leads/rungs-event-store.h"
#include "rungs-fixture.h"

static const char *const FORMS_AND_TAGS[]
    = { RUNGS_EVENT_FORM_SUBMITTED, RUNGS_EVENT_TAG_ADDED, NULL };

static gint64
add (RungsDb    *db,
     const char *kind,
     gint64      at,
     const char *detail)
{
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_event_add (db, 0, kind, at, 0, detail, &error);

  g_assert_no_error (error);
  return id;
}

/* Writes down what it sees; answers the first note it sees with a note, as a follower may. */
static gboolean
note_cb (RungsDb          *db,
         const RungsEvent *event,
         gpointer          data,
         GError          **error)
{
  GString *seen = data;

  g_string_append_printf (seen, "%s ", event->detail);
  return g_strcmp0 (event->detail, "ask") != 0
         || add (db, RUNGS_EVENT_FORM_SUBMITTED, 5, "answer") != 0;
}

static char *
follow (RungsDb           *db,
        const char *const *kinds)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  rungs_event_follow (db, "test", kinds, note_cb, seen, &error);
  g_assert_no_error (error);
  return g_strdup (seen->str);
}

static void
test_follow (RungsFixture *f,
             RungsDb      *db)
{
  g_autofree char *nothing = follow (db, NULL);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM cursor"), ==, 0);

  add (db, RUNGS_EVENT_FORM_SUBMITTED, 3, "a");
  add (db, RUNGS_EVENT_FORM_SUBMITTED, 1, "ask");
  add (db, RUNGS_EVENT_FORM_SUBMITTED, 2, "b");
  first = follow (db, NULL);
  g_assert_cmpstr (first, ==, "a ask b answer ");
  again = follow (db, NULL);
  g_assert_cmpstr (again, ==, "");

  add (db, RUNGS_EVENT_FORM_SUBMITTED, 2, "c");
  second = follow (db, NULL);
  g_assert_cmpstr (second, ==, "c ");
}

static void
test_follow_kinds (RungsFixture *f,
                   RungsDb      *db)
{
  g_autofree char *some = NULL;
  g_autofree char *none = NULL;

  add (db, RUNGS_EVENT_TAG_ADDED, 1, "tag");
  add (db, RUNGS_EVENT_TAG_REMOVED, 1, "untag");
  add (db, RUNGS_EVENT_FORM_SUBMITTED, 1, "note");
  add (db, RUNGS_EVENT_MAIL_SENT, 1, "mail");
  some = follow (db, FORMS_AND_TAGS);
  g_assert_cmpstr (some, ==, "tag note ");
  none = follow (db, NULL);
  g_assert_cmpstr (none, ==, "");
}

static gboolean
count_cb (RungsDb          *db,
          const RungsEvent *event,
          gpointer          data,
          GError          **error)
{
  gint64 *last = data;

  g_assert_cmpint (event->id, ==, *last + 1);
  *last = event->id;
  return TRUE;
}

static void
test_follow_many (RungsFixture *f,
                  RungsDb      *db)
{
  gint64 last = 0;

  for (int i = 0; i < 1024; i++)
    add (db, RUNGS_EVENT_FORM_SUBMITTED, i, "n");
  g_assert_true (rungs_event_follow (db, "test", NULL, count_cb, &last, NULL));
  g_assert_cmpint (last, ==, 1024);
}

static void
test_skip (RungsFixture *f,
           RungsDb      *db)
{
  g_autofree char *seen = NULL;

  add (db, RUNGS_EVENT_FORM_SUBMITTED, 1, "old");
  g_assert_true (rungs_event_skip (db, "test", NULL));
  add (db, RUNGS_EVENT_FORM_SUBMITTED, 1, "new");
  seen = follow (db, NULL);
  g_assert_cmpstr (seen, ==, "new ");
}

static gboolean
fail_cb (RungsDb          *db,
         const RungsEvent *event,
         gpointer          data,
         GError          **error)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED, "no");
  return FALSE;
}

static void
test_follow_fails (RungsFixture *f,
                   RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  add (db, RUNGS_EVENT_FORM_SUBMITTED, 1, "a");
  g_assert_false (rungs_event_follow (db, "test", NULL, fail_cb, NULL, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_FAILED);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM cursor"), ==, 0);
}

static void
test_load (RungsFixture *f,
           RungsDb      *db)
{
  g_autoptr (RungsEvent) event = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = rungs_event_add (db, 0, RUNGS_EVENT_TAG_ADDED, 7, 3, "vip", NULL);

  event = rungs_event_load (db, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (event->kind, ==, RUNGS_EVENT_TAG_ADDED);
  g_assert_cmpint (event->at, ==, 7);
  g_assert_cmpint (event->ref, ==, 3);
  g_assert_cmpstr (event->detail, ==, "vip");
  g_assert_null (rungs_event_load (db, id + 1, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static const char SQL_LEADS[]
    = "INSERT INTO lead (id, created_at, updated_at) VALUES (1, 0, 0), (2, 0, 0)";
static const char SQL_SEARCH[] = "INSERT INTO lead_search (lead_search) VALUES ('rebuild')";
static const char SQL_RUN[]
  = "INSERT INTO import_run (id, file_name, on_match, mapping, started_at, finished_at, undone_at)"
    " VALUES (1, 'leads.csv', 'fill', '{}', 25, 30, NULL),"
    "        (2, 'undone.csv', 'fill', '{}', 1, 2, 3)";
static const char SQL_MET[]
    = "INSERT INTO import_lead (run, lead, created) VALUES (1, 1, 1), (2, 1, 0), (1, 2, 1)";
static const char SQL_EVENTS[]
    = "INSERT INTO event (lead, kind, at, detail) VALUES"
      " (1, 'form.submitted', 10, 'a'), (1, 'form.submitted', 40, 'b'),"
      " (1, 'form.submitted', 30, 'c'), (2, 'form.submitted', 35, 'other'),"
      " (1, 'form.submitted', 30, 'd'), (1, 'form.submitted', 20, 'e')";

static void
test_timeline (RungsFixture *f,
               RungsDb      *db)
{
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;

  rungs_fixture_run (f, SQL_LEADS);
  rungs_fixture_run (f, SQL_SEARCH);
  rungs_fixture_run (f, SQL_RUN);
  rungs_fixture_run (f, SQL_MET);
  rungs_fixture_run (f, SQL_EVENTS);

  page = rungs_timeline_page (db, 1, NULL, 2, &error);
  while (page->len > 0)
    {
      g_autoptr (GPtrArray) next = NULL;

      g_assert_cmpuint (page->len, <=, 2);
      for (guint i = 0; i < page->len; i++)
        g_string_append_printf (seen, "%s ", ((RungsEvent *) page->pdata[i])->detail);
      next = rungs_timeline_page (db, 1, page->pdata[page->len - 1], 2, &error);
      g_assert_no_error (error);
      g_clear_pointer (&page, g_ptr_array_unref);
      page = g_steal_pointer (&next);
    }
  g_assert_cmpstr (seen->str, ==, "b d c leads.csv e a ");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/event/follow", test_follow);
  rungs_fixture_add_test ("/event/follow-kinds", test_follow_kinds);
  rungs_fixture_add_test ("/event/follow-many", test_follow_many);
  rungs_fixture_add_test ("/event/follow-fails", test_follow_fails);
  rungs_fixture_add_test ("/event/skip", test_skip);
  rungs_fixture_add_test ("/event/load", test_load);
  rungs_fixture_add_test ("/event/timeline", test_timeline);
  return g_test_run ();
}
