/* rungs-ladder-history-store.c: what leads did on the ladder, in memory and lead by lead.
 *
 * Each table is read once from its beginning to its end, which is how SQLite reads fastest, and the
 * rows are then put into the order of leads by counting how many each lead has. Asking for the rows
 * of each lead, or having them sorted, takes several times as long where there are millions; so
 * does having SQLite look for the order of each line, which here stands beside that of the line
 * before. */

#include "insights/rungs-ladder-history-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"
#include "segments/rungs-rule-leads-store.h"

static const char SQL_TOUCHES[] = "SELECT lead, at, source, path FROM touch ORDER BY id";

static const char SQL_ORDERS[] = "SELECT id, lead, at, currency FROM sales_order ORDER BY id";

static const char SQL_LINES[]
  = "SELECT id, sales_order, amount, quantity, paid_until, product FROM order_line ORDER BY id";

static const char SQL_REFUNDS[]
  = "SELECT g.order_line, f.at, g.amount"
    "  FROM refund_line g CROSS JOIN refund f ON f.id = g.refund";

static const char SQL_ENROLMENTS[]
  = "SELECT lead, entered_at, ended_at, sequence, outcome FROM enrolment ORDER BY id";

/* Rows of one kind, each of which begins with its lead (gint64), and for each lead which of them
 * are its own: `order` from starts[lead] to starts[lead + 1]. */
typedef struct
{
  GArray *rows;
  guint *order;
  guint *starts;
  gint64 highest;
} Rows;

struct _RungsLadderHistory
{
  Rows touches;
  Rows lines;
  Rows enrolments;
  GArray *refunds; /* (element-type RungsLadderRefund) by line */
};

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  guint currency;
} Order;

/* What is being read, and by what it is judged. */
typedef struct
{
  RungsLadderHistory *history;
  const RungsLadderQuestion *question;
  RungsLadderCatalogue *catalogue;
  const RungsLeadSet *only; /* (nullable) */
  GArray *orders;           /* (element-type Order) that are asked for, by id */
  guint order;              /* that of the last line */
  guint refund;             /* the first one that has not met its line */
} Reading;

/* ---- rows */

static gint64
lead_of (const Rows *self,
         guint       index)
{
  gsize size = g_array_get_element_size (self->rows);

  return *(const gint64 *) (gconstpointer) (self->rows->data + size * index);
}

static gboolean
rows_sort (Rows    *self,
           GError **error)
{
  for (guint i = 0; i < self->rows->len; i++)
    self->highest = MAX (self->highest, lead_of (self, i));
  self->starts = g_try_new0 (guint, (gsize) self->highest + 2);
  self->order = g_try_new (guint, self->rows->len + 1);
  if (self->starts == NULL || self->order == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                           _ ("There is not enough memory to count so many leads"));
      return FALSE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    self->starts[lead_of (self, i) + 1]++;
  for (gint64 lead = 0; lead <= self->highest; lead++)
    self->starts[lead + 1] += self->starts[lead];
  for (guint i = self->rows->len; i-- > 0;)
    self->order[--self->starts[lead_of (self, i) + 1]] = i;
  /* each start has gone down to that of its lead: one place too far up */
  for (gint64 lead = 0; lead <= self->highest; lead++)
    self->starts[lead] = self->starts[lead + 1];
  self->starts[self->highest + 1] = self->rows->len;
  return TRUE;
}

static void
rows_clear (Rows *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self->order);
  g_free (self->starts);
}

/* What all rows have after their lead. */
static gint64
moment_of (gconstpointer row)
{
  return ((const gint64 *) row)[1];
}

/* Puts the rows of the lead into `into`, the earliest first; of one moment as they were read. */
static void
rows_collect (const Rows *self,
              gint64      lead,
              GPtrArray  *into)
{
  gsize size = g_array_get_element_size (self->rows);

  g_ptr_array_set_size (into, 0);
  if (lead > self->highest)
    return;
  for (guint i = self->starts[lead]; i < self->starts[lead + 1]; i++)
    {
      gpointer row = self->rows->data + size * self->order[i];
      guint place = into->len;

      g_ptr_array_add (into, row);
      for (; place > 0 && moment_of (into->pdata[place - 1]) > moment_of (row); place--)
        into->pdata[place] = into->pdata[place - 1];
      into->pdata[place] = row;
    }
}

/* ---- reading */

static gboolean
is_asked_for (const Reading *self,
              gint64         lead,
              gint64         at)
{
  return at <= self->question->now
         && (self->only == NULL || rungs_lead_set_has (self->only, lead));
}

