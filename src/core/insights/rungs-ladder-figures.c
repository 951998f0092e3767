/* rungs-ladder-figures.c: what every arrow and every node of the ladder map carries in a period.
 *
 * What the figures mean stands in rungs-ladder-figures.h. They are counted in one pass over the
 * history of all leads, lead by lead (rungs-ladder-history-store.h): to which places the lead came
 * and when (rungs-ladder-walk.h), what that adds to the arrows (rungs-ladder-flows.h), and here
 * what it adds to the nodes. */

#include "insights/rungs-ladder-figures.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "insights/rungs-ladder-flows.h"
#include "insights/rungs-ladder-payback.h"
#include "insights/rungs-ladder-spend-store.h"
#include "leads/rungs-business-store.h"

/* Sums of a source or a kind of source while leads are counted. */
typedef struct
{
  gint64 *spend; /* (owned) by currency, as are the next four */
  gint64 *commission;
  gint64 *costs; /* of both together, when leads are counted */
  gint64 *front;
  gint64 *back;
  int currency;     /* of the costs, where it is one; -1: there are none, -2: there are several */
  gboolean follows; /* when that was paid back */
  gint64 *by_day;   /* (owned) (nullable) what its leads paid in that currency */
} SourceSums;

typedef struct
{
  gint64 *revenue; /* (owned) by currency, as is the next one */
  gint64 *refunded;
} ProductSums;

struct _RungsLadderFigures
{
  RungsLadderCatalogue *catalogue;
  RungsLadderFlows *flows;
  RungsLadderSourceFigures *sources; /* the six kinds, then the sources */
  RungsLadderProductFigures *products;
  RungsLadderSequenceFigures *sequences;
  RungsLadderOptInFigures opt_in;
  GArray *apart;    /* (element-type RungsLadderApart) */
  char currency[4]; /* of the report */
};

/* One counting. */
typedef struct
{
  RungsLadderFigures *figures;
  const RungsLadderQuestion *question;
  RungsLadderDays *days;
  RungsLadderTeller *teller;
  GArray *paid;          /* (owned) (element-type RungsLadderPaid) of the lines of one lead */
  SourceSums *sources;   /* (owned) as in figures */
  ProductSums *products; /* (owned) */
  guint8 *marks;         /* (owned) of one lead: by product, or by sequence */
  guint n_currencies;    /* of which there are sums */
  gboolean overflowed;
} Counting;

static void
add (Counting *self,
     gint64   *sum,
     gint64    amount)
{
  if (__builtin_add_overflow (*sum, amount, sum))
    self->overflowed = TRUE;
}

/* Adds to the sum of the currency in which it is told, and to that of what was paid in another. */
static void
add_told (Counting *self,
          gint64   *sums,
          guint     currency,
          gint64    told,
          guint     paid_in,
          gint64    paid)
{
  add (self, &sums[currency], told);
  if (currency != paid_in)
    add (self, &sums[rungs_ladder_catalogue_told_otherwise (paid_in)], paid);
}

static guint
count_sources (const Counting *self)
{
  return RUNGS_SOURCE_KINDS + self->figures->catalogue->sources->len;
}

static void
widen_sums (gint64 **sums,
            guint    before,
            guint    after)
{
  *sums = g_renew (gint64, *sums, after);
  memset (*sums + before, 0, (after - before) * sizeof (gint64));
}

/* Has a sum of everything for each currency that was met. */
static void
widen (Counting *self)
{
  guint before = self->n_currencies;
  guint after = self->figures->catalogue->currencies->len;

  if (after == before)
    return;
  for (guint i = 0; i < count_sources (self); i++)
    {
      widen_sums (&self->sources[i].spend, before, after);
      widen_sums (&self->sources[i].commission, before, after);
      widen_sums (&self->sources[i].costs, before, after);
      widen_sums (&self->sources[i].front, before, after);
      widen_sums (&self->sources[i].back, before, after);
    }
  for (guint i = 0; i < self->figures->catalogue->products->len; i++)
    {
      widen_sums (&self->products[i].revenue, before, after);
      widen_sums (&self->products[i].refunded, before, after);
    }
  self->n_currencies = after;
}

/* ---- sources */

/* The kind of a source stands among the sources too: before them. */
static guint
kind_of (const Counting *self,
         guint           source)
{
  return (guint) g_array_index (self->figures->catalogue->source_kinds, gint64, source);
}

