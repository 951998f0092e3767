/* rungs-lead-choices.h: the tags and sequences that a user chooses from. */

#pragma once

#include "db/rungs-store.h"

G_BEGIN_DECLS

/* Something with a name. */
typedef struct
{
  gint64 id;
  char *name; /* (owned) */
} RungsLeadChoice;

RungsLeadChoice *rungs_lead_choice_new (gint64      id,
                                        const char *name);
void rungs_lead_choice_free (RungsLeadChoice *self);

/* Each a list (owned) (element-type RungsLeadChoice), by name. */
typedef struct
{
  GPtrArray *tags;
  GPtrArray *sequences;
} RungsLeadChoices;

void rungs_lead_choices_free (RungsLeadChoices *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadChoices, rungs_lead_choices_free)

/* A RungsStoreFunc. Returns: a RungsLeadChoices. */
gpointer rungs_lead_choices_load (RungsDb       *db,
                                  gpointer       data,
                                  GCancellable  *cancellable,
                                  GError       **error);

G_END_DECLS
