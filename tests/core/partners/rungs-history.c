/* rungs-history.c: random histories.
 *
 * A history keeps its own account: terms as it made them up, touches, orders, and of each line what
 * the buyer has kept, which it reads from the file, as refunds are split there. */

#include "rungs-history.h"

#include <string.h>

#include "base/rungs-money.h"
#include "partners/rungs-payout-store.h"
#include "rungs-history-private.h"

static const char *const SALES[] = { NULL, "first", "later", "renewal" };

/* ---- making up */

static gint64
pick (History *self,
      gint64   first,
      gint64   last)
{
  return g_rand_int_range (self->random, (gint32) first, (gint32) last + 1);
}

static Rate
make_rate (History *self)
{
  Rate rate = { .product = pick (self, 0, 2) == 0 ? pick (self, 1, HISTORY_PRODUCTS) : 0,
                .partner = pick (self, 0, 5) == 0 ? pick (self, 1, HISTORY_PARTNERS) : 0,
                .sale = (guint) pick (self, SALE_ANY, SALE_RENEWAL),
                .months = pick (self, 0, 2) == 0 ? pick (self, 1, 4) : 0,
                .pay = (Pay) pick (self, PAY_SHARE, PAY_TIERS),
                .share = pick (self, 0, 7500),
                .fixed = pick (self, 0, 900),
                .currency = HISTORY_CURRENCIES[pick (self, 0, 2)],
                .by_month = pick (self, 0, 1) == 0,
                .of_orders = pick (self, 0, 1) == 0 };

  rate.higher = MIN (rate.share + 1000, 10000);
  rate.from = rate.of_orders ? pick (self, 1, 4) : pick (self, 1, 30000);
  return rate;
}

static void
write_rate (const Rate *rate,
            GString    *json)
{
  if (rate->product != 0)
    g_string_append_printf (json, "\"products\": [%" G_GINT64_FORMAT "], ", rate->product);
  if (rate->partner != 0)
    g_string_append_printf (json, "\"partners\": [%" G_GINT64_FORMAT "], ", rate->partner);
  if (rate->sale != SALE_ANY)
    g_string_append_printf (json, "\"sale\": \"%s\", ", SALES[rate->sale]);
  if (rate->months != 0)
    g_string_append_printf (json, "\"months\": %" G_GINT64_FORMAT ", ", rate->months);
  if (rate->pay == PAY_SHARE)
    g_string_append_printf (json, "\"rate\": %" G_GINT64_FORMAT, rate->share);
  else if (rate->pay == PAY_OWN)
    g_string_append (json, "\"own\": true");
  else if (rate->pay == PAY_FIXED)
    g_string_append_printf (json, "\"fixed\": %" G_GINT64_FORMAT ", \"currency\": \"%s\"",
                            rate->fixed, rate->currency);
  else
    g_string_append_printf (json,
                            "\"tiers\": [{\"from\": 0, \"rate\": %" G_GINT64_FORMAT "},"
                            " {\"from\": %" G_GINT64_FORMAT ", \"rate\": %" G_GINT64_FORMAT "}],"
                            " \"by\": \"%s\", \"of\": \"%s\"",
                            rate->share, rate->from, rate->higher,
                            rate->by_month ? "month" : "ever",
                            rate->of_orders ? "orders" : "amount");
}

static char *
write_version (const Version *version,
               gint64         hold_days,
               gboolean       by_hand)
{
  GString *json = g_string_new (NULL);

  g_string_append_printf (json,
                          "{\"tax\": %" G_GINT64_FORMAT ", \"hold_days\": %" G_GINT64_FORMAT
                          ", \"approve\": \"%s\", \"rates\": [",
                          version->tax, hold_days, by_hand ? "hand" : "rule");
  for (guint i = 0; i < version->n_rates; i++)
    {
      g_string_append (json, i > 0 ? ", {" : "{");
      write_rate (&version->rates[i], json);
      g_string_append_c (json, '}');
    }
  g_string_append (json, "]}");
  return g_string_free (json, FALSE);
}

