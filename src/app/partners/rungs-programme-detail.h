/* rungs-programme-detail.h: a programme, with all versions of its terms. */

#pragma once

#include <gtk/gtk.h>

#include "rungs-programme-load.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PROGRAMME_DETAIL (rungs_programme_detail_get_type ())

G_DECLARE_FINAL_TYPE (RungsProgrammeDetail, rungs_programme_detail, RUNGS, PROGRAMME_DETAIL,
                      GtkWidget)

/* Its button activates "programmes.terms" of the view. */
void rungs_programme_detail_show (RungsProgrammeDetail    *self,
                                  const RungsProgrammeRow *row);

G_END_DECLS
