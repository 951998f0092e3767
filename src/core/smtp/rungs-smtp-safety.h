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

/* Appends a message whose lines all end in CR LF as DATA wants it: with a dot before each line that
 * begins with one, and the final dot (RFC 5321, 4.5.2). */
void rungs_smtp_append_with_dots (GByteArray *out,
                                  GBytes     *message);

G_END_DECLS
