/* rungs-what-if-count.c: counts what leads did, lead by lead.
 *
 * What is counted stands at the head of rungs-what-if-basis.h. Whether those who came to the
 * beginning of an arrow had its end already is counted for all pairs of products, for it is not
 * known before the end which of them are arrows. */

#include "insights/rungs-what-if-count.h"

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-error.h"

#define NEVER G_MAXINT64

typedef struct
{
  RungsWhatIfBasis *basis;
  const RungsLadderCatalogue *catalogue;
  guint *products;     /* (owned) by number of the catalogue: its place in the basis; so, too, */
  guint *sources;      /* (owned) */
  guint *entries;      /* (owned) by source and path: place among entries + 1; 0: not met */
  GHashTable *arrows;  /* (owned) (element-type gint64 guint): by both ends, place + 1 */
  GHashTable *befores; /* (owned) (element-type gint64 guint): how many, by both ends */
  GHashTable *carries; /* (owned) (element-type gint64 guint): by whole and part, place + 1 */
  gint64 *bought;      /* (owned) by product: when the lead first ordered it; NEVER */
  gint64 *came;        /* (owned) by product: when the lead came to it; NEVER */
  GArray *met;         /* (owned) (element-type guint): products to which the lead came */
  guint entry;
  gint64 entered;
  int referred; /* 1: by an affiliate or joint venture */
  gboolean overflowed;
} Counting;

/* ---- pairs of places */

static gint64
pair (guint from,
      guint to)
{
  return ((gint64) from << 32) | to;
}

static guint
look_up (GHashTable *table,
         gint64      key)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (table, &key));
}

static void
put (GHashTable *table,
     gint64      key,
     guint       value)
{
  g_hash_table_insert (table, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (value));
}

/* Ways in are told from arrows between products by the highest bit. */
static gint64
arrow_key (int   entry,
           int   from,
           guint to)
{
  return entry >= 0 ? pair ((guint) entry | 0x40000000u, to) : pair ((guint) from, to);
}

static RungsWhatIfArrow *
get_arrow (Counting *self,
           int       entry,
           int       from,
           guint     to)
{
  GArray *arrows = self->basis->arrows;
  gint64 key = arrow_key (entry, from, to);
  guint found = look_up (self->arrows, key);

  if (found == 0)
    {
      RungsWhatIfArrow arrow = { .entry = entry, .from = from, .to = to };

      g_array_append_val (arrows, arrow);
      found = arrows->len;
      put (self->arrows, key, found);
    }
  return &g_array_index (arrows, RungsWhatIfArrow, found - 1);
}

/* ---- ages */

static gboolean
in_period (const Counting *self,
           gint64          at)
{
  return at >= self->basis->from;
}

static guint
age_of (gint64 span)
{
  return (guint) CLAMP (span / RUNGS_WHAT_IF_MONTH, 0, RUNGS_WHAT_IF_OLD);
}

/* The lead came to the place: that it did, at which ages it lived through the period, and how old
 * it is now. */
static void
come (const Counting   *self,
      RungsWhatIfPlace *place,
      gint64            at)
{
  gint64 now = self->basis->now;
  gint64 from = MAX (self->basis->from, at);

  place->came += in_period (self, at);
  place->here[self->referred][age_of (now - at)]++;
  for (guint age = age_of (from - at); age < RUNGS_WHAT_IF_AGES; age++)
    {
      gint64 begins = MAX (at + age * RUNGS_WHAT_IF_MONTH, from);
      gint64 ends = at + (age + 1) * RUNGS_WHAT_IF_MONTH;

      if (begins >= now)
        break;
      if (age == RUNGS_WHAT_IF_OLD || ends > now)
        ends = now;
      place->lived[age] += (double) (ends - begins) / (double) RUNGS_WHAT_IF_MONTH;
    }
}

/* ---- one lead */

static guint
get_entry (Counting *self,
           int       source,
           int       path)
{
  guint *known = &self->entries[(source + 1) * RUNGS_LADDER_PATHS + path];

  if (*known == 0)
    {
      RungsWhatIfEntry entry = { .source = source, .path = path };

      g_array_append_val (self->basis->entries, entry);
      *known = self->basis->entries->len;
    }
  return *known - 1;
}

