/* rungs-lead-pickers.h: asks for the tag or the sequence that leads are to get or to lose. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* What was chosen: the id of a sequence, or the name of a tag; the other is 0 or NULL. */
typedef void (*RungsLeadPickedFunc) (gint64      id,
                                     const char *name,
                                     gpointer    data);

/**
 * RungsLeadPick:
 * @RUNGS_LEAD_PICK_TAG: a tag to get: one of those there are, or a new one
 * @RUNGS_LEAD_PICK_SEQUENCE: a sequence to enter
 * @RUNGS_LEAD_PICK_LOST_TAG: one of the tags there are, to lose
 * @RUNGS_LEAD_PICK_LEFT_SEQUENCE: a sequence to leave, or 0 for all of them
 */
typedef enum
{
  RUNGS_LEAD_PICK_TAG,
  RUNGS_LEAD_PICK_SEQUENCE,
  RUNGS_LEAD_PICK_LOST_TAG,
  RUNGS_LEAD_PICK_LEFT_SEQUENCE,
} RungsLeadPick;

/* `picked` is called with `data`, a GObject that may be gone by then; not where the user cancels.
 * `leads` is how many leads it is for. */
void rungs_lead_pick (GtkWidget           *parent,
                      RungsStore          *store,
                      RungsLeadPick        what,
                      guint                leads,
                      RungsLeadPickedFunc  picked,
                      gpointer             data);

G_END_DECLS
