/* rungs-vcard-line.h: lines of an address card (vCard 4.0, RFC 6350). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appends NAME:VALUE, escaped (RFC 6350, 3.4), folded after 75 bytes and not within a character,
 * and ended by CR LF. Nothing where all values are empty. `values` are the parts of a value that
 * has parts, `parting` stands between them: ';' for parts, ',' for a list; one value needs none. */
void rungs_vcard_append (GString           *card,
                         const char        *name,
                         const char *const *values,
                         guint              n_values,
                         char               parting);

/* The same for one text. */
void rungs_vcard_append_text (GString    *card,
                              const char *name,
                              const char *text);

G_END_DECLS