static Order *
pick_order (History *self)
{
  guint n = self->orders->len;
  Order *order
      = n > 0 ? &g_array_index (self->orders, Order, (guint) pick (self, 0, (gint64) n - 1)) : NULL;

  return order != NULL && !order->is_gone ? order : NULL;
}

static Order *
find_order (History *self,
            gint64   id)
{
  for (guint i = 0; i < self->orders->len; i++)
    {
      Order *order = &g_array_index (self->orders, Order, i);

      if (order->id == id && !order->is_gone)
        return order;
    }
  g_assert_not_reached ();
}

static void
tell (History     *self,
      const Order *order,
      gboolean     is_placed)
{
  Event event = { (guint) (order - (const Order *) (gpointer) self->orders->data), is_placed };

  g_array_append_val (self->events, event);
}

/* What the buyer has of it, as the file has it. */
static void
look_at_lines (History *self,
               Order   *order)
{
  for (guint i = 0; i < order->n_lines; i++)
    {
      Line *line = &order->lines[i];
      g_autofree char *sum
          = g_strdup_printf ("SELECT coalesce (sum (amount), 0) FROM refund_line"
                             " WHERE order_line = %" G_GINT64_FORMAT, line->id);
      g_autofree char *any
          = g_strdup_printf ("SELECT count (*) FROM refund_line"
                             " WHERE order_line = %" G_GINT64_FORMAT, line->id);

      line->kept = line->sold.amount - rungs_fixture_number (self->fixture, sum);
      line->is_back = line->kept == 0 && rungs_fixture_number (self->fixture, any) > 0;
    }
}

static gint64
find_run (History    *self,
          const char *name)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT id FROM import_run WHERE file_name = '%s'", name);

  return rungs_fixture_number (self->fixture, sql);
}

/* What only the file can say. */
static void
read_fact (History    *self,
           const Fact *fact)
{
  if (fact->kind == FACT_GIVE_BACK || fact->kind == FACT_TAKE_AGAIN)
    look_at_lines (self, find_order (self, fact->subject));
  else if (fact->kind == FACT_IMPORT_ORDERS)
    history_read_orders (self, find_run (self, fact->name));
  else if (fact->kind == FACT_IMPORT_LEADS)
    history_read_touches (self, find_run (self, fact->name));
  else if (fact->kind == FACT_UNDO_IMPORT)
    history_forget_import (self, find_run (self, fact->name));
}

static gboolean
happen_cb (RungsDb *db,
           gpointer data,
           GError **error)
{
  fact_happen (data, db);
  return TRUE;
}

/* Lets a fact happen, and keeps it. Takes its terms and its text. */
static void
add_fact_that (History  *self,
               Fact      fact,
               gboolean  follows)
{
  g_autoptr (GError) error = NULL;

  fact.now = self->now;
  fact.follows = follows;
  fact_prepare (&fact, self->db);
  rungs_db_write (self->db, happen_cb, &fact, &error);
  g_assert_no_error (error);
  g_array_append_val (self->facts, fact);
  read_fact (self, &fact);
  if (follows)
    history_follow (self);
}

static void
add_fact (History *self,
          Fact     fact)
{
  add_fact_that (self, fact, pick (self, 0, 3) > 0);
}

static void
make_touch (History *self)
{
  Touch touch = { .lead = pick (self, 1, HISTORY_LEADS),
                  .partner = pick (self, 1, HISTORY_PARTNERS),
                  .at = self->now - (pick (self, 0, 4) == 0 ? pick (self, 0, 40) * DAY : 0) };

  g_array_append_val (self->touches, touch);
  add_fact (self, (Fact){ .kind = FACT_TOUCH, .subject = touch.lead, .partner = touch.partner,
                          .at = touch.at });
}

