/* test-ladder-keep.c: what is kept of what leads did on the ladder is what the tables have,
 * whatever happens to them; and how a lead is written down. */

#include "base/rungs-error.h"
#include "engine/rungs-engine.h"
#include "insights/rungs-ladder-figures.h"
#include "insights/rungs-ladder-keep-store.h"
#include "rungs-fixture.h"

#define PICK(list) (list)[g_test_rand_int_range (0, G_N_ELEMENTS (list))]
#define LEADS 400
#define ID "%" G_GINT64_FORMAT

static const char *const PATHS[] = { "opt-in", "direct", "phone", "in person" };

/* ---- one lead */

static gint64
some_number (void)
{
  static const gint64 NUMBERS[]
    = { 0, 1, -1, 127, 128, -64, -65, 1774000000000, G_MAXINT64, G_MININT64, G_MAXINT64 - 1 };

  return g_test_rand_int_range (0, 2) ? PICK (NUMBERS) : g_test_rand_int ();
}

static gint64
some_id (void)
{
  return g_test_rand_int_range (0, 2) ? g_test_rand_int_range (1, 200) : G_MAXINT64 / 8;
}

static void
add_line (RungsLadderDeeds *deeds)
{
  static const char *const CODES[] = { "EUR", "USD", "X" };
  RungsLadderLine line = {
    .at = some_number (),
    .order = some_number (),
    .product_id = some_id (),
    .amount = some_number (),
    .quantity = g_test_rand_int_range (0, 2) ? 1 : some_number (),
    .paid_until = g_test_rand_int_range (0, 2) ? G_MAXINT64 : some_number (),
    .first_refund = deeds->refunds->len,
    .n_refunds = (guint) g_test_rand_int_range (0, 3),
  };

  g_strlcpy (line.code, PICK (CODES), sizeof line.code);
  for (guint i = 0; i < line.n_refunds; i++)
    {
      RungsLadderRefund refund = { .at = some_number (), .amount = some_number () };

      g_array_append_val (deeds->refunds, refund);
    }
  g_array_append_val (deeds->lines, line);
}

static void
fill_deeds (RungsLadderDeeds *deeds)
{
  rungs_ladder_deeds_begin (deeds, 64 + g_test_rand_int_range (0, RUNGS_LADDER_BLOCK));
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      RungsLadderTouch touch = {
        .at = some_number (),
        .source_id = some_id (),
        .path = (RungsPath) g_test_rand_int_range (0, 4),
      };

      g_array_append_val (deeds->touches, touch);
    }
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    add_line (deeds);
  for (int i = g_test_rand_int_range (0, 4); i > 0; i--)
    {
      RungsLadderEnrolment enrolment = {
        .at = some_number (),
        .sequence_id = some_id (),
        .outcome = (RungsLadderOutcome) g_test_rand_int_range (0, 4),
      };

      enrolment.ended_at = enrolment.outcome != RUNGS_LADDER_WALKS ? some_number () : 0;
      g_array_append_val (deeds->enrolments, enrolment);
    }
}

static void
assert_same_lines (const RungsLadderDeeds *a,
                   const RungsLadderDeeds *b)
{
  g_assert_cmpuint (a->lines->len, ==, b->lines->len);
  for (guint i = 0; i < a->lines->len; i++)
    {
      const RungsLadderLine *one = rungs_ladder_deeds_get_line (a, i);
      const RungsLadderLine *other = rungs_ladder_deeds_get_line (b, i);

      g_assert_cmpint (one->at, ==, other->at);
      g_assert_cmpint (one->order, ==, other->order);
      g_assert_cmpint (one->product_id, ==, other->product_id);
      g_assert_cmpint (one->amount, ==, other->amount);
      g_assert_cmpint (one->quantity, ==, other->quantity);
      g_assert_cmpint (one->paid_until, ==, other->paid_until);
      g_assert_cmpstr (one->code, ==, other->code);
      g_assert_cmpuint (one->n_refunds, ==, other->n_refunds);
      for (guint k = 0; k < one->n_refunds; k++)
        {
          const RungsLadderRefund *refund = rungs_ladder_deeds_get_refund (a, one, k);

          g_assert_cmpint (refund->at, ==, rungs_ladder_deeds_get_refund (b, other, k)->at);
          g_assert_cmpint (refund->amount, ==,
                           rungs_ladder_deeds_get_refund (b, other, k)->amount);
        }
    }
}

