/* rungs-order-draft-read.c: what a row of a file says of an order.
 *
 * What a line cost is what was paid for it after all discounts. Where the file has only a sum of
 * the goods (Shopify's “Subtotal”, from which discounts on the whole order are taken), it is split
 * over the lines in proportion to their prices, by largest remainder. Taxes are part of the line
 * (rungs-order-draft-tax.h), shipping is not. So of money given back no more is counted than the
 * goods cost; where all that was paid was given back, all of the goods is. */

#include "ladder/rungs-order-draft-read.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-email-address.h"
#include "base/rungs-money.h"
#include "ladder/rungs-order-amount.h"
#include "ladder/rungs-order-draft-tax.h"
#include "leads/rungs-import-heading.h"
#include "leads/rungs-import-value.h"

#define MOST_QUANTITY 1000000

/* ---- of whom */

static const struct
{
  RungsOrderField field;
  RungsImportTarget target;
} PERSON[] = {
  { RUNGS_ORDER_FIRST_NAME, RUNGS_IMPORT_FIRST_NAME },
  { RUNGS_ORDER_LAST_NAME, RUNGS_IMPORT_LAST_NAME },
  { RUNGS_ORDER_COMPANY, RUNGS_IMPORT_COMPANY },
  { RUNGS_ORDER_PHONE, RUNGS_IMPORT_PHONE },
  { RUNGS_ORDER_STREET, RUNGS_IMPORT_STREET },
  { RUNGS_ORDER_POSTCODE, RUNGS_IMPORT_POSTCODE },
  { RUNGS_ORDER_CITY, RUNGS_IMPORT_CITY },
  { RUNGS_ORDER_REGION, RUNGS_IMPORT_REGION },
  { RUNGS_ORDER_COUNTRY, RUNGS_IMPORT_COUNTRY },
};

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static void
set_text (RungsOrderDraft  *draft,
          RungsImportTarget target,
          const char       *text)
{
  g_free (draft->texts[target]);
  draft->texts[target] = g_strdup (text);
}

static void
read_names (RungsOrderDraft *draft,
            RungsOrderCells *cells)
{
  const char *whole = rungs_order_cells_get (cells, RUNGS_ORDER_FULL_NAME);

  if (is_set (draft->texts[RUNGS_IMPORT_FIRST_NAME])
      || is_set (draft->texts[RUNGS_IMPORT_LAST_NAME]) || *whole == '\0')
    return;
  g_clear_pointer (&draft->texts[RUNGS_IMPORT_FIRST_NAME], g_free);
  g_clear_pointer (&draft->texts[RUNGS_IMPORT_LAST_NAME], g_free);
  rungs_import_split_name (whole, &draft->texts[RUNGS_IMPORT_FIRST_NAME],
                           &draft->texts[RUNGS_IMPORT_LAST_NAME]);
}

static void
read_address (RungsOrderDraft *draft,
              RungsOrderCells *cells)
{
  const char *more = rungs_order_cells_get (cells, RUNGS_ORDER_STREET_2);
  const char *street = draft->texts[RUNGS_IMPORT_STREET];
  g_autofree char *both = NULL;

  if (*more == '\0')
    return;
  both = is_set (street) ? g_strconcat (street, ", ", more, NULL) : g_strdup (more);
  set_text (draft, RUNGS_IMPORT_STREET, both);
}

/* To whom a PayPal payment went, its second address, is ourselves. */
static void
read_email (RungsOrderDraft *draft,
            RungsOrderCells *cells)
{
  g_autoptr (GError) error = NULL;
  const char *email = rungs_order_cells_get (cells, RUNGS_ORDER_EMAIL);

  if (*email == '\0' && cells->shape->seller != RUNGS_SELLER_PAYPAL)
    email = rungs_order_cells_get (cells, RUNGS_ORDER_EMAIL_2);
  if (*email == '\0')
    {
      rungs_order_draft_refuse (draft, g_strdup (_ ("the row has no e-mail address")));
      return;
    }
  set_text (draft, RUNGS_IMPORT_EMAIL, email);
  draft->email_key = rungs_email_key (email, &error);
  if (draft->email_key == NULL)
    rungs_order_draft_refuse (draft, g_strdup (error->message));
}

