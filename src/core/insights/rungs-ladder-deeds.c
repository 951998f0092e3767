/* rungs-ladder-deeds.c: what one lead did on the ladder, and how that is written down.
 *
 * Written down, a lead is a row of whole numbers of seven bits a byte, the lowest first, with the
 * highest bit set in all bytes of a number but its last (as in Protocol Buffers; numbers that may
 * be negative as zigzag). Moments and ids of orders are told by their distance from the one before,
 * the first of a lead from 0:
 *
 *   lead, as distance; how many touches, lines and enrolments
 *   of a touch       moment; source and path (source * 4 + path)
 *   of a line        moment; order; product; amount; what else is told (bits);
 *                    quantity, where it is not 1; until when it is paid, where it is not for ever,
 *                    from the line's moment on; its currency (three letters), where it is not that
 *                    of the line before; how many refunds, and of each the moment from the line's
 *                    on, and the amount
 *   of an enrolment  moment; sequence and outcome (sequence * 4 + outcome); when it ended, from the
 *                    moment it began on, where it did
 *
 * So a lead with two orders takes some fifty bytes, and reading it costs little more than having
 * SQLite read a single row. */

#include "insights/rungs-ladder-deeds.h"

#include <string.h>

/* What else is told of a line. */
#define HAS_QUANTITY 1
#define HAS_END 2
#define HAS_REFUNDS 4
#define HAS_CURRENCY 8

RungsLadderDeeds *
rungs_ladder_deeds_new (void)
{
  RungsLadderDeeds *self = g_new0 (RungsLadderDeeds, 1);

  self->touches = g_array_new (FALSE, FALSE, sizeof (RungsLadderTouch));
  self->lines = g_array_new (FALSE, FALSE, sizeof (RungsLadderLine));
  self->enrolments = g_array_new (FALSE, FALSE, sizeof (RungsLadderEnrolment));
  self->refunds = g_array_new (FALSE, FALSE, sizeof (RungsLadderRefund));
  return self;
}

void
rungs_ladder_deeds_free (RungsLadderDeeds *self)
{
  g_array_unref (self->touches);
  g_array_unref (self->lines);
  g_array_unref (self->enrolments);
  g_array_unref (self->refunds);
  g_free (self);
}

void
rungs_ladder_deeds_begin (RungsLadderDeeds *self,
                          gint64            lead)
{
  self->lead = lead;
  g_array_set_size (self->touches, 0);
  g_array_set_size (self->lines, 0);
  g_array_set_size (self->enrolments, 0);
  g_array_set_size (self->refunds, 0);
}

/* ---- writing */

static void
put (GByteArray *bytes,
     guint64     value)
{
  guint8 coded[10];
  guint n = 0;

  for (; value > 0x7f; value >>= 7)
    coded[n++] = (guint8) (value | 0x80);
  coded[n++] = (guint8) value;
  g_byte_array_append (bytes, coded, n);
}

static void
put_signed (GByteArray *bytes,
            gint64      value)
{
  put (bytes, ((guint64) value << 1) ^ (value < 0 ? G_MAXUINT64 : 0));
}

/* Distances may pass over the end of the numbers, and come back by it when they are read. */
static void
put_distance (GByteArray *bytes,
              gint64      from,
              gint64      to)
{
  put_signed (bytes, (gint64) ((guint64) to - (guint64) from));
}

static void
put_step (GByteArray *bytes,
          gint64     *from,
          gint64      to)
{
  put_distance (bytes, *from, to);
  *from = to;
}

static void
write_touches (const RungsLadderDeeds *self,
               GByteArray             *bytes)
{
  gint64 at = 0;

  for (guint i = 0; i < self->touches->len; i++)
    {
      const RungsLadderTouch *touch = rungs_ladder_deeds_get_touch (self, i);

      put_step (bytes, &at, touch->at);
      put (bytes, (guint64) touch->source_id << 2 | touch->path);
    }
}

