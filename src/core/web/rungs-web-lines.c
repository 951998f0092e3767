/* rungs-web-lines.c: the lines of an order that a delivery tells of.
 *
 * A line costs what was paid for it: with its tax, less its discount, without shipping. Sellers say
 * some of it of a line and some of the whole order. What is said of the whole is shared over the
 * lines in proportion to what they cost, by largest remainder, so that the parts sum up to it.
 * Where the rule says what shipping is, the lines sum up to the total without it: what their sum is
 * off by rounding, at most a unit a line, or by a discount on the whole order, is shared likewise;
 * what it is off otherwise (a fee, a tip) is none of theirs.
 *
 * A tax is said once some line has some, or the rule says that it was worked out ("taxed"); else 0
 * only means that nobody did, and it is not known. */

#include "web/rungs-web-lines.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "base/rungs-money.h"
#include "ladder/rungs-order.h"
#include "wire/rungs-wire-json.h"

void
rungs_web_line_free (RungsWebLine *self)
{
  g_free (self->sku);
  g_free (self->name);
  g_free (self);
}

/* ---- amounts */

static gboolean
parse_amount (const RungsWebReading  *self,
              const char             *text,
              gint64                 *amount,
              GError                **error)
{
  RungsMoney money;
  const char *currency = *self->deed->currency != '\0' ? self->deed->currency : "EUR";

  if (!self->is_decimal)
    return g_ascii_string_to_signed (text, 10, G_MININT64 + 1, G_MAXINT64, amount, NULL)
           || rungs_error_refuse (error, _ ("An amount in it is no number."));
  if (!rungs_money_parse (text, currency, &money, NULL))
    return rungs_error_refuse (error, _ ("An amount in it is no number."));
  *amount = money.minor;
  return TRUE;
}

static gboolean
add_amount (gint64   amount,
            gint64  *sum,
            GError **error)
{
  return amount < 0 || !__builtin_add_overflow (*sum, amount, sum)
         || rungs_error_refuse (error, _ ("An amount in it is too large."));
}

/* One that is said as text. */
static gboolean
read_text (const RungsWebReading  *self,
           JsonNode               *value,
           gint64                 *amount,
           GError                **error)
{
  g_autofree char *text = rungs_web_reader_read (self->reader, value);

  if (text == NULL)
    return TRUE;
  if (!parse_amount (self, text, amount, error))
    return FALSE;
  *amount = ABS (*amount);
  return TRUE;
}

/* The first that is said. */
static gboolean
read_first (const RungsWebReading  *self,
            JsonNode               *value,
            gint64                 *amount,
            GError                **error)
{
  JsonArray *values;

  if (value == NULL || !JSON_NODE_HOLDS_ARRAY (value))
    return read_text (self, value, amount, error);
  values = json_node_get_array (value);
  for (guint i = 0; *amount < 0 && i < json_array_get_length (values); i++)
    if (!read_text (self, json_array_get_element (values, i), amount, error))
      return FALSE;
  return TRUE;
}

/* What the elements of a list sum up to: {"each": PATH, "where": {…}, "amount": VALUE}. */
static gboolean
read_sum (const RungsWebReading  *self,
          JsonObject             *sum,
          gint64                 *amount,
          GError                **error)
{
  JsonNode *list = rungs_web_reader_find (self->reader, rungs_wire_json_text (sum, "each"));
  JsonArray *array;
  gboolean is_read = TRUE;

  if (list == NULL || !JSON_NODE_HOLDS_ARRAY (list)
      || !rungs_web_reader_holds (self->reader, rungs_wire_json_object (sum, "if")))
    return TRUE;
  *amount = 0;
  array = json_node_get_array (list);
  for (guint i = 0; is_read && i < json_array_get_length (array); i++)
    {
      JsonNode *around = rungs_web_reader_enter (self->reader, json_array_get_element (array, i));
      gint64 each = -1;

      if (rungs_web_reader_holds (self->reader, rungs_wire_json_object (sum, "where")))
        is_read = read_first (self, json_object_get_member (sum, "amount"), &each, error)
                  && add_amount (each, amount, error);
      rungs_web_reader_enter (self->reader, around);
    }
  return is_read;
}

static gboolean
read_value (const RungsWebReading  *self,
            JsonNode               *value,
            gint64                 *amount,
            GError                **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (value) ? json_node_get_object (value) : NULL;

  return object != NULL && rungs_wire_json_text (object, "each") != NULL
             ? read_sum (self, object, amount, error)
             : read_text (self, value, amount, error);
}