static void
read_person (RungsOrderDraft *draft,
             RungsOrderCells *cells)
{
  for (guint i = 0; i < G_N_ELEMENTS (PERSON); i++)
    {
      const char *text = rungs_order_cells_get (cells, PERSON[i].field);

      if (*text != '\0')
        set_text (draft, PERSON[i].target, text);
    }
  read_names (draft, cells);
  read_address (draft, cells);
  if (rungs_order_cells_says (cells, RUNGS_ORDER_AGREED))
    draft->agreed = g_strdup (rungs_order_cells_get (cells, RUNGS_ORDER_AGREED));
  draft->refuses = rungs_order_cells_says (cells, RUNGS_ORDER_REFUSES);
}

/* ---- what, and when */

static void
read_time (RungsOrderDraft *draft,
           RungsOrderCells *cells)
{
  const char *day = rungs_order_cells_get (cells, RUNGS_ORDER_AT);

  if (!rungs_order_cells_instant (cells, RUNGS_ORDER_AT, &draft->at)
      && !rungs_order_cells_instant (cells, RUNGS_ORDER_AT_2, &draft->at))
    rungs_order_draft_refuse (
        draft, *day != '\0' ? g_strdup_printf (_ ("“%s” is no date that can be read"), day)
                            : g_strdup (_ ("the row has no date")));
  else if (draft->at > cells->now)
    rungs_order_draft_refuse (draft, g_strdup (_ ("the date lies in the future")));
}

static void
read_currency (RungsOrderDraft *draft,
               RungsOrderCells *cells)
{
  const char *text = rungs_order_cells_get (cells, RUNGS_ORDER_CURRENCY);
  g_autofree char *upper = g_ascii_strup (text, -1);

  if (*text == '\0')
    g_strlcpy (draft->currency, cells->shape->currency ? cells->shape->currency : cells->currency,
               sizeof draft->currency);
  else if (rungs_currency_is_valid (upper))
    g_strlcpy (draft->currency, upper, sizeof draft->currency);
  else
    rungs_order_draft_refuse (draft, g_strdup_printf (_ ("“%s” is no currency"), text));
}

/* "code:SPRING|amount:5.00;code:…": the codes, and of texts without such parts all of it. */
static void
read_coupons (RungsOrderDraft *draft,
              RungsOrderCells *cells)
{
  const char *plain = rungs_order_cells_get (cells, RUNGS_ORDER_COUPON);
  const char *items = rungs_order_cells_get (cells, RUNGS_ORDER_COUPON_ITEMS);
  g_autoptr (GString) codes = g_string_new (plain);
  g_auto (GStrv) each = g_strsplit (items, ";", 20);

  for (char **item = each; *item != NULL; item++)
    if (g_str_has_prefix (*item, "code:"))
      g_string_append_printf (codes, "%s%.*s", codes->len > 0 ? ", " : "",
                              (int) strcspn (*item + 5, "|"), *item + 5);
  g_free (draft->coupon);
  draft->coupon = g_strdup (codes->str);
}

/* "stripe:ch_123", "woocommerce/north:1001": an invoice and the payment that paid it are one
 * order. */
static char *
dup_external (RungsOrderCells *cells,
              const char      *number)
{
  static const char *const PREFIXES[]
      = { "stripe", "paypal", "woocommerce", "shopify", "gumroad", "import" };

  return g_strconcat (PREFIXES[cells->shape->seller], cells->shop, ":", number, NULL);
}

static void
read_numbers (RungsOrderDraft *draft,
              RungsOrderCells *cells)
{
  const char *number = rungs_order_cells_get (cells, RUNGS_ORDER_NUMBER);
  const char *key = rungs_order_cells_get (cells, RUNGS_ORDER_KEY);
  const char *invoice = rungs_order_cells_get (cells, RUNGS_ORDER_INVOICE);
  const char *refers = rungs_order_cells_get (cells, RUNGS_ORDER_REFERS);

  if (*key == '\0')
    key = number;
  if (*number == '\0')
    number = key;
  g_free (draft->number);
  g_free (draft->external);
  g_free (draft->refers);
  draft->number = g_strdup (number);
  draft->external = dup_external (cells, *invoice != '\0' ? invoice : key);
  draft->refers = *refers != '\0' ? dup_external (cells, refers) : g_strdup ("");
  if (*key == '\0')
    rungs_order_draft_refuse (draft, g_strdup (_ ("the row has no number of an order")));
}

