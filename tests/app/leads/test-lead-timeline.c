/* test-lead-timeline.c: notes, calls and meetings are written down, edited, deleted and put back;
 * the timeline shows only the kinds that are asked for, and goes on where it is scrolled to its
 * end. */

#include <time.h>

#include "db/rungs-statement.h"
#include "leads/rungs-lead-detail.h"
#include "leads/rungs-lead-happened.h"
#include "leads/rungs-lead-timeline.h"
#include "leads/rungs-leads-page.h"
#include "rungs-app-page.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  GtkWidget *details;
  RungsLeadTimeline *timeline;
  gint64 lead;
} Fixture;

static const char SQL_FULLEST[]
  = "SELECT lead FROM event WHERE lead IS NOT NULL GROUP BY lead ORDER BY count (*) DESC LIMIT 1";

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *target = NULL;

  fixture->page
    = rungs_app_page_open (RUNGS_TYPE_LEADS_PAGE, "Leads", &fixture->store, &fixture->window);
  fixture->details
    = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_LEAD_DETAIL);
  fixture->timeline = RUNGS_LEAD_TIMELINE (
    rungs_app_fixture_find_type (fixture->details, RUNGS_TYPE_LEAD_TIMELINE));
  fixture->lead = rungs_app_store_ask (fixture->store, SQL_FULLEST);
  target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, fixture->lead);
  rungs_page_show_target (fixture->page, target);
  rungs_app_fixture_wait_for (fixture->details, "Latest");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

static void
write_text (const char *text)
{
  GtkWidget *view;

  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  view = rungs_app_fixture_find_type (rungs_app_fixture_find_form (NULL), GTK_TYPE_TEXT_VIEW);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)), text, -1);
}

static void
agree (void)
{
  rungs_form_agree (RUNGS_FORM (rungs_app_fixture_find_form (NULL)));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
}

static void
undo (Fixture    *fixture,
      const char *done)
{
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), done);
  rungs_app_fixture_settle (500); /* libadwaita 1.2 takes no toast away that is still coming */
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
}

static gboolean
is_gone (gpointer data)
{
  const Fixture *fixture = data;

  return rungs_app_fixture_find (fixture->details, "Call: wants a kit") == NULL;
}

static void
test_call (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 id;

  gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), "lead.call", NULL);
  write_text ("wants a kit");
  agree ();
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Call: wants a kit");
  undo (fixture, "Call written down");
  rungs_app_fixture_wait (is_gone, fixture);

  gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), "lead.meeting", NULL);
  write_text ("saw the kiln");
  agree ();
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Meeting: saw the kiln");
  id = rungs_app_store_ask (fixture->store,
                            "SELECT id FROM event WHERE kind = 'meeting.logged'");
  gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), "lead.edit-note", "x", id);
  write_text ("saw two kilns");
  agree ();
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Meeting: saw two kilns");
  undo (fixture, "Meeting changed");
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Meeting: saw the kiln");
}

static void
test_delete (Fixture       *fixture,
             gconstpointer  data)
{
  gint64 id;
  GtkWidget *button;

  gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), "lead.call", NULL);
  write_text ("wants a kit");
  agree ();
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Call: wants a kit");
  id = rungs_app_store_ask (fixture->store, "SELECT id FROM event WHERE kind = 'call.logged'");
  gtk_widget_activate_action (GTK_WIDGET (fixture->timeline), "lead.edit-note", "x", id);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  button = gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (rungs_app_fixture_find_form (NULL), "_Delete"), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (button, "clicked");
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  rungs_app_fixture_wait (is_gone, fixture);
  undo (fixture, "Call deleted");
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Call: wants a kit");
}

/* How many rows are waited for. */
typedef struct
{
  RungsLeadTimeline *timeline;
  guint n_rows;
} Count;

static gboolean
has_rows (gpointer data)
{
  const Count *count = data;

  return rungs_lead_timeline_get_n_rows (count->timeline) == count->n_rows;
}

static void
test_filter (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT min (25, count (*)) FROM event"
                       " WHERE (kind LIKE 'order.%%' OR kind LIKE 'coupon.%%'"
                       "        OR kind LIKE 'subscription.%%')"
                       "   AND lead = %" G_GINT64_FORMAT,
                       fixture->lead);
  Count orders = { fixture->timeline, (guint) rungs_app_store_ask (fixture->store, sql) };
  Count all = { fixture->timeline, 25 };
  GtkWidget *chip = gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Orders"),
    GTK_TYPE_TOGGLE_BUTTON);

  g_assert_cmpuint (orders.n_rows, <, 25);
  rungs_app_fixture_wait (has_rows, &all);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  rungs_app_fixture_wait (has_rows, &orders);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), FALSE);
  rungs_app_fixture_wait (has_rows, &all);
}