/* FALSE: the lead neither came from anywhere nor bought. */
static gboolean
enter (Counting               *self,
       const RungsLadderDeeds *deeds)
{
  const RungsLadderLine *line
      = deeds->lines->len > 0 ? rungs_ladder_deeds_get_line (deeds, 0) : NULL;
  RungsWhatIfSource *source;

  self->referred = 0;
  if (deeds->touches->len == 0 && line == NULL)
    return FALSE;
  if (deeds->touches->len > 0)
    {
      const RungsLadderTouch *touch = rungs_ladder_deeds_get_touch (deeds, 0);

      source = self->basis->sources->pdata[self->sources[touch->source]];
      self->referred = source->kind == RUNGS_SOURCE_JV || source->kind == RUNGS_SOURCE_AFFILIATE;
      self->entry = get_entry (self, (int) self->sources[touch->source], (int) touch->path);
      self->entered = line != NULL ? MIN (touch->at, line->at) : touch->at;
      source->leads += in_period (self, self->entered);
    }
  else
    {
      self->entry = get_entry (self, -1, RUNGS_LADDER_NO_PATH);
      self->entered = line->at;
    }
  come (self, &g_array_index (self->basis->entries, RungsWhatIfEntry, self->entry).place,
        self->entered);
  return TRUE;
}

static void
forget (Counting *self)
{
  for (guint i = 0; i < self->met->len; i++)
    {
      guint product = g_array_index (self->met, guint, i);

      self->bought[product] = self->came[product] = NEVER;
    }
  g_array_set_size (self->met, 0);
}

static gboolean
is_drawn (const Counting *self,
          guint           from,
          guint           to)
{
  guint arrow = look_up (self->arrows, pair (from, to));

  return arrow > 0
         && g_array_index (self->basis->arrows, RungsWhatIfArrow, arrow - 1).offer != 0;
}

/* The product that led to this one: -1 where the lead had nothing before. */
static int
find_beginning (const Counting *self,
                guint           product,
                gint64          at)
{
  int best = -1;
  gboolean best_drawn = FALSE;

  for (guint i = 0; i < self->met->len; i++)
    {
      guint other = g_array_index (self->met, guint, i);
      gboolean drawn;

      if (other == product || self->came[other] >= at)
        continue;
      drawn = is_drawn (self, other, product);
      if (best < 0 || drawn > best_drawn
          || (drawn == best_drawn && self->came[other] > self->came[best]))
        {
          best = (int) other;
          best_drawn = drawn;
        }
    }
  return best;
}

static void
sell_first (Counting              *self,
            const RungsLadderLine *line,
            guint                  product)
{
  RungsWhatIfProduct *sold = self->basis->products->pdata[product];
  int from = find_beginning (self, product, line->at);
  gint64 since = from < 0 ? self->entered : self->came[from];
  RungsWhatIfArrow *arrow;

  sold->owners[self->referred]++;
  sold->owned_months += (double) (self->basis->now - MAX (line->at, self->basis->from))
                        / (double) RUNGS_WHAT_IF_MONTH;
  if (!in_period (self, line->at))
    return;
  arrow = get_arrow (self, from < 0 ? (int) self->entry : -1, from, product);
  if (line->at - since < RUNGS_DAY)
    arrow->at_once++;
  else
    arrow->later[age_of (line->at - since)]++;
  sold->buyers++;
  sold->pieces += line->quantity;
}

/* With a product the lead comes to all that it holds. */
static void
come_to_parts (Counting              *self,
               const RungsLadderLine *line,
               guint                  product)
{
  for (guint i = 0; i < self->catalogue->products->len; i++)
    {
      guint part = self->products[i];
      guint carry;
      gboolean new = self->came[part] == NEVER;

      if (!rungs_ladder_catalogue_holds (self->catalogue, line->product, i))
        continue;
      if (new)
        {
          if (self->bought[part] == NEVER)
            g_array_append_val (self->met, part);
          self->came[part] = line->at;
        }
      carry = look_up (self->carries, pair (product, part));
      if (carry > 0 && in_period (self, line->at))
        {
          g_array_index (self->basis->carries, RungsWhatIfCarry, carry - 1).bought++;
          g_array_index (self->basis->carries, RungsWhatIfCarry, carry - 1).came += new;
        }
    }
}

