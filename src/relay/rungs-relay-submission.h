/* rungs-relay-submission.h: what a form sends: urlencoded, multipart or JSON. */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct
{
  GPtrArray *fields; /* (owned) (element-type RungsFormField): in their order */
  gboolean is_json;
} RungsRelaySubmission;

/* Reads the body of a request, as rungs_form_data_read(). Returns: (transfer full) (nullable).
 * Errors: INVALID, it is none of the three, or cannot be read. */
RungsRelaySubmission *rungs_relay_submission_read (SoupServerMessage  *message,
                                                   GError            **error);
void rungs_relay_submission_free (RungsRelaySubmission *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsRelaySubmission, rungs_relay_submission_free)

/* Returns: (transfer none) (nullable): the first value of that name. */
const char *rungs_relay_submission_get (const RungsRelaySubmission *self,
                                        const char                 *name);

/* Returns: (transfer full): html: each field as a hidden input, but for those that prove
 * something. */
char *rungs_relay_submission_dup_hidden (const RungsRelaySubmission *self);

G_END_DECLS
