/* rungs-segment-view.h: a segment and a rule as the commands name and show them. */

#pragma once

#include "rungs-column.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-store.h"

G_BEGIN_DECLS

/* What --json prints of a segment. */
#define RUNGS_SEGMENT_JSON                                                                         \
  "id, key, name, description, kind, rule, words, missing, leads, watched, created_at, "           \
  "updated_at, archived_at"

/* What --rule gives: JSON as it stands there, or what the file after "@" holds; "-" is standard
 * input. */
char *rungs_rule_option_dup (RungsInvocation  *call,
                             GError          **error);

/* A rule, read and checked against the file. Errors: INVALID. */
RungsRule *rungs_rule_option_check (RungsDb     *db,
                                    const char  *json,
                                    GError     **error);

/* The same, of what --rule gives. */
RungsRule *rungs_rule_option_load (RungsInvocation  *call,
                                   RungsDb          *db,
                                   GError          **error);

/* With how many leads are in it; NULL on error. */
JsonObject *rungs_segment_to_row (RungsInvocation     *call,
                                  RungsDb             *db,
                                  const RungsSegment  *segment,
                                  GError             **error);

G_END_DECLS
