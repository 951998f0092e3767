/* rungs-business-store.h: whose file this is, and what holds for all of it. */

#pragma once

#include "base/rungs-zones.h"
#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef struct
{
  char *uuid;    /* (owned) names the file in the keyring; never changes */
  char *name;    /* (owned) */
  char *address; /* (owned) postal address, stands under every marketing message */
  char *signature; /* (owned) under messages that ask for it, in Markdown */
  char *zone;      /* (owned) IANA time zone */
  char country[3]; /* ISO 3166: "DE"; "": not said */
  char *vat_id;    /* (owned) "DE123456789"; "": none */
  char currency[4];
  char report_currency[4]; /* in which sums are told; "": each currency by itself */
  gboolean demo;
  gint64 cap_messages; /* at most so many marketing messages to a lead … */
  gint64 cap_days;     /* … in so many days; both 0: no cap */
  int window_from;     /* marketing leaves only between these minutes of the business day; */
  int window_to;       /* both -1: at any time. From 22:00 to 6:00 spans midnight */
  guint window_days;   /* … and on these days: bit 0 Monday … bit 6 Sunday; 0: any */
  gboolean window_of_lead; /* of the lead's clock, where its zone is known */
  gboolean count_clicks; /* links of marketing messages lead over the relay, and are counted */
  gint64 created_at;
} RungsBusiness;

void rungs_business_free (RungsBusiness *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsBusiness, rungs_business_free)

/* Writes the one row of a new file: a new uuid and salt, no name, UTC, EUR. In a write transaction.
 * Errors: CONFLICT where there is one already. */
gboolean rungs_business_init (RungsDb   *db,
                              gboolean   demo,
                              gint64     now,
                              GError   **error);

/* Errors: NOT_FOUND in a file without the row. */
RungsBusiness *rungs_business_load (RungsDb  *db,
                                    GError  **error);

/* Stores all but uuid, demo and created_at. Errors: INVALID (unknown zone, no currency codes, no
 * country or VAT id, half a cap or window). */
gboolean rungs_business_save (RungsDb              *db,
                              const RungsBusiness  *business,
                              GError              **error);

/* Returns: (transfer full): the zone of the business; NULL on error. */
GTimeZone *rungs_business_zone (RungsDb  *db,
                                GError  **error);

/* Returns: (transfer full): the zones of its leads, of which the connection keeps those that were
 * asked for; NULL on error. */
RungsZones *rungs_business_zones (RungsDb  *db,
                                  GError  **error);

G_END_DECLS
