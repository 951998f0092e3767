/* rungs-opt-in-apply.h: a form of our own that was filled in, and the confirmation that follows.
 *
 * POST /f/SLUG becomes a lead, found or made, with its fields; a touch of the form's source with
 * the tags of the campaign; consent with the words of the version that was shown, in its language;
 * tags, segments, a task; the sequence. Where consent is to be confirmed, a message is planned that
 * asks for it, and nothing else is sent; POST /c/TOKEN confirms.
 *
 * The same submission counts once. The order of arrival makes no difference: of two answers to one
 * question of a form the later one decides its tags and segments. */

#pragma once

#include "web/rungs-web-own.h"

G_BEGIN_DECLS

/* RungsWebOwnFunc. */
gboolean rungs_opt_in_apply (RungsWebWork            *work,
                             const RungsRawDelivery  *raw,
                             GError                 **error);
gboolean rungs_opt_in_confirm_apply (RungsWebWork            *work,
                                     const RungsRawDelivery  *raw,
                                     GError                 **error);

G_END_DECLS
