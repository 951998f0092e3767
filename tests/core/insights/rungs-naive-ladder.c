/* rungs-naive-ladder.c: the figures of the ladder map, counted as their definitions read. */

#include "rungs-naive-ladder.h"

#include <string.h>

#include "base/rungs-time.h"
#include "db/rungs-statement.h"

#define NEVER G_MAXINT64
#define ID "%" G_GINT64_FORMAT

static const char *const CURRENCIES[] = { "CHF", "EUR", "USD" };

/* All of one comparison. */
typedef struct
{
  RungsFixture *fixture;
  const RungsLadderQuestion *question;
  GArray *leads;  /* (element-type gint64) */
  GArray *places; /* (element-type RungsLadderPlace) */
  GArray *came;   /* (element-type gint64) leads * places */
  GArray *paths;  /* (element-type int) by lead */
} Naive;

G_GNUC_PRINTF (2, 3)
static gint64
number (RungsFixture *self,
        const char   *format,
        ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return rungs_fixture_number (self, sql);
}

static gint64
came_by_touch (RungsFixture     *self,
               gint64            lead,
               RungsLadderPlace  place,
               gint64            now)
{
  const char *path = place.path >= 0 ? rungs_path_to_text ((RungsPath) place.path) : "%";

  if (place.kind == RUNGS_LADDER_SOURCE)
    return number (self,
                   "SELECT coalesce (min (at), " ID ") FROM touch"
                   " WHERE lead = " ID " AND source = " ID " AND path LIKE '%s' AND at <= " ID,
                   NEVER, lead, place.id, path, now);
  return number (self,
                 "SELECT coalesce (min (t.at), " ID ") FROM touch t, source s"
                 " WHERE s.id = t.source AND t.lead = " ID " AND s.kind = '%s'"
                 "   AND t.path LIKE '%s' AND t.at <= " ID,
                 NEVER, lead, rungs_source_kind_to_text ((RungsSourceKind) place.id), path, now);
}

gint64
rungs_naive_came (RungsFixture     *self,
                  gint64            lead,
                  RungsLadderPlace  place,
                  gint64            now)
{
  switch (place.kind)
    {
    case RUNGS_LADDER_KIND:
    case RUNGS_LADDER_SOURCE:
      return came_by_touch (self, lead, place, now);
    case RUNGS_LADDER_SEQUENCE:
      return number (self,
                     "SELECT coalesce (min (entered_at), " ID ") FROM enrolment"
                     " WHERE lead = " ID " AND sequence = " ID " AND entered_at <= " ID,
                     NEVER, lead, place.id, now);
    case RUNGS_LADDER_PRODUCT:
      return number (self,
                     "SELECT coalesce (min (o.at), " ID ") FROM sales_order o, order_line l"
                     " WHERE l.sales_order = o.id AND o.lead = " ID " AND o.at <= " ID
                     "   AND l.product IN (SELECT whole FROM product_holds WHERE part = " ID ")",
                     NEVER, lead, now, place.id);
    case RUNGS_LADDER_OPT_IN:
    default:
      return number (self,
                     "SELECT coalesce (min (at), " ID ") FROM touch"
                     " WHERE lead = " ID " AND path = 'opt-in' AND at <= " ID,
                     NEVER, lead, now);
    }
}

static GArray *
read_ids (RungsFixture *self,
          const char   *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsStatement) query = rungs_db_prepare (self->db, sql, &error);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (rungs_statement_step (query, &error) == RUNGS_ROW)
    {
      gint64 id = rungs_statement_get_int64 (query, 0);

      g_array_append_val (ids, id);
    }
  g_assert_no_error (error);
  return ids;
}

static void
add_places (GArray               *places,
            RungsLadderPlaceKind  kind,
            gint64                id,
            gboolean              by_paths)
{
  RungsLadderPlace place = rungs_ladder_place (kind, id);

  g_array_append_val (places, place);
  for (int path = 0; by_paths && path < 4; path++)
    {
      place.path = path;
      g_array_append_val (places, place);
    }
}

