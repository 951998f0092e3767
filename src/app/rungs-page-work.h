/* rungs-page-work.h: something that a page writes to the file, kept. Part of rungs-page.c. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/* A copy, which takes `work->data`. */
RungsPageWork *rungs_page_work_new (const RungsPageWork *work);

/* With its data. */
void rungs_page_work_free (RungsPageWork *self);

G_END_DECLS
