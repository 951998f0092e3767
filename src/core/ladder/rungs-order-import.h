/* rungs-order-import.h: imports a file of orders whole or not at all, and takes an import back.
 *
 * Rows are read into temporary tables first, without a lock on the file; then one transaction
 * stores them. Whatever ends the program, and cancelling, leaves either nothing or all of it.
 *
 *   - An order is of the lead with its e-mail address; a lead that is not there is made. What is
 *     known of a lead that is there stays as it is. Erased persons do not come back.
 *   - A line is of a product: see rungs-order-products-store.h. None is made unless a person says
 *     so; an order with a line of a product that is not known is refused.
 *   - An order that is there already, by the shop and its number, is not stored again. What was
 *     given back on it since the file before is. So the same file twice changes nothing.
 *   - What the file says was given back, without a day, counts as given back when the order was
 *     paid where the order is new, else now.
 *   - An order uses the coupons whose codes it carries (rungs-coupon-use-store.h), whatever speaks
 *     against it. Other codes are told; they become coupons if a person says so.
 *   - A line of a subscription extends it, see rungs-order-store.h, or lasts as long as the file
 *     says.
 *   - What a line cost is with its tax: where the file has it without, the tax that it says is
 *     added. A line keeps what of it is tax, and what was taken off before, as far as the file says
 *     it (rungs-order-draft-tax.h). Shipping is no line.
 *   - These orders are what happened, not news: no sequence begins with them, unless it is said
 *     that they are to. Who bought what a sequence sells leaves it all the same.
 *   - An order is no consent to marketing. Where the file has a column that says who agreed,
 *     consent is written down for those who did with their latest new order in the file, and who
 *     have said neither yes nor no before; in the words that are given, else the column and what
 *     stands in it are the evidence. Who wants no marketing, as the file says, goes on the
 *     do-not-send list, also where the order is there already, and stays there when the import is
 *     taken back. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-money.h"
#include "db/rungs-db.h"
#include "ladder/rungs-coupon-use-store.h"
#include "ladder/rungs-order-products-store.h"
#include "leads/rungs-import.h"
#include "tables/rungs-table-reader.h"

G_BEGIN_DECLS

/**
 * RungsOrderTaxIn:
 * @RUNGS_TAX_AS_FILE: as the headings of the file say, or the seller writes it
 * @RUNGS_TAX_WITHIN: what lines cost holds the tax
 * @RUNGS_TAX_ADDED: it does not, and the tax was paid on top of it
 */
typedef enum
{
  RUNGS_TAX_AS_FILE,
  RUNGS_TAX_WITHIN,
  RUNGS_TAX_ADDED,
} RungsOrderTaxIn;

/* What to import, and how. All is lent; zero is a good start. */
typedef struct
{
  const char *path;               /* the file */
  RungsTableOptions table;        /* how to read it */
  const char *const *assignments; /* (nullable), NULL at its end: "HEADING=FIELD" */
  const char *const *products;    /* (nullable), NULL at its end: "NAME=SKU", "NAME=new", …: see
                                     rungs_order_products_assign() */
  const char *shop;               /* (nullable): which of the seller's shops: see
                                     rungs-order-shop-store.h */
  gboolean any_shop;              /* of a dry run: where it must be said, the last one is taken */
  const char *source;             /* (nullable): "KIND:NAME"; made where there is none */
  const char *consent;            /* (nullable): the words that those who agreed, agreed to */
  gboolean no_consent;            /* what the file says of that is not believed */
  const char *rejects;            /* (nullable): the file for refused rows, if there are any */
  RungsOrderTaxIn tax;            /* counts where a column says the tax of lines */
  gboolean starts;                /* sequences begin with these orders */
  gboolean coupons;               /* codes that are no coupons become some */
  gboolean dry_run;               /* counts and refuses the same, writes nothing but `rejects` */
  guint rows;                     /* of a dry run: look at no more than so many; 0: at all */
} RungsOrderImportOptions;