GArray *
rungs_naive_places (RungsFixture *self)
{
  g_autoptr (GArray) sources = read_ids (self, "SELECT id FROM source");
  g_autoptr (GArray) sequences = read_ids (self, "SELECT id FROM sequence");
  g_autoptr (GArray) products = read_ids (self, "SELECT id FROM product");
  GArray *places = g_array_new (FALSE, FALSE, sizeof (RungsLadderPlace));

  for (gint64 kind = 0; kind < RUNGS_SOURCE_KINDS; kind++)
    add_places (places, RUNGS_LADDER_KIND, kind, TRUE);
  for (guint i = 0; i < sources->len; i++)
    add_places (places, RUNGS_LADDER_SOURCE, g_array_index (sources, gint64, i), TRUE);
  add_places (places, RUNGS_LADDER_OPT_IN, 0, FALSE);
  for (guint i = 0; i < sequences->len; i++)
    add_places (places, RUNGS_LADDER_SEQUENCE, g_array_index (sequences, gint64, i), FALSE);
  for (guint i = 0; i < products->len; i++)
    add_places (places, RUNGS_LADDER_PRODUCT, g_array_index (products, gint64, i), FALSE);
  return places;
}

static int
first_path (RungsFixture *self,
            gint64        lead,
            gint64        now)
{
  return (int) number (
    self,
    "SELECT coalesce ((SELECT CASE path WHEN 'opt-in' THEN 0 WHEN 'direct' THEN 1"
    "                         WHEN 'phone' THEN 2 ELSE 3 END"
    "                    FROM touch WHERE lead = " ID " AND at <= " ID
    "                   ORDER BY at, id LIMIT 1), 4)",
    lead, now);
}

/* Only the leads that are asked about: one question for each. */
static void
read_leads (Naive *self)
{
  g_autoptr (GArray) all = read_ids (self->fixture, "SELECT id FROM lead ORDER BY id");

  for (guint i = 0; i < all->len; i++)
    {
      gint64 lead = g_array_index (all, gint64, i);
      gboolean matches = TRUE;
      int path = first_path (self->fixture, lead, self->question->now);

      if (self->question->segment != NULL)
        g_assert_true (rungs_rule_matches (self->fixture->db, self->question->segment, lead,
                                           self->question->now, &matches, NULL));
      if (!matches)
        continue;
      g_array_append_val (self->leads, lead);
      g_array_append_val (self->paths, path);
      for (guint k = 0; k < self->places->len; k++)
        {
          gint64 at = rungs_naive_came (self->fixture, lead,
                                        g_array_index (self->places, RungsLadderPlace, k),
                                        self->question->now);

          g_array_append_val (self->came, at);
        }
    }
}

static gint64
came (const Naive *self,
      guint        lead,
      guint        place)
{
  return g_array_index (self->came, gint64, lead * self->places->len + place);
}

static gboolean
in_period (const Naive *self,
           gint64       at)
{
  return at != NEVER && at >= self->question->from && at < self->question->until;
}

static void
assert_money (GArray     *monies,
              const char *currency,
              gint64      amount)
{
  for (guint i = 0; i < monies->len; i++)
    {
      RungsMoney money = g_array_index (monies, RungsMoney, i);

      if (g_str_equal (money.currency, currency))
        {
          g_assert_cmpint (money.minor, ==, amount);
          g_assert_cmpint (amount, !=, 0);
          return;
        }
    }
  g_assert_cmpint (amount, ==, 0);
}

/* ---- arrows */

#define NET                                                                                        \
  "coalesce (sum (l.amount - coalesce ((SELECT sum (g.amount) FROM refund_line g, refund f"        \
  "                                      WHERE f.id = g.refund AND g.order_line = l.id"            \
  "                                        AND f.at <= " ID "), 0)), 0)"

static gint64
paid_since (const Naive      *self,
            gint64            lead,
            gint64            since,
            RungsLadderPlace  product,
            const char       *currency)
{
  gint64 now = self->question->now;

  if (product.kind != RUNGS_LADDER_PRODUCT)
    return number (self->fixture,
                   "SELECT " NET " FROM sales_order o, order_line l WHERE l.sales_order = o.id"
                   "   AND o.lead = " ID " AND o.at >= " ID " AND o.at <= " ID
                   "   AND o.currency = '%s'",
                   now, lead, since, now, currency);
  return number (self->fixture,
                 "SELECT " NET " FROM sales_order o, order_line l WHERE l.sales_order = o.id"
                 "   AND o.lead = " ID " AND o.at >= " ID " AND o.at <= " ID
                 "   AND o.currency = '%s'"
                 "   AND l.product IN (SELECT whole FROM product_holds WHERE part = " ID ")",
                 now, lead, since, now, currency, product.id);
}

