/* rungs-segment-forms.h: the small forms of segments: a new one, a name, a copy, and the choice of
 * a fixed one. */

#pragma once

#include "db/rungs-store.h"
#include "segments/rungs-segment-store.h"
#include "widgets/rungs-form.h"

G_BEGIN_DECLS

/* Each returns the form, already shown; its ::saved says the id of the segment that was made. */

/* A live segment, which begins with `rule` (nullable: it asks nothing yet), or a fixed one where
 * the user chooses that; with a rule there is no choice. */
RungsForm *rungs_segment_form_new (GtkWidget  *parent,
                                   RungsStore *store,
                                   const char *rule);

RungsForm *rungs_segment_form_rename (GtkWidget          *parent,
                                      RungsStore         *store,
                                      const RungsSegment *segment);

/* A copy; or, of a live one, a fixed one of those who are in it now. */
RungsForm *rungs_segment_form_duplicate (GtkWidget          *parent,
                                         RungsStore         *store,
                                         const RungsSegment *segment);
RungsForm *rungs_segment_form_snapshot (GtkWidget          *parent,
                                        RungsStore         *store,
                                        const RungsSegment *segment);

G_END_DECLS
