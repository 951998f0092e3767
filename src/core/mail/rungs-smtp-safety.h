/* rungs-smtp-safety.h: that nothing is taken for a command that is not one (SMTP smuggling). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether it can stand between < and > in a command without being taken for more
 * than an address. */
gboolean rungs_smtp_is_safe_address (const char *address);

/* Returns: (transfer full): the message with lines that all end in CR LF and in nothing else: what
 * a server could take for a line end must not hide in it. */
GBytes *rungs_smtp_with_line_ends (GBytes *message);

G_END_DECLS
