/* rungs-ladder-teller.c: in which currency money of the ladder map is told. */

#include "insights/rungs-ladder-teller.h"

#include <string.h>

/* What has no rate in a currency. */
typedef struct
{
  gint64 orders;
  gint64 costs;
} Apart;

struct _RungsLadderTeller
{
  RungsLadderCatalogue *catalogue; /* (unowned) */
  const RungsLadderQuestion *question;
  guint report;      /* the number of the currency of the report, where there is one */
  GArray *apart;     /* (owned) (element-type Apart) by number of currency */
  gint64 last_order; /* that was counted as apart */
};

RungsLadderTeller *
rungs_ladder_teller_new (RungsLadderCatalogue      *catalogue,
                         const RungsLadderQuestion *question)
{
  RungsLadderTeller *self = g_new0 (RungsLadderTeller, 1);

  self->catalogue = catalogue;
  self->question = question;
  self->apart = g_array_new (FALSE, TRUE, sizeof (Apart));
  if (question->exchange != NULL)
    self->report = rungs_ladder_catalogue_currency (
      catalogue, rungs_exchange_get_currency (question->exchange));
  return self;
}

void
rungs_ladder_teller_free (RungsLadderTeller *self)
{
  g_array_unref (self->apart);
  g_free (self);
}

static Apart *
ensure_apart (RungsLadderTeller *self,
              guint              currency)
{
  if (self->apart->len <= currency)
    g_array_set_size (self->apart, currency + 1);
  return &g_array_index (self->apart, Apart, currency);
}

static gboolean
is_told_as_it_is (const RungsLadderTeller *self,
                  guint                    currency)
{
  return self->question->exchange == NULL || currency == self->report;
}

static RungsMoney
money_of (const RungsLadderTeller *self,
          guint                    currency,
          gint64                   amount)
{
  return rungs_money (amount, rungs_ladder_catalogue_get_code (self->catalogue, currency));
}

/* Orders before the period count nowhere; the lines of one come one after the other. */
static void
count_apart (RungsLadderTeller     *self,
             const RungsLadderLine *line)
{
  if (line->order == self->last_order || line->at < self->question->from)
    return;
  self->last_order = line->order;
  ensure_apart (self, line->currency)->orders++;
}

gboolean
rungs_ladder_teller_tell (RungsLadderTeller     *self,
                          const RungsLadderLine *line,
                          RungsLadderPaid       *paid)
{
  RungsMoney amount, refunded = { 0 };
  RungsExchanged done;

  *paid = (RungsLadderPaid) { line->amount, line->refunded, line->currency, FALSE };
  if (is_told_as_it_is (self, line->currency))
    return TRUE;
  done = rungs_exchange_convert (self->question->exchange,
                                 money_of (self, line->currency, line->amount), line->at, &amount);
  if (done == RUNGS_EXCHANGED && line->refunded != 0)
    done = rungs_exchange_convert (self->question->exchange,
                                   money_of (self, line->currency, line->refunded), line->at,
                                   &refunded);
  if (done == RUNGS_EXCHANGED)
    *paid = (RungsLadderPaid) { amount.minor, refunded.minor, self->report, TRUE };
  if (done == RUNGS_EXCHANGE_NO_RATE)
    count_apart (self, line);
  return done != RUNGS_EXCHANGE_TOO_LARGE;
}

gboolean
rungs_ladder_teller_tell_part (RungsLadderTeller     *self,
                               const RungsLadderLine *line,
                               gint64                 before,
                               gint64                 part,
                               gint64                *told)
{
  RungsMoney money = money_of (self, line->currency, part);
  RungsExchanged done = RUNGS_EXCHANGED;

  if (!is_told_as_it_is (self, line->currency))
    done = rungs_exchange_convert_part (self->question->exchange, money, before, line->at, &money);
  *told = money.minor;
  return done != RUNGS_EXCHANGE_TOO_LARGE;
}

/* `day` is NULL: of the instant `at`. */
static gboolean
tell_cost (RungsLadderTeller *self,
           const char        *day,
           gint64             at,
           guint              currency,
           gint64             amount,
           RungsLadderPaid   *paid)
{
  RungsMoney money = money_of (self, currency, amount);
  RungsExchanged done;

  *paid = (RungsLadderPaid) { amount, 0, currency, FALSE };
  if (is_told_as_it_is (self, currency))
    return TRUE;
  done = day != NULL
           ? rungs_exchange_convert_day (self->question->exchange, money, day, &money)
           : rungs_exchange_convert (self->question->exchange, money, at, &money);
  if (done == RUNGS_EXCHANGED)
    *paid = (RungsLadderPaid) { money.minor, 0, self->report, TRUE };
  if (done == RUNGS_EXCHANGE_NO_RATE)
    ensure_apart (self, currency)->costs++;
  return done != RUNGS_EXCHANGE_TOO_LARGE;
}

gboolean
rungs_ladder_teller_tell_spend (RungsLadderTeller *self,
                                const char        *day,
                                guint              currency,
                                gint64             amount,
                                RungsLadderPaid   *paid)
{
  return tell_cost (self, day, 0, currency, amount, paid);
}

gboolean
rungs_ladder_teller_tell_commission (RungsLadderTeller *self,
                                     gint64             at,
                                     guint              currency,
                                     gint64             amount,
                                     RungsLadderPaid   *paid)
{
  return tell_cost (self, NULL, at, currency, amount, paid);
}

static int
compare_apart (gconstpointer a,
               gconstpointer b)
{
  return strcmp (((const RungsLadderApart *) a)->currency,
                 ((const RungsLadderApart *) b)->currency);
}

GArray *
rungs_ladder_teller_list_apart (const RungsLadderTeller *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (RungsLadderApart));

  for (guint i = 0; i < self->apart->len; i++)
    {
      const Apart *apart = &g_array_index (self->apart, Apart, i);
      const char *code = rungs_ladder_catalogue_get_code (self->catalogue, i);
      RungsLadderApart one = { .orders = apart->orders, .costs = apart->costs };
      const char *day;

      if (apart->orders + apart->costs == 0)
        continue;
      day = rungs_exchange_get_first_day (self->question->exchange, code);
      g_strlcpy (one.currency, code, sizeof one.currency);
      g_strlcpy (one.first_day, day != NULL ? day : "", sizeof one.first_day);
      g_array_append_val (list, one);
    }
  g_array_sort (list, compare_apart);
  return list;
}
