/* rungs-ladder-spend-store.c: what sources cost in a period: what was spent on them, and what their
 * partners earned. */

#include "insights/rungs-ladder-spend-store.h"

#include "base/rungs-time.h"
#include "db/rungs-statement.h"
#include "partners/rungs-ledger-cost-store.h"

static const char SQL_SPEND[]
  = "SELECT source, currency, amount, day FROM source_spend"
    " WHERE day >= :first AND day <= :last ORDER BY id";

/* The first day and the last one; before the calendar begins there was none. */
static void
bind_days (RungsStatement            *query,
           const RungsLadderQuestion *question,
           GTimeZone                 *zone)
{
  gint64 end = MIN (question->until - 1, question->now);
  g_autofree char *first
    = question->from > 0 ? rungs_time_format_day (question->from, zone) : g_strdup ("");
  g_autofree char *last = rungs_time_format_day (MAX (end, 0), zone);

  rungs_statement_bind_text (query, ":first", first);
  rungs_statement_bind_text (query, ":last", end < question->from ? "" : last);
}

gboolean
rungs_ladder_spend_read (RungsDb                    *db,
                         const RungsLadderQuestion  *question,
                         GTimeZone                  *zone,
                         RungsLadderCatalogue       *catalogue,
                         void                      (*take) (gpointer    data,
                                                            guint       source,
                                                            const char *day,
                                                            guint       currency,
                                                            gint64      amount),
                         gpointer                    data,
                         GError                    **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, SQL_SPEND, error);

  if (query == NULL)
    return FALSE;
  bind_days (query, question, zone);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    {
      int source = rungs_ladder_catalogue_find (catalogue->sources,
                                                rungs_statement_get_int64 (query, 0));

      if (source >= 0)
        take (data, (guint) source, rungs_statement_get_text (query, 3),
              rungs_ladder_catalogue_currency (catalogue, rungs_statement_get_text (query, 1)),
              rungs_statement_get_int64 (query, 2));
    }
  return rungs_statement_done (query, error);
}

/* ---- commissions and awards */

typedef struct
{
  RungsLadderCatalogue *catalogue;
  void (*take) (gpointer data,
                guint    source,
                gint64   at,
                guint    currency,
                gint64   amount);
  gpointer data;
} Reading;

static void
take_cost (const RungsLedgerCost *cost,
           gpointer               data)
{
  Reading *self = data;
  int source = rungs_ladder_catalogue_find (self->catalogue->sources, cost->source);

  if (source >= 0)
    self->take (self->data, (guint) source, cost->at,
                rungs_ladder_catalogue_currency (self->catalogue, cost->currency), cost->amount);
}

void
rungs_ladder_spend_span (const RungsLadderQuestion *question,
                         GTimeZone                 *zone,
                         gint64                    *from,
                         gint64                    *until)
{
  gint64 end = MIN (question->until - 1, question->now);

  *from = question->from > 0 ? rungs_time_day_start (question->from, zone, 0) : 0;
  *until = end < question->from
             ? *from
             : MIN (rungs_time_day_start (end, zone, 1), question->now + 1);
}

gboolean
rungs_ladder_commission_read (RungsDb                    *db,
                              const RungsLadderQuestion  *question,
                              GTimeZone                  *zone,
                              RungsLadderCatalogue       *catalogue,
                              void                      (*take) (gpointer data,
                                                                 guint    source,
                                                                 gint64   at,
                                                                 guint    currency,
                                                                 gint64   amount),
                              gpointer                    data,
                              GError                    **error)
{
  const char *report = question->exchange != NULL ? rungs_exchange_get_currency (question->exchange)
                                                  : NULL;
  Reading reading = { .catalogue = catalogue, .take = take, .data = data };
  gint64 from, until;

  rungs_ladder_spend_span (question, zone, &from, &until);
  return rungs_ledger_costs_sum (db, 0, from, until, report, take_cost, &reading, error)
         && (report == NULL
             || rungs_ledger_costs_list (db, 0, from, until, report, take_cost, &reading,
                                         error));
}
