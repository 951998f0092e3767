/* rungs-what-if-knob.h: one thing that can be supposed otherwise: what it is now, and what then. */

#pragma once

#include <adwaita.h>

#include "insights/rungs-what-if.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_WHAT_IF_KNOB (rungs_what_if_knob_get_type ())

/**
 * RungsWhatIfKnob::typed: the user wrote another value, or took it away; not while it is none
 * RungsWhatIfKnob::settled: the user is done with it for now: left it, or pressed Enter
 */
G_DECLARE_FINAL_TYPE (RungsWhatIfKnob, rungs_what_if_knob, RUNGS, WHAT_IF_KNOB, AdwActionRow)

/* `about`: what it changes, with what holds now. */
GtkWidget *rungs_what_if_knob_new (const RungsWhatIf       *what_if,
                                   const RungsWhatIfChange *about);

/* Shows the change, or (NULL) that there is none. */
void rungs_what_if_knob_set (RungsWhatIfKnob         *self,
                             const RungsWhatIfChange *change);

/* The change that it says; FALSE: none, and `change` says of what. */
gboolean rungs_what_if_knob_get (RungsWhatIfKnob   *self,
                                 RungsWhatIfChange *change);

/* Puts the keys into it. */
void rungs_what_if_knob_focus (RungsWhatIfKnob *self);

G_END_DECLS