static void
assert_same (const RungsLadderDeeds *a,
             const RungsLadderDeeds *b)
{
  g_assert_cmpint (a->lead, ==, b->lead);
  g_assert_cmpuint (a->touches->len, ==, b->touches->len);
  g_assert_cmpuint (a->enrolments->len, ==, b->enrolments->len);
  for (guint i = 0; i < a->touches->len; i++)
    {
      const RungsLadderTouch *one = rungs_ladder_deeds_get_touch (a, i);
      const RungsLadderTouch *other = rungs_ladder_deeds_get_touch (b, i);

      g_assert_cmpint (one->at, ==, other->at);
      g_assert_cmpint (one->source_id, ==, other->source_id);
      g_assert_cmpint (one->path, ==, other->path);
    }
  for (guint i = 0; i < a->enrolments->len; i++)
    {
      const RungsLadderEnrolment *one = rungs_ladder_deeds_get_enrolment (a, i);
      const RungsLadderEnrolment *other = rungs_ladder_deeds_get_enrolment (b, i);

      g_assert_cmpint (one->at, ==, other->at);
      g_assert_cmpint (one->ended_at, ==, other->ended_at);
      g_assert_cmpint (one->sequence_id, ==, other->sequence_id);
      g_assert_cmpint (one->outcome, ==, other->outcome);
    }
  assert_same_lines (a, b);
}

/* What was written is read; what is cut short is not. */
static void
test_written_down (void)
{
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();
  g_autoptr (RungsLadderDeeds) read = rungs_ladder_deeds_new ();

  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      const guint8 *next;

      fill_deeds (deeds);
      rungs_ladder_deeds_write (deeds, 64, bytes);
      for (guint n = 0; n < bytes->len; n++)
        {
          next = bytes->data;
          g_assert_false (rungs_ladder_deeds_read (read, 64, &next, bytes->data + n));
        }
      next = bytes->data;
      g_assert_true (rungs_ladder_deeds_read (read, 64, &next, bytes->data + bytes->len));
      g_assert_true (next == bytes->data + bytes->len);
      assert_same (deeds, read);
    }
}

/* Bytes of any kind are read to somewhere within them, or not. */
static void
test_damaged (void)
{
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();

  for (int i = 0; i < 20000; i++)
    {
      int n = g_test_rand_int_range (0, 60);
      g_autofree guint8 *bytes = g_malloc ((gsize) n + 1);
      const guint8 *next = bytes;

      for (int k = 0; k < n; k++)
        bytes[k] = (guint8) (g_test_rand_int_range (0, 2) ? g_test_rand_int () & 0xff
                                                          : g_test_rand_int_range (0, 4));
      if (rungs_ladder_deeds_read (deeds, 0, &next, bytes + n))
        g_assert_true (next > bytes && next <= bytes + n);
    }
}

/* ---- a file */

G_GNUC_PRINTF (2, 3)
static void
run (RungsFixture *f,
     const char   *format,
     ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  rungs_fixture_run (f, sql);
}

static gint64
some_row (RungsFixture *f,
          const char   *table)
{
  g_autofree char *sql
    = g_strdup_printf ("SELECT id FROM %s ORDER BY (id * %d) %% 1009 LIMIT 1", table,
                       g_test_rand_int_range (1, 1009));

  return rungs_fixture_number (f, sql);
}

static gint64
some_lead (void)
{
  return g_test_rand_int_range (1, LEADS + 1);
}

static gint64
some_time (RungsFixture *f)
{
  return rungs_fixture_now (f) - g_test_rand_int_range (0, 100) * G_GINT64_CONSTANT (40000000);
}

static void
touch_somebody (RungsFixture *f)
{
  run (f, "INSERT INTO touch (lead, source, path, at) VALUES (" ID ", %d, '%s', " ID ")",
       some_lead (), g_test_rand_int_range (1, 3), PICK (PATHS), some_time (f));
}