/* ---- what kind of row */

static gboolean
has_word (const char        *folded,
          const char *const *words)
{
  for (; *words != NULL; words++)
    if (strstr (folded, *words) != NULL)
      return TRUE;
  return FALSE;
}

/* PayPal's own business: money that is held, changed, taken from or sent to a bank. */
static gboolean
is_internal (const char *folded)
{
  static const char *const WORDS[]
      = { "hold",      "release",  "conversion", "withdrawal",       "deposit",     "transfer",
          "reserve",   "fee",      "authorization", "einbehalt",     "umrechnung",  "abbuchung",
          "gutschrift", "freigabe", "gebuehr",   "gebuhr",           "autorisierung", NULL };

  return has_word (folded, WORDS);
}

static gboolean
is_refund (const char *folded)
{
  static const char *const WORDS[]
      = { "refund",     "reversal",     "chargeback",   "rueckzahlung",    "ruckzahlung",
          "rueckerstattung", "ruckerstattung", "rueckbuchung", "ruckbuchung", "erstattung", NULL };

  return has_word (folded, WORDS);
}

static RungsOrderDraftKind
kind_of_paypal (RungsOrderCells *cells,
                gint64           gross)
{
  g_autofree char *type
      = rungs_import_heading_fold (rungs_order_cells_get (cells, RUNGS_ORDER_TYPE));
  g_autofree char *impact
      = rungs_import_heading_fold (rungs_order_cells_get (cells, RUNGS_ORDER_IMPACT));

  if (!rungs_order_cells_is_paid (cells) || strcmp (impact, "memo") == 0)
    return RUNGS_DRAFT_OTHER;
  if (gross < 0)
    return is_refund (type) && strstr (type, "fee") == NULL ? RUNGS_DRAFT_REFUND
                                                            : RUNGS_DRAFT_OTHER;
  return gross > 0 && !is_internal (type) && !is_refund (type) ? RUNGS_DRAFT_ORDER
                                                               : RUNGS_DRAFT_OTHER;
}

static RungsOrderDraftKind
kind_of_row (RungsOrderDraft *draft,
             RungsOrderCells *cells)
{
  g_autofree char *mode
      = rungs_import_heading_fold (rungs_order_cells_get (cells, RUNGS_ORDER_TEST));

  if (cells->shape->seller == RUNGS_SELLER_PAYPAL)
    return kind_of_paypal (cells, draft->total);
  if (cells->shape->seller == RUNGS_SELLER_GUMROAD && strcmp (draft->number, "Totals") == 0)
    return RUNGS_DRAFT_OTHER;
  return rungs_order_cells_is_paid (cells) && strcmp (mode, "test") != 0
                 && !rungs_order_cells_says (cells, RUNGS_ORDER_UNPAID)
                 && !rungs_order_cells_says (cells, RUNGS_ORDER_UNPAID_2)
             ? RUNGS_DRAFT_ORDER
             : RUNGS_DRAFT_OTHER;
}

/* A refund of a row of its own: what was given back, and on what. */
static void
read_own_refund (RungsOrderDraft *draft)
{
  rungs_order_draft_add_refund (draft, -draft->total, draft->at, "");
  if (*draft->refers == '\0')
    rungs_order_draft_refuse (
        draft, g_strdup (_ ("the refund does not say which payment was given back")));
}