static void
test_scroll (Fixture       *fixture,
             gconstpointer  data)
{
  g_autofree char *sql = g_strdup_printf (
    "SELECT min (50, count (*)) FROM event WHERE lead = %" G_GINT64_FORMAT, fixture->lead);
  Count more = { fixture->timeline, (guint) rungs_app_store_ask (fixture->store, sql) };
  Count first = { fixture->timeline, 25 };
  GtkAdjustment *scroll
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (
      GTK_WIDGET (fixture->timeline), GTK_TYPE_SCROLLED_WINDOW)));

  g_assert_cmpuint (more.n_rows, >, 25);
  rungs_app_fixture_wait (has_rows, &first);
  rungs_app_fixture_settle (300);
  gtk_adjustment_set_value (scroll, gtk_adjustment_get_upper (scroll));
  rungs_app_fixture_wait (has_rows, &more);
}

/* A lead of whom much is known: a year, of which something happened each hour. */
#define HAPPENINGS 10000

static gpointer
add_happenings (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  g_autoptr (RungsStatement) add = rungs_db_prepare (
    db,
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :n)"
    " INSERT INTO event (lead, kind, at, detail)"
    " SELECT :lead, 'form.submitted', 1700000000000 + i * 3600000, 'Form ' || i FROM n",
    error);

  rungs_statement_bind_int64 (add, ":n", HAPPENINGS);
  rungs_statement_bind_int64 (add, ":lead", *(gint64 *) data);
  rungs_statement_run (add, error);
  return NULL;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static gboolean
is_true (gpointer data)
{
  return *(gboolean *) data;
}

/* What frames take: by the clock on the wall, in which other programs count too, and by the time
 * that this thread had the processor. */
typedef struct
{
  gint64 began;
  gint64 worked;
  gint64 longest;
  gint64 most_work;
  guint over; /* those with more than 16 ms of work */
  guint n;
} Frames;

static gint64
worked (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

static void
frame_began_cb (GdkFrameClock *clock,
                gpointer       data)
{
  ((Frames *) data)->began = g_get_monotonic_time ();
  ((Frames *) data)->worked = worked ();
}

static void
frame_ended_cb (GdkFrameClock *clock,
                gpointer       data)
{
  Frames *frames = data;
  gint64 work = worked () - frames->worked;

  frames->longest = MAX (frames->longest, g_get_monotonic_time () - frames->began);
  frames->most_work = MAX (frames->most_work, work);
  frames->over += work > 16000;
  frames->n++;
}

static guint
count_rows (gpointer data)
{
  return rungs_lead_timeline_get_n_rows (((Fixture *) data)->timeline);
}

/* What is scrolled to its end until there are so many rows. */
typedef struct
{
  RungsLeadTimeline *timeline;
  GtkAdjustment *scroll;
  guint n_rows;
} Reading;

/* The end may have moved since it was scrolled to, which is why that is done each time. */
static gboolean
has_read_on (gpointer data)
{
  const Reading *reading = data;

  if (rungs_lead_timeline_get_n_rows (reading->timeline) >= reading->n_rows)
    return TRUE;
  gtk_adjustment_set_value (reading->scroll, gtk_adjustment_get_upper (reading->scroll));
  return FALSE;
}

/* Opening a lead with ten thousand events shows the first ones at once; scrolling reads on. */
static void
test_year (Fixture       *fixture,
           gconstpointer  data)
{
  GtkAdjustment *scroll
    = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (gtk_widget_get_ancestor (
      GTK_WIDGET (fixture->timeline), GTK_TYPE_SCROLLED_WINDOW)));
  gint64 lead = rungs_app_store_ask (
    fixture->store, "SELECT id FROM lead WHERE email = 'alice@post.example'");
  g_autofree char *target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, lead);
  Count first = { fixture->timeline, 25 };
  Frames frames = { 0 };
  gboolean written = FALSE;
  gint64 began;
  GdkFrameClock *clock;

  rungs_store_write_async (fixture->store, add_happenings, &lead, NULL, NULL, NULL, written_cb,
                           &written);
  rungs_app_fixture_wait (is_true, &written);
  rungs_app_fixture_settle (500);
  began = g_get_monotonic_time ();
  rungs_page_show_target (fixture->page, target);
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->timeline), "Filled in the form “Form 10000”");
  g_test_message ("open: %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - began) / 1000);
  rungs_app_fixture_wait (has_rows, &first);

  clock = gtk_widget_get_frame_clock (GTK_WIDGET (fixture->page));
  g_signal_connect (clock, "before-paint", G_CALLBACK (frame_began_cb), &frames);
  g_signal_connect (clock, "after-paint", G_CALLBACK (frame_ended_cb), &frames);
  for (guint wanted = 50; wanted <= 1025; wanted += 25)
    {
      Reading reading = { fixture->timeline, scroll, wanted };

      rungs_app_fixture_wait (has_read_on, &reading);
      rungs_app_fixture_settle (60);
      if (wanted % 250 != 25)
        continue;
      g_test_message ("%u rows: %u frames, over 16 ms of work %u, most %.1f ms, longest %.1f ms",
                      count_rows (fixture), frames.n, frames.over, frames.most_work / 1000.0,
                      frames.longest / 1000.0);
      frames = (Frames) { 0 };
    }
  g_signal_handlers_disconnect_by_data (clock, &frames);
}