typedef struct
{
  gint64 cases;
  gint64 hits;
  gint64 money[G_N_ELEMENTS (CURRENCIES)];
} Share;

static void
count_flow (const Naive *self,
            guint        from,
            guint        to,
            int          path,
            Share       *share)
{
  RungsLadderPlace begin = g_array_index (self->places, RungsLadderPlace, from);
  RungsLadderPlace end = g_array_index (self->places, RungsLadderPlace, to);
  gboolean products = begin.kind == RUNGS_LADDER_PRODUCT && end.kind == RUNGS_LADDER_PRODUCT;

  for (guint i = 0; i < self->leads->len; i++)
    {
      gint64 lead = g_array_index (self->leads, gint64, i);
      gint64 left = came (self, i, from), arrived = came (self, i, to);

      if (!in_period (self, left) || (path >= 0 && path != g_array_index (self->paths, int, i)))
        continue;
      if (arrived < left || (products && arrived == left))
        continue;
      share->cases++;
      if (arrived == NEVER)
        continue;
      share->hits++;
      for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
        share->money[c] += paid_since (self, lead,
                                       end.kind == RUNGS_LADDER_PRODUCT ? left : arrived, end,
                                       CURRENCIES[c]);
    }
}

static void
compare_share (const Naive            *self,
               guint                   from,
               guint                   to,
               int                     path,
               const RungsLadderShare *share)
{
  Share naive = { 0 };
  RungsInterval interval;

  count_flow (self, from, to, path, &naive);
  g_assert_cmpint (share->cases, ==, naive.cases);
  g_assert_cmpint (share->hits, ==, naive.hits);
  g_assert_true (share->too_few == (naive.cases < 20));
  interval = rungs_wilson (naive.hits, naive.cases);
  g_assert_cmpfloat (share->share.low, ==, interval.low);
  g_assert_cmpfloat (share->share.high, ==, interval.high);
  for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
    assert_money (share->money, CURRENCIES[c], naive.money[c]);
}

static void
compare_flows (const Naive        *self,
               RungsLadderFigures *figures)
{
  for (guint from = 0; from < self->places->len; from++)
    for (guint to = 0; to < self->places->len; to++)
      {
        RungsLadderPlace end = g_array_index (self->places, RungsLadderPlace, to);
        g_autoptr (RungsLadderFlow) flow = NULL;

        if (end.kind < RUNGS_LADDER_OPT_IN || from == to)
          continue;
        flow = rungs_ladder_figures_flow (
          figures, g_array_index (self->places, RungsLadderPlace, from), end);
        compare_share (self, from, to, -1, &flow->all);
        for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
          compare_share (self, from, to, path, &flow->by_path[path]);
      }
}

/* ---- sources */

static gint64
count_came (const Naive *self,
            guint        place,
            int          path)
{
  gint64 n = 0;

  for (guint i = 0; i < self->leads->len; i++)
    n += in_period (self, came (self, i, place))
         && (path < 0 || g_array_index (self->paths, int, i) == path);
  return n;
}

/* Whether the first touch of the lead is of the source, or of that kind of source. */
static gboolean
was_first (const Naive      *self,
           gint64            lead,
           RungsLadderPlace  place)
{
  gint64 first = number (self->fixture,
                         "SELECT source FROM touch WHERE lead = " ID " AND at <= " ID
                         " ORDER BY at, id LIMIT 1",
                         lead, self->question->now);

  if (place.kind == RUNGS_LADDER_SOURCE)
    return first == place.id;
  return number (self->fixture, "SELECT count(*) FROM source WHERE id = " ID " AND kind = '%s'",
                 first, rungs_source_kind_to_text ((RungsSourceKind) place.id))
         == 1;
}

