/* rungs-order-shape.h: which shop or payment service wrote a file of orders, and what its columns
 * are. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * RungsOrderSeller:
 * @RUNGS_SELLER_TABLE: a table of one's own, with headings that people use
 */
typedef enum
{
  RUNGS_SELLER_STRIPE,
  RUNGS_SELLER_PAYPAL,
  RUNGS_SELLER_WOOCOMMERCE,
  RUNGS_SELLER_SHOPIFY,
  RUNGS_SELLER_GUMROAD,
  RUNGS_SELLER_TABLE,
} RungsOrderSeller;

/* What a column says. In the order of their names (rungs_order_field_get_name()). */
typedef enum
{
  RUNGS_ORDER_NUMBER,      /* how people call the order */
  RUNGS_ORDER_KEY,         /* what tells it from others, where that is not the number */
  RUNGS_ORDER_INVOICE,     /* that a payment paid: its number goes before the payment's */
  RUNGS_ORDER_REFERS,      /* of a refund in a row of its own: the payment */
  RUNGS_ORDER_EMAIL,
  RUNGS_ORDER_EMAIL_2,     /* where the first one is empty; of a PayPal refund: who got it */
  RUNGS_ORDER_FULL_NAME,
  RUNGS_ORDER_FIRST_NAME,
  RUNGS_ORDER_LAST_NAME,
  RUNGS_ORDER_COMPANY,
  RUNGS_ORDER_PHONE,
  RUNGS_ORDER_STREET,
  RUNGS_ORDER_STREET_2,
  RUNGS_ORDER_POSTCODE,
  RUNGS_ORDER_CITY,
  RUNGS_ORDER_REGION,
  RUNGS_ORDER_COUNTRY,
  RUNGS_ORDER_AT,          /* when it was paid */
  RUNGS_ORDER_AT_2,        /* where that is empty */
  RUNGS_ORDER_TIME,        /* of the day, where the date has none */
  RUNGS_ORDER_ZONE,        /* of both */
  RUNGS_ORDER_STATUS,
  RUNGS_ORDER_TYPE,        /* what kind of payment */
  RUNGS_ORDER_IMPACT,      /* PayPal: credit, debit or memo */
  RUNGS_ORDER_TEST,        /* Stripe: live or test */
  RUNGS_ORDER_UNPAID,      /* yes: a free trial, or ordered in advance */
  RUNGS_ORDER_UNPAID_2,
  RUNGS_ORDER_CURRENCY,
  RUNGS_ORDER_AMOUNT,      /* of the whole order */
  RUNGS_ORDER_GOODS,       /* of the goods alone, without shipping */
  RUNGS_ORDER_REFUNDED,    /* how much of it in all */
  RUNGS_ORDER_REFUNDED_AT,
  RUNGS_ORDER_REFUND_ALL,  /* yes: all of it */
  RUNGS_ORDER_DISPUTED,    /* yes, an amount, or a state: taken back by the bank … */
  RUNGS_ORDER_DISPUTE_WON, /* … and given back */
  RUNGS_ORDER_SKU,
  RUNGS_ORDER_PRODUCT,
  RUNGS_ORDER_PRODUCT_2,   /* where that is empty */
  RUNGS_ORDER_QUANTITY,
  RUNGS_ORDER_PRICE,       /* of one */
  RUNGS_ORDER_DISCOUNT,    /* on the line */
  RUNGS_ORDER_LINE_AMOUNT, /* of the whole line */
  RUNGS_ORDER_COUPON,
  RUNGS_ORDER_COUPON_ITEMS, /* WooCommerce: "code:SPRING|amount:5.00;…" */
  RUNGS_ORDER_REFUND_ITEMS, /* WooCommerce: "amount:5.00|reason:…|date:…;…" */
  RUNGS_ORDER_ITEMS,       /* WooCommerce: the first of the columns "line_item_1", … */
  RUNGS_ORDER_AGREED,      /* yes: wants marketing */
  RUNGS_ORDER_REFUSES,     /* yes: wants none */
  RUNGS_ORDER_PAID_UNTIL,  /* of a subscription */
  RUNGS_ORDER_TAX,         /* of the line; "19 %": that rate */
  RUNGS_ORDER_TAX_RATE,    /* of the line, where that is empty, in per cent */
  RUNGS_ORDER_TAX_WITHIN,  /* Gumroad: yes: the price holds it, else it is none of ours */
  RUNGS_ORDER_ALL_TAX,     /* Shopify: of the whole order, with its shipping */
  RUNGS_ORDER_SHIPPING,    /* Shopify: of the whole order */
  RUNGS_ORDER_TAXABLE,     /* Shopify: no: the line has no tax */
} RungsOrderField;

#define RUNGS_ORDER_N_FIELDS (RUNGS_ORDER_TAXABLE + 1)

/* The columns of a file. */
typedef struct
{
  RungsOrderSeller seller;
  const char *id;                     /* "stripe-payments", …: for the command line */
  const char *words;                  /* how people call the export; in the user's language */
  int columns[RUNGS_ORDER_N_FIELDS];  /* -1: there is none */
  guint n_items;                      /* how many columns from RUNGS_ORDER_ITEMS on are lines */
  gboolean is_utc[RUNGS_ORDER_N_FIELDS]; /* an instant without a zone is one of UTC, so its heading
                                            says */
  const char *currency;               /* (nullable) of all amounts, where no column says it */
  gboolean many_rows;                 /* an order can have several rows */
  gboolean is_net;                    /* prices and amounts of lines are without the tax */
} RungsOrderShape;

/* "Stripe", "PayPal", … as an order's origin; "import" of a table. */
const char *rungs_order_seller_get_origin (RungsOrderSeller seller);

/* Whether `id` is one of the exports of the seller. */
gboolean rungs_order_seller_has_shape (RungsOrderSeller  seller,
                                       const char       *id);

/* Recognises the export by its headings. FALSE where it is none that is known, or lacks what an
 * order needs. `why` (out) (optional) (nullable) (transfer full): then, of a file that looks like
 * one of orders, what it lacks. */
gboolean rungs_order_shape_recognise (const char *const *headings,
                                      guint              n_headings,
                                      RungsOrderShape   *shape,
                                      char             **why);

/* Sends a column to a field, as "HEADING=FIELD"; FIELD as below, "ignore": nowhere. Errors:
 * NOT_FOUND, the file has no such heading; INVALID. */
gboolean rungs_order_shape_assign (RungsOrderShape   *shape,
                                   const char *const *headings,
                                   guint              n_headings,
                                   const char        *assignment,
                                   GError           **error);

/* "number", "email", "amount", "product", … */
const char *rungs_order_field_get_name (RungsOrderField field);

G_END_DECLS
