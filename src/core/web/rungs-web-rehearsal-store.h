/* rungs-web-rehearsal-store.h: what would come of a delivery, without it: for whoever changes what
 * an endpoint does with its answers, or writes the file of a provider. */

#pragma once

#include "web/rungs-web-apply.h"
#include "web/rungs-web-list-store.h"

G_BEGIN_DECLS

/* An answer of a form, and where it goes. */
typedef struct
{
  char *key;     /* (owned) */
  char *label;   /* (owned) */
  char *value;   /* (owned) */
  char *place;   /* (owned) (nullable) as rungs_web_form_dup_place() says it */
  gboolean said; /* by the endpoint's mapping; else it is known by its words */
} RungsWebPlace;

typedef struct
{
  RungsWebState state; /* that it would have */
  char *reason;        /* (owned) "" */
  char *kind;          /* (owned) "" */
  gboolean is_new;     /* the lead would be made */
  char *lead_name;     /* (owned) "": it is about nobody, or several */
  GPtrArray *answers;  /* (owned) (element-type RungsWebPlace) of its first form */
  GPtrArray *deeds;    /* (owned) (element-type RungsWebDeed) what it says */
  GPtrArray *values;   /* (owned) (element-type RungsWebValue) what would be written */
  char *consent;       /* (owned) what would be agreed to; "": nothing */
} RungsWebRehearsal;

void rungs_web_rehearsal_free (RungsWebRehearsal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebRehearsal, rungs_web_rehearsal_free)

/* `provider` (nullable): else the endpoint's. In a write transaction, of which nothing stays. A
 * delivery that cannot be read is no error: it would be in quarantine, with a reason. */
RungsWebRehearsal *rungs_web_rehearse (RungsDb                 *db,
                                       const RungsRawDelivery  *raw,
                                       const RungsWebEndpoint  *endpoint,
                                       RungsProvider           *provider,
                                       gint64                   now,
                                       GError                 **error);

G_END_DECLS
