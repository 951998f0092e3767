/* rungs-delivery-words.h: deliveries in the user's words. */

#pragma once

#include "rungs-delivery-load.h"

G_BEGIN_DECLS

/* "Done", "In quarantine" … */
const char *rungs_delivery_state_words (RungsWebState state);

/* A style class: "error", "success", "dim-label"; NULL: none. */
const char *rungs_delivery_state_style (RungsWebState state);

/* What one deed of it is: "Order 1001 · €49.00". */
char *rungs_delivery_deed_words (const RungsWebDeed *deed);

/* What it is, in a line: "Form “Contact”"; where it cannot be read, what its provider calls it. */
char *rungs_delivery_title (const RungsDeliveryDetails *details);

/* A field of the lead: "E-mail", or the key of a field of the business's own. */
char *rungs_delivery_field_words (const char *field);

G_END_DECLS
