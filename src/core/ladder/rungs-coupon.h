/* rungs-coupon.h: a code that ties online to offline.
 *
 * A coupon is quoted by phone and entered online, or seen online and quoted by phone. Codes are
 * compared without regard to case and blanks. An order that uses one came from the coupon's source,
 * by its path: see rungs-coupon-use-store.h. Whom a code was given to is in
 * rungs-coupon-given-store.h. */

#pragma once

#include <glib.h>

#include "leads/rungs-source-store.h"
#include "leads/rungs-touch-store.h"

G_BEGIN_DECLS

/* Letters of a code, at most. */
#define RUNGS_COUPON_CODE_MAX 64

typedef struct
{
  gint64 id;
  char *code;         /* (owned) as people read it */
  char *name;         /* (owned) what it is for; "" */
  gint64 source;      /* who uses it came from there; 0: it tells nothing about that */
  RungsPath path;     /* by which path, where there is a source */
  gint64 product;     /* that it is for; 0: any */
  char *discount;     /* (owned) in words; "" */
  char *valid_from;   /* (owned) the first day, "2026-11-22", of the business; "": always */
  char *valid_until;  /* (owned) the last day; "": always */
  gint64 most_uses;   /* orders that may use it; 0: any number */
  gint64 most_per_lead;  /* orders of one lead that may; 0: any number */
  gint64 run;         /* the import of orders that made it; 0: a person did */
  gint64 created_at;
  gint64 updated_at;
  gint64 retired_at;  /* 0: it is accepted */

  /* Read along; not stored. */
  RungsSourceKind source_kind;
  char *source_name;  /* (owned); "" where there is no source */
  char *product_name; /* (owned); "" where it is for any */
} RungsCoupon;

/* Empty texts, no source, the path by phone. */
RungsCoupon *rungs_coupon_new (void);
RungsCoupon *rungs_coupon_copy (const RungsCoupon *self);
void rungs_coupon_free (RungsCoupon *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCoupon, rungs_coupon_free)

/* Sets one of its texts to a copy of `value` without blanks around it; NULL is "". */
void rungs_coupon_set (char       **text,
                       const char  *value);

/* Returns: (transfer none) (nullable): the partner whose code it is: the joint venture or affiliate
 * that is its source. NULL where it is nobody's. */
const char *rungs_coupon_get_partner (const RungsCoupon *self);

/* Returns: (transfer full): what codes are compared by: "Spring 10" → "spring10". */
char *rungs_coupon_key (const char *code);

/* Returns: (transfer full): the codes of a text, which are parted by commas: as they stand there,
 * each once; empty where there is none. */
GStrv rungs_coupon_split (const char *text);

/**
 * RungsCouponHow:
 * How somebody was told a code.
 */
typedef enum
{
  RUNGS_COUPON_BY_PHONE,
  RUNGS_COUPON_IN_PERSON,
  RUNGS_COUPON_BY_EMAIL,
  RUNGS_COUPON_BY_SMS,
  RUNGS_COUPON_BY_POST,
} RungsCouponHow;

#define RUNGS_COUPON_HOWS (RUNGS_COUPON_BY_POST + 1)

/* "phone", "in person", "email", "sms", "post". */
const char *rungs_coupon_how_to_text (RungsCouponHow how);
gboolean rungs_coupon_how_from_text (const char     *text,
                                     RungsCouponHow *how);

/**
 * RungsCouponVerdict:
 * @RUNGS_COUPON_FITS: the order may use it
 * @RUNGS_COUPON_UNKNOWN: there is no such coupon
 * @RUNGS_COUPON_RETIRED: it is not accepted any more
 * @RUNGS_COUPON_NOT_YET: its first day lies ahead
 * @RUNGS_COUPON_OVER: its last day has passed
 * @RUNGS_COUPON_OTHER_PRODUCT: the product that it is for is not ordered
 * @RUNGS_COUPON_USED_UP: as many orders as may have used it
 * @RUNGS_COUPON_USED_BY_LEAD: as many orders of this lead as may have used it
 */
typedef enum
{
  RUNGS_COUPON_FITS,
  RUNGS_COUPON_UNKNOWN,
  RUNGS_COUPON_RETIRED,
  RUNGS_COUPON_NOT_YET,
  RUNGS_COUPON_OVER,
  RUNGS_COUPON_OTHER_PRODUCT,
  RUNGS_COUPON_USED_UP,
  RUNGS_COUPON_USED_BY_LEAD,
} RungsCouponVerdict;

/* "", "unknown", "retired", "not-yet", "over", "other-product", "used-up", "used-by-lead". */
const char *rungs_coupon_verdict_to_text (RungsCouponVerdict verdict);

/* RUNGS_COUPON_FITS for a text that is none of them. */
RungsCouponVerdict rungs_coupon_verdict_from_text (const char *text);

/* What is to be said of a code that an order carries, or is to carry. */
typedef struct
{
  char *code;          /* (owned) as it was written */
  RungsCoupon *coupon; /* (owned) (nullable) */
  RungsCouponVerdict verdict;
} RungsCouponCheck;

void rungs_coupon_check_free (RungsCouponCheck *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsCouponCheck, rungs_coupon_check_free)

/* Returns: (transfer full) (nullable): a sentence for the user, why it does not fit; NULL where it
 * does. */
char *rungs_coupon_check_dup_why (const RungsCouponCheck *self);

G_END_DECLS
