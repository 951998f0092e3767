/* rungs-mime-header.h: texts as mail headers carry them (RFC 5322, RFC 2047). Private to mail/. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The text as one line, at most `limit` characters of it, without what is not printed or turns text
 * around: controls, bidirectional formatting, zero-width signs, noncharacters. Bytes that are not
 * UTF-8 become U+FFFD. */
char *rungs_mime_clean_line (const char *text,
                             glong       limit);

/* Appends "Name: text", folded, with its line end. What is not ASCII, or could be taken for an
 * encoded word, becomes encoded words. `text` is clean. */
void rungs_mime_append_text (GString    *out,
                             const char *header,
                             const char *text);

/* Appends "Name: phrase <between>": a mailbox or a List-Id. `phrase` is clean and may be empty,
 * `between` holds no white space. */
void rungs_mime_append_phrase (GString    *out,
                               const char *header,
                               const char *phrase,
                               const char *between);

G_END_DECLS
