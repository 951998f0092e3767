/* rungs-what-if-payment.h: how a product is paid in the year to come, and which part of that is
 * partners'; for rungs-what-if-year.c. */

#pragma once

#include "insights/rungs-what-if.h"

G_BEGIN_DECLS

/* In one currency. */
typedef struct
{
  const char *currency; /* (unowned) of the basis */
  double part;          /* share of the pieces that are paid in it */
  double unit;          /* minor units for one */
  double refunds;       /* share of it that is given back */
  double referred;      /* share of the rest that is partners', of leads who were referred, */
  double all;           /* and of all leads */
} RungsWhatIfPayment;

/* `product`: its place in the basis. Returns: (transfer full) (element-type RungsWhatIfPayment): of
 * a product that was not sold in the period, its price. */
GArray *rungs_what_if_list_payments (const RungsWhatIf *what_if,
                                     GArray            *changes,
                                     guint              product);

G_END_DECLS
