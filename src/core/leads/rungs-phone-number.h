/* rungs-phone-number.h: when two telephone numbers are the same. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How numbers are written in a country. */
typedef struct
{
  const char *code;    /* ISO 3166, two letters */
  const char *calling; /* country calling code (ITU-T E.164) */
  const char *trunk;   /* what is dialled before a number of the same country; "": nothing */
  const char *abroad;  /* what is dialled before the calling code of another country */
  const char *names;   /* English, German and its own, with | between, folded (rungs_name_fold()) */
  const char *zones;   /* IANA time zones, with | between */
} RungsCountry;

/* By ISO code or name, however it is written; NULL where it is not known. */
const RungsCountry *rungs_country_find (const char *text);

/* The country of a time zone; NULL where it is not known. */
const RungsCountry *rungs_country_of_zone (const char *zone);

/* What a number is compared by: "+353861234567" where it is known to which country it belongs (the
 * number says it, or `country` (nullable), that of the lead, does), else its digits as they are
 * dialled. NULL where it has too few digits or too many. No proof that there is such a number. */
char *rungs_phone_key (const char         *phone,
                       const RungsCountry *country);

/* The digits of an extension ("ext. 12", "x12", "#12", "Durchwahl 12") behind a number; "" where
 * nothing stands behind it; NULL where something else does. `length` (out): of the number, in
 * bytes. */
char *rungs_phone_dup_extension (const char *phone,
                                 gsize      *length);

/* Whether it can be a number to be dialled: at least four digits, and no letters but those of an
 * extension. */
gboolean rungs_phone_is_plausible (const char *phone);

/* "+353861234567", "+353861234567 x12": how a number that is written as within `country` is dialled
 * from everywhere. NULL where it says its country already, or is none that can be told. */
char *rungs_phone_dup_international (const char         *phone,
                                     const RungsCountry *country);

G_END_DECLS
