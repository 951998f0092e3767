/* rungs-order-shape.c: which shop or payment service wrote a file of orders.
 *
 * An export is known by the headings that it must have; of two that fit, the one further up in the
 * table is meant. Headings are compared without case, accents, spaces and signs. Where they come
 * from, as of 2026:
 *
 *   Stripe, payments    Dashboard, Payments, Export (“unified_payments.csv”): the columns as public
 *                       programs that read such files name them. Formerly “Created (UTC)”, now
 *                       “Created date (UTC)”. Status: Paid, Refunded (all of it), Failed …; a
 *                       payment of which a part was given back stays Paid.
 *   Stripe, invoices    Dashboard, Invoices, Export; likewise. Amounts of both: major units, in yen
 *                       without decimals; the currency in small letters.
 *   PayPal              Reports, Activity download: developer.paypal.com/docs/reports/
 *                       online-reports/activity-download, and published files in English and
 *                       German. A refund is a row of its own, negative, with the payment as
 *                       “Reference Txn ID”. Dates and amounts as in the account's country, in the
 *                       zone that the row names.
 *   WooCommerce         two: the plugin Order Export & Import (its source,
 *                       class-wt-orderimpexpcsv-basic-exporter.php: one row an order, line_item_1 …
 *                       “name:…|product_id:…|sku:…|quantity:…|total:…|sub_total:…|tax:…”, both sums
 *                       without the tax, refund_items
 *                       “amount:…|reason:…|date:…”), and Advanced Order Export (published files:
 *                       one row an item, all else repeated).
 *   Shopify             Orders, Export: published files. An order has a row for each line, which
 *                       after the first have little more than its Name and Email. Dates have an
 *                       offset. “Refunded Amount” is the sum of all refunds.
 *   Gumroad             Sales, Export: its source is public (antiwork/gumroad,
 *                       app/services/exports/purchase_export_service.rb). US dollars; times of UTC;
 *                       yes is 1; the last row has the totals. */

#include "ladder/rungs-order-shape.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "leads/rungs-import-heading.h"

/* Of one field the headings that it can have, in the order in which they are wanted. */
typedef struct
{
  RungsOrderField field;
  const char *headings; /* parted by bars */
} Column;

typedef struct
{
  RungsOrderSeller seller;
  const char *id;
  const char *words;
  const char *must;     /* fields without which it is not this, by their names */
  const char *also;     /* (nullable) headings that it must have too, parted by bars: one of them */
  const char *currency; /* (nullable) */
  gboolean many_rows;
  const Column *columns;
} Export;

static const char *const FIELD_NAMES[RUNGS_ORDER_N_FIELDS] = {
  "number",      "key",         "invoice",      "refers",     "email",        "email_2",
  "full_name",   "first_name",  "last_name",    "company",    "phone",        "street",
  "street_2",    "postcode",    "city",         "region",     "country",      "date",
  "date_2",      "time",        "zone",         "status",     "type",         "impact",
  "test",        "unpaid",      "unpaid_2",     "currency",   "amount",       "goods",
  "refunded",    "refunded_at", "refunded_all", "disputed",   "dispute_won",  "sku",
  "product",     "product_2",   "quantity",     "price",      "discount",     "line_amount",
  "coupon",      "coupon_items", "refund_items", "items",     "agreed",       "refuses",
  "paid_until",  "tax",         "tax_rate",     "tax_within", "order_tax",    "shipping",
  "taxable",
};

#define END { RUNGS_ORDER_N_FIELDS, NULL }

static const Column STRIPE_PAYMENTS[] = {
  { RUNGS_ORDER_KEY, "id|PaymentIntent ID" },
  { RUNGS_ORDER_INVOICE, "Invoice ID" },
  { RUNGS_ORDER_EMAIL, "Customer Email" },
  { RUNGS_ORDER_EMAIL_2, "Receipt Email|email (metadata)" },
  { RUNGS_ORDER_FULL_NAME, "Customer Name|Card Name|Customer Description" },
  { RUNGS_ORDER_AT, "Created date (UTC)|Created (UTC)|Created" },
  { RUNGS_ORDER_STATUS, "Status" },
  { RUNGS_ORDER_TEST, "Mode" },
  { RUNGS_ORDER_CURRENCY, "Currency" },
  { RUNGS_ORDER_AMOUNT, "Amount" },
  { RUNGS_ORDER_REFUNDED, "Amount Refunded" },
  { RUNGS_ORDER_REFUNDED_AT, "Refunded date (UTC)" },
  { RUNGS_ORDER_DISPUTED, "Dispute Status" },
  { RUNGS_ORDER_SKU, "sku (metadata)|product_id (metadata)" },
  { RUNGS_ORDER_PRODUCT, "product (metadata)|product_name (metadata)|Description" },
  { RUNGS_ORDER_PRODUCT_2, "Description|Statement Descriptor" },
  { RUNGS_ORDER_QUANTITY, "quantity (metadata)" },
  { RUNGS_ORDER_COUPON, "coupon (metadata)|promo_code (metadata)" },
  END,
};

