/* rungs-ladder-words.h: how the figures of the ladder map are said. */

#pragma once

#include "insights/rungs-ladder-figures.h"

G_BEGIN_DECLS

/* All return (transfer full) texts in the user's language. */

/* "1,204 leads". */
char *rungs_ladder_words_leads (gint64 leads);

/* Amounts of several currencies after each other: "€49.00 + $7.00"; "–" where there are none. */
char *rungs_ladder_words_monies (GArray *monies);

/* The same where a part of them was paid in other currencies, and told at the owner's rates:
 * "≈ €4,049.00". */
char *rungs_ladder_words_told (GArray *monies,
                               GArray *converted);

/* "Of it at your rates: $4,400.00"; NULL where nothing is. */
char *rungs_ladder_words_converted (GArray *converted);

/* "in EUR at your rates, but for 3 orders"; NULL where each currency is told by itself. */
char *rungs_ladder_words_report (RungsLadderFigures *figures);

/* "3 orders in USD before 1 March 2026: without a rate.", a line each currency; NULL: none. */
char *rungs_ladder_words_apart (RungsLadderFigures *figures);

/* What an arrow says of itself: "3.2 % (2.1–4.8 %) of 1,204", "too few to say (7)", "nobody
 * yet". */
char *rungs_ladder_words_share (const RungsLadderShare *share);

/* The same where there is little room: "39 · 3.2 %", "3 of 7", "–". */
char *rungs_ladder_words_share_short (const RungsLadderShare *share);

/* The same in a sentence or two, for tooltips and inspectors: "39 of 1,204 went on: 3.2 %, most
 * likely between 2.1 % and 4.8 %." and what they have paid. */
char *rungs_ladder_words_share_long (const RungsLadderShare *share);

/* Where the true share most likely lies: "3.5–5.0 %"; "too few"; NULL: there was nobody. */
char *rungs_ladder_words_interval (const RungsLadderShare *share);

/* One line for each path by which anybody came: "Direct: 3 – too few to say (7)"; "" where nobody
 * did. */
char *rungs_ladder_words_paths (const RungsLadderFlow *flow);

/* "Opt-in", "Direct", "By phone", "In person", "Not known". */
const char *rungs_ladder_words_path (int path);

/* What is in the cost of one lead: "€8.00 spent, €4.30 commissions", "all of it spent"; NULL where
 * that cost is not known. */
char *rungs_ladder_words_cost_parts (const RungsLadderSourceFigures *source);

/* "€3,410.00 spent · €520.00 commissions"; "" where there are no costs. */
char *rungs_ladder_words_costs (const RungsLadderSourceFigures *source);

/* "1,204 leads · €3,410.00 spent · €2.83 each"; with commissions "3 leads · €24.00 spent · €12.90
 * commissions", and in a second line "€12.30 per lead: €8.00 spent, €4.30 commissions". What is not
 * known is left out. */
char *rungs_ladder_words_source (const RungsLadderSourceFigures *source);

/* "€2,100.00 at the front · €5,600.00 at the back". */
char *rungs_ladder_words_income (const RungsLadderSourceFigures *source);

/* "Paid back on 3 March 2026", "Not paid back yet"; NULL where there is nothing to be paid back. */
char *rungs_ladder_words_payback (const RungsLadderSourceFigures *source);

/* The two sums that are to be seen beside each other, in the currency of the costs: what the front
 * left of them ("−€1,310.00 at the front"), and what the back end earned since ("+€5,600.00 at the
 * back"). FALSE where there are no costs in one currency. */
gboolean rungs_ladder_words_balance (const RungsLadderSourceFigures  *source,
                                     char                           **front,
                                     char                           **back);

/* "€4,900.00 · 3.2 % of buyers got money back (1.1–8.0 %)"; of few buyers, how many of them. */
char *rungs_ladder_words_product (const RungsLadderProductFigures *product);

/* "12 in it now · 30 to the end · 4 bought". */
char *rungs_ladder_words_sequence (const RungsLadderSequenceFigures *sequence);

G_END_DECLS
