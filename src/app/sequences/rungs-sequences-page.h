/* rungs-sequences-page.h: the sequences, and how leads walk through the one that is selected. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_SEQUENCES_PAGE (rungs_sequences_page_get_type ())

/* Its targets: "sequence:ID" selects it. */
G_DECLARE_FINAL_TYPE (RungsSequencesPage, rungs_sequences_page, RUNGS, SEQUENCES_PAGE, RungsPage)

G_END_DECLS