static const Column STRIPE_INVOICES[] = {
  { RUNGS_ORDER_NUMBER, "Number" },
  { RUNGS_ORDER_KEY, "id" },
  { RUNGS_ORDER_EMAIL, "Customer Email|Email" },
  { RUNGS_ORDER_FULL_NAME, "Customer Name" },
  { RUNGS_ORDER_PHONE, "Customer Phone" },
  { RUNGS_ORDER_STREET, "Customer Address Line1" },
  { RUNGS_ORDER_STREET_2, "Customer Address Line2" },
  { RUNGS_ORDER_POSTCODE, "Customer Address Postal Code" },
  { RUNGS_ORDER_CITY, "Customer Address City" },
  { RUNGS_ORDER_REGION, "Customer Address State" },
  { RUNGS_ORDER_COUNTRY, "Customer Address Country" },
  { RUNGS_ORDER_AT, "Paid At (UTC)" },
  { RUNGS_ORDER_AT_2, "Date (UTC)|Created (UTC)|Finalized At (UTC)" },
  { RUNGS_ORDER_STATUS, "Status" },
  { RUNGS_ORDER_CURRENCY, "Currency" },
  { RUNGS_ORDER_AMOUNT, "Amount Paid" },
  { RUNGS_ORDER_SKU, "Product ID|Plan|Price" },
  { RUNGS_ORDER_PRODUCT, "Product Name|Product|Description" },
  { RUNGS_ORDER_PRODUCT_2, "Description|Billing Reason|Billing" },
  { RUNGS_ORDER_COUPON, "Applied Coupons|Coupon" },
  { RUNGS_ORDER_PAID_UNTIL, "Maximum Line Item Period End (UTC)" },
  { RUNGS_ORDER_TAX, "Tax" },
  { RUNGS_ORDER_DISCOUNT, "Total Discount Amount" },
  END,
};

static const Column PAYPAL[] = {
  { RUNGS_ORDER_KEY, "Transaction ID|Transaktionscode" },
  { RUNGS_ORDER_REFERS, "Reference Txn ID|Zugehöriger Transaktionscode" },
  { RUNGS_ORDER_EMAIL, "From Email Address|Absender E-Mail-Adresse|Von E-Mail-Adresse" },
  { RUNGS_ORDER_EMAIL_2, "To Email Address|Empfänger E-Mail-Adresse|An E-Mail-Adresse" },
  { RUNGS_ORDER_FULL_NAME, "Name" },
  { RUNGS_ORDER_PHONE, "Contact Phone Number|Telefon|Telefonnummer" },
  { RUNGS_ORDER_STREET, "Address Line 1|Adresszeile 1|Adresse Zeile 1" },
  { RUNGS_ORDER_STREET_2, "Address Line 2/District/Neighborhood|Adresszusatz" },
  { RUNGS_ORDER_POSTCODE, "Zip/Postal Code|PLZ" },
  { RUNGS_ORDER_CITY, "Town/City|Ort" },
  { RUNGS_ORDER_REGION, "State/Province/Region/County/Territory/Prefecture/Republic|Bundesland" },
  { RUNGS_ORDER_COUNTRY, "Country Code|Country|Ländervorwahl|Land" },
  { RUNGS_ORDER_AT, "Date|Datum" },
  { RUNGS_ORDER_TIME, "Time|Uhrzeit" },
  { RUNGS_ORDER_ZONE, "TimeZone|Time Zone|Zeitzone" },
  { RUNGS_ORDER_STATUS, "Status" },
  { RUNGS_ORDER_TYPE, "Type|Typ|Description|Beschreibung" },
  { RUNGS_ORDER_IMPACT, "Balance Impact|Auswirkung auf Guthaben" },
  { RUNGS_ORDER_CURRENCY, "Currency|Währung" },
  { RUNGS_ORDER_AMOUNT, "Gross|Brutto" },
  { RUNGS_ORDER_SKU, "Item ID|Artikelnummer" },
  { RUNGS_ORDER_PRODUCT, "Item Title|Artikelbezeichnung" },
  { RUNGS_ORDER_PRODUCT_2, "Subject|Betreff" },
  { RUNGS_ORDER_QUANTITY, "Quantity|Anzahl" },
  { RUNGS_ORDER_TAX, "Sales Tax|Umsatzsteuer" },
  END,
};

