/* rungs-footer-words.h: what stands under a message, in the language of its reader. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the link to unsubscribe is called, in the language (BCP 47: "de", "pt-BR") of the lead: not
 * in that of the person who runs Rungs. English where the language is not given or not known. */
const char *rungs_footer_unsubscribe (const char *language);

G_END_DECLS