typedef struct
{
  gint64 run;              /* for rungs_order_import_undo(); 0: a dry run, or nothing was new */
  gint64 rows_read;        /* without the heading and empty rows */
  gint64 rows_refused;
  gint64 rows_other;       /* neither orders nor refunds: payments that failed, transfers, totals */
  gint64 orders_created;
  gint64 orders_known;     /* were there already */
  gint64 orders_left_out;  /* of nothing but products that are left out */
  gint64 refunds_created;
  gint64 refunds_known;    /* in rows of their own, that were there already */
  gint64 leads_created;
  gint64 leads_met;
  gint64 products_created;
  gint64 coupons_used;     /* how often new orders carry the code of a coupon */
  gint64 coupons_against;  /* of those, for which it was not meant; not of a dry run */
  gint64 coupons_created;
  GPtrArray *codes;        /* (owned) (element-type RungsCouponUnknown): other codes that they
                              carry */
  char *agreed_heading;    /* (owned) (nullable) the column that says who agreed to marketing */
  char *tax_heading;       /* (owned) (nullable) the column that says what is tax */
  gboolean asks_tax;       /* a person can say whether it is in the amounts … */
  gboolean tax_added;      /* … it was taken not to be */
  gint64 consents;         /* written down because of it */
  RungsImportReach reach;  /* of the leads of new orders */
  GPtrArray *sums;         /* (owned) (element-type RungsMoney): what the new orders cost, each
                              currency by itself */
  GPtrArray *names;        /* (owned) (element-type RungsOrderName): the shop's names of products */
  GPtrArray *rejects;      /* (owned) (element-type RungsImportReject): the first 1,000 */
  char *shape;             /* (owned) "stripe-payments", … */
  char *words;             /* (owned) "Payments from Stripe", … in the user's language */
  char *shop;              /* (owned) which shop it is; "": one without a name */
  gboolean shop_unsaid;    /* it must be said, and was not */
  GPtrArray *shops;        /* (owned) (element-type utf8) the seller's shops that are known, that of
                              the last file first */
  char *currency;          /* (owned) (nullable) no column says it: of the business, or the shop */
  gint64 bytes_replaced;   /* of the file, that its encoding does not have */
  double seconds;
  const char *encoding;    /* (nullable) interned; of text */
  char delimiter;          /* of CSV; else 0 */
  char *sheet;             /* (owned) (nullable) of a spreadsheet: the one that was read */
} RungsOrderImportResult;

void rungs_order_import_result_clear (RungsOrderImportResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsOrderImportResult, rungs_order_import_result_clear)

/* Imports; on a writing connection, outside of a transaction: it begins its own. `progress` and
 * `cancellable` may be NULL. Adds one event, import.done, and those of the orders and refunds, with
 * its run. Where no order and no refund in the file is new, no more is written than who wants no
 * marketing. Errors: those of rungs_order_reader_open(), rungs_order_shop_settle() and
 * rungs_order_products_assign(); INVALID for a source that is none, and where the shop must be
 * said; BUSY; G_IO_ERROR_CANCELLED. */
gboolean rungs_order_import_run (RungsDb                        *db,
                                 const RungsOrderImportOptions  *options,
                                 gint64                          now,
                                 RungsImportProgressFunc         progress,
                                 gpointer                        progress_data,
                                 GCancellable                   *cancellable,
                                 RungsOrderImportResult         *result,
                                 GError                        **error);

/* An import of orders that there was. */
typedef struct
{
  gint64 run;
  char *file_name; /* (owned) */
  char *shape;     /* (owned) */
  char *shop;      /* (owned) "": one without a name */
  gint64 rows_read;
  gint64 rows_refused;
  gint64 orders_created;
  gint64 orders_known;
  gint64 refunds_created;
  gint64 leads_created;
  gint64 started_at;
  gint64 undone_at; /* 0: it stands */
} RungsOrderImport;

void rungs_order_import_free (RungsOrderImport *self);

/* Returns: (transfer full) (element-type RungsOrderImport): up to `limit`, the newest first. */
GPtrArray *rungs_order_import_list (RungsDb  *db,
                                    guint     limit,
                                    GError  **error);

/* What taking an import back did. */
typedef struct
{
  gint64 orders_deleted;
  gint64 orders_kept;      /* there is a refund since that the import did not bring */
  gint64 refunds_deleted;  /* on orders that were there before, or are kept */
  gint64 leads_deleted;
  gint64 leads_kept;       /* made by the import, but there is more about them since */
  gint64 products_deleted;
  gint64 products_kept;    /* made by the import, but used since */
} RungsOrderImportUndo;

/* Takes an import of orders back, in a write transaction: its orders and refunds, with their
 * events, and the leads, touches, consents and products that it made, as far as nothing else has
 * come to use them (rungs_import_undo()). Adds the event import.undone. `progress` and
 * `cancellable` are as there; the rows of the progress are the orders of the import. All of it or
 * nothing: cancelling leaves the import as it is. Errors: NOT_FOUND; CONFLICT where it was taken
 * back before; G_IO_ERROR_CANCELLED. */
gboolean rungs_order_import_undo (RungsDb                  *db,
                                  gint64                    run,
                                  gint64                    now,
                                  RungsImportProgressFunc   progress,
                                  gpointer                  progress_data,
                                  GCancellable             *cancellable,
                                  RungsOrderImportUndo     *undo,
                                  GError                  **error);

G_END_DECLS
