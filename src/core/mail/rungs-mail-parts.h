/* rungs-mail-parts.h: a message that we composed, taken apart again for providers that want its
 * parts and not its bytes. */

#pragma once

#include "wire/rungs-blanks.h"

G_BEGIN_DECLS

/* Sets blanks from the bytes of a message (rungs_mime_compose()):
 *
 *   from, from_name, from_email, to, to_name, to_email, reply_to, reply_to_email, subject, text,
 *   html, message_id (without < >), message_uuid (the same for the same message_id: RFC 9562, 8),
 *   mime (all of it), mime_base64
 *
 * and the lists "headers" (name, value: all that the blanks above do not hold, but those that are
 * named in `left_out`) and "files" (name, type, base64, content_id, cid: "cid:" and that; inline:
 * empty where the text does not show it). What a header holds is plain UTF-8. Errors: INVALID. */
gboolean rungs_mail_parts_read (GBytes             *message,
                                const char *const  *left_out,
                                RungsBlanks        *blanks,
                                GError            **error);

G_END_DECLS
