/* test-delivery.c: what is ordered is delivered, once, part by part, and withdrawn by a refund. */

#include <string.h>

#include "ladder/rungs-order-store.h"
#include "ladder/rungs-product-store.h"
#include "leads/rungs-merge-store.h"
#include "mail/rungs-message-body.h"
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

static gint64
add_named (RungsFixture *f,
           RungsDb      *db,
           const char   *sku,
           const char   *name,
           const char   *link)
{
  gint64 id = add_product (f, db, sku, RUNGS_DELIVERY_LINK, "", link);
  g_autoptr (RungsProduct) product = rungs_product_load (db, id, NULL);

  g_free (product->name);
  product->name = g_strdup (name);
  g_assert_true (rungs_product_save (db, product, NULL));
  return id;
}

/* What the newest planned message says, as its lead reads it. */
static char *
read_newest (RungsFixture *f,
             RungsDb      *db)
{
  gint64 id = rungs_fixture_number (f, "SELECT message FROM outbox ORDER BY id DESC LIMIT 1");
  g_autoptr (RungsMessage) message = rungs_message_load (db, id, NULL);
  g_autoptr (RungsMessageTemplate) template
    = rungs_message_template_new (message->subject, message->preview, message->blocks, NULL);
  g_auto (RungsMessageContent) content = { 0 };
  const RungsMessageFrame frame = { "Test", "", NULL, NULL };
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  g_assert_true (rungs_message_template_render (template, &frame, RUNGS_LIQUID_NIL_VALUE, 0, utc,
                                                &content, NULL));
  return g_strconcat (content.subject, "\n", content.text, NULL);
}

/* Whatever a product is called, orders of it are written down, and its name is read as it is. */
static void
test_names (RungsFixture *f,
            RungsDb      *db)
{
  static const char *const NAMES[]
    = { "50 {{ off", "{% if", "A {% raw %} b", "Kit [2](x) *new* <b> & \\", "# 1", "1. Kit" };
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");

  for (guint i = 0; i < G_N_ELEMENTS (NAMES); i++)
    {
      g_autofree char *sku = g_strdup_printf ("p%u", i);
      g_autofree char *begin = g_strconcat (NAMES[i], "\n", NULL);
      g_autofree char *text = NULL;

      rungs_fixture_add_order (
        f, ann, add_named (f, db, sku, NAMES[i], "https://a.example/x_(1).pdf"));
      follow (f, db);
      g_assert_cmpint (planned (f), ==, i + 1);
      text = read_newest (f, db);
      g_assert_true (g_str_has_prefix (text, begin));
      g_assert_nonnull (strstr (text + strlen (begin), NAMES[i]));
      g_assert_nonnull (strstr (text, "https://a.example/x_(1).pdf"));
    }
  rungs_fixture_add_order (f, ann, add_named (f, db, "blank", " ", "https://a.example/1"));
  follow (f, db);
  assert_tasks (f, db, "Deliver  : its message cannot be written");
}

/* Two downloads of one name are told apart, and an address is not taken for a longer one. */
static void
test_alike (RungsFixture *f,
            RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 first = add_named (f, db, "a", "Guide", "https://a.example/guide-2.pdf");
  gint64 second = add_named (f, db, "b", "Guide", "https://a.example/other.pdf");
  g_autofree char *one = NULL, *other = NULL, *later = NULL;

  rungs_fixture_add_order (f, ann, first);
  follow (f, db);
  rungs_fixture_add_order (f, ann, second);
  follow (f, db);
  other = read_newest (f, db);
  g_assert_nonnull (strstr (other, "https://a.example/other.pdf"));
  rungs_fixture_run (f, "DELETE FROM outbox WHERE id = (SELECT max (id) FROM outbox)");
  one = read_newest (f, db);
  g_assert_nonnull (strstr (one, "https://a.example/guide-2.pdf"));

  rungs_fixture_run (f, "UPDATE product SET delivery_link = 'https://a.example/guide'"
                        " WHERE sku = 'a'");
  rungs_fixture_add_order (f, ann, first);
  follow (f, db);
  later = read_newest (f, db);
  g_assert_null (strstr (later, "guide-2.pdf"));
}

