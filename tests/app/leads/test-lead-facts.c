/* test-lead-facts.c: the facts of a lead are edited where they stand, with the keys alone; what is
 * wrong is told beside the field; what others change meanwhile takes nothing away; each change is
 * undone. */

#include "leads/rungs-lead-detail.h"
#include "leads/rungs-lead-fact-work.h"
#include "leads/rungs-lead-fact.h"
#include "leads/rungs-leads-page.h"
#include "rungs-app-page.h"
#include "widgets/rungs-pick-button.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  RungsPage *page;
  GtkWidget *details;
  gint64 lead;
} Fixture;

/* What a fact is asked for. */
typedef struct
{
  Fixture *fixture;
  const char *name;
  const char *text;
} Wish;

static RungsLeadFact *
find_fact (GtkWidget  *widget,
           const char *name)
{
  if (RUNGS_IS_LEAD_FACT (widget))
    {
      const RungsLeadFactItem *item = rungs_lead_fact_get_item (RUNGS_LEAD_FACT (widget));

      return item != NULL && g_str_equal (item->name, name) ? RUNGS_LEAD_FACT (widget) : NULL;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      RungsLeadFact *found = find_fact (child, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
shows (gpointer data)
{
  const Wish *wish = data;
  RungsLeadFact *fact = find_fact (wish->fixture->details, wish->name);

  return fact != NULL && rungs_lead_fact_get_item (fact)->lead == wish->fixture->lead
         && !rungs_lead_fact_is_edited (fact)
         && g_str_equal (rungs_lead_fact_get_item (fact)->text, wish->text);
}

static void
wait_until_shown (Fixture    *fixture,
                  const char *name,
                  const char *text)
{
  Wish wish = { fixture, name, text };

  rungs_app_fixture_wait (shows, &wish);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autofree char *target = NULL;

  fixture->page
    = rungs_app_page_open (RUNGS_TYPE_LEADS_PAGE, "Leads", &fixture->store, &fixture->window);
  fixture->details
    = rungs_app_fixture_find_type (GTK_WIDGET (fixture->page), RUNGS_TYPE_LEAD_DETAIL);
  fixture->lead = rungs_app_store_ask (
    fixture->store, "SELECT id FROM lead WHERE email = 'alice@post.example'");
  target = g_strdup_printf ("lead:%" G_GINT64_FORMAT, fixture->lead);
  rungs_page_show_target (fixture->page, target);
  wait_until_shown (fixture, "email", "alice@post.example");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  rungs_app_page_close (fixture->page, fixture->store, fixture->window);
}

/* Begins editing with the keys, and types. Returns: the entry. */
static GtkWidget *
type_in (Fixture    *fixture,
         const char *name,
         const char *text)
{
  RungsLeadFact *fact = find_fact (fixture->details, name);
  GtkWidget *button = rungs_app_fixture_find_type (GTK_WIDGET (fact), GTK_TYPE_BUTTON);
  GtkWidget *entry;

  gtk_widget_grab_focus (button);
  gtk_widget_activate (button);
  for (int i = 0; i < 20 && !rungs_lead_fact_is_edited (fact); i++)
    rungs_app_fixture_settle (50); /* it is clicked when it comes up again */
  g_assert_true (rungs_lead_fact_is_edited (fact));
  entry = rungs_app_fixture_find_type (GTK_WIDGET (fact), GTK_TYPE_ENTRY);
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window), entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  return entry;
}

static void
press_enter (GtkWidget *entry)
{
  g_signal_emit_by_name (entry, "activate");
}

static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  press_enter (type_in (fixture, "company", " Clay & Sons "));
  wait_until_shown (fixture, "company", "Clay & Sons");
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (fixture->window),
                                         GTK_WIDGET (find_fact (fixture->details, "company"))));
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Company was changed");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_until_shown (fixture, "company", "");
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM lead WHERE company <> ''"
                                        " AND email = 'alice@post.example'"),
                   ==, 0);
}

/* Going elsewhere keeps it, too. */
static void
test_leave (Fixture       *fixture,
            gconstpointer  data)
{
  type_in (fixture, "phone", "+353 1 234 567");
  gtk_widget_grab_focus (
    rungs_app_fixture_find_type (GTK_WIDGET (find_fact (fixture->details, "company")),
                                 GTK_TYPE_BUTTON));
  wait_until_shown (fixture, "phone", "+353 1 234 567");
}

static void
test_wrong (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *entry = type_in (fixture, "email", "alice at post");

  press_enter (entry);
  rungs_app_fixture_wait_for (fixture->details, "This is no e-mail address");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "alice at post");
  gtk_editable_set_text (GTK_EDITABLE (entry), "callum.taylor@mail.example");
  press_enter (entry);
  rungs_app_fixture_wait_for (fixture->details, "Show Lead");
  g_assert_true (rungs_lead_fact_is_edited (find_fact (fixture->details, "email")));
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (rungs_app_fixture_find (fixture->details, "Show Lead"),
                             GTK_TYPE_BUTTON),
    "clicked");
  fixture->lead = rungs_app_store_ask (
    fixture->store, "SELECT id FROM lead WHERE email = 'callum.taylor@mail.example'");
  wait_until_shown (fixture, "email", "callum.taylor@mail.example");
}

