/* rungs-web-pull-store.h: which endpoints ask their providers, and how far they were asked. */

#pragma once

#include "web/rungs-web-endpoint-store.h"
#include "wire/rungs-provider.h"
#include "wire/rungs-raw-delivery.h"

G_BEGIN_DECLS

/* A row of the table `web_pull`. */
typedef struct
{
  gint64 endpoint;
  gint64 minutes;    /* between two looks; 0: as the provider's file says */
  char *options;     /* (owned) JSON: what the provider must be told */
  gint64 since;      /* what happened before is not asked for */
  gint64 stopped_at; /* 0: it is asked */
} RungsWebPullPlan;

void rungs_web_pull_plan_free (RungsWebPullPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebPullPlan, rungs_web_pull_plan_free)

/* Returns: (transfer full): of an endpoint. Errors: NOT_FOUND, its provider is not asked. */
RungsWebPullPlan *rungs_web_pull_plan_load (RungsDb  *db,
                                            gint64    endpoint,
                                            GError  **error);

/* Returns: (transfer full): one that asks from when the endpoint was made. */
RungsWebPullPlan *rungs_web_pull_plan_new (const RungsWebEndpoint *endpoint);

/* Returns: (transfer full) (element-type RungsWebPullPlan): of endpoints in use, that are asked. */
GPtrArray *rungs_web_pull_plan_list (RungsDb  *db,
                                     GError  **error);

/* Stores it; where `since` is earlier than it was, all is asked from there on. Errors: INVALID, its
 * provider cannot be asked, an option is missing or is none; NOT_FOUND. */
gboolean rungs_web_pull_plan_save (RungsDb                 *db,
                                   const RungsWebPullPlan  *plan,
                                   GError                 **error);

/* What the options are, complete, and the provider that has the section "pull". `options` (out)
 * (transfer full). Returns: (transfer full). Errors: INVALID, NOT_FOUND. */
RungsProvider *rungs_web_pull_plan_load_provider (const RungsWebPullPlan  *plan,
                                                  const RungsWebEndpoint  *endpoint,
                                                  JsonObject             **options,
                                                  GError                 **error);

/* What its key is called in the keyring. Returns: (transfer full). */
char *rungs_web_pull_dup_owner (const RungsWebEndpoint *endpoint);

/* A row of the table `web_pull_question`. */
typedef struct
{
  char *name; /* (owned) */
  gint64 since;
  char *walk; /* (owned) */
  gint64 looked_at;
  gint64 wait_until;
  gint64 tries;     /* that failed since the last that did not */
  char *trouble;    /* (owned) why the last one did, in words; "" */
  gboolean refused; /* because of who asks, which only a person can mend */
} RungsWebPullQuestion;

void rungs_web_pull_question_free (RungsWebPullQuestion *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebPullQuestion, rungs_web_pull_question_free)

/* Returns: (transfer full): one that was never asked where there is none. */
RungsWebPullQuestion *rungs_web_pull_question_load (RungsDb                 *db,
                                                    const RungsWebPullPlan  *plan,
                                                    const char              *name,
                                                    GError                 **error);

gboolean rungs_web_pull_question_save (RungsDb                     *db,
                                       gint64                       endpoint,
                                       const RungsWebPullQuestion  *question,
                                       GError                     **error);

/* Forgets one that is at its end, and is asked only now and then. */
gboolean rungs_web_pull_question_drop (RungsDb     *db,
                                       gint64       endpoint,
                                       const char  *name,
                                       GError     **error);

/* How it went with an endpoint, all questions together. */
typedef struct
{
  gint64 looked_at; /* the last time; 0: never */
  gint64 heard;     /* what came before was heard, by all */
  gboolean walks;   /* a look is under way */
  char *trouble;    /* (owned) "" */
} RungsWebPullState;

void rungs_web_pull_state_clear (RungsWebPullState *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RungsWebPullState, rungs_web_pull_state_clear)

gboolean rungs_web_pull_state_load (RungsDb            *db,
                                    gint64              endpoint,
                                    RungsWebPullState  *state,
                                    GError            **error);

/* So often in a row a question fails before a person is told; the pauses between grow, so that it
 * is an hour at the least. */
#define RUNGS_WEB_PULL_MANY_TRIES 3

/* An endpoint whose provider is asked in vain. */
typedef struct
{
  gint64 endpoint;
  char *name;  /* (owned) of the endpoint */
  char *words; /* (owned) why it failed last */
} RungsWebPullTrouble;

void rungs_web_pull_trouble_free (RungsWebPullTrouble *self);

/* Returns: (transfer full) (element-type RungsWebPullTrouble): the endpoints in use that a person
 * must see to: the provider refuses the key, or could not be asked for long. One that could not be
 * reached just now is none. */
GPtrArray *rungs_web_pull_trouble_list (RungsDb  *db,
                                        GError  **error);

/* Takes what was asked for, unless an endpoint knows its key already. `taken` (in/out): one more
 * where it was new. Errors: those of the file. */
gboolean rungs_web_pull_take (RungsDb                 *db,
                              const RungsWebEndpoint  *endpoint,
                              const RungsRawDelivery  *raw,
                              const char              *key,
                              gint64                   now,
                              gint64                  *taken,
                              GError                 **error);

G_END_DECLS