static void
write_rest_of_line (const RungsLadderDeeds *self,
                    const RungsLadderLine  *line,
                    guint                   told,
                    GByteArray             *bytes)
{
  put (bytes, told);
  if (told & HAS_QUANTITY)
    put_signed (bytes, line->quantity);
  if (told & HAS_END)
    put_distance (bytes, line->at, line->paid_until);
  if (told & HAS_CURRENCY)
    g_byte_array_append (bytes, (const guint8 *) line->code, 3);
  if (!(told & HAS_REFUNDS))
    return;
  put (bytes, line->n_refunds);
  for (guint i = 0; i < line->n_refunds; i++)
    {
      const RungsLadderRefund *refund = rungs_ladder_deeds_get_refund (self, line, i);

      put_distance (bytes, line->at, refund->at);
      put_signed (bytes, refund->amount);
    }
}

static void
write_lines (const RungsLadderDeeds *self,
             GByteArray             *bytes)
{
  gint64 at = 0, order = 0;
  const char *currency = "";

  for (guint i = 0; i < self->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (self, i);

      put_step (bytes, &at, line->at);
      put_step (bytes, &order, line->order);
      put (bytes, (guint64) line->product_id);
      put_signed (bytes, line->amount);
      write_rest_of_line (self, line,
                          (line->quantity != 1 ? HAS_QUANTITY : 0)
                            | (line->paid_until != G_MAXINT64 ? HAS_END : 0)
                            | (line->n_refunds > 0 ? HAS_REFUNDS : 0)
                            | (!g_str_equal (line->code, currency) ? HAS_CURRENCY : 0),
                          bytes);
      currency = line->code;
    }
}

static void
write_enrolments (const RungsLadderDeeds *self,
                  GByteArray             *bytes)
{
  gint64 at = 0;

  for (guint i = 0; i < self->enrolments->len; i++)
    {
      const RungsLadderEnrolment *enrolment = rungs_ladder_deeds_get_enrolment (self, i);

      put_step (bytes, &at, enrolment->at);
      put (bytes, (guint64) enrolment->sequence_id << 2 | enrolment->outcome);
      if (enrolment->outcome != RUNGS_LADDER_WALKS)
        put_distance (bytes, at, enrolment->ended_at);
    }
}

void
rungs_ladder_deeds_write (const RungsLadderDeeds *self,
                          gint64                  first,
                          GByteArray             *bytes)
{
  g_return_if_fail (self != NULL && bytes != NULL && self->lead >= first);

  put (bytes, (guint64) (self->lead - first));
  put (bytes, self->touches->len);
  put (bytes, self->lines->len);
  put (bytes, self->enrolments->len);
  write_touches (self, bytes);
  write_lines (self, bytes);
  write_enrolments (self, bytes);
}

/* ---- reading */

/* What is still to be read; `next` is NULL from the moment on at which too little was there. */
typedef struct
{
  const guint8 *next;
  const guint8 *end;
} Bytes;

static guint64
take_long (Bytes *self)
{
  guint64 value = 0;

  for (guint shift = 0; self->next != NULL && shift < 64; shift += 7)
    {
      guint8 byte;

      if (self->next == self->end)
        break;
      byte = *self->next++;
      value |= (guint64) (byte & 0x7f) << shift;
      if (byte < 0x80)
        return value;
    }
  self->next = NULL;
  return 0;
}

static inline guint64
take (Bytes *self)
{
  if (G_LIKELY (self->next != NULL && self->next < self->end && *self->next < 0x80))
    return *self->next++;
  return take_long (self);
}

static inline gint64
take_signed (Bytes *self)
{
  guint64 value = take (self);

  return (gint64) ((value >> 1) ^ (value & 1 ? G_MAXUINT64 : 0));
}

static inline gint64
take_distance (Bytes  *self,
               gint64  from)
{
  return (gint64) ((guint64) from + (guint64) take_signed (self));
}

/* How many rows follow: each takes a byte at the least. */
static guint
take_count (Bytes *self)
{
  guint64 count = take (self);

  if (self->next == NULL || count > (gsize) (self->end - self->next))
    {
      self->next = NULL;
      return 0;
    }
  return (guint) count;
}