static RungsWhatIfSales *
get_sales (RungsWhatIfProduct *product,
           const char         *currency)
{
  RungsWhatIfSales sales = { 0 };

  for (guint i = 0; i < product->sales->len; i++)
    if (g_str_equal (g_array_index (product->sales, RungsWhatIfSales, i).currency, currency))
      return &g_array_index (product->sales, RungsWhatIfSales, i);
  g_strlcpy (sales.currency, currency, sizeof sales.currency);
  g_array_append_val (product->sales, sales);
  return &g_array_index (product->sales, RungsWhatIfSales, product->sales->len - 1);
}

static void
take_money (Counting              *self,
            const RungsLadderLine *line,
            RungsWhatIfProduct    *product)
{
  const char *currency
      = &g_array_index (self->catalogue->currencies, char, line->currency * 4);
  RungsWhatIfSales *sales = get_sales (product, currency);

  if (__builtin_add_overflow (sales->pieces, line->quantity, &sales->pieces)
      || __builtin_add_overflow (sales->amount, line->amount, &sales->amount)
      || __builtin_add_overflow (sales->refunded, line->refunded, &sales->refunded)
      || (self->referred
          && __builtin_add_overflow (sales->referred, line->amount - line->refunded,
                                     &sales->referred)))
    self->overflowed = TRUE;
}

/* The payment of a subscription that comes after another one. */
static const RungsLadderLine *
next_payment (const RungsLadderDeeds *deeds,
              guint                   index)
{
  const RungsLadderLine *line = rungs_ladder_deeds_get_line (deeds, index);

  for (guint i = index + 1; i < deeds->lines->len; i++)
    {
      const RungsLadderLine *next = rungs_ladder_deeds_get_line (deeds, i);

      if (next->product == line->product && !next->whole)
        return next;
    }
  return NULL;
}

/* What a payment for a subscription pays for ends: in the period, or in one of the next months. */
static void
end_payment (Counting               *self,
             const RungsLadderDeeds *deeds,
             guint                   index,
             RungsWhatIfProduct     *product)
{
  const RungsLadderLine *line = rungs_ladder_deeds_get_line (deeds, index);
  const RungsLadderLine *next = next_payment (deeds, index);
  gint64 grace = g_array_index (self->catalogue->graces, gint64, line->product);
  gint64 month;

  if (line->whole || line->paid_until == NEVER)
    return;
  if (line->paid_until <= self->basis->now)
    {
      if (in_period (self, line->paid_until))
        {
          product->due++;
          product->renewed += next != NULL && next->at <= line->paid_until;
        }
      return;
    }
  month = MAX (line->paid_until - grace - self->basis->now, 0) / RUNGS_WHAT_IF_MONTH;
  if (next == NULL && month < RUNGS_WHAT_IF_MONTHS)
    product->running[self->referred][month]++;
}

/* Whether the line goes on with a subscription that was running. */
static gboolean
renews (const RungsLadderDeeds *deeds,
        guint                   index)
{
  const RungsLadderLine *line = rungs_ladder_deeds_get_line (deeds, index);

  for (guint i = 0; i < index; i++)
    {
      const RungsLadderLine *before = rungs_ladder_deeds_get_line (deeds, i);

      if (before->product == line->product && before->paid_until != NEVER && !before->whole
          && line->at <= before->paid_until)
        return TRUE;
    }
  return FALSE;
}

static void
count_line (Counting               *self,
            const RungsLadderDeeds *deeds,
            guint                   index)
{
  const RungsLadderLine *line = rungs_ladder_deeds_get_line (deeds, index);
  guint place = self->products[line->product];
  RungsWhatIfProduct *product = self->basis->products->pdata[place];

  if (self->bought[place] == NEVER)
    {
      sell_first (self, line, place);
      if (self->came[place] == NEVER)
        g_array_append_val (self->met, place);
      self->bought[place] = line->at;
      come_to_parts (self, line, place);
    }
  else if (in_period (self, line->at) && line->at == self->bought[place])
    product->pieces += line->quantity;
  else if (in_period (self, line->at))
    *(renews (deeds, index) ? &product->renewals : &product->repeats) += line->quantity;
  if (in_period (self, line->at))
    take_money (self, line, product);
  if (product->period_months > 0)
    end_payment (self, deeds, index, product);
}