static void
take_spend (gpointer    data,
            guint       source,
            const char *day,
            guint       currency,
            gint64      amount)
{
  Counting *self = data;
  RungsLadderPaid paid;

  if (!rungs_ladder_teller_tell_spend (self->teller, day, currency, amount, &paid))
    self->overflowed = TRUE;
  widen (self);
  add_told (self, self->sources[RUNGS_SOURCE_KINDS + source].spend, paid.currency, paid.amount,
            currency, amount);
  add_told (self, self->sources[kind_of (self, source)].spend, paid.currency, paid.amount,
            currency, amount);
}

static void
take_commission (gpointer data,
                 guint    source,
                 gint64   at,
                 guint    currency,
                 gint64   amount)
{
  Counting *self = data;
  RungsLadderPaid paid;

  if (!rungs_ladder_teller_tell_commission (self->teller, at, currency, amount, &paid))
    self->overflowed = TRUE;
  widen (self);
  add_told (self, self->sources[RUNGS_SOURCE_KINDS + source].commission, paid.currency,
            paid.amount, currency, amount);
  add_told (self, self->sources[kind_of (self, source)].commission, paid.currency, paid.amount,
            currency, amount);
}

/* A source whose costs can be paid back gets days on which that is followed. */
static void
prepare_payback (Counting   *self,
                 SourceSums *sums)
{
  sums->currency = -1;
  for (guint i = 0; i < self->n_currencies; i++)
    {
      add (self, &sums->costs[i], sums->spend[i]);
      add (self, &sums->costs[i], sums->commission[i]);
    }
  for (guint i = 0; i < self->n_currencies; i += 2)
    if (sums->spend[i] != 0 || sums->commission[i] != 0)
      sums->currency = sums->currency == -1 ? (int) i : -2;
  sums->follows = sums->currency >= 0 && sums->costs[sums->currency] > 0
                  && self->question->segment == NULL;
}

static void
follow_payback (Counting               *self,
                SourceSums             *sums,
                const RungsLadderDeeds *deeds,
                const RungsLadderLine  *line,
                const RungsLadderPaid  *paid)
{
  gint64 before = 0, told;

  if (!sums->follows || (int) paid->currency != sums->currency)
    return;
  if (sums->by_day == NULL)
    sums->by_day = g_new0 (gint64, rungs_ladder_days_count (self->days));
  add (self, &sums->by_day[rungs_ladder_days_find (self->days, line->at)], paid->amount);
  for (guint i = 0; i < line->n_refunds; i++)
    {
      const RungsLadderRefund *refund = rungs_ladder_deeds_get_refund (deeds, line, i);

      if (refund->at > self->question->now)
        continue;
      if (!rungs_ladder_teller_tell_part (self->teller, line, before, refund->amount, &told))
        self->overflowed = TRUE;
      before += refund->amount;
      add (self, &sums->by_day[rungs_ladder_days_find (self->days, refund->at)], -told);
    }
}

/* What the lead has paid since it came. */
static void
count_income (Counting                 *self,
              const RungsLadderWalk    *walk,
              gint64                    since,
              SourceSums               *sums,
              RungsLadderSourceFigures *figures)
{
  gboolean front = FALSE, back = FALSE;

  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (walk->deeds, i);
      const RungsLadderPaid *paid = &g_array_index (self->paid, RungsLadderPaid, i);
      gboolean first = rungs_ladder_walk_is_front (walk, line);

      if (line->at < since)
        continue;
      add_told (self, first ? sums->front : sums->back, paid->currency,
                paid->amount - paid->refunded, line->currency, line->amount - line->refunded);
      front = front || first;
      back = back || (!first && line->amount > 0);
      follow_payback (self, sums, walk->deeds, line, paid);
    }
  figures->front_buyers += front;
  figures->back_buyers += back;
}

static gboolean
is_first_touch (const RungsLadderWalk *walk,
                guint                  source)
{
  const RungsLadderTouch *first = rungs_ladder_deeds_get_touch (walk->deeds, 0);
  guint kind = (guint) g_array_index (walk->catalogue->source_kinds, gint64, first->source);

  return source < RUNGS_SOURCE_KINDS ? kind == source
                                     : first->source == source - RUNGS_SOURCE_KINDS;
}

static void
count_source (Counting              *self,
              const RungsLadderWalk *walk,
              guint                  place)
{
  guint source = place / RUNGS_LADDER_PATHS;
  guint path = place % RUNGS_LADDER_PATHS;
  RungsLadderSourceFigures *figures = &self->figures->sources[source];

  if (!rungs_ladder_walk_came (walk, place))
    return;
  if (path > 0)
    {
      figures->by_path[path - 1]++;
      return;
    }
  figures->leads++;
  figures->new_leads += is_first_touch (walk, source);
  count_income (self, walk, walk->came[place], &self->sources[source], figures);
}

