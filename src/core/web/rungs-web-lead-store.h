/* rungs-web-lead-store.h: the lead that a delivery is about: found or made, told what it said, with
 * its touch and its consent: for rungs-web-apply.c and its parts. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-touch-store.h"
#include "web/rungs-web-deed.h"
#include "web/rungs-web-endpoint-store.h"

G_BEGIN_DECLS

/* What a deed is done with. All is lent. */
typedef struct
{
  RungsDb *db;
  gint64 delivery;
  const RungsWebEndpoint *endpoint; /* NULL: it came in at a path of our own */
  const char *seller; /* with the shop: "stripe", "woocommerce/north"; "" where it is none */
  const char *origin; /* as people call the provider */
  gint64 now;
  guint deed;         /* the how manieth it is of its delivery */
  gint64 lead;        /* whom it is about; 0: nobody yet; -1: several */
  const char *kind;    /* (nullable) at a path of our own: what it is called, as "visits" */
  const char *nothing; /* (nullable) there: why nothing was to be done */
  char *key;           /* (owned) (nullable) there: what tells it from others */
} RungsWebWork;

/* The lead with the address in `person` (by RungsImportTarget), or of the name and telephone where
 * there is no address: made where there is none, and told what `person` and `fields` (nullable)
 * (element-type utf8 utf8: key of a field of the business's own → text) say, as far as nothing
 * later was said and staff have not changed it. Returns: its id; 0 on error: INVALID (no address
 * and no number, or none that is one; the person was erased). */
gint64 rungs_web_lead_ensure (RungsWebWork        *work,
                              const char *const   *person,
                              GHashTable          *fields,
                              gint64               at,
                              GError             **error);

/* `lead` (out): of that address; 0: none. */
gboolean rungs_web_lead_find (RungsWebWork  *work,
                              const char    *email,
                              gint64        *lead,
                              GError       **error);

/* A touch from the endpoint's source, with `tags` (nullable) (element-type utf8 utf8). Does nothing
 * where the endpoint has no source. */
gboolean rungs_web_lead_touch (RungsWebWork  *work,
                               gint64         lead,
                               RungsPath      path,
                               gint64         at,
                               const char    *detail,
                               GHashTable    *tags,
                               GError       **error);

/* Consent to marketing by e-mail, with the delivery as its evidence. Where the lead has said no
 * since, that still holds. */
gboolean rungs_web_lead_agree (RungsWebWork  *work,
                               gint64         lead,
                               gint64         at,
                               const char    *origin,
                               const char    *wording,
                               GError       **error);

/* The delivery is the evidence of that row of consent. */
gboolean rungs_web_lead_prove (RungsWebWork  *work,
                               gint64         consent,
                               GError       **error);

/* `agreed` (out): whether the lead agreed to marketing by e-mail after that instant. */
gboolean rungs_web_lead_agreed_since (RungsWebWork  *work,
                                      gint64         lead,
                                      gint64         at,
                                      gboolean      *agreed,
                                      GError       **error);

/* The lead wants no marketing. */
gboolean rungs_web_lead_refuse (RungsWebWork  *work,
                                gint64         lead,
                                gint64         at,
                                const char    *origin,
                                GError       **error);

G_END_DECLS