/* Which number the file gives an order, or a line. */
static gint64
next_number (History    *self,
             const char *what,
             const char *table)
{
  g_autofree char *sql
      = g_strdup_printf ("SELECT max (last, coalesce ((SELECT max (id) FROM %s), 0)) + 1"
                         "  FROM order_number WHERE what = '%s'", table, what);

  return rungs_fixture_number (self->fixture, sql);
}

/* None, one, or two. */
static void
choose_coupons (History *self,
                char    *codes,
                gsize    size)
{
  gint64 one = pick (self, 1, HISTORY_PARTNERS), other = pick (self, 1, HISTORY_PARTNERS);

  codes[0] = '\0';
  if (pick (self, 0, 3) > 0)
    return;
  if (other == one || pick (self, 0, 2) > 0)
    g_snprintf (codes, size, "CODE%" G_GINT64_FORMAT, one);
  else
    g_snprintf (codes, size, "CODE%" G_GINT64_FORMAT ", CODE%" G_GINT64_FORMAT, one, other);
}

/* Some are of weeks ago; some cost nothing. */
static void
make_order (History *self)
{
  gboolean is_late = pick (self, 0, 4) == 0;
  Order order = { .id = next_number (self, "order", "sales_order"),
                  .lead = pick (self, 1, HISTORY_LEADS),
                  .at = self->now - (is_late ? pick (self, 1, 90 * 24) * 60 * MINUTE : 0),
                  .currency = HISTORY_CURRENCIES[pick (self, 0, 2)],
                  .n_lines = (guint) pick (self, 1, HISTORY_LINES) };
  Fact fact = { .kind = FACT_PLACE, .subject = order.lead, .at = order.at,
                .n_lines = order.n_lines };
  gint64 line_id = next_number (self, "line", "order_line");

  g_strlcpy (fact.currency, order.currency, sizeof fact.currency);
  choose_coupons (self, fact.coupon, sizeof fact.coupon);
  for (guint i = 0; i < order.n_lines; i++)
    {
      Line *line = &order.lines[i];

      line->id = line_id++;
      line->sold = (FactLine){ .product = pick (self, 1, HISTORY_PRODUCTS),
                               .quantity = pick (self, 1, 3),
                               .amount = pick (self, 0, 9) == 0 ? 0 : pick (self, 1, 20000) };
      line->kept = line->sold.amount;
      fact.lines[i] = line->sold;
    }
  self->lines = line_id - 1;
  g_array_append_val (self->orders, order);
  history_use_coupons (self, self->orders->len - 1, fact.coupon);
  tell (self, &g_array_index (self->orders, Order, self->orders->len - 1), TRUE);
  add_fact (self, fact);
}

/* ---- files */

static Fact
begin_file (History    *self,
            FactKind    kind,
            const char *what)
{
  Fact fact = { .kind = kind };
  Import import = { .is_undone = FALSE };

  g_snprintf (fact.name, sizeof fact.name, "%s%u.csv", what, self->imports->len);
  g_strlcpy (import.name, fact.name, sizeof import.name);
  g_array_append_val (self->imports, import);
  return fact;
}

/* `head`: number, address and day of the order. */
static void
write_line (History    *self,
            const char *head,
            const char *currency,
            const char *codes,
            GString    *csv)
{
  gint64 product = pick (self, 1, HISTORY_PRODUCTS), quantity = pick (self, 1, 3);
  gint64 minor = pick (self, 0, 9) == 0 ? 0 : pick (self, 1, 20000);
  g_autofree char *amount = rungs_money_format_amount (rungs_money (minor, currency));

  g_string_append_printf (csv, "%s,P%" G_GINT64_FORMAT ",Product P%" G_GINT64_FORMAT
                               ",%" G_GINT64_FORMAT ",%s,%s,\"%s\"\n",
                          head, product, product, quantity, amount, currency, codes);
}

