/* rungs-message-file.h: a message as a text file, as people write it and the command line reads it.
 *
 *   Subject: Your glaze guide, {{ lead.first_name | default: "there" }}
 *   Preview: Three glazes that never crawl
 *   Purpose: deliver the guide
 *   Value: three recipes that work
 *   Kind: marketing
 *
 *   Hello {{ lead.first_name }}, …
 *
 * Lines of "Field: text" up to the first empty line, in any order and case, then the text (Markdown
 * and merge language), UTF-8. Subject, Purpose and Value are needed; Preview may be left out; Kind
 * is "marketing" (the default) or "transactional". A field that is unknown or comes twice is
 * refused. */

#pragma once

#include "mail/rungs-message-store.h"

G_BEGIN_DECLS

/* The message, without a name. NULL with INVALID; the error names the line. */
RungsMessage *rungs_message_file_parse (const char  *text,
                                        GError     **error);

/* The same text again. Errors: INVALID where the blocks of `message` are more than text. */
char *rungs_message_file_write (const RungsMessage  *message,
                                GError             **error);

G_END_DECLS