static const Column WOOCOMMERCE[] = {
  { RUNGS_ORDER_NUMBER, "order_number" },
  { RUNGS_ORDER_KEY, "order_id" },
  { RUNGS_ORDER_EMAIL, "billing_email" },
  { RUNGS_ORDER_EMAIL_2, "customer_email" },
  { RUNGS_ORDER_FIRST_NAME, "billing_first_name" },
  { RUNGS_ORDER_LAST_NAME, "billing_last_name" },
  { RUNGS_ORDER_COMPANY, "billing_company" },
  { RUNGS_ORDER_PHONE, "billing_phone" },
  { RUNGS_ORDER_STREET, "billing_address_1" },
  { RUNGS_ORDER_STREET_2, "billing_address_2" },
  { RUNGS_ORDER_POSTCODE, "billing_postcode" },
  { RUNGS_ORDER_CITY, "billing_city" },
  { RUNGS_ORDER_REGION, "billing_state" },
  { RUNGS_ORDER_COUNTRY, "billing_country" },
  { RUNGS_ORDER_AT, "order_date|date" },
  { RUNGS_ORDER_STATUS, "status" },
  { RUNGS_ORDER_CURRENCY, "order_currency|currency" },
  { RUNGS_ORDER_AMOUNT, "order_total" },
  { RUNGS_ORDER_COUPON_ITEMS, "coupon_items" },
  { RUNGS_ORDER_REFUND_ITEMS, "refund_items" },
  { RUNGS_ORDER_ITEMS, "line_item_1" },
  END,
};

static const Column WOOCOMMERCE_ITEMS[] = {
  { RUNGS_ORDER_NUMBER, "Order Number|Order ID" },
  { RUNGS_ORDER_KEY, "Order ID|Order Number" },
  { RUNGS_ORDER_EMAIL, "Email (Billing)" },
  { RUNGS_ORDER_EMAIL_2, "Customer Email" },
  { RUNGS_ORDER_FULL_NAME, "Full Name (Billing)" },
  { RUNGS_ORDER_FIRST_NAME, "First Name (Billing)" },
  { RUNGS_ORDER_LAST_NAME, "Last Name (Billing)" },
  { RUNGS_ORDER_COMPANY, "Company (Billing)" },
  { RUNGS_ORDER_PHONE, "Phone (Billing)" },
  { RUNGS_ORDER_STREET, "Address 1&2 (Billing)|Address 1 (Billing)" },
  { RUNGS_ORDER_POSTCODE, "Postcode (Billing)" },
  { RUNGS_ORDER_CITY, "City (Billing)" },
  { RUNGS_ORDER_REGION, "State Code (Billing)|State Name (Billing)" },
  { RUNGS_ORDER_COUNTRY, "Country Code (Billing)|Country Name (Billing)" },
  { RUNGS_ORDER_AT, "Paid Date|Order Date" },
  { RUNGS_ORDER_AT_2, "Order Date|Completed Date" },
  { RUNGS_ORDER_STATUS, "Order Status" },
  { RUNGS_ORDER_CURRENCY, "Order Currency|Currency" },
  { RUNGS_ORDER_AMOUNT, "Order Total Amount" },
  { RUNGS_ORDER_REFUNDED, "Order Refund Amount" },
  { RUNGS_ORDER_SKU, "SKU" },
  { RUNGS_ORDER_PRODUCT, "Item Name|Product Name (main)" },
  { RUNGS_ORDER_QUANTITY, "Quantity" },
  { RUNGS_ORDER_PRICE, "Item Cost" },
  { RUNGS_ORDER_LINE_AMOUNT, "Order Line Total|Item Total Amount|Order Line (w/o tax)" },
  { RUNGS_ORDER_COUPON, "Coupon Code" },
  END,
};