static void
read_touches (RungsLadderDeeds *self,
              Bytes            *bytes)
{
  gint64 at = 0;

  for (guint i = 0; i < self->touches->len; i++)
    {
      RungsLadderTouch *touch = &g_array_index (self->touches, RungsLadderTouch, i);
      guint64 source;

      touch->at = at = take_distance (bytes, at);
      source = take (bytes);
      touch->source_id = (gint64) (source >> 2);
      touch->path = (RungsPath) (source & 3);
    }
}

static void
read_refunds (RungsLadderDeeds *self,
              RungsLadderLine  *line,
              Bytes            *bytes)
{
  line->n_refunds = take_count (bytes);
  for (guint i = 0; i < line->n_refunds; i++)
    {
      RungsLadderRefund refund = { .at = take_distance (bytes, line->at) };

      refund.amount = take_signed (bytes);
      g_array_append_val (self->refunds, refund);
    }
}

/* `currency` is that of the line before. */
static void
read_rest_of_line (RungsLadderDeeds *self,
                   RungsLadderLine  *line,
                   const char       *currency,
                   Bytes            *bytes)
{
  guint64 told = take (bytes);

  line->quantity = told & HAS_QUANTITY ? take_signed (bytes) : 1;
  line->paid_until = told & HAS_END ? take_distance (bytes, line->at) : G_MAXINT64;
  memcpy (line->code, currency, sizeof line->code);
  if (told & HAS_CURRENCY && bytes->next != NULL)
    {
      if (bytes->end - bytes->next < 3)
        bytes->next = NULL;
      else
        {
          memcpy (line->code, bytes->next, 3);
          bytes->next += 3;
        }
    }
  line->first_refund = self->refunds->len;
  line->n_refunds = 0;
  if (told & HAS_REFUNDS)
    read_refunds (self, line, bytes);
}

static void
read_lines (RungsLadderDeeds *self,
            Bytes            *bytes)
{
  gint64 at = 0, order = 0;
  const char *currency = "\0\0\0";

  for (guint i = 0; i < self->lines->len; i++)
    {
      RungsLadderLine *line = &g_array_index (self->lines, RungsLadderLine, i);

      line->at = at = take_distance (bytes, at);
      line->order = order = take_distance (bytes, order);
      line->product_id = (gint64) take (bytes);
      line->amount = take_signed (bytes);
      read_rest_of_line (self, line, currency, bytes);
      currency = line->code;
    }
}

static void
read_enrolments (RungsLadderDeeds *self,
                 Bytes            *bytes)
{
  gint64 at = 0;

  for (guint i = 0; i < self->enrolments->len; i++)
    {
      RungsLadderEnrolment *enrolment
        = &g_array_index (self->enrolments, RungsLadderEnrolment, i);
      guint64 sequence;

      enrolment->at = at = take_distance (bytes, at);
      sequence = take (bytes);
      enrolment->sequence_id = (gint64) (sequence >> 2);
      enrolment->outcome = (RungsLadderOutcome) (sequence & 3);
      enrolment->ended_at
        = enrolment->outcome != RUNGS_LADDER_WALKS ? take_distance (bytes, at) : 0;
    }
}

gboolean
rungs_ladder_deeds_read (RungsLadderDeeds  *self,
                         gint64             first,
                         const guint8     **next,
                         const guint8      *end)
{
  Bytes bytes = { .next = *next, .end = end };

  rungs_ladder_deeds_begin (self, first + (gint64) take (&bytes));
  g_array_set_size (self->touches, take_count (&bytes));
  g_array_set_size (self->lines, take_count (&bytes));
  g_array_set_size (self->enrolments, take_count (&bytes));
  read_touches (self, &bytes);
  read_lines (self, &bytes);
  read_enrolments (self, &bytes);
  if (bytes.next == NULL)
    return FALSE;
  *next = bytes.next;
  return TRUE;
}
