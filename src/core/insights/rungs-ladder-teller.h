/* rungs-ladder-teller.h: in which currency money of the ladder map is told; for
 * rungs-ladder-figures.c. */

#pragma once

#include "insights/rungs-ladder-history-store.h"

G_BEGIN_DECLS

/* What a line of an order comes to as the question wants it told; what was given back of it is told
 * at the rate of the order. */
typedef struct
{
  gint64 amount;
  gint64 refunded;
  guint currency;     /* as the catalogue numbers it */
  gboolean converted; /* the currency of the line is another one */
} RungsLadderPaid;

typedef struct _RungsLadderTeller RungsLadderTeller;

/* Where the question has no rates, or has none for an amount, that stays in its own currency. */
RungsLadderTeller *rungs_ladder_teller_new (RungsLadderCatalogue      *catalogue,
                                            const RungsLadderQuestion *question);
void rungs_ladder_teller_free (RungsLadderTeller *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLadderTeller, rungs_ladder_teller_free)

/* FALSE where it is too large to be told; so also the next three. */
gboolean rungs_ladder_teller_tell (RungsLadderTeller     *self,
                                   const RungsLadderLine *line,
                                   RungsLadderPaid       *paid);

/* What `part` of the line is told as, of which `before` was given back before. */
gboolean rungs_ladder_teller_tell_part (RungsLadderTeller     *self,
                                        const RungsLadderLine *line,
                                        gint64                 before,
                                        gint64                 part,
                                        gint64                *told);

/* What was spent on a day. */
gboolean rungs_ladder_teller_tell_spend (RungsLadderTeller *self,
                                         const char        *day,
                                         guint              currency,
                                         gint64             amount,
                                         RungsLadderPaid   *paid);

/* What a partner earned at an instant, or (below 0) what was taken back of it. */
gboolean rungs_ladder_teller_tell_commission (RungsLadderTeller *self,
                                              gint64             at,
                                              guint              currency,
                                              gint64             amount,
                                              RungsLadderPaid   *paid);

/* Returns: (transfer full) (element-type RungsLadderApart): what was not told in the currency of
 * the report. */
GArray *rungs_ladder_teller_list_apart (const RungsLadderTeller *self);

G_END_DECLS
