/* rungs-history.h: random histories of what partners bring and are paid, and what the book should
 * have of them, worked out by other means than the program's.
 *
 * A history is a list of facts, made up one after the other while they happen in a first file. The
 * same facts can then happen in other files. Partners, programmes, leads and products are numbered
 * from 1, as the file numbers them. Each partner has a coupon: CODE1 is that of the first. */

#pragma once

#include "db/rungs-db.h"
#include "rungs-fixture.h"

G_BEGIN_DECLS

#define HISTORY_PARTNERS 3
#define HISTORY_PROGRAMMES 2
#define HISTORY_LEADS 6
#define HISTORY_PRODUCTS 4
#define HISTORY_LINES 3

typedef enum
{
  FACT_TOUCH,
  FACT_PLACE,
  FACT_IMPORT_ORDERS,
  FACT_IMPORT_LEADS,
  FACT_UNDO_IMPORT,
  FACT_GIVE_BACK,  /* a refund, or a bank that took the money back */
  FACT_TAKE_AGAIN, /* the last of them was a mistake, or a dispute is won */
  FACT_CREDIT,     /* by hand */
  FACT_TERMS,
  FACT_JOIN,
  FACT_APPROVE,
  FACT_RELEASE,
  FACT_PAY,
  FACT_MARK,
  FACT_REVERSE,
} FactKind;

typedef struct
{
  gint64 product;
  gint64 quantity;
  gint64 amount;
} FactLine;

typedef struct
{
  FactKind kind;
  gint64 now;       /* when the program hears of it … */
  gint64 at;        /* … and when it was */
  gint64 subject;   /* the lead, order, programme, order line or payout that it is about */
  gint64 partner;   /* 0: nobody */
  gint64 line;      /* of the order; 0: all */
  gint64 amount;    /* minor units; of PAY the minimum */
  int state;        /* of MARK; of APPROVE: whether */
  char currency[4];
  char coupon[16];  /* of PLACE: what codes the order carries */
  char name[16];    /* of the file that is imported, or was */
  char *text;       /* (owned) (nullable) of that file */
  FactLine lines[HISTORY_LINES];
  guint n_lines;
  char *terms;      /* (owned) (nullable) JSON */
  gboolean follows; /* the partners follow the events after it */
} Fact;

/* What happens outside of a transaction: imports begin their own. What has happened before does
 * not happen again, so that it may be told again to a program that was killed. */
void fact_prepare (const Fact *fact,
                   RungsDb    *db);

/* Lets the rest of it happen. In a write transaction. */
void fact_happen (const Fact *fact,
                  RungsDb    *db);

typedef struct _History History;

/* What the file must have before the first fact. In a write transaction. */
void history_begin_file (RungsFixture *fixture,
                         RungsDb      *db);

/* Makes up `steps` facts and lets them happen in the file of `fixture`. */
History *history_new (RungsFixture *fixture,
                      RungsDb      *db,
                      guint32       seed,
                      guint         steps);
void history_free (History *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (History, history_free)

guint history_get_length (History *self);
const Fact *history_get_fact (History *self,
                              guint    place);

/* What an order has earned a partner, or all orders in a currency, by what the buyers have kept. An
 * order that an import brought and took away again has earned nothing; another one may have its
 * number since. */
gint64 history_get_due (History *self,
                        gint64   order,
                        gint64   partner);
gint64 history_get_sum (History    *self,
                        gint64      partner,
                        const char *currency);
gint64 history_get_last_order (History *self);

/* How many orders there were: credited by a coupon, by an import, and taken away with one. */
typedef struct
{
  guint by_coupon;
  guint imported;
  guint gone;
} HistoryCounts;

void history_count (History       *self,
                    HistoryCounts *counts);

extern const char *const HISTORY_CURRENCIES[4]; /* ended by NULL */

G_END_DECLS
