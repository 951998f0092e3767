/* rungs-ladder-template.h: ladders to start from: products, offers and sales letters of a kind of
 * business, which stand in data/templates. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

/* The products, offers and letters have no ids yet: `from_product`, `to_product` and `product` are
 * places in `products`, counted from 1; 0 is nothing, as in the file. */
typedef struct
{
  char *id;      /* (owned) "coaching" */
  char *name;    /* (owned) */
  char *summary; /* (owned) whom it suits, in a sentence */
  GPtrArray *products; /* (owned) (element-type RungsProduct): from the foot of the ladder up */
  GPtrArray *offers;   /* (owned) (element-type RungsOffer) */
  GPtrArray *letters;  /* (owned) (element-type RungsSalesLetter) */
} RungsLadderTemplate;

void rungs_ladder_template_free (RungsLadderTemplate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderTemplate, rungs_ladder_template_free)

/* Returns: (transfer full) (element-type RungsLadderTemplate): all, in the first of `languages`
 * ("de_AT", "de", …, as g_get_language_names() has them) that they are written in, else in English.
 *
 * Prices are in `currency`, as round as they are in euros: "49" is 49 euros, dollars or pounds, and
 * 4900 yen. They are of the right size, no more: no rate of exchange is known here. */
GPtrArray *rungs_ladder_template_list (const char         *currency,
                                       const char *const  *languages,
                                       GError            **error);

/* Errors: NOT_FOUND. */
RungsLadderTemplate *rungs_ladder_template_load (const char         *id,
                                                 const char         *currency,
                                                 const char *const  *languages,
                                                 GError            **error);

/* Adds all that the template holds, in the currency of the business. In a write transaction, which
 * has to be given up where FALSE is returned; inside rungs_ladder_edit_do() it can be undone.
 * Errors: NOT_FOUND (no such template), CONFLICT where there are products with one of its SKUs. */
gboolean rungs_ladder_template_use (RungsDb            *db,
                                    const char         *id,
                                    const char *const  *languages,
                                    gint64              now,
                                    GError            **error);

G_END_DECLS
