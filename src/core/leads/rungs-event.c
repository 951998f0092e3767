/* rungs-event.c: one row of the timeline. */

#include "leads/rungs-event.h"

static const char *const GROUPS[] = {
  "messages", "orders", "notes", "sources", "consent", "changes", "sequences", NULL,
};

/* How the kinds of a group begin; those of no group are changes. */
static const struct
{
  const char *beginning;
  RungsEventGroups group;
} BEGINNINGS[] = {
  { "mail.", RUNGS_EVENTS_MESSAGES },
  { "order.", RUNGS_EVENTS_ORDERS },
  { "coupon.", RUNGS_EVENTS_ORDERS },
  { "subscription.", RUNGS_EVENTS_ORDERS },
  { "note.", RUNGS_EVENTS_NOTES },
  { "call.", RUNGS_EVENTS_NOTES },
  { "meeting.", RUNGS_EVENTS_NOTES },
  { "task.", RUNGS_EVENTS_NOTES },
  { "touch.", RUNGS_EVENTS_SOURCES },
  { "form.", RUNGS_EVENTS_SOURCES },
  { RUNGS_EVENT_LEAD_CREATED, RUNGS_EVENTS_SOURCES },
  { RUNGS_EVENT_LEAD_IMPORTED, RUNGS_EVENTS_SOURCES },
  { "consent.", RUNGS_EVENTS_CONSENT },
  { RUNGS_EVENT_LEAD_SUPPRESSED, RUNGS_EVENTS_CONSENT },
  { RUNGS_EVENT_LEAD_UNSUPPRESSED, RUNGS_EVENTS_CONSENT },
  { "sequence.", RUNGS_EVENTS_SEQUENCES },
  { "segment.", RUNGS_EVENTS_SEQUENCES },
};

const char *const *
rungs_event_group_names (void)
{
  return GROUPS;
}

RungsEventGroups
rungs_event_kind_get_group (const char *kind)
{
  g_return_val_if_fail (kind != NULL, RUNGS_EVENTS_CHANGES);

  for (guint i = 0; i < G_N_ELEMENTS (BEGINNINGS); i++)
    if (g_str_has_prefix (kind, BEGINNINGS[i].beginning))
      return BEGINNINGS[i].group;
  return RUNGS_EVENTS_CHANGES;
}

void
rungs_event_free (RungsEvent *self)
{
  g_free (self->kind);
  g_free (self->detail);
  g_free (self);
}