static void
sell_to_somebody (RungsFixture *f)
{
  run (f, "INSERT INTO sales_order (lead, at, currency, created_at)"
          " VALUES (" ID ", " ID ", '%s', 0)",
       some_lead (), some_time (f), g_test_rand_int_range (0, 3) ? "EUR" : "USD");
  for (int i = g_test_rand_int_range (0, 3); i > 0; i--)
    run (f, "INSERT INTO order_line (sales_order, product, quantity, amount)"
            " SELECT max (id), %d, %d, 900 FROM sales_order",
         g_test_rand_int_range (1, 3), g_test_rand_int_range (1, 3));
}

static void
refund_something (RungsFixture *f)
{
  gint64 line = some_row (f, "order_line");

  run (f, "INSERT INTO refund (sales_order, at, created_at)"
          " SELECT sales_order, " ID ", 0 FROM order_line WHERE id = " ID,
       some_time (f), line);
  run (f, "INSERT INTO refund_line (refund, order_line, amount)"
          " SELECT r.id, l.id, 100 FROM refund r JOIN order_line l ON l.sales_order = r.sales_order"
          "  WHERE l.id = " ID " ORDER BY r.id DESC LIMIT 1",
       line);
}

static void
enrol_somebody (RungsFixture *f)
{
  run (f, "INSERT OR IGNORE INTO enrolment (lead, sequence, version, step, due_at, entered_at,"
          "                                 arrived_at)"
          " VALUES (" ID ", 1, 1, 'a', 1, " ID ", 0)",
       some_lead (), some_time (f));
}

/* Something of a row becomes otherwise, and with that what leads did. */
static void
change_a_row (RungsFixture *f)
{
  switch (g_test_rand_int_range (0, 11))
    {
    case 0:
      run (f, "UPDATE touch SET lead = " ID " WHERE id = " ID, some_lead (), some_row (f, "touch"));
      return;
    case 1:
      run (f, "UPDATE touch SET at = at + 1, path = '%s', source = 2 WHERE id = " ID, PICK (PATHS),
           some_row (f, "touch"));
      return;
    case 2:
      run (f, "UPDATE sales_order SET lead = " ID " WHERE id = " ID, some_lead (),
           some_row (f, "sales_order"));
      return;
    case 3:
      run (f, "UPDATE sales_order SET at = at - 5 WHERE id = " ID, some_row (f, "sales_order"));
      return;
    case 4:
      run (f, "UPDATE sales_order SET currency = 'CHF' WHERE id = " ID,
           some_row (f, "sales_order"));
      return;
    case 5:
      run (f, "UPDATE order_line SET amount = amount + 1, paid_until = 77 WHERE id = " ID,
           some_row (f, "order_line"));
      return;
    case 6:
      run (f, "UPDATE order_line SET sales_order = " ID " WHERE id = " ID,
           some_row (f, "sales_order"), some_row (f, "order_line"));
      return;
    case 7:
      run (f, "UPDATE refund SET at = at + 7 WHERE id = " ID, some_row (f, "refund"));
      return;
    case 8:
      run (f, "UPDATE refund_line SET amount = amount - 1 WHERE refund = " ID,
           some_row (f, "refund"));
      return;
    case 9:
      run (f, "UPDATE OR IGNORE refund_line SET order_line = " ID " WHERE refund = " ID,
           some_row (f, "order_line"), some_row (f, "refund"));
      return;
    default:
      run (f, "UPDATE enrolment SET outcome = 'bought', ended_at = entered_at + 9, due_at = NULL"
              " WHERE id = " ID,
           some_row (f, "enrolment"));
    }
}

/* With all that hangs on it. */
static void
delete_a_row (RungsFixture *f)
{
  static const char *const TABLES[]
    = { "touch", "sales_order", "order_line", "refund", "refund", "enrolment" };
  const char *table = PICK (TABLES);

  run (f, "DELETE FROM %s WHERE id = " ID, table, some_row (f, table));
}