static const Column SHOPIFY[] = {
  { RUNGS_ORDER_NUMBER, "Name" },
  { RUNGS_ORDER_KEY, "Id" },
  { RUNGS_ORDER_EMAIL, "Email" },
  { RUNGS_ORDER_FULL_NAME, "Billing Name" },
  { RUNGS_ORDER_COMPANY, "Billing Company" },
  { RUNGS_ORDER_PHONE, "Billing Phone|Phone" },
  { RUNGS_ORDER_STREET, "Billing Street|Billing Address1" },
  { RUNGS_ORDER_POSTCODE, "Billing Zip" },
  { RUNGS_ORDER_CITY, "Billing City" },
  { RUNGS_ORDER_REGION, "Billing Province" },
  { RUNGS_ORDER_COUNTRY, "Billing Country" },
  { RUNGS_ORDER_AT, "Paid at" },
  { RUNGS_ORDER_AT_2, "Created at" },
  { RUNGS_ORDER_STATUS, "Financial Status" },
  { RUNGS_ORDER_CURRENCY, "Currency" },
  { RUNGS_ORDER_AMOUNT, "Total" },
  { RUNGS_ORDER_GOODS, "Subtotal" },
  { RUNGS_ORDER_REFUNDED, "Refunded Amount" },
  { RUNGS_ORDER_SKU, "Lineitem sku" },
  { RUNGS_ORDER_PRODUCT, "Lineitem name" },
  { RUNGS_ORDER_QUANTITY, "Lineitem quantity" },
  { RUNGS_ORDER_PRICE, "Lineitem price" },
  { RUNGS_ORDER_DISCOUNT, "Lineitem discount" },
  { RUNGS_ORDER_ALL_TAX, "Taxes" },
  { RUNGS_ORDER_SHIPPING, "Shipping" },
  { RUNGS_ORDER_TAXABLE, "Lineitem taxable" },
  { RUNGS_ORDER_COUPON, "Discount Code" },
  { RUNGS_ORDER_AGREED, "Accepts Marketing" },
  END,
};

static const Column GUMROAD[] = {
  { RUNGS_ORDER_NUMBER, "Order Number" },
  { RUNGS_ORDER_KEY, "Purchase ID" },
  { RUNGS_ORDER_EMAIL, "Purchase Email" },
  { RUNGS_ORDER_EMAIL_2, "Buyer Email|Email" },
  { RUNGS_ORDER_FULL_NAME, "Buyer Name" },
  { RUNGS_ORDER_STREET, "Street Address" },
  { RUNGS_ORDER_POSTCODE, "Zip Code" },
  { RUNGS_ORDER_CITY, "City" },
  { RUNGS_ORDER_REGION, "State" },
  { RUNGS_ORDER_COUNTRY, "Country" },
  { RUNGS_ORDER_AT, "Purchase Time (UTC timezone)|Purchase Date" },
  { RUNGS_ORDER_AT_2, "Purchase Date" },
  { RUNGS_ORDER_UNPAID, "Free trial purchase?" },
  { RUNGS_ORDER_UNPAID_2, "Pre-order authorization?" },
  { RUNGS_ORDER_AMOUNT, "Sale Price ($)" },
  { RUNGS_ORDER_REFUNDED, "Partial Refund ($)" },
  { RUNGS_ORDER_REFUND_ALL, "Fully Refunded?" },
  { RUNGS_ORDER_DISPUTED, "Disputed?" },
  { RUNGS_ORDER_DISPUTE_WON, "Dispute Won?" },
  { RUNGS_ORDER_SKU, "Product ID" },
  { RUNGS_ORDER_PRODUCT, "Item Name" },
  { RUNGS_ORDER_QUANTITY, "Quantity" },
  { RUNGS_ORDER_COUPON, "Discount Code" },
  { RUNGS_ORDER_REFUSES, "Do not contact?" },
  { RUNGS_ORDER_TAX, "Taxes ($)" },
  { RUNGS_ORDER_TAX_WITHIN, "Tax Included in Price?" },
  END,
};

