/* rungs-landing.h: a landing page or sales letter: what stands on it, and its HTML. Read this first
 * of the landing pages: rungs-landing-store.h keeps them in the file.
 *
 * It is made of the blocks of messages (mail/rungs-message-body.h) and has two variants. The one
 * for pay-per-click has all links, and content behind the text: links to pages that inform, which
 * lower the price of a click. The one for readers of messages has no links that distract: of texts
 * the words of links are left and the links are gone; buttons stay. Under the text stands an opt-in
 * form where there is one. Everybody reads the same: the merge language is refused.
 *
 * In the file it is JSON: {"title", "language", "blocks": […], "content": MARKDOWN, "form": id}. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_LANDING_PPC,
  RUNGS_LANDING_EMAIL,
} RungsLandingVariant;

#define RUNGS_LANDING_VARIANTS 2

/* "ppc", "email". */
const char *rungs_landing_variant_to_text (RungsLandingVariant variant);
gboolean rungs_landing_variant_from_text (const char          *text,
                                          RungsLandingVariant *variant);

typedef struct
{
  char *title;    /* (owned) */
  char *language; /* (owned) BCP 47 */
  char *blocks;   /* (owned) JSON */
  char *content;  /* (owned) Markdown, of the variant for pay-per-click only; "" */
  gint64 form;    /* an opt-in form; 0: none */
} RungsLanding;

/* Empty, in English. */
RungsLanding *rungs_landing_new (void);
RungsLanding *rungs_landing_copy (const RungsLanding *self);
void rungs_landing_free (RungsLanding *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLanding, rungs_landing_free)

/* Replaces a text of it (`&landing->title`); NULL is "". */
void rungs_landing_set (char       **field,
                        const char  *text);

/* Errors: INVALID. */
RungsLanding *rungs_landing_parse (const char  *json,
                                   GError     **error);
char *rungs_landing_to_json (const RungsLanding *self);

/* Returns: (transfer full): a whole page, with its pictures in it. `hash` (out) (nullable)
 * (transfer full): of its style. Errors: INVALID, in words: no title, a block that names what there
 * is not, the merge language. */
char *rungs_landing_dup_html (RungsDb              *db,
                              const RungsLanding   *self,
                              RungsLandingVariant   variant,
                              char                **hash,
                              GError              **error);

G_END_DECLS