/* Another one comes in the place of the lead. */
static void
delete_a_lead (RungsFixture *f)
{
  gint64 lead = some_lead ();

  run (f, "DELETE FROM sales_order WHERE lead = " ID, lead);
  run (f, "DELETE FROM lead WHERE id = " ID, lead);
  run (f, "INSERT INTO lead (id, created_at, updated_at) VALUES (" ID ", 0, 0)", lead);
}

static void
do_something (RungsFixture *f)
{
  static void (*const DOINGS[]) (RungsFixture *f) = {
    touch_somebody,   sell_to_somebody, refund_something, refund_something, enrol_somebody,
    change_a_row,     change_a_row,     change_a_row,     delete_a_row,     delete_a_row,
    delete_a_lead,
  };

  PICK (DOINGS) (f);
}

static void
add_leads (RungsFixture *f)
{
  run (f, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
          " INSERT INTO lead (id, created_at, updated_at) SELECT i, 0, 0 FROM n",
       LEADS);
  run (f, "INSERT INTO lead_search (lead_search) VALUES ('rebuild')");
  run (f, "INSERT INTO source (id, kind, name, created_at) VALUES (1, 'ppc', 'Spring', 0),"
          " (2, 'jv', 'Sue', 0)");
  run (f, "INSERT INTO product (id, sku, name, price, currency, created_at)"
          " VALUES (1, 'GUIDE', 'Guide', 0, 'EUR', 0), (2, 'KIT', 'Kit', 2900, 'EUR', 0)");
  run (f, "INSERT INTO product_holds (whole, part) VALUES (1, 1), (2, 2)");
  run (f, "INSERT INTO sequence (id, name, state, created_at) VALUES (1, 'Hello', 'live', 0)");
  run (f, "INSERT INTO sequence_version (id, sequence, number, graph, created_at)"
          " VALUES (1, 1, 1, '{}', 0)");
  for (int i = 0; i < 400; i++)
    do_something (f);
}

static void
keep_all (RungsDb *db)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;

  do
    {
      rungs_ladder_keep_more (db, &n, &error);
      g_assert_no_error (error);
    }
  while (n > 0);
}