static void
take_touch (Reading        *self,
            RungsStatement *row)
{
  RungsLadderTouch touch = {
    .lead = rungs_statement_get_int64 (row, 0),
    .at = rungs_statement_get_int64 (row, 1),
  };
  int source = rungs_ladder_catalogue_find (self->catalogue->sources,
                                            rungs_statement_get_int64 (row, 2));

  if (source < 0 || !is_asked_for (self, touch.lead, touch.at))
    return;
  touch.source = (guint) source;
  if (rungs_path_from_text (rungs_statement_get_text (row, 3), &touch.path))
    g_array_append_val (self->history->touches.rows, touch);
}

/* Gives the line what was given back of it: lines and refunds both come in the order of lines. */
static void
take_refunds (Reading         *self,
              RungsLadderLine *line,
              gint64           id)
{
  const RungsLadderRefund *refunds = (const RungsLadderRefund *) (gpointer)
                                       self->history->refunds->data;
  gint64 all = 0;

  while (self->refund < self->history->refunds->len && refunds[self->refund].line < id)
    self->refund++;
  line->first_refund = self->refund;
  for (; self->refund < self->history->refunds->len && refunds[self->refund].line == id;
       self->refund++)
    {
      const RungsLadderRefund *refund = &refunds[self->refund];

      all += refund->amount;
      line->refunded += refund->at <= self->question->now ? refund->amount : 0;
    }
  line->n_refunds = self->refund - line->first_refund;
  line->whole = line->n_refunds > 0 && all >= line->amount;
}

static void
take_order (Reading        *self,
            RungsStatement *row)
{
  Order order = {
    .id = rungs_statement_get_int64 (row, 0),
    .lead = rungs_statement_get_int64 (row, 1),
    .at = rungs_statement_get_int64 (row, 2),
  };

  if (!is_asked_for (self, order.lead, order.at))
    return;
  order.currency
    = rungs_ladder_catalogue_currency (self->catalogue, rungs_statement_get_text (row, 3));
  g_array_append_val (self->orders, order);
}