void
rungs_order_draft_read_head (RungsOrderDraft *draft,
                             RungsOrderCells *cells)
{
  read_numbers (draft, cells);
  read_currency (draft, cells);
  if (draft->problem == NULL)
    rungs_order_cells_amount (cells, RUNGS_ORDER_AMOUNT, draft->currency, -1, &draft->total, draft);
  draft->kind = kind_of_row (draft, cells);
  if (draft->kind == RUNGS_DRAFT_OTHER)
    {
      g_clear_pointer (&draft->problem, g_free);
      return;
    }
  read_time (draft, cells);
  if (draft->kind == RUNGS_DRAFT_REFUND)
    {
      read_own_refund (draft);
      return;
    }
  read_email (draft, cells);
  read_person (draft, cells);
  read_coupons (draft, cells);
  rungs_order_cells_instant (cells, RUNGS_ORDER_PAID_UNTIL, &draft->paid_until);
}

/* ---- lines */

static gboolean
read_quantity (const char *text,
               gint64     *quantity)
{
  char *end;

  *quantity = 1;
  if (*text == '\0')
    return TRUE;
  *quantity = g_ascii_strtoll (text, &end, 10);
  if (*end == '.' || *end == ',')
    end += 1 + strspn (end + 1, "0");
  return *end == '\0' && *quantity >= 1 && *quantity <= MOST_QUANTITY;
}

/* Adds a line; one whose count or amount cannot be is refused. Returns: (nullable): NULL then. */
static RungsOrderDraftLine *
add_line (RungsOrderDraft *draft,
          const char      *sku,
          const char      *name,
          const char      *quantity,
          gint64           amount)
{
  gint64 count;

  if (!read_quantity (quantity, &count))
    rungs_order_draft_refuse (draft,
                              g_strdup_printf (_ ("“%s” is no number of pieces"), quantity));
  else if (amount < 0)
    rungs_order_draft_refuse (draft, g_strdup (_ ("the amount of an order cannot be negative")));
  else
    return rungs_order_draft_add_line (draft, sku, name, count, amount);
  return NULL;
}

/* The parts of an item of WooCommerce. */
enum
{
  ITEM_NAME,
  ITEM_PRODUCT_ID,
  ITEM_SKU,
  ITEM_QUANTITY,
  ITEM_TOTAL,
  ITEM_SUB_TOTAL,
  ITEM_TAX,
  N_ITEM_PARTS,
};

/* "name:A book|product_id:12|sku:BOOK|quantity:1|total:19.00|sub_total:20.00|tax:3.61": a part with
 * another key belongs to the value before it, for names can have bars. */
static void
take_item_part (GString   **into,
                GString   **parts,
                const char *part)
{
  static const char *const KEYS[N_ITEM_PARTS]
      = { "name:", "product_id:", "sku:", "quantity:", "total:", "sub_total:", "tax:" };
  static const char *const OTHERS[] = { "refunded:", "tax_data:", "meta:", "_", NULL };

  for (guint i = 0; i < G_N_ELEMENTS (KEYS); i++)
    if (g_str_has_prefix (part, KEYS[i]))
      {
        *into = parts[i];
        g_string_assign (*into, part + strlen (KEYS[i]));
        return;
      }
  for (guint i = 0; OTHERS[i] != NULL; i++)
    if (g_str_has_prefix (part, OTHERS[i]))
      {
        *into = NULL;
        return;
      }
  if (*into != NULL)
    g_string_append_printf (*into, "|%s", part);
}

/* What else is said of the line; nothing where it cannot be read. */
static void
read_item_tax (RungsOrderDraft     *draft,
               RungsOrderDraftLine *line,
               GString            **parts)
{
  gint64 tax, before;

  if (rungs_order_amount_parse (parts[ITEM_TAX]->str, draft->currency, &tax) && tax >= 0)
    line->tax = tax;
  if (rungs_order_amount_parse (parts[ITEM_SUB_TOTAL]->str, draft->currency, &before))
    line->discount = MAX (before - line->amount, 0);
}

static void
read_item (RungsOrderDraft *draft,
           const char      *text)
{
  g_auto (GStrv) each = g_strsplit (text, "|", 100);
  GString *parts[N_ITEM_PARTS];
  GString *into = NULL;
  RungsOrderDraftLine *line = NULL;
  gint64 amount = 0;

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    parts[i] = g_string_new (NULL);
  for (char **part = each; *part != NULL; part++)
    take_item_part (&into, parts, *part);
  if (!rungs_order_amount_parse (parts[ITEM_TOTAL]->str, draft->currency, &amount))
    rungs_order_draft_refuse (
        draft, g_strdup_printf (_ ("“%s” does not say what was paid for it"), text));
  else
    line = add_line (draft, parts[ITEM_SKU]->str, parts[ITEM_NAME]->str,
                     parts[ITEM_QUANTITY]->str, amount);
  if (line != NULL)
    read_item_tax (draft, line, parts);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    g_string_free (parts[i], TRUE);
}

