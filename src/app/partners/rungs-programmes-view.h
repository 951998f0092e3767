/* rungs-programmes-view.h: what partners earn by which sale. */

#pragma once

#include "rungs-page-view.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_PROGRAMMES_VIEW (rungs_programmes_view_get_type ())

/* Knows the target ID. */
G_DECLARE_FINAL_TYPE (RungsProgrammesView, rungs_programmes_view, RUNGS, PROGRAMMES_VIEW,
                      RungsPageView)

G_END_DECLS
