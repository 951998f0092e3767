/* rungs-ladder-rows-store.c: what leads did on the ladder, as the tables have it, lead by lead.
 *
 * For all leads each table is read once from its beginning to its end, which is how SQLite reads
 * fastest, and the rows are then put into the order of leads by counting how many each lead has.
 * Asking for the rows of each lead, or having them sorted, takes several times as long where there
 * are millions; so does having SQLite look for the order of each line, which here stands beside
 * that of the line before. For a few leads it is the other way round: their rows are found by the
 * indexes. */

#include "insights/rungs-ladder-rows-store.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "db/rungs-statement.h"

#define SELECT_TOUCHES "SELECT id, lead, at, source, path FROM touch"
#define SELECT_ENROLMENTS                                                                          \
  "SELECT id, lead, entered_at, ended_at, sequence, outcome FROM enrolment"
#define SELECT_REFUNDS "SELECT g.order_line, g.refund, f.at, g.amount"
#define OF_SOME_LEADS " WHERE lead BETWEEN :first AND :last"
#define LINES_OF_SOME_LEADS                                                                        \
  " FROM sales_order o CROSS JOIN order_line l ON l.sales_order = o.id"

static const char SQL_TOUCHES[] = SELECT_TOUCHES OF_SOME_LEADS;
static const char SQL_ENROLMENTS[] = SELECT_ENROLMENTS OF_SOME_LEADS;
static const char SQL_LINES[]
  = "SELECT l.id, o.id, l.amount, l.quantity, l.paid_until, l.product, o.lead, o.at, o.currency"
    LINES_OF_SOME_LEADS " WHERE o.lead BETWEEN :first AND :last";
static const char SQL_REFUNDS[]
  = SELECT_REFUNDS LINES_OF_SOME_LEADS " CROSS JOIN refund_line g ON g.order_line = l.id"
                                       " CROSS JOIN refund f ON f.id = g.refund"
                                       " WHERE o.lead BETWEEN :first AND :last";

static const char SQL_ALL_TOUCHES[] = SELECT_TOUCHES;
static const char SQL_ALL_ENROLMENTS[] = SELECT_ENROLMENTS;
static const char SQL_ALL_ORDERS[] = "SELECT id, lead, at, currency FROM sales_order ORDER BY id";
static const char SQL_ALL_LINES[]
  = "SELECT id, sales_order, amount, quantity, paid_until, product FROM order_line ORDER BY id";
static const char SQL_ALL_REFUNDS[]
  = SELECT_REFUNDS " FROM refund_line g CROSS JOIN refund f ON f.id = g.refund";

/* What every row begins with: by this it is sorted. */
typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
} Key;

typedef struct
{
  Key key;
  RungsLadderTouch touch;
} Touch;

typedef struct
{
  Key key;
  RungsLadderLine line;
} Line;

typedef struct
{
  Key key;
  RungsLadderEnrolment enrolment;
} Enrolment;

typedef struct
{
  gint64 line;
  gint64 id;
  RungsLadderRefund refund;
} Refund;

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  char code[4];
} Order;

/* Rows of one kind, and for each lead which of them are its own: `order` from starts[lead - first]
 * to starts[lead - first + 1]. */
typedef struct
{
  GArray *rows;
  guint *order;
  guint *starts;
} Rows;

struct _RungsLadderRows
{
  Rows touches;
  Rows lines;
  Rows enrolments;
  GArray *refunds; /* (element-type Refund) by line */
  GArray *orders;  /* (element-type Order) by id; while all lines are read */
  guint order;     /* that of the last line */
  gint64 first;    /* of the leads */
  gint64 last;
  gint64 lead; /* the one that was given last */
};

/* ---- rows */

static const Key *
key_of (const Rows *self,
        guint       index)
{
  gsize size = g_array_get_element_size (self->rows);

  return (const Key *) (gconstpointer) (self->rows->data + size * index);
}

