/* test-ladder-template.c: each template of a ladder makes a ladder that holds together, in one go,
 * and leaves nothing where it is undone or refused. */

#include "base/rungs-error.h"
#include "insights/rungs-ladder-fault.h"
#include "ladder/rungs-ladder-edit-store.h"
#include "ladder/rungs-ladder-template.h"
#include "ladder/rungs-offer-store.h"
#include "ladder/rungs-product-store.h"
#include "ladder/rungs-sales-letter-store.h"
#include "rungs-fixture.h"

static const char *const ENGLISH[] = { "en_IE", "en", "C", NULL };
static const char *const GERMAN[] = { "de_AT.UTF-8", "de_AT", "de", "C", NULL };
static const char *const FRENCH[] = { "fr", "C", NULL };

static const char *const IDS[]
  = { "information", "coaching", "software", "consumables", "local-service" };

static gint64
count (RungsFixture *f)
{
  return rungs_fixture_number (f, "SELECT (SELECT count (*) FROM product)"
                                  " + (SELECT count (*) FROM offer)"
                                  " + (SELECT count (*) FROM sales_letter)");
}

static gboolean
use (RungsDb   *db,
     gpointer   id,
     GError   **error)
{
  return rungs_ladder_template_use (db, id, ENGLISH, 7, error);
}

static void
check_words (const RungsLadderTemplate *template)
{
  g_assert_cmpstr (template->name, !=, "");
  g_assert_cmpstr (template->summary, !=, "");
  for (guint i = 0; i < template->letters->len; i++)
    {
      const RungsSalesLetter *letter = template->letters->pdata[i];

      g_assert_cmpstr (letter->name, !=, "");
      g_assert_cmpstr (letter->text, !=, "");
      g_assert_cmpint (letter->product, >=, 1);
    }
  for (guint i = 0; i < template->offers->len; i++)
    g_assert_cmpint (((RungsOffer *) template->offers->pdata[i])->to_product, >=, 1);
}

/* Whether German is German is seen where the words differ. */
static void
test_languages (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) english = rungs_ladder_template_list ("EUR", ENGLISH, &error);
  g_autoptr (GPtrArray) german = rungs_ladder_template_list ("EUR", GERMAN, &error);
  g_autoptr (GPtrArray) french = rungs_ladder_template_list ("EUR", FRENCH, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (english->len, ==, G_N_ELEMENTS (IDS));
  for (guint i = 0; i < english->len; i++)
    {
      const RungsLadderTemplate *en = english->pdata[i];
      const RungsLadderTemplate *de = german->pdata[i];
      const RungsLadderTemplate *fr = french->pdata[i];

      g_assert_cmpstr (en->id, ==, IDS[i]);
      g_assert_cmpstr (de->id, ==, IDS[i]);
      check_words (en);
      check_words (de);
      g_assert_cmpstr (en->summary, !=, de->summary);
      g_assert_cmpstr (en->summary, ==, fr->summary);
      for (guint j = 0; j < en->letters->len; j++)
        g_assert_cmpstr (((RungsSalesLetter *) en->letters->pdata[j])->text, !=,
                         ((RungsSalesLetter *) de->letters->pdata[j])->text);
    }
}

static void
test_prices (void)
{
  static const struct
  {
    const char *currency;
    gint64 minor;
  } CASES[] = { { "EUR", 1900 }, { "USD", 1900 }, { "JPY", 1900 }, { "KWD", 19000 },
                { "SEK", 19000 }, { "HUF", 190000 } };

  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (RungsLadderTemplate) template
        = rungs_ladder_template_load ("information", CASES[i].currency, ENGLISH, NULL);
      const RungsProduct *book = template->products->pdata[1];

      g_assert_cmpstr (book->sku, ==, "HANDBOOK");
      g_assert_cmpstr (book->price.currency, ==, CASES[i].currency);
      g_assert_cmpint (book->price.minor, ==, CASES[i].minor);
    }
}

/* What is left to the owner: sequences that sell, who delivers, and what is sent. */
static gboolean
is_left_to_do (RungsLadderFaultCode code)
{
  return code == RUNGS_LADDER_NO_SEQUENCE || code == RUNGS_LADDER_NO_DELIVERER
         || code == RUNGS_LADDER_NOTHING_SENT;
}

static void
test_each (RungsFixture *f,
           RungsDb      *db)
{
  for (guint i = 0; i < G_N_ELEMENTS (IDS); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) faults = NULL;
      g_autoptr (RungsLadderEdit) edit
        = rungs_ladder_edit_do (db, use, (gpointer) IDS[i], &error);

      g_assert_no_error (error);
      g_assert_cmpint (count (f), >, 12);
      faults = rungs_ladder_find_faults (db, 8, &error);
      g_assert_no_error (error);
      for (guint j = 0; j < faults->len; j++)
        {
          const RungsLadderFault *fault = faults->pdata[j];

          if (!is_left_to_do (fault->code))
            g_error ("%s: %s", IDS[i], rungs_ladder_fault_code_to_text (fault->code));
        }
      g_assert_true (rungs_ladder_edit_undo (db, edit, &error));
      g_assert_cmpint (count (f), ==, 0);
      g_assert_true (rungs_ladder_edit_redo (db, edit, &error));
      g_assert_cmpint (count (f), >, 12);
      g_assert_true (rungs_ladder_edit_undo (db, edit, &error));
      g_assert_no_error (error);
    }
}

static void
test_refused (RungsFixture *f,
              RungsDb      *db)
{
  g_autoptr (GError) error = NULL;

  rungs_fixture_add_product (f, "course", 5);
  rungs_fixture_add_product (f, "YEAR", 5);
  g_assert_false (rungs_ladder_template_use (db, "information", ENGLISH, 7, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "COURSE, YEAR"));
  g_assert_cmpint (count (f), ==, 2);
  g_clear_error (&error);

  g_assert_false (rungs_ladder_template_use (db, "nonsense", ENGLISH, 7, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_assert_true (rungs_ladder_template_use (db, "information", GERMAN, 7, &error));
  g_assert_no_error (error);
  g_assert_cmpint (count (f), ==, 2 + 4 + 6 + 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ladder-template/languages", test_languages);
  g_test_add_func ("/ladder-template/prices", test_prices);
  rungs_fixture_add_test ("/ladder-template/each", test_each);
  rungs_fixture_add_test ("/ladder-template/refused", test_refused);
  return g_test_run ();
}
