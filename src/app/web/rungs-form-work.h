/* rungs-form-work.h: what is done to opt-in forms in the file, and how it is taken back. */

#pragma once

#include "rungs-page.h"
#include "web/rungs-opt-in-store.h"

G_BEGIN_DECLS

/* It takes nothing any more (`retired`), or does again. */
void rungs_form_work_retire (RungsPage            *page,
                             const RungsOptInForm *form,
                             gboolean              retired);

/* Deletes one that was never published. */
void rungs_form_work_delete (RungsPage            *page,
                             const RungsOptInForm *form);

G_END_DECLS