static gboolean
rows_sort (Rows    *self,
           gint64   first,
           gint64   last,
           GError **error)
{
  gsize n_leads = (gsize) (last - first) + 1;

  self->starts = g_try_new0 (guint, n_leads + 1);
  self->order = g_try_new (guint, self->rows->len + 1);
  if (self->starts == NULL || self->order == NULL)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                           _ ("There is not enough memory to count so many leads"));
      return FALSE;
    }
  for (guint i = 0; i < self->rows->len; i++)
    self->starts[key_of (self, i)->lead - first + 1]++;
  for (gsize lead = 0; lead < n_leads; lead++)
    self->starts[lead + 1] += self->starts[lead];
  for (guint i = self->rows->len; i-- > 0;)
    self->order[--self->starts[key_of (self, i)->lead - first + 1]] = i;
  /* each start has gone down to that of its lead: one place too far up */
  for (gsize lead = 0; lead < n_leads; lead++)
    self->starts[lead] = self->starts[lead + 1];
  self->starts[n_leads] = self->rows->len;
  return TRUE;
}

static void
rows_clear (Rows *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
  g_free (self->order);
  g_free (self->starts);
}

static gboolean
is_later (const Rows *self,
          guint       index,
          guint       than)
{
  const Key *one = key_of (self, index);
  const Key *other = key_of (self, than);

  return one->at > other->at || (one->at == other->at && one->id > other->id);
}

/* The rows of the lead are few, and mostly as they should be. */
static void
sort_by_moment (Rows   *self,
                gint64  lead)
{
  for (guint i = self->starts[lead] + 1; i < self->starts[lead + 1]; i++)
    {
      guint row = self->order[i];
      guint place = i;

      for (; place > self->starts[lead] && is_later (self, self->order[place - 1], row); place--)
        self->order[place] = self->order[place - 1];
      self->order[place] = row;
    }
}

/* ---- reading */

static Key
key_from_row (RungsStatement *row)
{
  return (Key) {
    .id = rungs_statement_get_int64 (row, 0),
    .lead = rungs_statement_get_int64 (row, 1),
    .at = rungs_statement_get_int64 (row, 2),
  };
}

static void
take_touch (RungsLadderRows *self,
            RungsStatement  *row)
{
  Touch touch = { .key = key_from_row (row) };

  touch.touch.at = touch.key.at;
  touch.touch.source_id = rungs_statement_get_int64 (row, 3);
  if (rungs_path_from_text (rungs_statement_get_text (row, 4), &touch.touch.path))
    g_array_append_val (self->touches.rows, touch);
}

static void
take_refund (RungsLadderRows *self,
             RungsStatement  *row)
{
  Refund refund = {
    .line = rungs_statement_get_int64 (row, 0),
    .id = rungs_statement_get_int64 (row, 1),
    .refund = {
      .at = rungs_statement_get_int64 (row, 2),
      .amount = rungs_statement_get_int64 (row, 3),
    },
  };

  g_array_append_val (self->refunds, refund);
}

static void
take_order (RungsLadderRows *self,
            RungsStatement  *row)
{
  Order order = {
    .id = rungs_statement_get_int64 (row, 0),
    .lead = rungs_statement_get_int64 (row, 1),
    .at = rungs_statement_get_int64 (row, 2),
  };

  g_strlcpy (order.code, rungs_statement_get_text (row, 3), sizeof order.code);
  g_array_append_val (self->orders, order);
}

/* The first order from that id on. */
static guint
search_order (RungsLadderRows *self,
              gint64           id)
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

/* The order of that id: mostly it is that of the last line, or stands right behind it. */
static const Order *
find_order (RungsLadderRows *self,
            gint64           id)
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
take_line_of (RungsLadderRows *self,
              RungsStatement  *row,
              const Order     *order)
{
  Line line = {
    .key = { .id = rungs_statement_get_int64 (row, 0), .lead = order->lead, .at = order->at },
    .line = {
      .at = order->at,
      .order = order->id,
      .amount = rungs_statement_get_int64 (row, 2),
      .quantity = rungs_statement_get_int64 (row, 3),
      .paid_until
        = rungs_statement_is_null (row, 4) ? G_MAXINT64 : rungs_statement_get_int64 (row, 4),
      .product_id = rungs_statement_get_int64 (row, 5),
    },
  };

  g_strlcpy (line.line.code, order->code, sizeof line.line.code);
  g_array_append_val (self->lines.rows, line);
}