/* Orders of the last months, of leads that are there. */
static void
make_order_import (History *self)
{
  Fact fact = begin_file (self, FACT_IMPORT_ORDERS, "orders");
  GString *csv = g_string_new ("Order number,Email,Date,SKU,Product,Quantity,Amount,Currency,"
                               "Coupon\n");

  for (gint64 i = pick (self, 1, 4); i > 0; i--)
    {
      gint64 at = self->now - pick (self, 1, 60) * DAY - pick (self, 0, 20000) * 1000;
      g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (at / 1000);
      g_autofree char *date = g_date_time_format (day, "%Y-%m-%d %H:%M:%S");
      const char *currency = HISTORY_CURRENCIES[pick (self, 0, 2)];
      g_autofree char *head
          = g_strdup_printf ("H%u,l%" G_GINT64_FORMAT "@example.com,%s", ++self->numbers,
                             pick (self, 1, HISTORY_LEADS), date);
      char codes[16];

      choose_coupons (self, codes, sizeof codes);
      for (gint64 line = pick (self, 1, HISTORY_LINES); line > 0; line--)
        write_line (self, head, currency, codes, csv);
    }
  fact.text = g_string_free (csv, FALSE);
  add_fact (self, fact);
}

/* Leads who came by a partner: some who are there, and one who is new. */
static void
make_lead_import (History *self)
{
  Fact fact = begin_file (self, FACT_IMPORT_LEADS, "leads");
  GString *csv = g_string_new ("Email\n");

  fact.partner = pick (self, 1, HISTORY_PARTNERS);
  for (gint64 lead = 1; lead <= HISTORY_LEADS; lead++)
    if (pick (self, 0, 1) == 0)
      g_string_append_printf (csv, "l%" G_GINT64_FORMAT "@example.com\n", lead);
  g_string_append_printf (csv, "new%u@example.com\n", self->imports->len);
  fact.text = g_string_free (csv, FALSE);
  add_fact (self, fact);
}

/* The partners follow it at once, as they do in the program: until then a new order could have the
 * number of one that has gone. */
static void
make_undo (History *self)
{
  guint n = self->imports->len;
  Import *import = n > 0 ? &g_array_index (self->imports, Import, pick (self, 0, (gint64) n - 1))
                         : NULL;
  Fact fact = { .kind = FACT_UNDO_IMPORT };

  if (import == NULL || import->is_undone)
    return;
  import->is_undone = TRUE;
  g_strlcpy (fact.name, import->name, sizeof fact.name);
  add_fact_that (self, fact, TRUE);
}

/* Dated before the order at times: who sends it has another clock. */
static void
make_refund (History *self)
{
  Order *order = pick_order (self);
  const Line *line;
  gint64 left = 0, amount;
  gboolean is_whole = pick (self, 0, 1) == 0;

  if (order == NULL)
    return;
  line = pick (self, 0, 1) == 0 ? &order->lines[pick (self, 0, (gint64) order->n_lines - 1)] : NULL;
  for (guint i = 0; i < order->n_lines; i++)
    left += line == NULL || line == &order->lines[i] ? order->lines[i].kept : 0;
  if (left == 0)
    return;
  amount = is_whole ? left : pick (self, 1, left);
  order->refunds++;
  tell (self, order, FALSE);
  add_fact (self, (Fact){ .kind = FACT_GIVE_BACK, .subject = order->id,
                          .line = line != NULL ? line->id : 0, .amount = amount,
                          .at = pick (self, 0, 4) == 0 ? order->at - MINUTE : self->now });
}

static void
make_dispute_won (History *self)
{
  Order *order = pick_order (self);

  for (guint i = 0; order != NULL && order->refunds == 0 && i < self->orders->len; i++)
    order = pick_order (self);
  if (order == NULL || order->refunds == 0)
    return;
  order->refunds--;
  tell (self, order, FALSE);
  add_fact (self, (Fact){ .kind = FACT_TAKE_AGAIN, .subject = order->id });
}