static void
read_items (RungsOrderDraft *draft,
            RungsOrderCells *cells)
{
  int first = cells->shape->columns[RUNGS_ORDER_ITEMS];

  for (guint i = 0; i < cells->shape->n_items && draft->problem == NULL; i++)
    {
      const char *text = rungs_order_cells_get_column (cells, first + i);

      if (*text != '\0')
        read_item (draft, text);
    }
}

/* What the line cost: said, or its price times how many, less the discount on it; where the file
 * has neither, all of the order. */
static gboolean
read_line_amount (RungsOrderDraft *draft,
                  RungsOrderCells *cells,
                  gint64          *amount,
                  gint64          *discount)
{
  gint64 quantity, price;

  if (!rungs_order_cells_amount (cells, RUNGS_ORDER_LINE_AMOUNT, draft->currency, -1, amount, draft)
      || !rungs_order_cells_amount (cells, RUNGS_ORDER_PRICE, draft->currency, -1, &price, draft)
      || !rungs_order_cells_amount (cells, RUNGS_ORDER_DISCOUNT, draft->currency, 0, discount,
                                    draft))
    return FALSE;
  *discount = ABS (*discount);
  if (*amount >= 0)
    return TRUE;
  if (price < 0 || !read_quantity (rungs_order_cells_get (cells, RUNGS_ORDER_QUANTITY), &quantity))
    {
      *amount = draft->total;
      return TRUE;
    }
  if (!__builtin_mul_overflow (price, quantity, amount))
    {
      *discount = MIN (*discount, *amount);
      *amount -= *discount;
      return TRUE;
    }
  rungs_order_draft_refuse (draft, g_strdup (_ ("the amount is too large")));
  return FALSE;
}

void
rungs_order_draft_read_lines (RungsOrderDraft *draft,
                              RungsOrderCells *cells)
{
  const char *name = rungs_order_cells_get (cells, RUNGS_ORDER_PRODUCT);
  RungsOrderDraftLine *line;
  gint64 amount, discount;

  if (draft->problem != NULL || draft->kind != RUNGS_DRAFT_ORDER)
    return;
  if (cells->shape->columns[RUNGS_ORDER_ITEMS] >= 0)
    {
      read_items (draft, cells);
      return;
    }
  if (*name == '\0')
    name = rungs_order_cells_get (cells, RUNGS_ORDER_PRODUCT_2);
  if (!read_line_amount (draft, cells, &amount, &discount))
    return;
  line = add_line (draft, rungs_order_cells_get (cells, RUNGS_ORDER_SKU), name,
                   rungs_order_cells_get (cells, RUNGS_ORDER_QUANTITY), amount);
  if (line == NULL)
    return;
  line->discount = discount;
  rungs_order_draft_read_tax (draft, cells, line);
}

/* ---- what was given back */

/* "amount:5.00|reason:Broken|date:2026-03-01 10:00:00". */
static gint64
read_refund_item (RungsOrderDraft *draft,
                  RungsOrderCells *cells,
                  const char      *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "|", 20);
  const char *reason = "";
  gint64 amount = 0;
  gint64 at = 0;

  for (char **part = parts; *part != NULL; part++)
    if (g_str_has_prefix (*part, "amount:"))
      rungs_order_amount_parse (*part + 7, draft->currency, &amount);
    else if (g_str_has_prefix (*part, "reason:"))
      reason = *part + 7;
    else if (g_str_has_prefix (*part, "date:"))
      rungs_order_cells_instant_of (cells, RUNGS_ORDER_AT, *part + 5, &at);
  amount = ABS (amount);
  if (amount > 0)
    rungs_order_draft_add_refund (draft, amount, at, reason);
  return amount;
}