/* Where the lead came to products, and which of them it had before which. */
static void
count_places (Counting *self)
{
  for (guint i = 0; i < self->met->len; i++)
    {
      guint from = g_array_index (self->met, guint, i);

      come (self, &((RungsWhatIfProduct *) self->basis->products->pdata[from])->place,
            self->came[from]);
      for (guint j = 0; in_period (self, self->came[from]) && j < self->met->len; j++)
        {
          guint to = g_array_index (self->met, guint, j);

          if (to != from && self->came[to] <= self->came[from])
            put (self->befores, pair (from, to), look_up (self->befores, pair (from, to)) + 1);
        }
    }
}

static void
count_lead (Counting               *self,
            const RungsLadderDeeds *deeds)
{
  forget (self);
  if (!enter (self, deeds))
    return;
  for (guint i = 0; i < deeds->lines->len; i++)
    count_line (self, deeds, i);
  count_places (self);
}

/* ---- all */

static void
counting_init (Counting                   *self,
               RungsWhatIfBasis           *basis,
               const RungsLadderCatalogue *catalogue)
{
  self->basis = basis;
  self->catalogue = catalogue;
  self->products = g_new0 (guint, catalogue->products->len + 1);
  self->sources = g_new0 (guint, catalogue->sources->len + 1);
  self->entries = g_new0 (guint, (catalogue->sources->len + 1) * RUNGS_LADDER_PATHS);
  self->bought = g_new (gint64, basis->products->len + 1);
  self->came = g_new (gint64, basis->products->len + 1);
  self->met = g_array_new (FALSE, FALSE, sizeof (guint));
  self->arrows = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->befores = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->carries = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < basis->products->len; i++)
    {
      const RungsWhatIfProduct *product = basis->products->pdata[i];

      self->products[rungs_ladder_catalogue_find (catalogue->products, product->id)] = i;
      self->bought[i] = self->came[i] = NEVER;
    }
  for (guint i = 0; i < basis->sources->len; i++)
    {
      const RungsWhatIfSource *source = basis->sources->pdata[i];

      self->sources[rungs_ladder_catalogue_find (catalogue->sources, source->id)] = i;
    }
  for (guint i = 0; i < basis->arrows->len; i++)
    {
      const RungsWhatIfArrow *arrow = &g_array_index (basis->arrows, RungsWhatIfArrow, i);

      put (self->arrows, arrow_key (arrow->entry, arrow->from, arrow->to), i + 1);
    }
  for (guint i = 0; i < basis->carries->len; i++)
    {
      const RungsWhatIfCarry *carry = &g_array_index (basis->carries, RungsWhatIfCarry, i);

      put (self->carries, pair (carry->whole, carry->part), i + 1);
    }
}

static void
counting_clear (Counting *self)
{
  g_free (self->products);
  g_free (self->sources);
  g_free (self->entries);
  g_free (self->bought);
  g_free (self->came);
  g_array_unref (self->met);
  g_hash_table_unref (self->arrows);
  g_hash_table_unref (self->befores);
  g_hash_table_unref (self->carries);
}

gboolean
rungs_what_if_count (RungsWhatIfBasis            *basis,
                     const RungsLadderCatalogue  *catalogue,
                     RungsLadderHistory          *history,
                     GError                     **error)
{
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();
  Counting self = { 0 };

  counting_init (&self, basis, catalogue);
  while (rungs_ladder_history_next (history, deeds, error))
    count_lead (&self, deeds);
  for (guint i = 0; i < basis->arrows->len; i++)
    {
      RungsWhatIfArrow *arrow = &g_array_index (basis->arrows, RungsWhatIfArrow, i);

      if (arrow->from >= 0)
        arrow->before = look_up (self.befores, pair ((guint) arrow->from, arrow->to));
    }
  counting_clear (&self);
  if (!rungs_ladder_history_done (history))
    return FALSE;
  if (self.overflowed)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                         _ ("The amounts of the orders are too large to be added up"));
  return !self.overflowed;
}
