/* rungs-consent-store.h: who agreed to what. Append-only: a withdrawal is a row of its own, and
 * what was written down by mistake is annulled by a row of its own. What holds now is the last
 * row, for a lead, purpose and channel, that is not annulled. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

#define RUNGS_PURPOSE_MARKETING "marketing"

#define RUNGS_CHANNEL_EMAIL "email"
#define RUNGS_CHANNEL_PHONE "phone"
#define RUNGS_CHANNEL_POST "post"
#define RUNGS_CHANNEL_SMS "sms"

/**
 * RungsConsentState:
 * @RUNGS_CONSENT_NONE: never given
 */
typedef enum
{
  RUNGS_CONSENT_NONE,
  RUNGS_CONSENT_GIVEN,
  RUNGS_CONSENT_WITHDRAWN,
} RungsConsentState;

typedef struct
{
  gint64 id;
  gint64 lead;
  char *purpose; /* (owned) */
  char *channel; /* (owned) */
  char *action;  /* (owned) "given", "withdrawn", "annulled" */
  gint64 annuls; /* the row that this one takes back; 0: none */
  gint64 at;
  char *origin;  /* (owned) */
  char *wording; /* (owned) */
  gint64 run;    /* 0: none */
} RungsConsent;

void rungs_consent_free (RungsConsent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsConsent, rungs_consent_free)

/* Writes down that the lead agreed, at `at`, to the words `wording`, where `origin` says. Adds the
 * event consent.given. Returns: the id of the row; 0 on error. */
gint64 rungs_consent_give (RungsDb     *db,
                           gint64       lead,
                           const char  *purpose,
                           const char  *channel,
                           gint64       at,
                           const char  *origin,
                           const char  *wording,
                           GError     **error);

/* The same for "no more", whether or not it was ever given. Adds the event consent.withdrawn. */
gint64 rungs_consent_withdraw (RungsDb     *db,
                               gint64       lead,
                               const char  *purpose,
                               const char  *channel,
                               gint64       at,
                               const char  *origin,
                               GError     **error);

/* Takes back the row `consent`, which was written down by mistake. Adds the event consent.annulled.
 * Errors: NOT_FOUND; CONFLICT where it is an annulment, or annulled already. */
gint64 rungs_consent_annul (RungsDb     *db,
                            gint64       consent,
                            gint64       at,
                            const char  *origin,
                            GError     **error);

/* What holds now. */
gboolean rungs_consent_state (RungsDb            *db,
                              gint64              lead,
                              const char         *purpose,
                              const char         *channel,
                              RungsConsentState  *state,
                              GError            **error);

/* Returns: (transfer full) (element-type RungsConsent): every row about a lead, the oldest
 * first. */
GPtrArray *rungs_consent_list (RungsDb  *db,
                               gint64    lead,
                               GError  **error);

G_END_DECLS