static int
compare_refunds (gconstpointer a,
                 gconstpointer b)
{
  const RungsOrderDraftRefund *first = *(const RungsOrderDraftRefund *const *) a;
  const RungsOrderDraftRefund *second = *(const RungsOrderDraftRefund *const *) b;

  return (first->at > second->at) - (first->at < second->at);
}

/* How much the single refunds, which the file names, are in all. */
static gint64
read_refund_items (RungsOrderDraft *draft,
                   RungsOrderCells *cells)
{
  const char *text = rungs_order_cells_get (cells, RUNGS_ORDER_REFUND_ITEMS);
  g_auto (GStrv) each = g_strsplit (text, ";", 100);
  gint64 sum = 0;

  for (char **item = each; *item != NULL; item++)
    if (__builtin_add_overflow (sum, read_refund_item (draft, cells, *item), &sum))
      return G_MAXINT64;
  g_ptr_array_sort (draft->refunds, compare_refunds);
  return sum;
}

/* The bank took the money back, and did not give it back to us. */
static gboolean
is_dispute_lost (RungsOrderCells *cells)
{
  if (cells->shape->columns[RUNGS_ORDER_DISPUTE_WON] >= 0)
    return rungs_order_cells_says (cells, RUNGS_ORDER_DISPUTED)
           && !rungs_order_cells_says (cells, RUNGS_ORDER_DISPUTE_WON);
  return g_ascii_strcasecmp (rungs_order_cells_get (cells, RUNGS_ORDER_DISPUTED), "lost") == 0;
}

/* Lets the refunds be `whole` in all, and no more: what is over goes from the last one on. */
static void
trim_refunds (RungsOrderDraft *draft,
              gint64           whole)
{
  gint64 left = whole;

  for (guint i = 0; i < draft->refunds->len; i++)
    {
      RungsOrderDraftRefund *refund = draft->refunds->pdata[i];

      refund->amount = MIN (refund->amount, left);
      left -= refund->amount;
    }
}

static void
read_refunds (RungsOrderDraft *draft,
              RungsOrderCells *cells)
{
  gint64 goods = rungs_order_draft_sum (draft);
  gint64 named = read_refund_items (draft, cells);
  gint64 refunded = 0;
  gint64 at = 0;
  gboolean all;

  if (!rungs_order_cells_amount (cells, RUNGS_ORDER_REFUNDED, draft->currency, 0, &refunded, draft))
    return;
  refunded = MAX (ABS (refunded), named);
  all = rungs_order_cells_says (cells, RUNGS_ORDER_REFUND_ALL) || is_dispute_lost (cells)
        || (refunded == 0 && rungs_order_cells_is_given_back (cells))
        || (refunded > 0 && refunded >= (draft->total > 0 ? draft->total : goods));
  rungs_order_cells_instant (cells, RUNGS_ORDER_REFUNDED_AT, &at);
  refunded = all ? goods : MIN (refunded, goods);
  trim_refunds (draft, refunded);
  named = MIN (named, refunded);
  if (refunded > named || (all && draft->refunds->len == 0))
    rungs_order_draft_add_refund (draft, refunded - named, at, "");
}

void
rungs_order_draft_finish (RungsOrderDraft *draft,
                          RungsOrderCells *cells)
{
  gint64 goods;

  if (draft->problem != NULL || draft->kind != RUNGS_DRAFT_ORDER)
    return;
  if (draft->lines->len == 0)
    {
      rungs_order_draft_refuse (draft, g_strdup (_ ("the order has no lines")));
      return;
    }
  if (!rungs_order_cells_amount (cells, RUNGS_ORDER_GOODS, draft->currency, -1, &goods, draft))
    return;
  if (goods >= 0 && rungs_order_draft_sum (draft) > 0)
    rungs_order_draft_spread (draft, goods);
  rungs_order_draft_settle_tax (draft, cells);
  if (draft->problem != NULL)
    return;
  if (rungs_order_draft_sum (draft) == G_MAXINT64)
    rungs_order_draft_refuse (draft, g_strdup (_ ("the amount is too large")));
  else
    read_refunds (draft, cells);
}
