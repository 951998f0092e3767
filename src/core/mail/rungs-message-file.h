/* rungs-message-file.h: a message as a text file, as people write it and the command line reads it.
 *
 *   Subject: Your glaze guide, {{ lead.first_name | default: "there" }}
 *   Preview: Three glazes that never crawl
 *   Purpose: deliver the guide
 *   Value: three recipes that work
 *   Kind: marketing
 *   Language: en
 *
 *   Hello {{ lead.first_name }}, …
 *
 * Lines of "Field: text" up to the first empty line, in any order and case, then the text (Markdown
 * and merge language), UTF-8. Subject, Purpose and Value are needed; the others may be left out.
 * Kind is "marketing" (the default) or "transactional", Language that of the text (else it is taken
 * to be in the lead's). A field that is unknown or comes twice is refused.
 *
 * A file that begins with “{” is JSON, as “rungsctl message show --json” prints it, for a message
 * of more than text: {"subject", "preview", "purpose", "value", "kind", "language", "blocks"}. What
 * else stands in it is passed over. */

#pragma once

#include "mail/rungs-message-store.h"

G_BEGIN_DECLS

/* The message, without a name. NULL with INVALID; the error names the line. */
RungsMessage *rungs_message_file_parse (const char  *text,
                                        GError     **error);

/* The same text again; JSON where the message is made of more than text. Errors: INVALID where its
 * blocks are none. */
char *rungs_message_file_write (const RungsMessage  *message,
                                GError             **error);

G_END_DECLS