/* Free lines are given back one by one; what was not given back is delivered. */
static void
test_free (RungsFixture *f,
           RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 kit = add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  gint64 mug = add_product (f, db, "mug", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  gint64 now = rungs_fixture_now (f);
  g_autoptr (RungsOrder) order = rungs_order_new (ann, now);
  g_autoptr (RungsOrder) stored = NULL;
  RungsOrderLine *first, *second;
  gint64 id;

  rungs_order_add_line (order, kit, 1, 0);
  rungs_order_add_line (order, mug, 1, 0);
  id = rungs_order_add (db, order, now, NULL);
  stored = rungs_order_load (db, id, NULL);
  first = stored->lines->pdata[0];
  second = stored->lines->pdata[1];
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product kit, Mia: Send Product mug");

  g_assert_cmpint (rungs_refund_add (db, id, first->id, RUNGS_AMOUNT_DEFAULT, "", now, now, NULL),
                   !=, 0);
  follow (f, db);
  assert_tasks (f, db, "Mia: Send Product mug");
  g_assert_cmpint (rungs_refund_add (db, id, second->id, RUNGS_AMOUNT_DEFAULT, "", now, now, NULL),
                   !=, 0);
  follow (f, db);
  assert_tasks (f, db, "");
}

/* A refund that was a mistake leaves nothing undelivered. */
static void
test_unrefund (RungsFixture *f,
               RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 parts[] = { add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", ""),
                     add_product (f, db, "book", RUNGS_DELIVERY_LINK, "", "https://a.example/1") };
  gint64 all = add_product (f, db, "all", RUNGS_DELIVERY_APPOINTMENT, "Jo", "");
  gint64 now = rungs_fixture_now (f);
  gint64 order, refund;

  g_assert_true (rungs_product_set_parts (db, all, parts, G_N_ELEMENTS (parts), NULL));
  order = rungs_fixture_add_order (f, ann, all);
  follow (f, db);
  rungs_task_set_done (db, rungs_fixture_number (f, "SELECT min (id) FROM task"), now, NULL);
  for (int i = 0; i < 2; i++)
    {
      refund = rungs_refund_add (db, order, 0, RUNGS_AMOUNT_DEFAULT, "", now, now, NULL);
      g_assert_cmpint (refund, !=, 0);
      follow (f, db);
      assert_tasks (f, db, "");
      g_assert_cmpint (planned (f), ==, 0);
      g_assert_true (rungs_refund_undo (db, refund, now, NULL));
      follow (f, db);
      assert_tasks (f, db, "Jo: Agree a day for Product all");
      g_assert_cmpint (planned (f), ==, 1);
      g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM outbox"), ==, 1);
    }
}

static gint64
merge (RungsFixture *f,
       RungsDb      *db,
       gint64        keep,
       gint64        other)
{
  gint64 leads[] = { keep, other };
  g_autoptr (GArray) both = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (RungsMergePlan) plan = NULL;
  RungsMergeResult result;

  g_array_append_vals (both, leads, 2);
  plan = rungs_merge_plan_load (db, both, NULL);
  g_assert_true (rungs_leads_merge (db, plan, rungs_fixture_now (f), &result, NULL));
  return result.merge;
}

/* What is delivered between a merge and its undo is of the order's lead, whatever number a task of
 * another has. */
static void
test_unmerged (RungsFixture *f,
               RungsDb      *db)
{
  gint64 ann = rungs_fixture_add_lead (f, "ann@example.com", "Ann");
  gint64 bob = rungs_fixture_add_lead (f, "bob@example.com", "Bob");
  gint64 kit = add_product (f, db, "kit", RUNGS_DELIVERY_SHIPPING, "Mia", "");
  gint64 now = rungs_fixture_now (f);
  gint64 task = rungs_task_add (db, bob, "Call", now, now, NULL);
  gint64 number = merge (f, db, ann, bob);
  gint64 order = rungs_fixture_add_order (f, ann, kit);

  g_assert_cmpint (rungs_fixture_number (f, "SELECT max (id) FROM order_line"), ==, task);
  follow (f, db);
  assert_tasks (f, db, "Call, Mia: Send Product kit");
  g_assert_true (rungs_merge_undo (db, number, now, NULL, NULL));
  g_assert_cmpint (rungs_refund_add (db, order, 0, RUNGS_AMOUNT_DEFAULT, "", now, now, NULL), !=,
                   0);
  follow (f, db);
  assert_tasks (f, db, "Call");
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
  rungs_fixture_add_test ("/delivery/names", test_names);
  rungs_fixture_add_test ("/delivery/alike", test_alike);
  rungs_fixture_add_test ("/delivery/free", test_free);
  rungs_fixture_add_test ("/delivery/unrefund", test_unrefund);
  rungs_fixture_add_test ("/delivery/unmerged", test_unmerged);
  return g_test_run ();
}