/* ---- products and sequences */

#define OWNS 1
#define BOUGHT 2
#define PAID 4
#define GOT_BACK 8

static void
count_line (Counting              *self,
            const RungsLadderWalk *walk,
            const RungsLadderLine *line,
            const RungsLadderPaid *paid)
{
  RungsLadderProductFigures *figures = &self->figures->products[line->product];
  guint n;
  const guint *parts = rungs_ladder_catalogue_get_parts (walk->catalogue, line->product, &n);

  for (guint i = 0; i < n && rungs_ladder_walk_owns_by (walk, line); i++)
    self->marks[parts[i]] |= OWNS;
  if (!rungs_ladder_walk_asks_about (walk, line->at))
    return;
  add (self, &figures->sold, line->quantity);
  add_told (self, self->products[line->product].revenue, paid->currency, paid->amount,
            line->currency, line->amount);
  add_told (self, self->products[line->product].refunded, paid->currency, paid->refunded,
            line->currency, line->refunded);
  self->marks[line->product] |= (guint8) (BOUGHT | (line->amount > 0 ? PAID : 0)
                                          | (line->refunded > 0 ? GOT_BACK : 0));
}

static void
count_products (Counting              *self,
                const RungsLadderWalk *walk)
{
  guint n = walk->catalogue->products->len;

  memset (self->marks, 0, n);
  for (guint i = 0; i < walk->deeds->lines->len; i++)
    count_line (self, walk, rungs_ladder_deeds_get_line (walk->deeds, i),
                &g_array_index (self->paid, RungsLadderPaid, i));
  for (guint i = 0; i < n; i++)
    {
      RungsLadderProductFigures *figures = &self->figures->products[i];

      figures->owners += (self->marks[i] & OWNS) != 0;
      figures->buyers += (self->marks[i] & BOUGHT) != 0;
      figures->buyers_by_path[walk->path] += (self->marks[i] & BOUGHT) != 0;
      figures->refunds.cases += (self->marks[i] & PAID) != 0;
      figures->refunds.hits += (self->marks[i] & PAID) != 0 && (self->marks[i] & GOT_BACK) != 0;
    }
}

static void
count_sequences (Counting              *self,
                 const RungsLadderWalk *walk)
{
  const RungsLadderDeeds *deeds = walk->deeds;

  memset (self->marks, 0, walk->catalogue->sequences->len);
  for (guint i = 0; i < deeds->enrolments->len; i++)
    {
      const RungsLadderEnrolment *enrolment = rungs_ladder_deeds_get_enrolment (deeds, i);
      RungsLadderSequenceFigures *figures = &self->figures->sequences[enrolment->sequence];
      guint8 mark = (guint8) (1 << enrolment->outcome);
      gboolean counts = enrolment->outcome == RUNGS_LADDER_WALKS
                        || rungs_ladder_walk_asks_about (walk, enrolment->ended_at);

      if (!counts || (self->marks[enrolment->sequence] & mark) != 0)
        continue;
      self->marks[enrolment->sequence] |= mark;
      figures->walking += enrolment->outcome == RUNGS_LADDER_WALKS;
      figures->finished += enrolment->outcome == RUNGS_LADDER_WALKED;
      figures->bought += enrolment->outcome == RUNGS_LADDER_SOLD;
    }
}

/* ---- the counting */

static void
tell_lines (Counting               *self,
            const RungsLadderDeeds *deeds)
{
  g_array_set_size (self->paid, deeds->lines->len);
  for (guint i = 0; i < deeds->lines->len; i++)
    if (!rungs_ladder_teller_tell (self->teller, rungs_ladder_deeds_get_line (deeds, i),
                                   &g_array_index (self->paid, RungsLadderPaid, i)))
      self->overflowed = TRUE;
}

static void
count_lead (Counting              *self,
            const RungsLadderWalk *walk)
{
  tell_lines (self, walk->deeds);
  for (guint i = 0; i < walk->places->len; i++)
    {
      guint place = g_array_index (walk->places, guint, i);

      if (place < walk->catalogue->opt_in)
        count_source (self, walk, place);
    }
  if (walk->deeds->lines->len > 0)
    count_products (self, walk);
  if (walk->deeds->enrolments->len > 0)
    count_sequences (self, walk);
  if (!rungs_ladder_flows_take (self->figures->flows, walk,
                                (const RungsLadderPaid *) (gpointer) self->paid->data))
    self->overflowed = TRUE;
}

