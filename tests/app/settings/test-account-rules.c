/* test-account-rules.c: which account sends what is listed in words, made, edited, moved, removed
 * and put back; and the warm-up of an account says what it allows. */

#include "mail/rungs-account-rule-store.h"
#include "mail/rungs-account-store.h"
#include "rungs-app-fixture.h"
#include "rungs-app-store.h"
#include "settings/rungs-account-rules-group.h"
#include "settings/rungs-settings-page.h"
#include "settings/rungs-warm-up-group.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsStore *store;
  GtkWindow *window;
  GtkWidget *page;
  GtkWidget *group;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  fixture->store = rungs_app_store_new_demo ();
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->page = g_object_new (RUNGS_TYPE_SETTINGS_PAGE, "store", fixture->store, NULL);
  gtk_window_set_default_size (fixture->window, 900, 700);
  gtk_window_set_child (fixture->window, fixture->page);
  gtk_window_present (fixture->window);
  rungs_page_show_target (RUNGS_PAGE (fixture->page), "mail");
  rungs_app_fixture_wait_for (fixture->page, "Mail Accounts");
  fixture->group = rungs_app_fixture_find_type (fixture->page, RUNGS_TYPE_ACCOUNT_RULES_GROUP);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gtk_window_destroy (fixture->window);
  rungs_app_fixture_settle (100);
  rungs_app_store_close (fixture->store);
}

static gboolean
is_shown (gpointer data)
{
  return gtk_widget_get_visible (data);
}

/* The second account, without which there is nothing to choose. */
static void
add_account (Fixture *fixture)
{
  g_assert_false (gtk_widget_get_visible (fixture->group));
  rungs_app_store_run (fixture->store,
                       "INSERT INTO account (id, uuid, name, kind, from_email, host, created_at)"
                       " VALUES (77, 'u', 'News', 'smtp', 'news@example.com', 'mail.example', 0)");
  rungs_app_fixture_wait (is_shown, fixture->group);
}

/* Sets the choice row that is called `title`. */
static void
choose (GtkWidget  *form,
        const char *title,
        const char *value)
{
  GtkWidget *row = rungs_app_fixture_find (form, title);

  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (row), value);
}

static void
add_rule (Fixture    *fixture,
          const char *origin,
          const char *domains)
{
  GtkWidget *form;

  gtk_widget_activate_action (fixture->group, "rules.add", NULL);
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  form = rungs_app_fixture_find_form (NULL);
  choose (form, "Sent For", origin);
  gtk_editable_set_text (
    GTK_EDITABLE (rungs_app_fixture_find (form, "To Addresses of These Domains")), domains);
  rungs_form_agree (RUNGS_FORM (form));
}

/* The words of the first rule, as the file has them. */
static RungsAccountRule *
load_first (Fixture *fixture)
{
  g_autoptr (RungsDb) db
    = rungs_db_open (rungs_store_get_path (fixture->store), RUNGS_DB_READ, NULL);
  g_autoptr (GPtrArray) rules = rungs_account_rule_list (db, NULL);

  g_assert_cmpint (rules->len, >, 0);
  return rungs_account_rule_copy (rules->pdata[0]);
}

static void
test_rules (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (RungsAccountRule) first = NULL;
  g_autoptr (RungsAccountRule) moved = NULL;

  add_account (fixture);
  rungs_app_fixture_wait_for (fixture->group, "Everything");
  add_rule (fixture, "broadcast", "");
  rungs_app_fixture_wait_for (fixture->group, "Broadcasts");
  add_rule (fixture, "sequence", "@GMail.com");
  rungs_app_fixture_wait_for (fixture->group, "Sequences · to gmail.com");
  rungs_app_fixture_wait_for (fixture->group, "Everything else");

  first = load_first (fixture);
  g_assert_cmpint (first->origin, ==, RUNGS_ACCOUNT_RULE_BROADCAST);
  g_assert_cmpint (first->account, ==, 77);
  gtk_widget_activate_action (fixture->group, "rules.down", "x", first->id);
  rungs_app_fixture_wait_for (fixture->page, "The rule is moved");
  moved = load_first (fixture);
  g_assert_cmpint (moved->origin, ==, RUNGS_ACCOUNT_RULE_SEQUENCE);
  gtk_widget_activate_action (fixture->page, "page.undo", NULL);
  rungs_app_fixture_wait_for (fixture->page, "The rules are as they were");
  g_clear_pointer (&moved, rungs_account_rule_free);
  moved = load_first (fixture);
  g_assert_cmpint (moved->id, ==, first->id);
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *form;

  add_account (fixture);
  add_rule (fixture, "", "ann@gmail.com");
  form = rungs_app_fixture_find_form (NULL);
  rungs_app_fixture_wait_for (form, "To Addresses of These Domains: “ann@gmail.com” is no domain");
  gtk_window_destroy (GTK_WINDOW (form));
}

static void
test_warm_up (void)
{
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());
  RungsWarmUpGroup *group = g_object_new (RUNGS_TYPE_WARM_UP_GROUP, NULL);
  g_autoptr (RungsAccount) account = rungs_account_new (RUNGS_ACCOUNT_SMTP);
  GtkWidget *how;

  account->per_day = 200;
  gtk_window_set_child (window, GTK_WIDGET (group));
  gtk_window_present (window);
  rungs_warm_up_group_show (group, account, "2026-03-02");
  how = rungs_app_fixture_find_type (GTK_WIDGET (group), RUNGS_TYPE_CHOICE_ROW);
  rungs_choice_row_set_value (RUNGS_CHOICE_ROW (how), "usual");
  rungs_app_fixture_wait_for (GTK_WIDGET (group), "Today up to 50, tomorrow 67");
  rungs_warm_up_group_read (group, account);
  g_assert_cmpint (account->warm_start, ==, 50);
  g_assert_cmpint (account->warm_growth, ==, 35);

  g_free (account->warm_day);
  account->warm_day = g_strdup ("2026-03-01");
  account->warm_days = 3;
  rungs_warm_up_group_show (group, account, "2026-03-02");
  rungs_app_fixture_wait_for (GTK_WIDGET (group), "Today up to 163, tomorrow 200");
  rungs_warm_up_group_set_most (group, 150);
  rungs_app_fixture_wait_for (GTK_WIDGET (group), "Today up to 150, tomorrow 150");
  gtk_window_destroy (window);
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/app/account-rules/rules", Fixture, NULL, set_up, test_rules, tear_down);
  g_test_add ("/app/account-rules/refused", Fixture, NULL, set_up, test_refused, tear_down);
  g_test_add_func ("/app/account-rules/warm-up", test_warm_up);
  return g_test_run ();
}