gboolean
rungs_web_amount_read (const RungsWebReading  *self,
                       JsonObject             *rule,
                       const char             *member,
                       gint64                 *amount,
                       GError                **error)
{
  JsonNode *value = rule != NULL ? json_object_get_member (rule, member) : NULL;
  JsonArray *values;

  *amount = -1;
  if (value == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return read_value (self, value, amount, error);
  values = json_node_get_array (value);
  for (guint i = 0; *amount < 0 && i < json_array_get_length (values); i++)
    if (!read_value (self, json_array_get_element (values, i), amount, error))
      return FALSE;
  return TRUE;
}

/* What nobody needs to know: where it cannot be read it is not said. */
static gint64
read_hint (const RungsWebReading *self,
           JsonObject            *rule,
           const char            *member)
{
  gint64 amount;

  return rungs_web_amount_read (self, rule, member, &amount, NULL) ? amount : -1;
}

/* ---- a line */

static gint64
read_quantity (const RungsWebReading *self,
               JsonObject            *rule)
{
  g_autofree char *text = rungs_web_reader_read_member (self->reader, rule, "quantity");
  gint64 quantity = 1;

  if (text != NULL && !g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, &quantity, NULL))
    quantity = 1;
  return quantity;
}

static char *
read_or_empty (const RungsWebReading *self,
               JsonObject            *rule,
               const char            *member)
{
  char *text = rungs_web_reader_read_member (self->reader, rule, member);

  return text != NULL ? text : g_strdup ("");
}

static RungsWebLine *
add_line (const RungsWebReading *self,
          JsonObject            *rule)
{
  RungsWebLine *line = g_new0 (RungsWebLine, 1);

  line->sku = read_or_empty (self, rule, "sku");
  line->name = read_or_empty (self, rule, "name");
  line->quantity = read_quantity (self, rule);
  line->amount = -1;
  line->tax = RUNGS_TAX_UNKNOWN;
  g_ptr_array_add (self->deed->lines, line);
  return line;
}

/* A discount that is said without the tax, with it. */
static gint64
with_tax (const RungsWebLine *line,
          gint64              discount,
          gint64              tax)
{
  gint64 net, gross;

  if (tax <= 0 || __builtin_sub_overflow (line->amount, tax, &net) || net <= 0
      || !rungs_money_times (discount, line->amount, net, &gross))
    return discount;
  return gross;
}

static void
read_discount (const RungsWebReading *self,
               JsonObject            *rule,
               RungsWebLine          *line,
               gint64                 less,
               gint64                 added)
{
  gint64 discount = read_hint (self, rule, "discount");
  gint64 net = read_hint (self, rule, "discount_net");
  gint64 before = read_hint (self, rule, "before");

  if (discount >= 0)
    line->discount = discount;
  else if (net >= 0)
    line->discount = with_tax (line, net, line->tax);
  else if (less >= 0)
    line->discount = with_tax (line, less, added);
  else if (before >= 0)
    line->discount
        = with_tax (line, MAX (before - (line->amount - MAX (added, 0)), 0), added);
}

static gboolean
read_line (const RungsWebReading  *self,
           JsonObject             *rule,
           GError                **error)
{
  RungsWebLine *line = add_line (self, rule);
  gint64 price, less, added;

  if (!rungs_web_amount_read (self, rule, "amount", &line->amount, error)
      || !rungs_web_amount_read (self, rule, "price", &price, error)
      || !rungs_web_amount_read (self, rule, "less", &less, error)
      || !rungs_web_amount_read (self, rule, "added", &added, error))
    return FALSE;
  if (line->amount < 0 && price >= 0
      && __builtin_mul_overflow (price, line->quantity, &line->amount))
    return rungs_error_refuse (error, _ ("An amount in it is too large."));
  if (line->amount < 0)
    return TRUE;
  line->amount = MAX (line->amount - MAX (less, 0), 0);
  if (!add_amount (added, &line->amount, error))
    return FALSE;
  line->tax = read_hint (self, rule, "tax");
  read_discount (self, rule, line, less, added);
  return TRUE;
}

static gboolean
read_each (const RungsWebReading  *self,
           GError                **error)
{
  JsonObject *rule = rungs_wire_json_object (self->rule, "lines");
  const char *each = rungs_wire_json_text (rule, "each");
  JsonNode *list = each != NULL ? rungs_web_reader_find (self->reader, each) : NULL;
  JsonArray *array = list != NULL && JSON_NODE_HOLDS_ARRAY (list) ? json_node_get_array (list)
                                                                  : NULL;
  gboolean is_read = TRUE;

  for (guint i = 0; is_read && array != NULL && i < json_array_get_length (array); i++)
    {
      rungs_web_reader_enter (self->reader, json_array_get_element (array, i));
      is_read = read_line (self, rule, error);
      rungs_web_reader_enter (self->reader, NULL);
    }
  return is_read;
}

/* ---- what is said of the whole order */

static RungsWebLine *
get_line (const RungsWebReading *self,
          guint                  i)
{
  return g_ptr_array_index (self->deed->lines, i);
}

/* FALSE where not all say what they cost. */
static gboolean
sum_up (const RungsWebReading *self,
        gint64                *sum)
{
  *sum = 0;
  for (guint i = 0; i < self->deed->lines->len; i++)
    if (get_line (self, i)->amount < 0
        || __builtin_add_overflow (*sum, get_line (self, i)->amount, sum))
      return FALSE;
  return TRUE;
}