/* The first order from that id on. */
static guint
search_order (Reading *self,
              gint64   id)
{
  const Order *orders = (const Order *) (gpointer) self->orders->data;
  guint low = 0, high = self->orders->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (orders[middle].id < id)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The order of that id, where it is asked for: mostly it is that of the last line, or stands right
 * behind it. */
static const Order *
find_order (Reading *self,
            gint64   id)
{
  const Order *orders = (const Order *) (gpointer) self->orders->data;
  guint n = self->orders->len;
  guint last = self->order;

  if (last < n && orders[last].id < id)
    self->order++;
  if ((self->order < n && orders[self->order].id < id)
      || (self->order > 0 && orders[self->order - 1].id >= id))
    self->order = search_order (self, id);
  return self->order < n && orders[self->order].id == id ? &orders[self->order] : NULL;
}

static void
take_line (Reading        *self,
           RungsStatement *row)
{
  const Order *order = find_order (self, rungs_statement_get_int64 (row, 1));
  int product = rungs_ladder_catalogue_find (self->catalogue->products,
                                             rungs_statement_get_int64 (row, 5));
  RungsLadderLine line;

  if (order == NULL || product < 0)
    return;
  line = (RungsLadderLine) {
    .lead = order->lead,
    .at = order->at,
    .order = order->id,
    .currency = order->currency,
    .amount = rungs_statement_get_int64 (row, 2),
    .quantity = rungs_statement_get_int64 (row, 3),
    .paid_until
    = rungs_statement_is_null (row, 4)
        ? G_MAXINT64
        : rungs_statement_get_int64 (row, 4)
            + g_array_index (self->catalogue->graces, gint64, product),
    .product = (guint) product,
  };
  take_refunds (self, &line, rungs_statement_get_int64 (row, 0));
  g_array_append_val (self->history->lines.rows, line);
}

static void
take_refund (Reading        *self,
             RungsStatement *row)
{
  RungsLadderRefund refund = {
    .line = rungs_statement_get_int64 (row, 0),
    .at = rungs_statement_get_int64 (row, 1),
    .amount = rungs_statement_get_int64 (row, 2),
  };

  g_array_append_val (self->history->refunds, refund);
}

static RungsLadderOutcome
read_outcome (const char *text)
{
  if (text == NULL)
    return RUNGS_LADDER_WALKS;
  if (g_str_equal (text, "finished") || g_str_equal (text, "goal"))
    return RUNGS_LADDER_WALKED;
  return g_str_equal (text, "bought") ? RUNGS_LADDER_SOLD : RUNGS_LADDER_STOPPED;
}

static void
take_enrolment (Reading        *self,
                RungsStatement *row)
{
  RungsLadderEnrolment enrolment = {
    .lead = rungs_statement_get_int64 (row, 0),
    .at = rungs_statement_get_int64 (row, 1),
    .ended_at = rungs_statement_get_int64 (row, 2),
    .outcome = read_outcome (rungs_statement_get_text (row, 4)),
  };
  int sequence = rungs_ladder_catalogue_find (self->catalogue->sequences,
                                              rungs_statement_get_int64 (row, 3));

  if (sequence < 0 || !is_asked_for (self, enrolment.lead, enrolment.at))
    return;
  enrolment.sequence = (guint) sequence;
  g_array_append_val (self->history->enrolments.rows, enrolment);
}

static gboolean
read_rows (RungsDb     *db,
           const char  *sql,
           void       (*take) (Reading        *reading,
                               RungsStatement *row),
           Reading     *reading,
           GError     **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    take (reading, query);
  return rungs_statement_done (query, error);
}

static int
compare_refunds (gconstpointer a,
                 gconstpointer b)
{
  gint64 one = ((const RungsLadderRefund *) a)->line;
  gint64 other = ((const RungsLadderRefund *) b)->line;

  return (one > other) - (one < other);
}

static gboolean
read_all (RungsDb  *db,
          Reading  *reading,
          GError  **error)
{
  if (!read_rows (db, SQL_REFUNDS, take_refund, reading, error))
    return FALSE;
  g_array_sort (reading->history->refunds, compare_refunds);
  return read_rows (db, SQL_TOUCHES, take_touch, reading, error)
         && read_rows (db, SQL_ORDERS, take_order, reading, error)
         && read_rows (db, SQL_LINES, take_line, reading, error)
         && read_rows (db, SQL_ENROLMENTS, take_enrolment, reading, error);
}

static RungsLadderHistory *
history_new (void)
{
  RungsLadderHistory *self = g_new0 (RungsLadderHistory, 1);

  self->touches.rows = g_array_new (FALSE, FALSE, sizeof (RungsLadderTouch));
  self->lines.rows = g_array_new (FALSE, FALSE, sizeof (RungsLadderLine));
  self->enrolments.rows = g_array_new (FALSE, FALSE, sizeof (RungsLadderEnrolment));
  self->refunds = g_array_new (FALSE, FALSE, sizeof (RungsLadderRefund));
  return self;
}

RungsLadderHistory *
rungs_ladder_history_load (RungsDb                    *db,
                           const RungsLadderQuestion  *question,
                           RungsLadderCatalogue       *catalogue,
                           GError                    **error)
{
  g_autoptr (RungsLadderHistory) self = history_new ();
  g_autoptr (RungsLeadSet) only = NULL;
  g_autoptr (GArray) orders = g_array_new (FALSE, FALSE, sizeof (Order));
  Reading reading
    = { .history = self, .question = question, .catalogue = catalogue, .orders = orders };

  if (question->segment != NULL)
    {
      only = rungs_rule_find_leads (db, question->segment, question->now, error);
      if (only == NULL)
        return NULL;
    }
  reading.only = only;
  if (!read_all (db, &reading, error) || !rows_sort (&self->touches, error)
      || !rows_sort (&self->lines, error) || !rows_sort (&self->enrolments, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
rungs_ladder_history_free (RungsLadderHistory *self)
{
  rows_clear (&self->touches);
  rows_clear (&self->lines);
  rows_clear (&self->enrolments);
  g_array_unref (self->refunds);
  g_free (self);
}

/* ---- leads */

RungsLadderDeeds *
rungs_ladder_deeds_new (void)
{
  RungsLadderDeeds *self = g_new0 (RungsLadderDeeds, 1);

  self->touches = g_ptr_array_new ();
  self->lines = g_ptr_array_new ();
  self->enrolments = g_ptr_array_new ();
  return self;
}

void
rungs_ladder_deeds_free (RungsLadderDeeds *self)
{
  g_ptr_array_unref (self->touches);
  g_ptr_array_unref (self->lines);
  g_ptr_array_unref (self->enrolments);
  g_free (self);
}

gboolean
rungs_ladder_history_next (const RungsLadderHistory *self,
                           RungsLadderDeeds         *deeds)
{
  gint64 last = MAX (MAX (self->touches.highest, self->lines.highest), self->enrolments.highest);

  while (++deeds->lead <= last)
    {
      rows_collect (&self->touches, deeds->lead, deeds->touches);
      rows_collect (&self->lines, deeds->lead, deeds->lines);
      rows_collect (&self->enrolments, deeds->lead, deeds->enrolments);
      if (deeds->touches->len + deeds->lines->len + deeds->enrolments->len > 0)
        return TRUE;
    }
  return FALSE;
}

gint64
rungs_ladder_history_get_first_sale (const RungsLadderHistory *self)
{
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < self->lines.rows->len; i++)
    first = MIN (first, g_array_index (self->lines.rows, RungsLadderLine, i).at);
  return first;
}

const RungsLadderRefund *
rungs_ladder_history_get_refund (const RungsLadderHistory *self,
                                 const RungsLadderLine    *line,
                                 guint                     index)
{
  g_assert (index < line->n_refunds);

  return &g_array_index (self->refunds, RungsLadderRefund, line->first_refund + index);
}