/* Of all lines: the orders are known. */
static void
take_line (RungsLadderRows *self,
           RungsStatement  *row)
{
  const Order *order = find_order (self, rungs_statement_get_int64 (row, 1));

  if (order != NULL)
    take_line_of (self, row, order);
}

static void
take_line_with_order (RungsLadderRows *self,
                      RungsStatement  *row)
{
  Order order = {
    .id = rungs_statement_get_int64 (row, 1),
    .lead = rungs_statement_get_int64 (row, 6),
    .at = rungs_statement_get_int64 (row, 7),
  };

  g_strlcpy (order.code, rungs_statement_get_text (row, 8), sizeof order.code);
  take_line_of (self, row, &order);
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
take_enrolment (RungsLadderRows *self,
                RungsStatement  *row)
{
  Enrolment enrolment = {
    .key = key_from_row (row),
    .enrolment = {
      .ended_at = rungs_statement_get_int64 (row, 3),
      .sequence_id = rungs_statement_get_int64 (row, 4),
      .outcome = read_outcome (rungs_statement_get_text (row, 5)),
    },
  };

  enrolment.enrolment.at = enrolment.key.at;
  g_array_append_val (self->enrolments.rows, enrolment);
}

static gboolean
read_rows (RungsDb          *db,
           const char       *sql,
           void            (*take) (RungsLadderRows *self,
                                    RungsStatement  *row),
           RungsLadderRows  *self,
           GError          **error)
{
  g_autoptr (RungsStatement) query = rungs_db_prepare (db, sql, error);

  if (query == NULL)
    return FALSE;
  rungs_statement_offer_int64 (query, ":first", self->first);
  rungs_statement_offer_int64 (query, ":last", self->last);
  while (rungs_statement_step (query, error) == RUNGS_ROW)
    take (self, query);
  return rungs_statement_done (query, error);
}

static int
compare_refunds (gconstpointer a,
                 gconstpointer b)
{
  const Refund *one = a, *other = b;

  if (one->line != other->line)
    return (one->line > other->line) - (one->line < other->line);
  return (one->id > other->id) - (one->id < other->id);
}

static RungsLadderRows *
rows_new (void)
{
  RungsLadderRows *self = g_new0 (RungsLadderRows, 1);

  self->touches.rows = g_array_new (FALSE, FALSE, sizeof (Touch));
  self->lines.rows = g_array_new (FALSE, FALSE, sizeof (Line));
  self->enrolments.rows = g_array_new (FALSE, FALSE, sizeof (Enrolment));
  self->refunds = g_array_new (FALSE, FALSE, sizeof (Refund));
  self->orders = g_array_new (FALSE, FALSE, sizeof (Order));
  return self;
}

static gboolean
sort_all (RungsLadderRows  *self,
          GError          **error)
{
  g_array_sort (self->refunds, compare_refunds);
  self->lead = self->first - 1;
  return rows_sort (&self->touches, self->first, self->last, error)
         && rows_sort (&self->lines, self->first, self->last, error)
         && rows_sort (&self->enrolments, self->first, self->last, error);
}

RungsLadderRows *
rungs_ladder_rows_load (RungsDb  *db,
                        gint64    first,
                        gint64    last,
                        GError  **error)
{
  g_autoptr (RungsLadderRows) self = rows_new ();

  g_return_val_if_fail (first <= last, NULL);

  self->first = first;
  self->last = last;
  return read_rows (db, SQL_TOUCHES, take_touch, self, error)
             && read_rows (db, SQL_LINES, take_line_with_order, self, error)
             && read_rows (db, SQL_REFUNDS, take_refund, self, error)
             && read_rows (db, SQL_ENROLMENTS, take_enrolment, self, error)
             && sort_all (self, error)
           ? g_steal_pointer (&self)
           : NULL;
}

static void
widen (RungsLadderRows *self,
       const Rows      *rows)
{
  for (guint i = 0; i < rows->rows->len; i++)
    self->last = MAX (self->last, key_of (rows, i)->lead);
}

RungsLadderRows *
rungs_ladder_rows_load_all (RungsDb  *db,
                            GError  **error)
{
  g_autoptr (RungsLadderRows) self = rows_new ();

  if (!read_rows (db, SQL_ALL_TOUCHES, take_touch, self, error)
      || !read_rows (db, SQL_ALL_ORDERS, take_order, self, error)
      || !read_rows (db, SQL_ALL_LINES, take_line, self, error)
      || !read_rows (db, SQL_ALL_REFUNDS, take_refund, self, error)
      || !read_rows (db, SQL_ALL_ENROLMENTS, take_enrolment, self, error))
    return NULL;
  g_array_set_size (self->orders, 0);
  widen (self, &self->touches);
  widen (self, &self->lines);
  widen (self, &self->enrolments);
  return sort_all (self, error) ? g_steal_pointer (&self) : NULL;
}

void
rungs_ladder_rows_free (RungsLadderRows *self)
{
  rows_clear (&self->touches);
  rows_clear (&self->lines);
  rows_clear (&self->enrolments);
  g_array_unref (self->refunds);
  g_array_unref (self->orders);
  g_free (self);
}

/* ---- leads */

/* The first refund from that line on. */
static guint
search_refund (const RungsLadderRows *self,
               gint64                 line)
{
  const Refund *refunds = (const Refund *) (gpointer) self->refunds->data;
  guint low = 0, high = self->refunds->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (refunds[middle].line < line)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
add_refunds (const RungsLadderRows *self,
             gint64                 id,
             RungsLadderLine       *line,
             RungsLadderDeeds      *deeds)
{
  line->first_refund = deeds->refunds->len;
  for (guint i = search_refund (self, id); i < self->refunds->len; i++)
    {
      const Refund *refund = &g_array_index (self->refunds, Refund, i);

      if (refund->line != id)
        break;
      g_array_append_val (deeds->refunds, refund->refund);
      line->n_refunds++;
    }
}

static void
add_rows (RungsLadderRows  *self,
          gint64            place,
          RungsLadderDeeds *deeds)
{
  for (guint i = self->touches.starts[place]; i < self->touches.starts[place + 1]; i++)
    g_array_append_val (
      deeds->touches,
      g_array_index (self->touches.rows, Touch, self->touches.order[i]).touch);
  for (guint i = self->lines.starts[place]; i < self->lines.starts[place + 1]; i++)
    {
      Line line = g_array_index (self->lines.rows, Line, self->lines.order[i]);

      add_refunds (self, line.key.id, &line.line, deeds);
      g_array_append_val (deeds->lines, line.line);
    }
  for (guint i = self->enrolments.starts[place]; i < self->enrolments.starts[place + 1]; i++)
    g_array_append_val (
      deeds->enrolments,
      g_array_index (self->enrolments.rows, Enrolment, self->enrolments.order[i]).enrolment);
}

gboolean
rungs_ladder_rows_next (RungsLadderRows  *self,
                        RungsLadderDeeds *deeds)
{
  while (++self->lead <= self->last)
    {
      gint64 place = self->lead - self->first;

      sort_by_moment (&self->touches, place);
      sort_by_moment (&self->lines, place);
      sort_by_moment (&self->enrolments, place);
      rungs_ladder_deeds_begin (deeds, self->lead);
      add_rows (self, place, deeds);
      if (deeds->touches->len + deeds->lines->len + deeds->enrolments->len > 0)
        return TRUE;
    }
  return FALSE;
}
