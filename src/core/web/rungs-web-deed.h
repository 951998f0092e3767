/* rungs-web-deed.h: what a delivery says that happened, read from it and not done yet. Read this
 * first in web/; then rungs-web-apply.h, which does it. Of our own forms read rungs-opt-in.h first,
 * of landing pages rungs-landing.h, of pulling rungs-web-pull.h.
 *
 * A provider's section "receive" lists deeds; of each whose "if" holds, one is read, with "each"
 * one for each element of a list:
 *
 *   "do"     form, order, refund, dispute, dispute_won, lapse, bounce, blocked, complaint,
 *            unsubscribe, note
 *   "at"     when it happened; else when it was received
 *   "email", "first_name", "full_name", "phone", "city", …   of the person, as an import names them
 *
 *   form     "form" its name, "page" where it stands, "answers": each
 *              {"object": PATH, "skip": […], "strip": REGEX}: names and values; or
 *              {"list": PATH, "key": …, "label": …, "value": …}, with
 *                "named": PATH of the member that says which member is the value,
 *                "labels": {"list", "id", "of", "label"}: another list has the labels,
 *                "options": {"list", "id", "label"}: the value holds ids of these
 *   order    "number", "same" (each tells the order alone), "refs" (several orders may have it),
 *            "currency", "money": "minor" or "decimal", "total", "coupon", "paid_until",
 *            "agreed" with "agreed_is" and "refused_is", and
 *            "lines": {"each", "sku", "name", "quantity", "amount" or "price", less what is "less",
 *                      and what is "added" to it;
 *                      "tax" in what that makes, and what was taken off before: "discount", or
 *                      "discount_net" (without the tax), or "less", or what it would have cost
 *                      "before" it, without what is "added"}, else
 *            "line": {"sku", "name", "quantity"}, which costs the total;
 *            of the whole order: "tax", "discount", for lines that do not say theirs, "taxed":
 *            there where a tax was worked out, also one of 0, and
 *            "shipping": {"amount", "added", "tax"} in the total, and in "tax", which is no line:
 *            rungs-web-lines.c tells how they are shared
 *   refund   "order" (any of these), "amount" or "sum" (none: all), "so_far":
 *            the whole sum that was given back until now, "number", "reason"; dispute: the same
 *   dispute_won
 *            "number" of the dispute; or "order" (any of these), of which the last dispute until
 *            then was won, with "reversal", what tells this message from others
 *   lapse    "order": what the subscription is called
 *   bounce…  "message" the Message-ID, "words"
 *
 * An amount is a value (rungs-web-reader.h), or {"each": PATH, "amount": …}: what the elements of a
 * list sum up to; those for which "where" holds; where "if" does. */

#pragma once

#include "leads/rungs-import-mapping.h"
#include "web/rungs-web-reader.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_WEB_FORM,
  RUNGS_WEB_ORDER,
  RUNGS_WEB_REFUND,
  RUNGS_WEB_DISPUTE,
  RUNGS_WEB_DISPUTE_WON,
  RUNGS_WEB_LAPSE,
  RUNGS_WEB_BOUNCE,
  RUNGS_WEB_BLOCKED,
  RUNGS_WEB_COMPLAINT,
  RUNGS_WEB_UNSUBSCRIBE,
  RUNGS_WEB_NOTE,
} RungsWebDeedKind;

typedef struct
{
  char *key;   /* (owned) */
  char *label; /* (owned) as people read it; the key where there is none */
  char *value; /* (owned) several parted by "; " */
} RungsWebAnswer;

typedef struct
{
  char *sku;       /* (owned) "" */
  char *name;      /* (owned) "" */
  gint64 quantity;
  gint64 amount;   /* of the whole line, with its tax; -1: not said */
  gint64 tax;      /* that the amount holds; RUNGS_TAX_UNKNOWN */
  gint64 discount; /* that was taken off before the amount */
} RungsWebLine;

/* All texts are owned; those of a kind that has none are NULL. */
typedef struct
{
  RungsWebDeedKind kind;
  gint64 at;
  char *person[RUNGS_IMPORT_N_TARGETS]; /* by RungsImportTarget */
  GPtrArray *answers;                   /* (owned) (element-type RungsWebAnswer) */
  char *form;
  char *page;
  char *number;
  char *reversal;  /* of a dispute that was won */
  GPtrArray *same; /* (owned) (element-type utf8) */
  GPtrArray *refs; /* (owned) (element-type utf8) */
  char currency[4];
  GPtrArray *lines; /* (owned) (element-type RungsWebLine) */
  gint64 total;     /* -1: not said */
  gint64 amount;    /* of a refund; -1: all */
  gboolean is_so_far;
  char *coupon;
  gint64 paid_until;
  gboolean agreed;
  gboolean refused;
  char *reason;
  char *message;
  char *words;
} RungsWebDeed;

void rungs_web_deed_free (RungsWebDeed *self);

/* Returns: (transfer full) (element-type RungsWebDeed): in the order of the file; empty where it
 * says nothing that counts. Errors: INVALID, it lacks what the deed needs. */
GPtrArray *rungs_web_deeds_read (JsonObject      *receive,
                                 RungsWebReader  *reader,
                                 gint64           received_at,
                                 GError         **error);

G_END_DECLS
