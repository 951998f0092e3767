/* test-partner-document.c: documents are kept sealed, each for its partner alone. */

#include <string.h>

#include "base/rungs-error.h"
#include "partners/rungs-partner-document-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-payee-store.h"
#include "rungs-fixture.h"

static const guint8 ONE[RUNGS_SEAL_KEY_BYTES] = { 1 };
static const guint8 OTHER[RUNGS_SEAL_KEY_BYTES] = { 2 };

/* With what text has not. */
static const char CONTRACT[] = "%PDF\0DE123456789\xff";

static gint64
add_partner (RungsDb    *db,
             const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "EUR");
  gint64 id = rungs_partner_add (db, partner, 5, &error);

  g_assert_no_error (error);
  return id;
}

static gint64
add_contract (RungsDb            *db,
              gint64              partner,
              const RungsSealKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) content = g_bytes_new_static (CONTRACT, sizeof CONTRACT);
  gint64 id = rungs_partner_document_add (db, partner, "/home/me/contract.pdf", content, key, 7,
                                          &error);

  g_assert_no_error (error);
  g_assert_cmpint (id, >, 0);
  return id;
}

static void
assert_says (RungsDb            *db,
             gint64              id,
             const RungsSealKey *key)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) read = rungs_partner_document_read (db, id, key, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (read, NULL), g_bytes_get_size (read), CONTRACT,
                   sizeof CONTRACT);
}

static void
test_kept (RungsFixture *fixture,
           RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (ONE);
  gint64 anna = add_partner (db, "Anna");
  gint64 id = add_contract (db, anna, key);
  g_autoptr (GPtrArray) list = rungs_partner_document_list (db, anna, &error);
  const RungsPartnerDocument *document = list->pdata[0];
  gboolean there;

  g_assert_cmpuint (list->len, ==, 1);
  g_assert_cmpstr (document->name, ==, "contract.pdf");
  g_assert_cmpint (document->size, ==, sizeof CONTRACT);
  g_assert_cmpint (document->added_at, ==, 7);
  assert_says (db, id, key);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT instr (sealed, CAST ('DE123' AS BLOB))"
                                                  "  FROM partner_document"),
                   ==, 0);
  g_assert_true (rungs_payees_are_there (db, &there, &error));
  g_assert_true (there);
}

/* It opens with its key, for its partner, as itself; and one key is for all that is in the file. */
static void
test_sealed (RungsFixture *fixture,
             RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (ONE);
  g_autoptr (RungsSealKey) other = rungs_seal_key_new (OTHER);
  g_autoptr (GBytes) content = g_bytes_new_static ("", 0);
  g_autoptr (RungsPayee) payee = rungs_payee_new ();
  gint64 anna = add_partner (db, "Anna");
  gint64 bert = add_partner (db, "Bert");
  gint64 id = add_contract (db, anna, key);

  g_assert_null (rungs_partner_document_read (db, id, other, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_cmpint (rungs_partner_document_add (db, bert, "b", content, other, 7, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_clear_error (&error);
  payee->way = RUNGS_PAY_PAYPAL;
  rungs_payee_set (payee, RUNGS_PAYEE_PAYPAL, "bert@example.com");
  g_assert_false (rungs_payee_save (db, bert, payee, other, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_clear_error (&error);
  rungs_fixture_run (fixture, "UPDATE partner_document SET partner = 2");
  g_assert_null (rungs_partner_document_read (db, id, key, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
}

static void
test_sizes (RungsFixture *fixture,
            RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (ONE);
  gint64 anna = add_partner (db, "Anna");
  gsize most = RUNGS_PARTNER_DOCUMENT_MOST;
  g_autoptr (GBytes) whole = g_bytes_new_take (g_malloc0 (most + 1), most + 1);
  g_autoptr (GBytes) fits = g_bytes_new_from_bytes (whole, 0, most);
  g_autoptr (GBytes) empty = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) read = NULL;
  gint64 id;

  g_assert_cmpint (rungs_partner_document_add (db, anna, "a", whole, key, 7, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_partner_document_add (db, anna, "folder/", empty, key, 7, &error), ==, 0);
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_cmpint (rungs_partner_document_add (db, anna, "a", fits, key, 7, &error), >, 0);
  id = rungs_partner_document_add (db, anna, "nothing", empty, key, 8, &error);
  g_assert_no_error (error);
  read = rungs_partner_document_read (db, id, key, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (read), ==, 0);
}

/* What was taken out is there again as it was; what is there is not put back. */
static void
test_taken_out (RungsFixture *fixture,
                RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsSealKey) key = rungs_seal_key_new (ONE);
  gint64 id = add_contract (db, add_partner (db, "Anna"), key);
  g_autoptr (RungsPartnerDocumentOut) out = rungs_partner_document_take_out (db, id, &error);

  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (fixture, "SELECT count (*) FROM partner_document"), ==, 0);
  g_assert_null (rungs_partner_document_take_out (db, id, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (rungs_partner_document_put_back (db, out, &error));
  assert_says (db, id, key);
  g_assert_false (rungs_partner_document_put_back (db, out, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/partners/document/kept", test_kept);
  rungs_fixture_add_test ("/partners/document/sealed", test_sealed);
  rungs_fixture_add_test ("/partners/document/sizes", test_sizes);
  rungs_fixture_add_test ("/partners/document/taken-out", test_taken_out);
  return g_test_run ();
}