static const Column TABLE[] = {
  { RUNGS_ORDER_NUMBER, "Order number|Order no|Order|Order ID|Bestellnummer|Rechnungsnummer" },
  { RUNGS_ORDER_EMAIL, "Email|E-mail address|E-Mail-Adresse|Customer email|Mail" },
  { RUNGS_ORDER_FULL_NAME, "Name|Customer|Full name|Kunde" },
  { RUNGS_ORDER_FIRST_NAME, "First name|Vorname" },
  { RUNGS_ORDER_LAST_NAME, "Last name|Surname|Nachname" },
  { RUNGS_ORDER_COMPANY, "Company|Firma" },
  { RUNGS_ORDER_PHONE, "Phone|Telephone|Telefon" },
  { RUNGS_ORDER_STREET, "Street|Address|Straße" },
  { RUNGS_ORDER_POSTCODE, "Postcode|Zip|PLZ|Postleitzahl" },
  { RUNGS_ORDER_CITY, "City|Town|Ort|Stadt" },
  { RUNGS_ORDER_COUNTRY, "Country|Land" },
  { RUNGS_ORDER_AT, "Paid at|Date|Order date|Ordered at|Datum|Bestelldatum|Kaufdatum|When" },
  { RUNGS_ORDER_TIME, "Time|Uhrzeit" },
  { RUNGS_ORDER_ZONE, "Time zone|Zeitzone" },
  { RUNGS_ORDER_STATUS, "Status|State" },
  { RUNGS_ORDER_CURRENCY, "Currency|Währung" },
  { RUNGS_ORDER_AMOUNT, "Order total|Gesamtbetrag" },
  { RUNGS_ORDER_REFUNDED, "Refunded|Refund|Amount refunded|Erstattet" },
  { RUNGS_ORDER_REFUNDED_AT, "Refunded at|Refund date|Erstattet am" },
  { RUNGS_ORDER_SKU, "SKU|Article number|Artikelnummer" },
  { RUNGS_ORDER_PRODUCT, "Product|Item|Product name|Produkt|Artikel" },
  { RUNGS_ORDER_QUANTITY, "Quantity|Qty|Anzahl|Menge" },
  { RUNGS_ORDER_PRICE, "Price|Unit price|Preis|Einzelpreis|Net price|Nettopreis" },
  { RUNGS_ORDER_LINE_AMOUNT,
    "Amount|Line total|Total|Paid|Betrag|Summe|Gross|Gross amount|Brutto|Bruttobetrag|Net|"
    "Net amount|Netto|Nettobetrag" },
  { RUNGS_ORDER_DISCOUNT, "Discount|Discount amount|Rabatt|Rabattbetrag|Nachlass" },
  { RUNGS_ORDER_TAX,
    "Tax|Tax amount|Sales tax|VAT|VAT amount|GST|MwSt|MwSt-Betrag|Mehrwertsteuer|USt|USt-Betrag|"
    "Umsatzsteuer|Steuer|Steuerbetrag|of which tax|of which VAT|davon MwSt|davon USt|"
    "enthaltene MwSt" },
  { RUNGS_ORDER_TAX_RATE,
    "Tax rate|VAT rate|MwSt-Satz|USt-Satz|Steuersatz" },
  { RUNGS_ORDER_COUPON, "Coupon|Coupon code|Discount code|Gutschein" },
  { RUNGS_ORDER_AGREED, "Accepts marketing|Marketing consent" },
  END,
};

static const Export EXPORTS[] = {
  { RUNGS_SELLER_STRIPE, "stripe-payments", N_ ("Payments from Stripe"),
    "key date status currency amount refunded", "Customer Email|Customer ID|Card ID|Captured", NULL,
    FALSE, STRIPE_PAYMENTS },
  { RUNGS_SELLER_STRIPE, "stripe-invoices", N_ ("Invoices from Stripe"),
    "key currency amount date_2", "Amount Due|Subscription|Charge", NULL, FALSE, STRIPE_INVOICES },
  { RUNGS_SELLER_PAYPAL, "paypal", N_ ("Activity from PayPal"),
    "key date status type currency amount email", "TimeZone|Time Zone|Zeitzone", NULL, FALSE,
    PAYPAL },
  { RUNGS_SELLER_WOOCOMMERCE, "woocommerce", N_ ("Orders from WooCommerce"),
    "key date status items", "order_total|billing_email|order_currency", NULL, FALSE,
    WOOCOMMERCE },
  { RUNGS_SELLER_WOOCOMMERCE, "woocommerce-items", N_ ("Items ordered, from WooCommerce"),
    "key email date status product", "Order Status", NULL, TRUE, WOOCOMMERCE_ITEMS },
  { RUNGS_SELLER_SHOPIFY, "shopify", N_ ("Orders from Shopify"),
    "number email status currency product price", "Financial Status", NULL, TRUE, SHOPIFY },
  { RUNGS_SELLER_GUMROAD, "gumroad", N_ ("Sales from Gumroad"), "key amount product date",
    "Purchase Email|Buyer Email|Email", "USD", FALSE, GUMROAD },
  { RUNGS_SELLER_TABLE, "table", N_ ("A table of orders"), "number email date line_amount", NULL,
    NULL, TRUE, TABLE },
};