static void
make_credit (History *self)
{
  Order *order = pick_order (self);

  if (order == NULL)
    return;
  order->partner = pick (self, 0, HISTORY_PARTNERS);
  order->is_credited = TRUE;
  history_settle (self, order);
  add_fact (self, (Fact){ .kind = FACT_CREDIT, .subject = order->id, .partner = order->partner });
}

static gboolean
is_taken (History *self,
          gint64   programme,
          gint64   from)
{
  for (guint i = 0; i < self->versions->len; i++)
    if (g_array_index (self->versions, Version, i).programme == programme
        && g_array_index (self->versions, Version, i).from == from)
      return TRUE;
  return FALSE;
}

static void
make_terms (History *self,
            gint64   programme,
            gint64   from)
{
  Version version = { .programme = programme, .from = from,
                      .tax = pick (self, 0, 2) == 0 ? 0 : pick (self, 1, 2500),
                      .n_rates = (guint) pick (self, 1, RATES) };
  Fact fact = { .kind = FACT_TERMS, .subject = programme, .at = from };

  if (is_taken (self, programme, from))
    return;
  for (guint i = 0; i < version.n_rates; i++)
    version.rates[i] = make_rate (self);
  version.rates[version.n_rates - 1].sale = SALE_ANY;
  fact.terms = write_version (&version, pick (self, 0, 40), pick (self, 0, 2) == 0);
  g_array_append_val (self->versions, version);
  add_fact (self, fact);
}

static void
join (History *self,
      gint64   programme,
      gint64   partner,
      gint64   from)
{
  Membership membership = { programme, partner, from };

  g_array_append_val (self->memberships, membership);
  add_fact (self, (Fact){ .kind = FACT_JOIN, .subject = programme, .partner = partner,
                          .at = from });
}

static void
make_payout (History *self)
{
  Fact fact = { .kind = FACT_PAY, .amount = pick (self, 0, 3) == 0 ? pick (self, 0, 3000) : 0,
                .at = self->now - pick (self, 0, 20) * DAY };

  add_fact (self, (Fact){ .kind = FACT_RELEASE });
  g_strlcpy (fact.currency, HISTORY_CURRENCIES[pick (self, 0, 2)], sizeof fact.currency);
  add_fact (self, fact);
}

static void
make_mark (History *self)
{
  static const RungsPayoutState STATES[] = { RUNGS_PAYOUT_PAID, RUNGS_PAYOUT_PAID,
                                             RUNGS_PAYOUT_RETURNED, RUNGS_PAYOUT_FAILED };
  gint64 last = rungs_fixture_number (self->fixture, "SELECT coalesce (max (id), 0) FROM payout");

  if (last == 0)
    return;
  add_fact (self, (Fact){ .kind = pick (self, 0, 6) == 0 ? FACT_REVERSE : FACT_MARK,
                          .subject = pick (self, MAX (last - 3, 1), last),
                          .partner = pick (self, 1, HISTORY_PARTNERS),
                          .state = STATES[pick (self, 0, G_N_ELEMENTS (STATES) - 1)] });
}

static void
make_approval (History *self)
{
  if (self->lines > 0)
    add_fact (self, (Fact){ .kind = FACT_APPROVE, .subject = pick (self, 1, self->lines),
                            .partner = pick (self, 1, HISTORY_PARTNERS),
                            .state = pick (self, 0, 1) });
}

static void
step (History *self)
{
  gint64 what = pick (self, 0, 99);

  if (what < 9)
    make_touch (self);
  else if (what < 24)
    make_order (self);
  else if (what < 29)
    make_order_import (self);
  else if (what < 31)
    make_lead_import (self);
  else if (what < 35)
    make_undo (self);
  else if (what < 49)
    make_refund (self);
  else if (what < 60)
    make_dispute_won (self);
  else if (what < 64)
    make_credit (self);
  else if (what < 67)
    make_terms (self, pick (self, 1, HISTORY_PROGRAMMES), self->now - pick (self, -10, 10) * DAY);
  else if (what < 69)
    join (self, pick (self, 1, HISTORY_PROGRAMMES), pick (self, 1, HISTORY_PARTNERS), self->now);
  else if (what < 79)
    make_approval (self);
  else if (what < 87)
    make_payout (self);
  else
    make_mark (self);
  self->now += 1000 + (pick (self, 0, 3) == 0 ? pick (self, 0, 9 * 24) * 60 * MINUTE : 0);
}

