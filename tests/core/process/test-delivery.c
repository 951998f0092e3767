/* test-delivery.c: what is ordered is delivered, once, part by part, and withdrawn by a refund. */

#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "mail/rungs-message-store.h"
#include "process/rungs-delivery-follow.h"
#include "process/rungs-process-follow.h"
#include "process/rungs-task-store.h"
#include "rungs-fixture.h"

static void
follow (RungsFixture *f,
        RungsDb      *db)
{
  g_autoptr (GError) error = NULL;
  gint64 now = rungs_fixture_now (f);

  for (int i = 0; i < 2; i++)
    {
      g_assert_true (rungs_deliveries_follow (db, now, &error));
      g_assert_true (rungs_process_follow (db, now, &error));
    }
  g_assert_no_error (error);
}

static gint64
add_product (RungsFixture      *f,
             RungsDb           *db,
             const char        *sku,
             RungsDeliveryKind  kind,
             const char        *by,
             const char        *link)
{
  g_autoptr (RungsProduct) product
    = rungs_product_load (db, rungs_fixture_add_product (f, sku, 1000), NULL);

  product->delivery_kind = kind;
  g_free (product->delivery_by);
  product->delivery_by = g_strdup (by);
  g_free (product->delivery_link);
  product->delivery_link = g_strdup (link);
  g_assert_true (rungs_product_save (db, product, NULL));
  return product->id;
}

/* The open tasks, after each other. */
static void
assert_tasks (RungsFixture *f,
              RungsDb      *db,
              const char   *expected)
{
  g_autoptr (GPtrArray) due
    = rungs_task_list_due (db, rungs_fixture_now (f) + 9 * RUNGS_DAY, 50, NULL);
  g_autoptr (GString) titles = g_string_new (NULL);

  for (guint i = 0; i < due->len; i++)
    g_string_append_printf (titles, "%s%s", i > 0 ? ", " : "",
                            ((RungsTask *) due->pdata[i])->title);
  g_assert_cmpstr (titles->str, ==, expected);
}

static gint64
planned (RungsFixture *f)
{
  return rungs_fixture_number (f, "SELECT count (*) FROM outbox WHERE state = 'planned'");
}

static void
test_person (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  gint64 talk = add_product (f, db, "talk", RUNGS_DELIVERY_APPOINTMENT, "", "");
  gint64 gift = add_product (f, db, "gift", RUNGS_DELIVERY_NONE, "", "");

  rungs_fixture_add_order (f, ann, kit);
  rungs_fixture_add_order (f, ann, talk);
  rungs_fixture_add_order (f, ann, gift);
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product kit, Agree a day for Product talk");
  g_assert_cmpint (planned (f), ==, 0);
}

/* The message is made once, says the address, and says the new one when that changes. */
static void
test_link (RungsFixture *f,
           RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, NULL, "Bob");
  gint64 book = add_product (f, db, "book", RUNGS_DELIVERY_LINK, "", "https://a.example/1");
  g_autoptr (RungsMessage) message = NULL;

  rungs_fixture_add_order (f, ann, book);
  rungs_fixture_add_order (f, bob, book);
  follow (f, db);
  g_assert_cmpint (planned (f), ==, 1);
  assert_tasks (f, db, "Deliver Product book: there is no e-mail address");
  message = rungs_message_load (db, rungs_fixture_number (f, "SELECT message FROM outbox"), NULL);
  g_assert_false (message->marketing);
  g_assert_nonnull (strstr (message->blocks, "https://a.example/1"));
  g_assert_cmpint (rungs_fixture_number (f, "SELECT sells IS NULL FROM outbox"), ==, 1);

  rungs_fixture_run (f, "UPDATE product SET delivery_link = 'https://a.example/2'");
  rungs_fixture_add_order (f, ann, book);
  follow (f, db);
  g_assert_cmpint (planned (f), ==, 2);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM message"), ==, 1);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM message_version"), ==, 2);
}

static void
test_bundle (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 parts[] = { add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", ""),
                     add_product (f, db, "book", RUNGS_DELIVERY_LINK, "", "https://a.example/1") };
  gint64 all = add_product (f, db, "all", RUNGS_DELIVERY_APPOINTMENT, "Jo", "");

  g_assert_true (rungs_product_set_parts (db, all, parts, G_N_ELEMENTS (parts), NULL));
  rungs_fixture_add_order (f, ann, all);
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product kit, Jo: Agree a day for Product all");
  g_assert_cmpint (planned (f), ==, 1);
}

static void
test_refund (RungsFixture *f,
             RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  gint64 book = add_product (f, db, "book", RUNGS_DELIVERY_LINK, "", "https://a.example/1");
  gint64 now = rungs_fixture_now (f);
  gint64 first = rungs_fixture_add_order (f, ann, kit);
  gint64 second = rungs_fixture_add_order (f, ann, book);
  gint64 third = rungs_fixture_add_order (f, ann, kit);

  follow (f, db);
  g_assert_cmpint (rungs_refund_add (db, first, 0, 400, "", now, now, NULL), !=, 0);
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product kit, Mia: Send Product kit");
  g_assert_cmpint (rungs_refund_add (db, first, 0, 600, "", now, now, NULL), !=, 0);
  g_assert_cmpint (rungs_refund_add (db, second, 0, 1000, "", now, now, NULL), !=, 0);
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product kit");
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM outbox WHERE state = 'withheld'"
                                            "  AND reason = 'refunded'"), ==, 1);

  /* what was delivered stays delivered */
  rungs_task_set_done (db, rungs_fixture_number (f, "SELECT max (id) FROM task"), now, NULL);
  g_assert_cmpint (rungs_refund_add (db, third, 0, 1000, "", now, now, NULL), !=, 0);
  follow (f, db);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM task"), ==, 1);
}

/* An order that is entered long after, or comes from a file, was delivered otherwise. */
static void
test_old (RungsFixture *f,
          RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  g_autoptr (RungsOrder) order = rungs_order_new (ann, rungs_fixture_now (f) - 4 * RUNGS_DAY);

  rungs_order_add_line (order, kit, 1, RUNGS_AMOUNT_DEFAULT);
  g_assert_cmpint (rungs_order_add (db, order, rungs_fixture_now (f), NULL), !=, 0);
  follow (f, db);
  assert_tasks (f, db, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  rungs_fixture_add_test ("/delivery/person", test_person);
  rungs_fixture_add_test ("/delivery/link", test_link);
  rungs_fixture_add_test ("/delivery/bundle", test_bundle);
  rungs_fixture_add_test ("/delivery/refund", test_refund);
  rungs_fixture_add_test ("/delivery/old", test_old);
  return g_test_run ();
}