static const char *const ORIGINS[] = { "Stripe", "PayPal", "WooCommerce", "Shopify", "Gumroad",
                                       "import" };

const char *
rungs_order_seller_get_origin (RungsOrderSeller seller)
{
  g_return_val_if_fail (seller < G_N_ELEMENTS (ORIGINS), "import");

  return ORIGINS[seller];
}

gboolean
rungs_order_seller_has_shape (RungsOrderSeller seller,
                              const char      *id)
{
  g_return_val_if_fail (id != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (EXPORTS); i++)
    if (EXPORTS[i].seller == seller && strcmp (EXPORTS[i].id, id) == 0)
      return TRUE;
  return FALSE;
}

const char *
rungs_order_field_get_name (RungsOrderField field)
{
  g_return_val_if_fail (field < RUNGS_ORDER_N_FIELDS, "");

  return FIELD_NAMES[field];
}

static char **
fold_all (const char *const *headings,
          guint              n)
{
  char **folded = g_new0 (char *, n + 1);

  for (guint i = 0; i < n; i++)
    folded[i] = rungs_import_heading_fold (headings[i]);
  return folded;
}

/* The column that has the first of these headings that is there; -1: none has. */
static int
find_column (const char        *wanted,
             const char *const *folded)
{
  g_auto (GStrv) each = g_strsplit (wanted, "|", -1);

  for (char **heading = each; *heading != NULL; heading++)
    {
      g_autofree char *word = rungs_import_heading_fold (*heading);

      for (int i = 0; folded[i] != NULL; i++)
        if (strcmp (folded[i], word) == 0)
          return i;
    }
  return -1;
}

/* How many columns "line_item_2", "line_item_3" … follow the first. */
static guint
count_items (const char *const *folded,
             int                first)
{
  guint n = 1;

  if (first < 0)
    return 0;
  while (folded[first + n] != NULL)
    {
      g_autofree char *next = g_strdup_printf ("lineitem%u", n + 1);

      if (strcmp (folded[first + n], next) != 0)
        break;
      n++;
    }
  return n;
}

/* Whether the heading of what a line costs says that the tax is not in it: "Net amount". */
static gboolean
says_net (const RungsOrderShape *shape,
          const char *const     *folded)
{
  int column = shape->columns[RUNGS_ORDER_LINE_AMOUNT];

  if (column < 0)
    column = shape->columns[RUNGS_ORDER_PRICE];
  return column >= 0 && g_str_has_prefix (folded[column], "net");
}

static void
fill_shape (const Export      *export,
            const char *const *folded,
            RungsOrderShape   *shape)
{
  *shape = (RungsOrderShape){ .seller = export->seller,
                              .id = export->id,
                              .words = _ (export->words),
                              .currency = export->currency,
                              .many_rows = export->many_rows };
  for (guint i = 0; i < RUNGS_ORDER_N_FIELDS; i++)
    shape->columns[i] = -1;
  for (const Column *column = export->columns; column->headings != NULL; column++)
    {
      int found = find_column (column->headings, folded);

      shape->columns[column->field] = found;
      shape->is_utc[column->field] = found >= 0 && strstr (folded[found], "utc") != NULL;
    }
  shape->n_items = count_items (folded, shape->columns[RUNGS_ORDER_ITEMS]);
  shape->is_net = shape->n_items > 0 || says_net (shape, folded);
}

static int
find_field (const char *name)
{
  for (int i = 0; i < RUNGS_ORDER_N_FIELDS; i++)
    if (strcmp (FIELD_NAMES[i], name) == 0)
      return i;
  return -1;
}