static void
assert_right (RungsDb *db)
{
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  rungs_ladder_keep_check (db, faults, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (faults->len, ==, 0);
}

/* What is counted of the leads, in one line. */
static char *
count (RungsFixture *f)
{
  RungsLadderQuestion question = { .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLadderFigures) figures = rungs_ladder_figures_load (f->db, &question, &error);
  g_autoptr (GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (gint64 i = 1; i <= 2; i++)
    {
      const RungsLadderSourceFigures *source = rungs_ladder_figures_get_source (figures, i);
      const RungsLadderProductFigures *product = rungs_ladder_figures_get_product (figures, i);
      g_autoptr (RungsLadderFlow) flow
        = rungs_ladder_figures_flow (figures, rungs_ladder_place (RUNGS_LADDER_SOURCE, i),
                                     rungs_ladder_place (RUNGS_LADDER_PRODUCT, i));

      g_string_append_printf (text, ID " " ID " " ID " " ID " " ID " " ID ";", source->leads,
                              source->front_buyers, product->owners, product->sold, flow->all.hits,
                              product->refunds.hits);
      for (guint k = 0; k < product->revenue->len; k++)
        g_string_append_printf (text, " " ID,
                                g_array_index (product->revenue, RungsMoney, k).minor);
    }
  g_string_append_printf (text, "; " ID " " ID,
                          rungs_ladder_figures_get_sequence (figures, 1)->entered,
                          rungs_ladder_figures_get_sequence (figures, 1)->bought);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The same from what is kept, from some of it and the tables, and from the tables. */
static void
assert_same_figures (RungsFixture *f)
{
  g_autofree char *kept = count (f);
  g_autofree char *mixed = NULL;
  g_autofree char *anew = NULL;

  run (f, "DELETE FROM lead_deeds WHERE block IN (%d, %d, %d)", g_test_rand_int_range (0, 13),
       g_test_rand_int_range (0, 13), g_test_rand_int_range (0, 2) ? 12 : 0);
  mixed = count (f);
  run (f, "DELETE FROM lead_deeds");
  anew = count (f);
  g_assert_cmpstr (kept, ==, anew);
  g_assert_cmpstr (mixed, ==, anew);
}

static void
test_random (RungsFixture *f,
             RungsDb      *db)
{
  add_leads (f);
  for (int i = 0; i < 150; i++)
    {
      keep_all (db);
      for (int k = g_test_rand_int_range (1, 5); k > 0; k--)
        do_something (f);
      assert_right (db);
      if (i % 10 == 0)
        assert_same_figures (f);
    }
}

/* What else changes throws nothing away. */
static void
test_beside (RungsFixture *f,
             RungsDb      *db)
{
  gint64 blocks, kept;
  g_autoptr (GError) error = NULL;

  add_leads (f);
  keep_all (db);
  run (f, "UPDATE enrolment SET step = 'b', due_at = 5, visit = visit + 1, arrived_at = 3");
  run (f, "UPDATE order_line SET lapsed_at = 9");
  run (f, "UPDATE lead SET score = 4, updated_at = 7");
  run (f, "UPDATE touch SET detail = 'page'");
  rungs_ladder_keep_count (db, &blocks, &kept, &error);
  g_assert_no_error (error);
  g_assert_cmpint (blocks, ==, rungs_fixture_number (f, "SELECT max (id) FROM lead") / 32 + 1);
  g_assert_cmpint (kept, ==, blocks);
}

/* What is wrong is said, and made anew. */
static void
test_check (RungsFixture *f,
            RungsDb      *db)
{
  RungsLadderQuestion question = { .until = G_MAXINT64, .now = rungs_fixture_now (f) };
  g_autoptr (GPtrArray) faults = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;

  add_leads (f);
  keep_all (db);
  run (f, "UPDATE lead_deeds SET deeds = x'01020304' WHERE block = 2");
  g_assert_null (rungs_ladder_figures_load (db, &question, &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (rungs_ladder_keep_check (db, faults, &error));
  g_assert_cmpuint (faults->len, ==, 1);
  rungs_ladder_keep_forget (db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (rungs_fixture_number (f, "SELECT count (*) FROM lead_deeds"), ==, 0);
  assert_right (db);
}

static void
add_early_lead (RungsFixture *f,
                RungsDb      *db)
{
  run (f, "INSERT INTO lead (id, created_at, updated_at) VALUES (100, 0, 0)");
  run (f, "INSERT INTO account (uuid, name, kind, from_email, is_default, created_at)"
          " VALUES ('1', 'Practice', 'practice', 'shop@example.com', 1, 0)");
}

static void
add_late_lead (RungsFixture *f,
               RungsDb      *db)
{
  run (f, "INSERT INTO lead (id, created_at, updated_at) VALUES (20000, 0, 0)");
}

static gint64
count_kept_by_engine (RungsFixture *f)
{
  g_autoptr (RungsEngine) engine = rungs_engine_new (f->path, f->clock, "rungsctl");
  g_auto (RungsEngineReport) report = { 0 };
  g_autoptr (GError) error = NULL;

  rungs_engine_run (engine, 0, NULL, &report, &error);
  g_assert_no_error (error);
  return rungs_fixture_number (f, "SELECT count (*) FROM lead_deeds");
}

/* A small business keeps nothing; of what a large one has the engine keeps all but a few. */
static void
test_engine (void)
{
  g_autoptr (RungsFixture) f = rungs_fixture_new ();

  rungs_fixture_write (f, add_early_lead);
  g_assert_cmpint (count_kept_by_engine (f), ==, 0);
  rungs_fixture_write (f, add_late_lead);
  g_assert_cmpint (count_kept_by_engine (f), >=, 500);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/insights/ladder-keep/written-down", test_written_down);
  g_test_add_func ("/insights/ladder-keep/damaged", test_damaged);
  rungs_fixture_add_test ("/insights/ladder-keep/random", test_random);
  rungs_fixture_add_test ("/insights/ladder-keep/beside", test_beside);
  rungs_fixture_add_test ("/insights/ladder-keep/check", test_check);
  g_test_add_func ("/insights/ladder-keep/engine", test_engine);
  return g_test_run ();
}
