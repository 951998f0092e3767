/* rungs-programme-texts-form.h: the texts that partners of a programme may copy from their page. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

void rungs_programme_texts_form_open (RungsPage *page,
                                      gint64     programme);

G_END_DECLS
