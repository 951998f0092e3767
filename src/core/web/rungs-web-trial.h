/* rungs-web-trial.h: sends a sample of an endpoint's provider the whole way, to see whether what is
 * real would arrive.
 *
 * The sample is signed with the endpoint's secret. Where a relay is paired it is sent to the public
 * address, and taken from there as everything else is; else it is put straight into the file. What
 * it says is done and taken back in one transaction (RUNGS_WEB_TRIAL_HEADER), and the delivery is
 * forgotten: nothing stays. */

#pragma once

#include <gio/gio.h>

#include "base/rungs-clock.h"
#include "web/rungs-web-apply.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_WEB_TRIAL_SENT,     /* to the relay, or into the file */
  RUNGS_WEB_TRIAL_KEPT,     /* it is in the file */
  RUNGS_WEB_TRIAL_VERIFIED, /* its signature was believed */
  RUNGS_WEB_TRIAL_APPLIED,  /* what it says could be done */
  RUNGS_WEB_TRIAL_UNDONE,   /* nothing of it is left */
} RungsWebTrialStep;

#define RUNGS_WEB_TRIAL_STEPS (RUNGS_WEB_TRIAL_UNDONE + 1)

/* "sent", "kept", "verified", "applied", "undone". */
const char *rungs_web_trial_step_to_text (RungsWebTrialStep step);

/* One step was made, or could not be: then `words` say why, and those that need it are left out. */
typedef void (*RungsWebTrialTold) (RungsWebTrialStep  step,
                                   gboolean           well,
                                   const char        *words,
                                   gpointer           data);

/* Outside of a transaction; blocks, for half a minute at most. `relay_key` (nullable): what the
 * relay knows us by; where it is NULL somebody else must take what waits there. `well` (out): all
 * steps were. Errors: NOT_FOUND, those of the file, and G_IO_ERROR_CANCELLED. */
gboolean rungs_web_trial (RungsDb             *db,
                          gint64               endpoint,
                          const RungsWebKeys  *keys,
                          const char          *relay_key,
                          RungsClock          *clock,
                          RungsWebTrialTold    told,
                          gpointer             data,
                          GCancellable        *cancellable,
                          gboolean            *well,
                          GError             **error);

/* The sample of that number of a provider's section "receive", as it would come in at `path`, not
 * signed. Returns: (transfer full) (nullable): NULL where it has none. */
RungsRawDelivery *rungs_web_sample_new (JsonObject *receive,
                                        guint       number,
                                        const char *path,
                                        gint64      now);

G_END_DECLS