/* An order's row opens the order, and so does that of money given back. */
static void
test_orders (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  gint64 lead = rungs_app_store_ask (
    fixture->store, "SELECT lead FROM event WHERE kind = 'order.refunded' ORDER BY id LIMIT 1");
  gint64 order = rungs_app_store_ask (
    fixture->store, "SELECT r.sales_order FROM event e JOIN refund r ON r.id = e.ref"
                    " WHERE e.kind = 'order.refunded' ORDER BY e.id LIMIT 1");
  g_autofree char *target = g_strdup_printf ("order:%" G_GINT64_FORMAT, order);
  RungsHappenedQuery query = { .lead = lead, .groups = RUNGS_EVENTS_ORDERS, .limit = 50 };
  g_autoptr (RungsHappened) happened = rungs_happened_load (db, &query, &error);
  guint open = 0;

  g_assert_no_error (error);
  for (guint i = 0; i < happened->rows->len; i++)
    {
      const RungsTimelineRow *row = g_ptr_array_index (happened->rows, i);

      if (g_strcmp0 (row->target, target) != 0)
        continue;
      g_assert_cmpstr (row->page, ==, "ladder");
      open++;
    }
  g_assert_cmpuint (open, ==, 2);
  rungs_db_close (db);
}

/* The first message that was sent was one of a broadcast: its row says of which. */
static void
test_broadcast (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  RungsDb *db = rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, &error);
  RungsHappenedQuery query = { .groups = RUNGS_EVENTS_MESSAGES, .limit = 50 };
  g_autoptr (RungsHappened) happened = NULL;
  guint named = 0;

  rungs_app_store_run (fixture->store,
                       "INSERT INTO broadcast (id, name, message, rule, created_at, updated_at)"
                       " SELECT 99, 'Spring', min (id), '{\"all\":[]}', 1, 1 FROM message");
  rungs_app_store_run (fixture->store,
                       "UPDATE outbox SET broadcast = 99, enrolment = NULL, step = '',"
                       "                  visit = lead WHERE id = (SELECT min (id) FROM outbox)");
  query.lead = rungs_app_store_ask (fixture->store, "SELECT lead FROM outbox WHERE broadcast = 99");
  happened = rungs_happened_load (db, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (happened->rows->len, >, 1);
  for (guint i = 0; i < happened->rows->len; i++)
    {
      const RungsTimelineRow *row = g_ptr_array_index (happened->rows, i);

      if (row->broadcast == NULL)
        continue;
      g_assert_cmpstr (row->broadcast, ==, "Spring");
      named++;
    }
  g_assert_cmpuint (named, ==, 1);
  rungs_db_close (db);
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/lead-timeline/broadcast", Fixture, NULL, set_up, test_broadcast, tear_down);
  g_test_add ("/app/lead-timeline/call", Fixture, NULL, set_up, test_call, tear_down);
  g_test_add ("/app/lead-timeline/delete", Fixture, NULL, set_up, test_delete, tear_down);
  g_test_add ("/app/lead-timeline/filter", Fixture, NULL, set_up, test_filter, tear_down);
  g_test_add ("/app/lead-timeline/orders", Fixture, NULL, set_up, test_orders, tear_down);
  g_test_add ("/app/lead-timeline/year", Fixture, NULL, set_up, test_year, tear_down);
  g_test_add ("/app/lead-timeline/scroll", Fixture, NULL, set_up, test_scroll, tear_down);
  return g_test_run ();
}
