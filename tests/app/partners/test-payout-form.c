/* test-payout-form.c: New Payout shows all who would be paid, however many, and makes what was
 * ticked; of the days that were chosen. */

#include "partners/rungs-award-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-page.h"
#include "partners/rungs-payout-form.h"
#include "partners/rungs-payout-ticks.h"
#include "rungs-app-page.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-form.h"
#include "widgets/rungs-value-row.h"

#define MANY 10000
#define MARCH (G_GINT64_CONSTANT (1772366400) * 1000) /* 2026-03-01T12:00:00Z */
#define APRIL (G_GINT64_CONSTANT (1775044800) * 1000)

typedef struct
{
  RungsStore *store;
  RungsDb *reader;
  GtkWindow *window;
  GtkWidget *page;
} Fixture;

static gboolean
add_partner (RungsDb     *db,
             const char  *name,
             gint64       minor,
             gint64       at,
             GError     **error)
{
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");

  return rungs_partner_add (db, partner, 1, error) != 0
         && rungs_award_add_bonus (db, partner->id, rungs_money (minor, "EUR"), "Test", at, error)
                != 0;
}

static gboolean
fill_few (RungsDb   *db,
          gpointer   data,
          GError   **error)
{
  return add_partner (db, "Anna Berg", 1000, MARCH, error)
         && add_partner (db, "Bea Lind", 200, APRIL, error)
         && add_partner (db, "Jo Weir", 30, APRIL, error);
}

static gboolean
fill_many (RungsDb   *db,
           gpointer   data,
           GError   **error)
{
  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *name = g_strdup_printf ("Partner %05u", i);

      if (!add_partner (db, name, 100, MARCH, error))
        return FALSE;
    }
  return TRUE;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  fill)
{
  fixture->page = GTK_WIDGET (
      rungs_app_page_open_filled (RUNGS_TYPE_PARTNERS_PAGE, (RungsDbFunc) fill, "payouts:0",
                                  &fixture->store, &fixture->reader, &fixture->window));
  rungs_app_fixture_wait_for (fixture->page, "No Payouts Yet");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_clear_pointer (&fixture->reader, rungs_db_close);
  rungs_app_page_close (RUNGS_PAGE (fixture->page), fixture->store, fixture->window);
}

static GtkWidget *
wait_for_form (void)
{
  rungs_app_fixture_wait (rungs_app_fixture_has_form, NULL);
  return rungs_app_fixture_find_form (NULL);
}

static guint
count_of_type (GtkWidget *widget,
               GType      type)
{
  guint n = G_TYPE_CHECK_INSTANCE_TYPE (widget, type);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_of_type (child, type);
  return n;
}