static gboolean
count_leads (Counting            *self,
             RungsLadderHistory  *history,
             GError             **error)
{
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();
  g_autoptr (RungsLadderWalk) walk
    = rungs_ladder_walk_new (self->figures->catalogue, self->question);

  while (rungs_ladder_history_next (history, deeds, error))
    {
      widen (self);
      rungs_ladder_walk_follow (walk, deeds);
      count_lead (self, walk);
    }
  if (!rungs_ladder_history_done (history))
    return FALSE;
  if (self->overflowed)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("The amounts of the orders are too large to be added up"));
  return !self->overflowed;
}

/* From the first moment on at which something can be paid by a lead who came in the period. */
static gboolean
prepare_days (Counting   *self,
              RungsDb    *db,
              GTimeZone  *zone,
              GError    **error)
{
  gint64 first;

  if (!rungs_ladder_history_first_sale (db, &first, error))
    return FALSE;
  self->days
    = rungs_ladder_days_new (MAX (self->question->from, first), self->question->now, zone);
  return TRUE;
}

static gboolean
prepare (Counting  *self,
         RungsDb   *db,
         GError   **error)
{
  const RungsLadderCatalogue *catalogue = self->figures->catalogue;
  g_autoptr (GTimeZone) zone = rungs_business_zone (db, error);

  if (zone == NULL)
    return FALSE;
  self->teller = rungs_ladder_teller_new (self->figures->catalogue, self->question);
  self->paid = g_array_new (FALSE, FALSE, sizeof (RungsLadderPaid));
  self->sources = g_new0 (SourceSums, count_sources (self));
  self->products = g_new0 (ProductSums, catalogue->products->len + 1);
  self->marks = g_new0 (guint8, catalogue->products->len + catalogue->sequences->len + 1);
  if (!rungs_ladder_spend_read (db, self->question, zone, self->figures->catalogue, take_spend,
                                self, error)
      || !rungs_ladder_commission_read (db, self->question, zone, self->figures->catalogue,
                                        take_commission, self, error)
      || !prepare_days (self, db, zone, error))
    return FALSE;
  for (guint i = 0; i < count_sources (self); i++)
    prepare_payback (self, &self->sources[i]);
  self->figures->flows = rungs_ladder_flows_new (catalogue);
  return TRUE;
}

static void
counting_clear (Counting *self)
{
  for (guint i = 0; self->sources != NULL && i < count_sources (self); i++)
    {
      g_free (self->sources[i].spend);
      g_free (self->sources[i].commission);
      g_free (self->sources[i].costs);
      g_free (self->sources[i].front);
      g_free (self->sources[i].back);
      g_free (self->sources[i].by_day);
    }
  for (guint i = 0; self->products != NULL && i < self->figures->catalogue->products->len; i++)
    {
      g_free (self->products[i].revenue);
      g_free (self->products[i].refunded);
    }
  g_free (self->sources);
  g_free (self->products);
  g_free (self->marks);
  g_clear_pointer (&self->days, rungs_ladder_days_free);
  g_clear_pointer (&self->teller, rungs_ladder_teller_free);
  g_clear_pointer (&self->paid, g_array_unref);
}

/* ---- what came of it */

/* Rounded half to even; `n` above 0. */
static gint64
divide (gint64 amount,
        gint64 n)
{
  gint64 whole = amount / n;
  gint64 rest = ABS (amount % n);

  if (rest > n - rest || (rest == n - rest && whole % 2 != 0))
    whole += amount < 0 ? -1 : 1;
  return whole;
}

static void
finish_cost (Counting                 *self,
             const SourceSums         *sums,
             RungsLadderSourceFigures *figures)
{
  const char *code;
  gint64 cost, spent;

  if (sums->currency < 0 || self->question->segment != NULL)
    return;
  code = rungs_ladder_catalogue_get_code (self->figures->catalogue, (guint) sums->currency);
  cost = divide (sums->costs[sums->currency], MAX (figures->leads, 1));
  spent = divide (sums->spend[sums->currency], MAX (figures->leads, 1));
  figures->has_cost = figures->leads > 0;
  figures->cost = rungs_money (cost, code);
  figures->cost_spent = rungs_money (spent, code);
  figures->cost_commission = rungs_money (cost - spent, code);
}

