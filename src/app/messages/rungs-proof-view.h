/* rungs-proof-view.h: what is wrong with a message, and what a lead reads of it. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-message-proof.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PROOF_VIEW (rungs_proof_view_get_type ())

G_DECLARE_FINAL_TYPE (RungsProofView, rungs_proof_view, RUNGS, PROOF_VIEW, GtkWidget)

void rungs_proof_view_show (RungsProofView          *self,
                            const RungsMessageProof *proof);

/* Another list of what was found (element-type RungsFinding), of the same proof. */
void rungs_proof_view_show_findings (RungsProofView *self,
                                     GPtrArray      *findings);

/* Says why there is no proof. */
void rungs_proof_view_show_trouble (RungsProofView *self,
                                    const char     *words);

/* Whether what the lead reads is shown as text; what is wrong always is. */
void rungs_proof_view_set_has_text (RungsProofView *self,
                                    gboolean        has_text);

G_END_DECLS