/* All is followed and approved, nothing is held any more, and everybody is paid. */
static void
end (History *self)
{
  gint64 last;

  self->now += 1000 * DAY;
  add_fact_that (self, (Fact){ .kind = FACT_RELEASE }, TRUE);
  for (gint64 line = 1; line <= self->lines; line++)
    for (gint64 partner = 1; partner <= HISTORY_PARTNERS; partner++)
      add_fact_that (self, (Fact){ .kind = FACT_APPROVE, .subject = line, .partner = partner,
                                   .state = TRUE }, FALSE);
  add_fact (self, (Fact){ .kind = FACT_RELEASE });
  for (guint i = 0; HISTORY_CURRENCIES[i] != NULL; i++)
    {
      Fact pay = { .kind = FACT_PAY, .at = self->now };

      g_strlcpy (pay.currency, HISTORY_CURRENCIES[i], sizeof pay.currency);
      add_fact (self, pay);
    }
  last = rungs_fixture_number (self->fixture, "SELECT coalesce (max (id), 0) FROM payout");
  for (gint64 payout = 1; payout <= last; payout++)
    for (gint64 partner = 1; partner <= HISTORY_PARTNERS; partner++)
      add_fact_that (self, (Fact){ .kind = FACT_MARK, .subject = payout, .partner = partner,
                                   .state = RUNGS_PAYOUT_PAID }, FALSE);
}

/* ---- the whole */

static void
fact_clear (gpointer data)
{
  g_free (((Fact *) data)->terms);
  g_free (((Fact *) data)->text);
}

History *
history_new (RungsFixture *fixture,
             RungsDb      *db,
             guint32       seed,
             guint         steps)
{
  History *self = g_new0 (History, 1);

  self->fixture = fixture;
  self->db = db;
  self->random = g_rand_new_with_seed (seed);
  self->now = rungs_fixture_now (fixture);
  self->zone = g_time_zone_new_identifier ("Europe/Berlin");
  self->facts = g_array_new (FALSE, FALSE, sizeof (Fact));
  g_array_set_clear_func (self->facts, fact_clear);
  self->versions = g_array_new (FALSE, FALSE, sizeof (Version));
  self->memberships = g_array_new (FALSE, FALSE, sizeof (Membership));
  self->touches = g_array_new (FALSE, FALSE, sizeof (Touch));
  self->orders = g_array_new (FALSE, FALSE, sizeof (Order));
  self->imports = g_array_new (FALSE, FALSE, sizeof (Import));
  self->events = g_array_new (FALSE, FALSE, sizeof (Event));
  for (gint64 i = 1; i <= HISTORY_PROGRAMMES; i++)
    make_terms (self, i, 0);
  for (gint64 i = 1; i <= HISTORY_PARTNERS; i++)
    join (self, pick (self, 1, HISTORY_PROGRAMMES), i, 0);
  for (guint i = 0; i < steps; i++)
    step (self);
  end (self);
  return self;
}

void
history_free (History *self)
{
  g_rand_free (self->random);
  g_time_zone_unref (self->zone);
  g_array_unref (self->facts);
  g_array_unref (self->versions);
  g_array_unref (self->memberships);
  g_array_unref (self->touches);
  g_array_unref (self->orders);
  g_array_unref (self->imports);
  g_array_unref (self->events);
  g_free (self);
}

guint
history_get_length (History *self)
{
  return self->facts->len;
}

const Fact *
history_get_fact (History *self,
                  guint    place)
{
  return &g_array_index (self->facts, Fact, place);
}
