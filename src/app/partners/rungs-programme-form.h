/* rungs-programme-form.h: adds a programme, or gives one new terms. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* Opens the form for new terms of `programme`, with those that count now; 0: for a new one. When
 * they are stored the page shows it. */
void rungs_programme_form_open (RungsPage *page,
                                gint64     programme);

G_END_DECLS