/* A heading such as "Tax %" has rates. */
static void
find_tax_rate (RungsOrderShape   *shape,
               const char *const *headings)
{
  int column = shape->columns[RUNGS_ORDER_TAX];

  if (column < 0 || strchr (headings[column], '%') == NULL)
    return;
  shape->columns[RUNGS_ORDER_TAX] = -1;
  shape->columns[RUNGS_ORDER_TAX_RATE] = column;
}

/* The first field that it must have and has not; -1: it has them all. */
static int
find_missing (const Export          *export,
              const RungsOrderShape *shape)
{
  g_auto (GStrv) must = g_strsplit (export->must, " ", -1);

  for (char **name = must; *name != NULL; name++)
    {
      int field = find_field (*name);

      g_assert (field >= 0);
      if (shape->columns[field] < 0)
        return field;
    }
  return -1;
}

static gboolean
fits (const Export      *export,
      const char *const *folded,
      RungsOrderShape   *shape)
{
  fill_shape (export, folded, shape);
  return find_missing (export, shape) < 0
         && (export->also == NULL || find_column (export->also, folded) >= 0);
}

/* What a file lacks that looks like that of a known seller: all that tells it apart is there. */
static char *
tell_missing (const char *const *folded)
{
  for (guint i = 0; i < G_N_ELEMENTS (EXPORTS); i++)
    {
      RungsOrderShape shape;
      int missing;

      if (EXPORTS[i].also == NULL || find_column (EXPORTS[i].also, folded) < 0)
        continue;
      fill_shape (&EXPORTS[i], folded, &shape);
      missing = find_missing (&EXPORTS[i], &shape);
      if (missing >= 0 && shape.columns[RUNGS_ORDER_STATUS] >= 0)
        for (const Column *column = EXPORTS[i].columns; column->headings != NULL; column++)
          if ((int) column->field == missing)
            return g_strdup_printf (_ ("This looks like “%s”, but the column “%.*s” is missing. "
                                       "Export it once more with all columns."),
                                    shape.words, (int) strcspn (column->headings, "|"),
                                    column->headings);
    }
  return NULL;
}

gboolean
rungs_order_shape_recognise (const char *const *headings,
                             guint              n_headings,
                             RungsOrderShape   *shape,
                             char             **why)
{
  g_auto (GStrv) folded = fold_all (headings, n_headings);

  g_return_val_if_fail (headings != NULL && shape != NULL, FALSE);

  if (why != NULL)
    *why = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (EXPORTS); i++)
    if (fits (&EXPORTS[i], (const char *const *) folded, shape))
      {
        find_tax_rate (shape, headings);
        return TRUE;
      }
  fill_shape (&EXPORTS[G_N_ELEMENTS (EXPORTS) - 1], (const char *const *) folded, shape);
  find_tax_rate (shape, headings);
  if (why != NULL)
    *why = tell_missing ((const char *const *) folded);
  return FALSE;
}

gboolean
rungs_order_shape_assign (RungsOrderShape   *shape,
                          const char *const *headings,
                          guint              n_headings,
                          const char        *assignment,
                          GError           **error)
{
  const char *equals = strrchr (assignment, '=');
  g_autofree char *heading = equals ? g_strndup (assignment, equals - assignment) : NULL;
  g_auto (GStrv) folded = fold_all (headings, n_headings);
  int column = heading ? find_column (heading, (const char *const *) folded) : -1;
  int field = equals ? find_field (equals + 1) : -1;

  g_return_val_if_fail (shape != NULL, FALSE);

  if (equals == NULL || (field < 0 && strcmp (equals + 1, "ignore") != 0))
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("“%s” does not say which column goes to which field of an order."),
                   assignment);
      return FALSE;
    }
  if (column < 0)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND, _ ("The file has no column “%s”."),
                   heading);
      return FALSE;
    }
  for (guint i = 0; i < RUNGS_ORDER_N_FIELDS; i++)
    if (shape->columns[i] == column)
      shape->columns[i] = -1;
  if (field < 0)
    return TRUE;
  shape->columns[field] = column;
  shape->is_utc[field] = strstr (folded[column], "utc") != NULL;
  find_tax_rate (shape, headings);
  if (shape->seller == RUNGS_SELLER_TABLE)
    shape->is_net = says_net (shape, (const char *const *) folded);
  return TRUE;
}