static void
finish_source (Counting *self,
               guint     index)
{
  RungsLadderSourceFigures *figures = &self->figures->sources[index];
  const RungsLadderCatalogue *catalogue = self->figures->catalogue;
  SourceSums *sums = &self->sources[index];

  figures->spend = rungs_ladder_catalogue_monies (catalogue, sums->spend);
  figures->commission = rungs_ladder_catalogue_monies (catalogue, sums->commission);
  figures->costs = rungs_ladder_catalogue_monies (catalogue, sums->costs);
  figures->front = rungs_ladder_catalogue_monies (catalogue, sums->front);
  figures->back = rungs_ladder_catalogue_monies (catalogue, sums->back);
  figures->spend_converted = rungs_ladder_catalogue_converted (catalogue, sums->spend);
  figures->commission_converted = rungs_ladder_catalogue_converted (catalogue, sums->commission);
  figures->costs_converted = rungs_ladder_catalogue_converted (catalogue, sums->costs);
  figures->front_converted = rungs_ladder_catalogue_converted (catalogue, sums->front);
  figures->back_converted = rungs_ladder_catalogue_converted (catalogue, sums->back);
  finish_cost (self, sums, figures);
  figures->can_pay_back = sums->follows;
  if (sums->by_day != NULL)
    rungs_ladder_days_pay_back (self->days, sums->by_day, sums->costs[sums->currency],
                                figures->paid_back);
}

static void
finish_product (Counting *self,
                guint     index)
{
  RungsLadderProductFigures *figures = &self->figures->products[index];
  RungsLadderShare *refunds = &figures->refunds;
  const RungsLadderCatalogue *catalogue = self->figures->catalogue;

  figures->revenue = rungs_ladder_catalogue_monies (catalogue, self->products[index].revenue);
  figures->refunded = rungs_ladder_catalogue_monies (catalogue, self->products[index].refunded);
  figures->revenue_converted
    = rungs_ladder_catalogue_converted (catalogue, self->products[index].revenue);
  refunds->too_few = refunds->cases < RUNGS_LADDER_FEW;
  refunds->share = rungs_wilson (refunds->hits, refunds->cases);
  refunds->money = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
  refunds->converted = g_array_new (FALSE, FALSE, sizeof (RungsMoney));
}

static void
finish (Counting *self)
{
  RungsLadderFigures *figures = self->figures;
  const RungsLadderCatalogue *catalogue = figures->catalogue;

  figures->apart = rungs_ladder_teller_list_apart (self->teller);
  if (self->question->exchange != NULL)
    g_strlcpy (figures->currency, rungs_exchange_get_currency (self->question->exchange),
               sizeof figures->currency);
  for (guint i = 0; i < count_sources (self); i++)
    finish_source (self, i);
  for (guint i = 0; i < catalogue->products->len; i++)
    finish_product (self, i);
  for (guint i = 0; i < catalogue->sequences->len; i++)
    figures->sequences[i].entered
      = rungs_ladder_flows_count (figures->flows, rungs_ladder_catalogue_sequence (catalogue, i),
                                  RUNGS_LADDER_ANY_PATH);
  figures->opt_in.leads
    = rungs_ladder_flows_count (figures->flows, catalogue->opt_in, RUNGS_LADDER_ANY_PATH);
  for (int path = 0; path < RUNGS_LADDER_PATHS; path++)
    figures->opt_in.by_path[path]
      = rungs_ladder_flows_count (figures->flows, catalogue->opt_in, path);
}

static RungsLadderFigures *
figures_new (RungsLadderCatalogue *catalogue)
{
  RungsLadderFigures *self = g_new0 (RungsLadderFigures, 1);

  self->catalogue = catalogue;
  self->sources
    = g_new0 (RungsLadderSourceFigures, RUNGS_SOURCE_KINDS + catalogue->sources->len);
  self->products = g_new0 (RungsLadderProductFigures, catalogue->products->len + 1);
  self->sequences = g_new0 (RungsLadderSequenceFigures, catalogue->sequences->len + 1);
  return self;
}

RungsLadderFigures *
rungs_ladder_figures_load (RungsDb                    *db,
                           const RungsLadderQuestion  *question,
                           GError                    **error)
{
  RungsLadderCatalogue *catalogue = rungs_ladder_catalogue_load (db, error);
  g_autoptr (RungsLadderFigures) self = NULL;
  g_autoptr (RungsLadderHistory) history = NULL;
  Counting counting = { .question = question };
  gboolean counted;

  g_return_val_if_fail (question != NULL, NULL);

  if (catalogue == NULL)
    return NULL;
  self = figures_new (catalogue);
  counting.figures = self;
  history = rungs_ladder_history_new (db, question, catalogue, error);
  counted = history != NULL && prepare (&counting, db, error)
            && count_leads (&counting, history, error);
  if (counted)
    finish (&counting);
  counting_clear (&counting);
  return counted ? g_steal_pointer (&self) : NULL;
}

