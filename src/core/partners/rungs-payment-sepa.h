/* rungs-payment-sepa.h: payments as pain.001.001.09, and the letters that may stand in it. */

#pragma once

#include "partners/rungs-payment-file.h"

G_BEGIN_DECLS

/* At most so many characters. */
#define RUNGS_SEPA_NAME_MOST 70
#define RUNGS_SEPA_NOTE_MOST 140

/* Returns: (transfer full): the text in the letters of SEPA: a–z A–Z 0–9 / - ? : ( ) . , ' + and
 * space (EPC217-08): ä as ae, é as e, what cannot be written as a point; without a slash at its
 * ends and two together. At most `most` characters. */
char *rungs_sepa_text (const char *text,
                       gsize       most);

/* Whether a name that is so written is still one. */
gboolean rungs_sepa_name_can_be_read (const char *name);

/* Returns: (transfer full): the file, in UTF-8. */
char *rungs_payment_sepa_write (const RungsPaymentFile *file);

G_END_DECLS