/* The first order of the lead that cost something; 0: none. */
static gint64
front_order (const Naive *self,
             gint64       lead)
{
  return number (self->fixture,
                 "SELECT o.id FROM sales_order o WHERE o.lead = " ID " AND o.at <= " ID
                 "   AND (SELECT sum (amount) FROM order_line l WHERE l.sales_order = o.id) > 0"
                 " ORDER BY o.at, o.id LIMIT 1",
                 lead, self->question->now);
}

static gint64
income (const Naive *self,
        gint64       lead,
        gint64       since,
        gboolean     front,
        const char  *currency)
{
  gint64 now = self->question->now;

  return number (self->fixture,
                 "SELECT " NET " FROM sales_order o, order_line l WHERE l.sales_order = o.id"
                 "   AND o.lead = " ID " AND o.at >= " ID " AND o.at <= " ID
                 "   AND o.currency = '%s' AND (o.id = " ID ") = %d",
                 now, lead, since, now, currency, front_order (self, lead), front);
}

static gint64
paying_orders (const Naive *self,
               gint64       lead,
               gint64       since,
               gboolean     front)
{
  return number (self->fixture,
                 "SELECT count(*) FROM sales_order o WHERE o.lead = " ID " AND o.at >= " ID
                 "   AND o.at <= " ID " AND (o.id = " ID ") = %d"
                 "   AND (SELECT sum (amount) FROM order_line l WHERE l.sales_order = o.id) > 0",
                 lead, since, self->question->now, front_order (self, lead), front);
}

/* Of a source or a kind of source, on the days of the period: `day` is what has the day. */
static char *
cost_where (const Naive      *self,
            RungsLadderPlace  place,
            const char       *day)
{
  g_autoptr (GTimeZone) zone
    = rungs_time_zone (number (self->fixture, "SELECT zone = 'Europe/Berlin' FROM business")
                         ? "Europe/Berlin"
                         : "America/New_York");
  gint64 until = MIN (self->question->until, self->question->now + 1);
  g_autofree char *first
    = self->question->from == 0 ? g_strdup ("0000") : rungs_time_format_day (self->question->from,
                                                                             zone);
  g_autofree char *last = rungs_time_format_day (until - 1, zone);
  g_autofree char *which
    = place.kind == RUNGS_LADDER_SOURCE
        ? g_strdup_printf ("source = " ID, place.id)
        : g_strdup_printf ("source IN (SELECT id FROM source WHERE kind = '%s')",
                           rungs_source_kind_to_text ((RungsSourceKind) place.id));

  return g_strdup_printf ("%s AND %s BETWEEN '%s' AND '%s'", which, day, first, last);
}

/* What the leads of the source had paid at the end of a day. */
static gint64
paid_until (const Naive *self,
            guint        place,
            gint64       end,
            const char  *currency)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->leads->len; i++)
    {
      gint64 lead = g_array_index (self->leads, gint64, i), since = came (self, i, place);

      if (!in_period (self, since))
        continue;
      sum += number (self->fixture,
                     "SELECT coalesce (sum (l.amount), 0) FROM sales_order o, order_line l"
                     " WHERE l.sales_order = o.id AND o.lead = " ID " AND o.currency = '%s'"
                     "   AND o.at >= " ID " AND o.at <= " ID " AND o.at < " ID,
                     lead, currency, since, self->question->now, end);
      sum -= number (self->fixture,
                     "SELECT coalesce (sum (g.amount), 0)"
                     "  FROM sales_order o, order_line l, refund_line g, refund f"
                     " WHERE l.sales_order = o.id AND g.order_line = l.id AND f.id = g.refund"
                     "   AND o.lead = " ID " AND o.currency = '%s' AND o.at >= " ID
                     "   AND o.at <= " ID " AND f.at <= " ID " AND f.at < " ID,
                     lead, currency, since, self->question->now, self->question->now, end);
    }
  return sum;
}

/* Backwards from today: the day is right where its end has the costs, the end of the day before it
 * has not, and neither has any day after it less. */