static gboolean
is_written (gpointer data)
{
  return *(gboolean *) data;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* What somebody else writes meanwhile is told, and what was typed stays. */
static void
test_meanwhile (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *entry = type_in (fixture, "company", "Mine");
  gboolean written = FALSE;

  rungs_store_write_async (fixture->store, rungs_lead_fact_work,
                           rungs_lead_fact_work_new (fixture->lead, "company", "", "Theirs"),
                           (GDestroyNotify) rungs_lead_fact_work_unref, g_free, NULL, written_cb,
                           &written);
  rungs_app_fixture_wait (is_written, &written);
  rungs_app_fixture_wait_for (
    fixture->details,
    "Meanwhile somebody made it “Theirs”. Enter keeps yours, Escape leaves theirs.");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "Mine");
  press_enter (entry);
  wait_until_shown (fixture, "company", "Mine");
  rungs_app_fixture_wait_for (GTK_WIDGET (fixture->page), "Company was changed");
  gtk_widget_activate_action (GTK_WIDGET (fixture->page), "page.undo", NULL);
  wait_until_shown (fixture, "company", "Theirs");
}

/* Fields of one's own that are empty come with all facts, and say what is wrong in their way. */
static void
test_own_field (Fixture       *fixture,
                gconstpointer  data)
{
  GtkWidget *all = gtk_widget_get_ancestor (
    rungs_app_fixture_wait_for (fixture->details, "Show All Facts"), GTK_TYPE_TOGGLE_BUTTON);

  g_assert_null (find_fact (fixture->details, "zone"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (all), TRUE);
  wait_until_shown (fixture, "zone", "");
  press_enter (type_in (fixture, "zone", "Dublin"));
  rungs_app_fixture_wait_for (fixture->details,
                              "There is no such time zone; write one such as Europe/Berlin");
}

/* One that cannot be dialled is told; one that is dialled within the country is taken as it is, and
 * offered as it is dialled from everywhere. */
static void
test_phone (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *entry = type_in (fixture, "phone", "ask her");

  press_enter (entry);
  rungs_app_fixture_wait_for (fixture->details, "This does not look like a telephone number");
  gtk_editable_set_text (GTK_EDITABLE (entry), "086 123 4567");
  rungs_app_fixture_wait_for (fixture->details, "From abroad: +353861234567");
  press_enter (entry);
  wait_until_shown (fixture, "phone", "086 123 4567");

  entry = type_in (fixture, "phone", "086 765 4321");
  g_signal_emit_by_name (
    gtk_widget_get_ancestor (
      rungs_app_fixture_wait_for (fixture->details, "From abroad: +353867654321"),
      GTK_TYPE_BUTTON),
    "clicked");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, "+353867654321");
  g_assert_null (rungs_app_fixture_find (fixture->details, "From abroad: +353867654321"));
  press_enter (entry);
  wait_until_shown (fixture, "phone", "+353867654321");
}

/* It is written as its tag, or picked by its name. */
static void
test_language (Fixture       *fixture,
               gconstpointer  data)
{
  RungsLeadFact *fact;
  GtkWidget *languages;

  gtk_toggle_button_set_active (
    GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (
      rungs_app_fixture_wait_for (fixture->details, "Show All Facts"), GTK_TYPE_TOGGLE_BUTTON)),
    TRUE);
  rungs_app_fixture_wait_for (fixture->details, "Language");
  press_enter (type_in (fixture, "language", "deutsch"));
  rungs_app_fixture_wait_for (
    fixture->details, "This does not look like a language; write one such as de or pt-BR");
  fact = find_fact (fixture->details, "language");
  languages = rungs_app_fixture_find_type (GTK_WIDGET (fact), RUNGS_TYPE_PICK_BUTTON);
  g_signal_emit_by_name (languages, "picked", "pt-BR");
  wait_until_shown (fixture, "language", "pt-BR");
  rungs_app_fixture_wait_for (GTK_WIDGET (fact), "Portuguese, Brazil (pt-BR)");
}

int
main (int    argc,
      char **argv)
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/lead-facts/keep", Fixture, NULL, set_up, test_keep, tear_down);
  g_test_add ("/app/lead-facts/leave", Fixture, NULL, set_up, test_leave, tear_down);
  g_test_add ("/app/lead-facts/wrong", Fixture, NULL, set_up, test_wrong, tear_down);
  g_test_add ("/app/lead-facts/meanwhile", Fixture, NULL, set_up, test_meanwhile, tear_down);
  g_test_add ("/app/lead-facts/own-field", Fixture, NULL, set_up, test_own_field, tear_down);
  g_test_add ("/app/lead-facts/phone", Fixture, NULL, set_up, test_phone, tear_down);
  g_test_add ("/app/lead-facts/language", Fixture, NULL, set_up, test_language, tear_down);
  return g_test_run ();
}
