/* rungs-landing-store.h: landing pages in the file: a draft each, and what was published of it.
 *
 * All that writes is called in a write transaction. */

#pragma once

#include <json-glib/json-glib.h>

#include "db/rungs-db.h"
#include "web/rungs-landing.h"

G_BEGIN_DECLS

/* A row of the table `landing_page`, with how often it was opened. */
typedef struct
{
  gint64 id;
  char *slug;            /* (owned) it stands at /p/SLUG */
  RungsLanding *draft;   /* (owned) */
  gint64 product;        /* whose sales letter it is; 0: of none */
  gboolean is_changed;   /* the draft is not what is published */
  gint64 published_at;   /* 0: never */
  gint64 retired_at;     /* 0: in use */
  gint64 visits[RUNGS_LANDING_VARIANTS]; /* of persons, by variant */
} RungsLandingPage;

void rungs_landing_page_free (RungsLandingPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLandingPage, rungs_landing_page_free)

/* Adds a page. `slug` NULL or "": made from the title. Returns: its id; 0 on error: INVALID (no
 * title, no slug), CONFLICT (the slug is taken), NOT_FOUND (product). */
gint64 rungs_landing_add (RungsDb             *db,
                          const char          *slug,
                          gint64               product,
                          const RungsLanding  *draft,
                          gint64               now,
                          GError             **error);

/* Slug, product and draft; what is published stays as it is. Errors: as above, and CONFLICT for
 * another slug of a page that was published. */
gboolean rungs_landing_save (RungsDb             *db,
                             gint64               page,
                             const char          *slug,
                             gint64               product,
                             const RungsLanding  *draft,
                             gint64               now,
                             GError             **error);

/* Lets people see the draft. Where it is a sales letter and there is a relay, the product gets the
 * page as its letters for pay-per-click and for readers of messages. Errors: NOT_FOUND, INVALID (as
 * rungs_landing_dup_html()). */
gboolean rungs_landing_publish (RungsDb  *db,
                                gint64    page,
                                gint64    now,
                                GError  **error);

/* There is nothing at its address any more, and its letters are retired; `at` 0: it is in use
 * again. Errors: NOT_FOUND. */
gboolean rungs_landing_retire (RungsDb  *db,
                               gint64    page,
                               gint64    at,
                               GError  **error);

/* Errors: NOT_FOUND. */
RungsLandingPage *rungs_landing_load (RungsDb  *db,
                                      gint64    page,
                                      GError  **error);

/* `id` (out): of that slug. Errors: NOT_FOUND. */
gboolean rungs_landing_find (RungsDb     *db,
                             const char  *slug,
                             gint64      *id,
                             GError     **error);

/* Returns: (transfer full) (element-type RungsLandingPage): by slug, the retired ones last. */
GPtrArray *rungs_landing_list (RungsDb  *db,
                               GError  **error);

/* Returns: (transfer full): "https://relay.example/p/SLUG?v=ppc"; without a relay the path. */
char *rungs_landing_dup_address (RungsDb              *db,
                                 const char           *slug,
                                 RungsLandingVariant   variant);

/* Adds the pages that are published and in use, both variants of each, to the array that `builder`
 * is at: a part of rungs_web_pages_publish(). A page that cannot be made any more, because a
 * product or a picture is gone, is left out. */
gboolean rungs_landings_publish (RungsDb      *db,
                                 JsonBuilder  *builder,
                                 GError      **error);

G_END_DECLS