static gint64 *
split (const RungsWebReading *self,
       gint64                 whole)
{
  guint n = self->deed->lines->len;
  g_autofree gint64 *weights = g_new0 (gint64, n + 1);
  gint64 *parts = g_new0 (gint64, n + 1);

  for (guint i = 0; i < n; i++)
    weights[i] = get_line (self, i)->amount;
  rungs_money_split (whole, weights, n, parts);
  return parts;
}

/* What of the total is not shipping; -1 where that is not said. */
static gint64
find_goods (const RungsWebReading *self,
            JsonObject            *shipping)
{
  gint64 total = self->deed->total;
  gint64 amount = read_hint (self, shipping, "amount");
  gint64 added = read_hint (self, shipping, "added");

  if (shipping == NULL || total < 0 || MAX (amount, 0) > total
      || MAX (added, 0) > total - MAX (amount, 0))
    return -1;
  return total - MAX (amount, 0) - MAX (added, 0);
}

/* Lets the lines sum up to the goods, where rounding or the discount is all that they are off. */
static void
settle_sum (const RungsWebReading *self,
            gint64                 goods,
            gint64                 discount)
{
  gint64 n = self->deed->lines->len;
  g_autofree gint64 *parts = NULL;
  gint64 sum, off;

  if (n == 1 && get_line (self, 0)->amount < 0)
    {
      get_line (self, 0)->amount = goods;
      return;
    }
  if (goods < 0 || !sum_up (self, &sum) || sum == 0)
    return;
  off = sum - goods;
  if (off == 0 || (ABS (off) > n && (discount <= 0 || ABS (off - discount) > n)))
    return;
  parts = split (self, goods);
  for (guint i = 0; i < n; i++)
    {
      RungsWebLine *line = get_line (self, i);
      gint64 less;

      if (ABS (off) > n
          && !__builtin_add_overflow (line->discount, MAX (line->amount - parts[i], 0), &less))
        line->discount = less;
      line->amount = parts[i];
    }
}

static gboolean
has_discount (const RungsWebReading *self)
{
  for (guint i = 0; i < self->deed->lines->len; i++)
    if (get_line (self, i)->discount > 0)
      return TRUE;
  return FALSE;
}

static gboolean
says_tax (const RungsWebReading *self)
{
  for (guint i = 0; i < self->deed->lines->len; i++)
    if (get_line (self, i)->tax != RUNGS_TAX_UNKNOWN)
      return TRUE;
  return FALSE;
}

/* A single line that costs the total has its amount only when it is stored. */
static void
share_rest (const RungsWebReading *self,
            gint64                 tax,
            gint64                 discount)
{
  g_autofree gint64 *taxes = tax >= 0 && !says_tax (self) ? split (self, tax) : NULL;
  g_autofree gint64 *discounts
      = discount > 0 && !has_discount (self) ? split (self, discount) : NULL;

  for (guint i = 0; i < self->deed->lines->len; i++)
    {
      if (taxes != NULL)
        get_line (self, i)->tax = taxes[i];
      if (discounts != NULL)
        get_line (self, i)->discount = discounts[i];
    }
}

/* Whether somebody worked the tax out. */
static gboolean
is_taxed (const RungsWebReading *self)
{
  g_autofree char *taxed = rungs_web_reader_read_member (self->reader, self->rule, "taxed");

  for (guint i = 0; taxed == NULL && i < self->deed->lines->len; i++)
    if (get_line (self, i)->tax > 0)
      return TRUE;
  return taxed != NULL;
}

static void
settle (const RungsWebReading *self)
{
  JsonObject *shipping = rungs_wire_json_object (self->rule, "shipping");
  gint64 tax = read_hint (self, self->rule, "tax");
  gint64 discount = read_hint (self, self->rule, "discount");
  gint64 sum;

  if (tax > 0)
    tax = MAX (tax - MAX (read_hint (self, shipping, "tax"), 0), 0);
  settle_sum (self, find_goods (self, shipping), discount);
  if (self->deed->lines->len == 1 && get_line (self, 0)->amount < 0)
    get_line (self, 0)->amount = self->deed->total;
  if (sum_up (self, &sum))
    share_rest (self, tax, discount);
  if (!is_taxed (self))
    for (guint i = 0; i < self->deed->lines->len; i++)
      get_line (self, i)->tax = RUNGS_TAX_UNKNOWN;
  for (guint i = 0; i < self->deed->lines->len; i++)
    if (get_line (self, i)->tax > get_line (self, i)->amount)
      get_line (self, i)->tax = RUNGS_TAX_UNKNOWN;
}

gboolean
rungs_web_lines_read (const RungsWebReading  *self,
                      GError                **error)
{
  JsonObject *single = rungs_wire_json_object (self->rule, "line");

  if (!read_each (self, error))
    return FALSE;
  if (self->deed->lines->len == 0)
    add_line (self, single != NULL ? single : self->rule);
  settle (self);
  return TRUE;
}