static void
compare_payback (const Naive                    *self,
                 guint                           place,
                 const RungsLadderSourceFigures *figures)
{
  RungsMoney cost = g_array_index (figures->costs, RungsMoney, 0);
  gint64 now = self->question->now;
  g_autoptr (GError) error = NULL;
  gboolean berlin = number (self->fixture, "SELECT zone = 'Europe/Berlin' FROM business") != 0;
  g_autoptr (GTimeZone) zone = rungs_time_zone (berlin ? "Europe/Berlin" : "America/New_York");
  gint64 day, end;

  if (*figures->paid_back == '\0')
    {
      g_assert_cmpint (paid_until (self, place, now + 1, cost.currency), <, cost.minor);
      return;
    }
  g_assert_true (rungs_time_parse (figures->paid_back, zone, &day, &error));
  g_assert_no_error (error);
  g_assert_cmpint (paid_until (self, place, day, cost.currency), <, cost.minor);
  for (end = rungs_time_day_start (day, zone, 1);; end = rungs_time_day_start (end, zone, 1))
    {
      g_assert_cmpint (paid_until (self, place, end, cost.currency), >=, cost.minor);
      if (end > now)
        break;
    }
}

/* What one lead cost is no more than half a cent off, and so is what of it was spent. */
static void
compare_each (const RungsLadderSourceFigures *figures,
              gint64                          spent,
              gint64                          commission)
{
  double leads = (double) figures->leads;

  g_assert_cmpfloat (ABS ((double) (spent + commission) / leads - (double) figures->cost.minor), <=,
                     0.5);
  g_assert_cmpfloat (ABS ((double) spent / leads - (double) figures->cost_spent.minor), <=, 0.5);
  g_assert_cmpint (figures->cost_spent.minor + figures->cost_commission.minor, ==,
                   figures->cost.minor);
}

static void
compare_cost (const Naive                    *self,
              guint                           place,
              const RungsLadderSourceFigures *figures)
{
  RungsLadderPlace of = g_array_index (self->places, RungsLadderPlace, place);
  g_autofree char *spend_where = cost_where (self, of, "day");
  g_autofree char *book_where
    = cost_where (self, of, "local_day (at, (SELECT zone FROM business))");
  gint64 n = 0, spent = 0, earned = 0;

  for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
    {
      gint64 spend = number (self->fixture,
                             "SELECT coalesce (sum (amount), 0) FROM source_spend"
                             " WHERE currency = '%s' AND %s",
                             CURRENCIES[c], spend_where);
      gint64 commission = number (self->fixture,
                                  "SELECT coalesce (sum (amount), 0) FROM naive_cost"
                                  " WHERE at <= " ID " AND currency = '%s' AND %s",
                                  self->question->now, CURRENCIES[c], book_where);

      assert_money (figures->spend, CURRENCIES[c], spend);
      assert_money (figures->commission, CURRENCIES[c], commission);
      assert_money (figures->costs, CURRENCIES[c], spend + commission);
      n += spend != 0 || commission != 0;
      spent += spend;
      earned += commission;
    }
  g_assert_true (figures->has_cost
                 == (n == 1 && figures->leads > 0 && self->question->segment == NULL));
  g_assert_true (figures->can_pay_back
                 == (n == 1 && spent + earned > 0 && self->question->segment == NULL));
  if (figures->has_cost)
    compare_each (figures, spent, earned);
  if (figures->can_pay_back)
    compare_payback (self, place, figures);
}

static void
compare_income (const Naive                    *self,
                guint                           place,
                const RungsLadderSourceFigures *figures)
{
  gint64 front_buyers = 0, back_buyers = 0, fresh = 0;
  gint64 front[G_N_ELEMENTS (CURRENCIES)] = { 0 }, back[G_N_ELEMENTS (CURRENCIES)] = { 0 };

  for (guint i = 0; i < self->leads->len; i++)
    {
      gint64 lead = g_array_index (self->leads, gint64, i), since = came (self, i, place);

      if (!in_period (self, since))
        continue;
      fresh += was_first (self, lead, g_array_index (self->places, RungsLadderPlace, place));
      front_buyers += paying_orders (self, lead, since, TRUE) > 0;
      back_buyers += paying_orders (self, lead, since, FALSE) > 0;
      for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
        {
          front[c] += income (self, lead, since, TRUE, CURRENCIES[c]);
          back[c] += income (self, lead, since, FALSE, CURRENCIES[c]);
        }
    }
  g_assert_cmpint (figures->new_leads, ==, fresh);
  g_assert_cmpint (figures->front_buyers, ==, front_buyers);
  g_assert_cmpint (figures->back_buyers, ==, back_buyers);
  for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
    {
      assert_money (figures->front, CURRENCIES[c], front[c]);
      assert_money (figures->back, CURRENCIES[c], back[c]);
    }
}

