/* rungs-map-texts.h: what the cards of the map say. */

#pragma once

#include "ladder/rungs-map-card.h"
#include "ladder/rungs-map-graph.h"

G_BEGIN_DECLS

/* `id` is the kind's, for its button that unfolds it. */
RungsMapText *rungs_map_kind_text (const RungsMapShow *show,
                                   RungsSourceKind     kind,
                                   const char         *id,
                                   gboolean            open);
RungsMapText *rungs_map_source_text (const RungsMapShow *show,
                                     const RungsSource  *source);
RungsMapText *rungs_map_opt_in_text (const RungsMapShow *show);
RungsMapText *rungs_map_sequence_text (const RungsMapShow  *show,
                                       const RungsSequence *sequence);
RungsMapText *rungs_map_product_text (const RungsMapShow *show,
                                      const RungsProduct *product);

/* All that it says after its title, for a screen reader. */
char *rungs_map_text_describe (const RungsMapText *text);

/* "€1,204", several currencies one after the other; NULL: none. (element-type RungsMoney)
 * "≈ €1,204" where some of it is `converted`. */
char *rungs_map_monies_words (GArray *monies,
                              GArray *converted);

/* "€1,204", without cents where there are none, and where it is a hundred and more. */
char *rungs_map_money_words (RungsMoney money);

G_END_DECLS
