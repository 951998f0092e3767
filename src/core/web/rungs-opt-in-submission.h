/* rungs-opt-in-submission.h: what was sent with a form of our own, whichever way: for
 * rungs-opt-in-apply.c only. */

#pragma once

#include "web/rungs-opt-in.h"
#include "wire/rungs-form-data.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* Returns: (transfer full) (element-type RungsFormField), as rungs_form_data_read(). Errors:
 * INVALID, it is none of the ways in which a form is sent. */
GPtrArray *rungs_opt_in_submission_read (const RungsRawDelivery  *raw,
                                         GError                 **error);

/* Returns: (transfer full) (nullable): what was answered to a field of the form, as it is kept: of
 * choices those that the form has, parted by ","; of a box "yes" or "no"; of all others the text,
 * without what no person writes, and no longer than the form lets it be. NULL where that is
 * nothing. */
char *rungs_opt_in_submission_dup_answer (GPtrArray             *fields,
                                          const RungsOptInField *field);

G_END_DECLS
