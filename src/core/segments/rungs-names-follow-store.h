/* rungs-names-follow-store.h: lets all rules follow what was renamed in a transaction.
 *
 * The table name_change says what was renamed or went; triggers fill it, whoever changes a name. It
 * is read before the transaction ends, by rungs_segments_follow(). */

#pragma once

#include "segments/rungs-rule-node.h"

G_BEGIN_DECLS

/* Writes the rules of segments and offers and the graphs of sequences anew, and forgets the
 * changes. Returns: (transfer full) (element-type gpointer): what changed, for
 * rungs_names_concern(); empty where nothing did; NULL on error. Errors: CONFLICT, see
 * rungs_rule_names_change(). */
GPtrArray *rungs_names_follow (RungsDb  *db,
                               GError  **error);

/* Whether the answers of a resolved rule, as it is now, may be others because of what changed. */
gboolean rungs_names_concern (GPtrArray *news,
                              RungsRule *rule);

G_END_DECLS
