/* rungs-paper-output.h: papers that are written into files. */

#pragma once

#include "partners/rungs-paper.h"
#include "rungs-invocation.h"

G_BEGIN_DECLS

#define RUNGS_PAPER_OPTIONS                                                                        \
  RUNGS_OPTION ("output", N_ ("FILE"), N_ ("Where it is written to")),                             \
      RUNGS_OPTION ("format", N_ ("FORMAT"),                                                       \
                    N_ ("html or pdf; else what the name of the file tells")),                     \
      RUNGS_FLAG ("force", N_ ("Replace a file that is there"))

/* What --format says, where it is given. Errors: RUNGS_USAGE_ERROR. */
gboolean rungs_paper_take_format (RungsInvocation  *call,
                                  gboolean         *pdf,
                                  GError          **error);

/* Into --output, in the form of --format or of its name. Errors: RUNGS_USAGE_ERROR, CONFLICT. */
gboolean rungs_paper_write (RungsInvocation   *call,
                            const RungsPaper  *paper,
                            GError           **error);

G_END_DECLS
