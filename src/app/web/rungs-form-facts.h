/* rungs-form-facts.h: what the file tells of an opt-in form, and of what it can refer to. */

#pragma once

#include "web/rungs-opt-in-store.h"
#include "widgets/rungs-draft.h"
#include "widgets/rungs-pick-button.h"

G_BEGIN_DECLS

typedef struct
{
  RungsDraftFacts draft; /* texts as rungs_opt_in_write() has them; problems: RungsOptInProblem */
  RungsOptInForm *form;  /* (owned) */
  GPtrArray *versions;   /* (owned) (element-type RungsOptInVersion): the newest first */
  char *business;        /* (owned): its name */
  char *relay;           /* (owned): "https://relay.example"; "" where there is none */
  GPtrArray *fields;     /* (owned) (element-type RungsField): the business's own, in use */
  GPtrArray *tags;       /* (owned) (element-type RungsPick): by name, as are those below by id */
  GPtrArray *segments;   /* (owned) (element-type RungsPick): those by hand */
  GPtrArray *sequences;  /* (owned) (element-type RungsPick) */
  GPtrArray *messages;   /* (owned) (element-type RungsPick) */
  GPtrArray *sources;    /* (owned) (element-type RungsPick) */
} RungsFormFacts;

void rungs_form_facts_free (RungsFormFacts *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFormFacts, rungs_form_facts_free)

/* A RungsStoreFunc. `data`: gint64 *: the form. Returns: (transfer full): RungsFormFacts. */
gpointer rungs_form_facts_load (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

/* A RungsStoreFunc. `data`: RungsDraftSaving. Returns: (transfer full) (element-type
 * RungsOptInProblem): what is wrong with it, as far as the file tells. */
gpointer rungs_form_facts_save (RungsDb       *db,
                                gpointer       data,
                                GCancellable  *cancellable,
                                GError       **error);

G_END_DECLS
