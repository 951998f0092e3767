/* rungs-offer-store.h: reads and writes the arrows of the ladder. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_OFFER_NEXT,
  RUNGS_OFFER_UPSELL,
  RUNGS_OFFER_CROSS,
  RUNGS_OFFER_DOWNSELL,
} RungsOfferKind;

/* "next", "upsell", "cross", "downsell". */
const char *rungs_offer_kind_to_text (RungsOfferKind kind);
gboolean rungs_offer_kind_from_text (const char     *text,
                                     RungsOfferKind *kind);

/* After this, offer that.
 *
 * A refusal is a walk of the lead through a sequence that sells the product the offer leads to, and
 * that ended without a sale: 'finished', 'exit' or 'goal'. A walk that was stopped by hand, or
 * broke, says nothing about what the lead wanted.
 *
 * The fallback leaves from the same product. It waits while the offer it stands behind can still
 * lead to a sale, and for good once the lead owns what that one leads to; it is made when that one
 * was refused to its cap (where it has none: once), is no longer valid, its condition is not met,
 * or its product is no longer sold. */
typedef struct
{
  gint64 id;
  gint64 from_product; /* 0: to leads who own nothing yet */
  gint64 to_product;
  RungsOfferKind kind;
  gint64 after_days; /* so many days after the first was bought (or the lead became known) */
  gint64 priority;   /* smaller is tried first */
  char *condition;   /* (owned) (nullable) a rule (JSON, segments/) that the lead must meet */
  gint64 valid_from;  /* made from this instant on; 0: from ever */
  gint64 valid_until; /* made until before this instant; 0: for ever */
  gint64 cap;         /* not made again after so many refusals (below); 0: no cap */
  gint64 fallback;    /* the offer that is made once this one cannot be any more; 0: none */
  gint64 created_at;
  gint64 retired_at; /* 0: stands */
} RungsOffer;

RungsOffer *rungs_offer_new (void);
void rungs_offer_free (RungsOffer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsOffer, rungs_offer_free)

/* Returns: the id; 0 on error: INVALID (to itself, negative days, a condition that is no rule,
 * an end before the beginning), NOT_FOUND, CONFLICT (that arrow of that kind is there already; the
 * fallback leaves from another product, or falls back on this one). */
gint64 rungs_offer_add (RungsDb           *db,
                        const RungsOffer  *offer,
                        gint64             now,
                        GError           **error);

/* Errors: NOT_FOUND. */
RungsOffer *rungs_offer_load (RungsDb  *db,
                              gint64    id,
                              GError  **error);

/* Stores all but the instants. */
gboolean rungs_offer_save (RungsDb           *db,
                           const RungsOffer  *offer,
                           GError           **error);

/* `at` 0: stands again. */
gboolean rungs_offer_retire (RungsDb  *db,
                             gint64    offer,
                             gint64    at,
                             GError  **error);

gboolean rungs_offer_delete (RungsDb  *db,
                             gint64    offer,
                             GError  **error);

/* Returns: (transfer full) (element-type RungsOffer): all that stand, by the product they leave
 * from (those from nothing first), then priority. */
GPtrArray *rungs_offer_list (RungsDb  *db,
                             GError  **error);

/* Returns: (transfer full) (element-type RungsOffer): those that are made no longer, the last that
 * ended first. */
GPtrArray *rungs_offer_list_ended (RungsDb  *db,
                                   GError  **error);

G_END_DECLS