static void
compare_source (const Naive        *self,
                guint               index,
                RungsLadderFigures *figures)
{
  RungsLadderPlace place = g_array_index (self->places, RungsLadderPlace, index);
  const RungsLadderSourceFigures *source
    = place.kind == RUNGS_LADDER_KIND
        ? rungs_ladder_figures_get_kind (figures, (RungsSourceKind) place.id)
        : rungs_ladder_figures_get_source (figures, place.id);

  if (place.path >= 0)
    {
      g_assert_cmpint (source->by_path[place.path], ==, count_came (self, index, -1));
      return;
    }
  g_assert_cmpint (source->leads, ==, count_came (self, index, -1));
  compare_income (self, index, source);
  compare_cost (self, index, source);
}

/* ---- products and sequences */

#define OF_PERIOD " AND o.at >= " ID " AND o.at < " ID " AND o.at <= " ID

static void
compare_product (const Naive        *self,
                 gint64              product,
                 RungsLadderFigures *figures)
{
  const RungsLadderProductFigures *own = rungs_ladder_figures_get_product (figures, product);
  const RungsLadderQuestion *q = self->question;
  gint64 owners = 0, buyers = 0, sold = 0, paid = 0, back = 0;
  gint64 by_path[RUNGS_LADDER_PATHS] = { 0 };
  gint64 revenue[G_N_ELEMENTS (CURRENCIES)] = { 0 }, net[G_N_ELEMENTS (CURRENCIES)] = { 0 };

  for (guint i = 0; i < self->leads->len; i++)
    {
      gint64 lead = g_array_index (self->leads, gint64, i);
      g_autofree char *lines = g_strdup_printf (
        " FROM sales_order o, order_line l WHERE l.sales_order = o.id AND l.product = " ID
        " AND o.lead = " ID OF_PERIOD,
        product, lead, q->from, q->until, q->now);
      gint64 bought = number (self->fixture, "SELECT coalesce (sum (quantity), 0) %s", lines);
      gint64 cost = number (self->fixture, "SELECT coalesce (sum (amount), 0) %s", lines);

      owners += number (self->fixture,
                        "SELECT EXISTS (SELECT 1 FROM owned WHERE lead = " ID " AND product = " ID
                        " AND since <= " ID " AND coalesce (paid_until, since + 1e15) > " ID ")",
                        lead, product, q->now, q->now);
      sold += bought;
      buyers += bought > 0;
      by_path[g_array_index (self->paths, int, i)] += bought > 0;
      paid += cost > 0;
      back += cost > 0
              && number (self->fixture,
                         "SELECT count(*) %s AND EXISTS (SELECT 1 FROM refund_line g, refund f"
                         " WHERE g.order_line = l.id AND f.id = g.refund AND g.amount > 0"
                         "   AND f.at <= " ID ")",
                         lines, q->now)
                   > 0;
      for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
        {
          revenue[c] += number (self->fixture,
                                "SELECT coalesce (sum (l.amount), 0) %s AND o.currency = '%s'",
                                lines, CURRENCIES[c]);
          net[c] += number (self->fixture, "SELECT " NET " %s AND o.currency = '%s'", q->now,
                            lines, CURRENCIES[c]);
        }
    }
  g_assert_cmpint (own->owners, ==, owners);
  g_assert_cmpint (own->sold, ==, sold);
  g_assert_cmpint (own->buyers, ==, buyers);
  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    g_assert_cmpint (own->buyers_by_path[path], ==, by_path[path]);
  g_assert_cmpint (own->refunds.cases, ==, paid);
  g_assert_cmpint (own->refunds.hits, ==, back);
  for (guint c = 0; c < G_N_ELEMENTS (CURRENCIES); c++)
    {
      assert_money (own->revenue, CURRENCIES[c], revenue[c]);
      assert_money (own->refunded, CURRENCIES[c], revenue[c] - net[c]);
    }
}

