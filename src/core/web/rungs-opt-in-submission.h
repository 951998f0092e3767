/* rungs-opt-in-submission.h: what was sent with a form of our own, whichever way: for
 * rungs-opt-in-apply.c only. */

#pragma once

#include "web/rungs-opt-in.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type RungsFormField): urlencoded, multipart, or the members of
 * a JSON object, of lists each element. Errors: INVALID, it is none of these. */
GPtrArray *rungs_opt_in_submission_read (const RungsRawDelivery  *raw,
                                         GError                 **error);

/* Returns: (nullable): the first value of that name. */
const char *rungs_opt_in_submission_get (GPtrArray  *fields,
                                         const char *name);

/* Returns: (transfer full) (nullable): what was answered to a field of the form, as it is kept: of
 * choices those that the form has, parted by ","; of a box "yes" or "no"; of all others the text,
 * without what no person writes, and no longer than the form lets it be. NULL where that is
 * nothing. */
char *rungs_opt_in_submission_dup_answer (GPtrArray             *fields,
                                          const RungsOptInField *field);

G_END_DECLS