static void
click (GtkWidget  *form,
       const char *label)
{
  GtkWidget *button
      = gtk_widget_get_ancestor (rungs_app_fixture_wait_for (form, label), GTK_TYPE_BUTTON);

  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

static void
toggle (GtkWidget  *form,
        const char *name)
{
  GtkWidget *line = gtk_widget_get_parent (
      gtk_widget_get_parent (rungs_app_fixture_wait_for (form, name)));
  GtkCheckButton *check
      = GTK_CHECK_BUTTON (rungs_app_fixture_find_type (line, GTK_TYPE_CHECK_BUTTON));

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

static void
write_in (GtkWidget  *form,
          const char *title,
          const char *text)
{
  GtkWidget *label = rungs_app_fixture_wait_for (form, title);

  rungs_value_row_set_text (
      RUNGS_VALUE_ROW (gtk_widget_get_ancestor (label, RUNGS_TYPE_VALUE_ROW)), text);
}

/* All are counted and can be found, but only those rows are made that are seen. */
static void
test_many (Fixture       *fixture,
           gconstpointer  data)
{
  gint64 begun = g_get_monotonic_time ();
  g_autofree char *number = rungs_display_number (MANY);
  g_autofree char *money = rungs_display_money (rungs_money (MANY * 100, "EUR"));
  g_autofree char *all = g_strdup_printf ("%s partners are paid %s", number, money);
  GtkWidget *form, *ticks, *search;

  rungs_payout_form_open (RUNGS_PAGE (fixture->page));
  form = wait_for_form ();
  rungs_app_fixture_wait_for (form, all);
  g_test_message ("10,000 partners: %" G_GINT64_FORMAT " ms until the sum is seen",
                  (g_get_monotonic_time () - begun) / 1000);
  rungs_app_fixture_wait_for (form, "Partner 00000");
  ticks = rungs_app_fixture_find_type (form, RUNGS_TYPE_PAYOUT_TICKS);
  g_assert_cmpuint (count_of_type (ticks, GTK_TYPE_CHECK_BUTTON), <, 400);

  search = rungs_app_fixture_find_type (ticks, GTK_TYPE_SEARCH_ENTRY);
  click (form, "N_one");
  rungs_app_fixture_wait_for (form, "Nobody is paid");
  gtk_editable_set_text (GTK_EDITABLE (search), "partner 0999");
  rungs_app_fixture_wait_for (form, "Partner 09990");
  click (form, "_All");
  rungs_app_fixture_wait_for (form, "10 partners are paid €10.00");
  toggle (form, "Partner 09995");
  rungs_app_fixture_wait_for (form, "9 partners are paid €9.00");
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT count (*) FROM payout_item"), ==,
                   9);
  g_assert_cmpint (rungs_app_store_ask (fixture->store,
                                        "SELECT count (*) FROM payout_item i"
                                        "  JOIN partner p ON p.id = i.partner"
                                        " WHERE p.name = 'Partner 09995'"),
                   ==, 0);
}

/* Who is unticked stays so when the plan is made anew. */
static void
test_days (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *form;

  rungs_payout_form_open (RUNGS_PAGE (fixture->page));
  form = wait_for_form ();
  rungs_app_fixture_wait_for (form, "3 partners are paid €12.30");
  toggle (form, "Jo Weir");
  rungs_app_fixture_wait_for (form, "2 partners are paid €12.00");
  write_in (form, "Orders From", "2026-03-02");
  rungs_app_fixture_wait_for (form, "1 partner is paid €2.00");
  rungs_app_fixture_wait_for (form, "Of orders before or after these days");
  write_in (form, "Orders From", "March");
  rungs_app_fixture_wait_for (form, "a day, such as 2026-11-30");
  write_in (form, "Orders From", "2026-03-02");
  write_in (form, "Orders Until", "2026-03-01");
  rungs_app_fixture_wait_for (form, "this is before the first day");
  write_in (form, "Orders Until", "");
  rungs_app_fixture_wait_for (form, "1 partner is paid €2.00");
  write_in (form, "Orders From", "2026-03-01");
  rungs_app_fixture_wait_for (form, "2 partners are paid €12.00");
  rungs_form_agree (RUNGS_FORM (form));
  rungs_app_fixture_wait (rungs_app_fixture_has_no_form, NULL);
  rungs_app_fixture_wait_for (fixture->page, "Orders from");
  g_assert_cmpint (rungs_app_store_ask (fixture->store, "SELECT from_at FROM payout"), ==,
                   MARCH - 13 * 60 * 60 * 1000); /* midnight in Berlin */
}

/* What is opened for some has only them ticked; others can be added. */
static void
test_only (Fixture       *fixture,
           gconstpointer  data)
{
  GArray *partners = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 bea = rungs_app_store_ask (fixture->store,
                                    "SELECT id FROM partner WHERE name = 'Bea Lind'");
  GtkWidget *form;

  g_array_append_val (partners, bea);
  rungs_payout_form_open_for (RUNGS_PAGE (fixture->page), partners);
  form = wait_for_form ();
  rungs_app_fixture_wait_for (form, "1 partner is paid €2.00");
  toggle (form, "Anna Berg");
  rungs_app_fixture_wait_for (form, "2 partners are paid €12.00");
  gtk_window_destroy (GTK_WINDOW (form));
}

int
main (int   argc,
      char *argv[])
{
  rungs_app_fixture_init (&argc, &argv);
  g_test_add ("/partners/payout-form/many", Fixture, fill_many, set_up, test_many, tear_down);
  g_test_add ("/partners/payout-form/days", Fixture, fill_few, set_up, test_days, tear_down);
  g_test_add ("/partners/payout-form/only", Fixture, fill_few, set_up, test_only, tear_down);
  return g_test_run ();
}
