/* rungs-history-private.h: what a history keeps, apart from the file. */

#pragma once

#include "rungs-history.h"

G_BEGIN_DECLS

#define MINUTE (G_GINT64_CONSTANT (60) * 1000)
#define DAY (24 * 60 * MINUTE)
#define RATES 4
#define NOBODY_SAID (-1)

typedef enum { PAY_SHARE, PAY_OWN, PAY_FIXED, PAY_TIERS } Pay;

typedef struct
{
  gint64 product;  /* 0: all */
  gint64 partner;  /* 0: all */
  guint sale;      /* SALE_ANY, SALE_FIRST … */
  gint64 months;   /* 0: for ever */
  Pay pay;
  gint64 share;    /* of TIERS the lower one */
  gint64 higher;   /* the upper one … */
  gint64 from;     /* … and from when on */
  gint64 fixed;
  const char *currency;
  gboolean by_month;
  gboolean of_orders;
} Rate;

enum { SALE_ANY, SALE_FIRST, SALE_LATER, SALE_RENEWAL };

typedef struct
{
  gint64 programme;
  gint64 from;
  gint64 tax;
  Rate rates[RATES];
  guint n_rates;
} Version;

typedef struct
{
  gint64 programme;
  gint64 partner;
  gint64 from;
} Membership;

typedef struct
{
  gint64 lead;
  gint64 partner;
  gint64 at;
  gint64 run;  /* the import of leads that made it; 0: none */
  guint order; /* place from 1 of the order that used the partner's coupon; 0: none */
} Touch;

/* By what a line is paid, for one partner. */
typedef struct
{
  gboolean is_decided;
  gint64 share; /* NOBODY_SAID: a fixed amount */
  gint64 fixed;
  gint64 tax;
} Decision;

typedef struct
{
  FactLine sold;
  gint64 id;
  gint64 kept;
  gboolean is_back;
  Decision decisions[HISTORY_PARTNERS + 1];
} Line;

typedef struct
{
  gint64 id;
  gint64 lead;
  gint64 at;
  const char *currency;
  Line lines[HISTORY_LINES];
  guint n_lines;
  gboolean is_credited;
  gint64 partner;
  gint64 coupon_partner; /* whose code it carries first; 0: nobody's */
  guint refunds;
  gint64 run;            /* the import that brought it; 0: none */
  gboolean is_gone;      /* … and took it away again */
} Order;

typedef struct
{
  char name[16];
  gint64 run;
  gboolean is_undone;
} Import;

typedef struct
{
  guint order; /* place in `orders` */
  gboolean is_placed;
} Event;

struct _History
{
  RungsFixture *fixture; /* (not owned) */
  RungsDb *db;           /* (not owned) of the first file */
  GRand *random;
  gint64 now;
  GTimeZone *zone;
  GArray *facts;       /* (element-type Fact) */
  GArray *versions;    /* (element-type Version) */
  GArray *memberships; /* (element-type Membership) */
  GArray *touches;     /* (element-type Touch) */
  GArray *orders;      /* (element-type Order) as they came */
  GArray *imports;     /* (element-type Import) */
  GArray *events;      /* (element-type Event) that were not followed yet */
  gint64 lines;        /* the highest number that a line has had */
  guint numbers;       /* of orders in files */
};

typedef struct
{
  gint64 own_rate; /* NOBODY_SAID: none */
  gint64 period_months;
  gint64 refund_days;
} Product;

extern const Product HISTORY_SOLD[HISTORY_PRODUCTS];

/* Decides what of an order is not decided yet, for the partner who is credited with it. */
void history_settle (History *self,
                     Order   *order);

/* The partners follow the events. */
void history_follow (History *self);

/* The touches by the coupons of an order at that place, in the order of its codes. */
void history_use_coupons (History    *self,
                          guint       place,
                          const char *codes);

/* What the file has of an import that has just happened, and what it has not any more. */
void history_read_orders (History *self,
                          gint64   run);
void history_read_touches (History *self,
                           gint64   run);
void history_forget_import (History *self,
                            gint64   run);

G_END_DECLS
