/* rungs-privacy-rows.h: a section of what is known of a person, as rows. */

#pragma once

#include <adwaita.h>

#include "engine/rungs-privacy-report.h"

G_BEGIN_DECLS

/* Returns: (transfer floating): a group of rows; of a section with many, the newest. */
GtkWidget *rungs_privacy_rows_new (const RungsPrivacySection *section);

G_END_DECLS
