/* rungs-lead-pickers.h: asks for the tag or the sequence that leads are to get or to lose. */

#pragma once

#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* What was chosen: the id of a sequence, or the name of a tag; the other is 0 or NULL. */
typedef void (*RungsLeadPickedFunc) (gint64      id,
                                     const char *name,
                                     gpointer    data);

/* `picked` is called with `data`, a GObject that may be gone by then; not where the user cancels.
 * `leads` is how many leads it is for. */
void rungs_lead_pick_tag (GtkWidget           *parent,
                          RungsStore          *store,
                          guint                leads,
                          RungsLeadPickedFunc  picked,
                          gpointer             data);
void rungs_lead_pick_sequence (GtkWidget           *parent,
                               RungsStore          *store,
                               guint                leads,
                               RungsLeadPickedFunc  picked,
                               gpointer             data);

/* The same of what they are to lose: one of the tags there are; one of the sequences, or 0 for all
 * of them. */
void rungs_lead_pick_lost_tag (GtkWidget           *parent,
                               RungsStore          *store,
                               guint                leads,
                               RungsLeadPickedFunc  picked,
                               gpointer             data);
void rungs_lead_pick_left_sequence (GtkWidget           *parent,
                                    RungsStore          *store,
                                    guint                leads,
                                    RungsLeadPickedFunc  picked,
                                    gpointer             data);

G_END_DECLS