void
rungs_ladder_figures_free (RungsLadderFigures *self)
{
  for (guint i = 0; i < RUNGS_SOURCE_KINDS + self->catalogue->sources->len; i++)
    {
      g_clear_pointer (&self->sources[i].spend, g_array_unref);
      g_clear_pointer (&self->sources[i].commission, g_array_unref);
      g_clear_pointer (&self->sources[i].costs, g_array_unref);
      g_clear_pointer (&self->sources[i].front, g_array_unref);
      g_clear_pointer (&self->sources[i].back, g_array_unref);
      g_clear_pointer (&self->sources[i].spend_converted, g_array_unref);
      g_clear_pointer (&self->sources[i].commission_converted, g_array_unref);
      g_clear_pointer (&self->sources[i].costs_converted, g_array_unref);
      g_clear_pointer (&self->sources[i].front_converted, g_array_unref);
      g_clear_pointer (&self->sources[i].back_converted, g_array_unref);
    }
  for (guint i = 0; i < self->catalogue->products->len; i++)
    {
      g_clear_pointer (&self->products[i].revenue, g_array_unref);
      g_clear_pointer (&self->products[i].refunded, g_array_unref);
      g_clear_pointer (&self->products[i].revenue_converted, g_array_unref);
      g_clear_pointer (&self->products[i].refunds.money, g_array_unref);
      g_clear_pointer (&self->products[i].refunds.converted, g_array_unref);
    }
  g_clear_pointer (&self->flows, rungs_ladder_flows_free);
  g_clear_pointer (&self->apart, g_array_unref);
  g_free (self->sources);
  g_free (self->products);
  g_free (self->sequences);
  rungs_ladder_catalogue_free (self->catalogue);
  g_free (self);
}

RungsLadderFlow *
rungs_ladder_figures_flow (RungsLadderFigures *self,
                           RungsLadderPlace    from,
                           RungsLadderPlace    to)
{
  int begin, end;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (to.kind >= RUNGS_LADDER_OPT_IN, NULL);

  begin = rungs_ladder_catalogue_number (self->catalogue, from);
  end = rungs_ladder_catalogue_number (self->catalogue, to);
  return begin >= 0 && end >= 0 ? rungs_ladder_flows_get (self->flows, (guint) begin, (guint) end)
                                : NULL;
}

const RungsLadderSourceFigures *
rungs_ladder_figures_get_source (RungsLadderFigures *self,
                                 gint64              source)
{
  int found;

  g_return_val_if_fail (self != NULL, NULL);

  found = rungs_ladder_catalogue_find (self->catalogue->sources, source);
  return found >= 0 ? &self->sources[RUNGS_SOURCE_KINDS + found] : NULL;
}

const RungsLadderSourceFigures *
rungs_ladder_figures_get_kind (RungsLadderFigures *self,
                               RungsSourceKind     kind)
{
  g_return_val_if_fail (self != NULL && kind < RUNGS_SOURCE_KINDS, NULL);

  return &self->sources[kind];
}

const RungsLadderProductFigures *
rungs_ladder_figures_get_product (RungsLadderFigures *self,
                                  gint64              product)
{
  int found;

  g_return_val_if_fail (self != NULL, NULL);

  found = rungs_ladder_catalogue_find (self->catalogue->products, product);
  return found >= 0 ? &self->products[found] : NULL;
}

const RungsLadderSequenceFigures *
rungs_ladder_figures_get_sequence (RungsLadderFigures *self,
                                   gint64              sequence)
{
  int found;

  g_return_val_if_fail (self != NULL, NULL);

  found = rungs_ladder_catalogue_find (self->catalogue->sequences, sequence);
  return found >= 0 ? &self->sequences[found] : NULL;
}

const char *
rungs_ladder_figures_get_currency (RungsLadderFigures *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->currency;
}

GArray *
rungs_ladder_figures_get_apart (RungsLadderFigures *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->apart;
}

const RungsLadderOptInFigures *
rungs_ladder_figures_get_opt_in (RungsLadderFigures *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return &self->opt_in;
}