/* How many of the leads have an enrolment of which that is true. */
static gint64
count_enrolled (const Naive *self,
                gint64       sequence,
                const char  *condition)
{
  gint64 n = 0;

  for (guint i = 0; i < self->leads->len; i++)
    n += number (self->fixture,
                 "SELECT EXISTS (SELECT 1 FROM enrolment WHERE lead = " ID " AND sequence = " ID
                 " AND entered_at <= " ID " AND %s)",
                 g_array_index (self->leads, gint64, i), sequence, self->question->now, condition);
  return n;
}

static void
compare_sequence (const Naive        *self,
                  guint               place,
                  gint64              sequence,
                  RungsLadderFigures *figures)
{
  const RungsLadderSequenceFigures *own = rungs_ladder_figures_get_sequence (figures, sequence);
  g_autofree char *period = g_strdup_printf ("ended_at >= " ID " AND ended_at < " ID,
                                             self->question->from, self->question->until);
  g_autofree char *finished = g_strconcat ("outcome IN ('finished', 'goal') AND ", period, NULL);
  g_autofree char *bought = g_strconcat ("outcome = 'bought' AND ", period, NULL);

  g_assert_cmpint (own->entered, ==, count_came (self, place, -1));
  g_assert_cmpint (own->walking, ==, count_enrolled (self, sequence, "outcome IS NULL"));
  g_assert_cmpint (own->finished, ==, count_enrolled (self, sequence, finished));
  g_assert_cmpint (own->bought, ==, count_enrolled (self, sequence, bought));
}

static void
compare_nodes (const Naive        *self,
               RungsLadderFigures *figures)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      RungsLadderPlace place = g_array_index (self->places, RungsLadderPlace, i);

      if (place.kind <= RUNGS_LADDER_SOURCE)
        compare_source (self, i, figures);
      else if (place.kind == RUNGS_LADDER_PRODUCT)
        compare_product (self, place.id, figures);
      else if (place.kind == RUNGS_LADDER_SEQUENCE)
        compare_sequence (self, i, place.id, figures);
      else
        for (int path = -1; path < RUNGS_LADDER_PATHS; path++)
          g_assert_cmpint (path < 0 ? rungs_ladder_figures_get_opt_in (figures)->leads
                                    : rungs_ladder_figures_get_opt_in (figures)->by_path[path],
                           ==, count_came (self, i, path));
    }
}

void
rungs_naive_compare_figures (RungsFixture              *self,
                             const RungsLadderQuestion *question,
                             RungsLadderFigures        *figures)
{
  Naive naive = {
    .fixture = self,
    .question = question,
    .leads = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .places = rungs_naive_places (self),
    .came = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .paths = g_array_new (FALSE, FALSE, sizeof (int)),
  };

  read_leads (&naive);
  compare_nodes (&naive, figures);
  compare_flows (&naive, figures);
  g_array_unref (naive.leads);
  g_array_unref (naive.places);
  g_array_unref (naive.came);
  g_array_unref (naive.paths);
}

void
rungs_naive_find_costs (RungsFixture *self)
{
  rungs_fixture_run (self, "DROP TABLE IF EXISTS naive_cost");
  rungs_fixture_run (self,
                     "CREATE TEMP TABLE naive_cost AS"
                     " SELECT t.source AS source, j.currency AS currency, j.at AS at,"
                     "        p.amount AS amount"
                     "  FROM posting p, journal j, ledger_account a, partner t"
                     " WHERE j.id = p.entry AND a.id = p.account AND t.id = a.partner"
                     "   AND a.state = 'expense'");
}

void
rungs_naive_compare (RungsFixture              *self,
                     const RungsLadderQuestion *question)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLadderFigures) figures
    = rungs_ladder_figures_load (self->db, question, &error);

  g_assert_no_error (error);
  rungs_naive_find_costs (self);
  rungs_naive_compare_figures (self, question, figures);
}
