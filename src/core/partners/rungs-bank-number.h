/* rungs-bank-number.h: IBANs and BICs.
 *
 * IBAN: ISO 13616, with the lengths of SWIFT's registry of IBANs and the check digits of ISO 7064,
 * MOD 97-10. BIC: ISO 9362. Nobody is asked whether there is such an account. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): without spaces, in capitals. NULL on error: INVALID, which says what is
 * wrong with it. */
char *rungs_iban_read (const char  *text,
                       GError     **error);

/* The same; 8 or 11 letters and digits. */
char *rungs_bic_read (const char  *text,
                      GError     **error);

/* "DE89 3704 0044 …" in groups of four, and "DE89 … 00" for listings: of one that was read. */
char *rungs_iban_dup_grouped (const char *iban);
char *rungs_iban_dup_masked (const char *iban);

/* Whether SEPA reaches accounts of that country (EPC409-09, list of SEPA scheme countries). */
gboolean rungs_iban_is_sepa (const char *iban);

G_END_DECLS
