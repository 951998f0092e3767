/* rungs-why-popover.h: lists the checks behind a decision, the deciding one in bold. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RungsWhyState:
 * @RUNGS_WHY_FOR: speaks for it
 * @RUNGS_WHY_AGAINST: speaks against it
 * @RUNGS_WHY_NEUTRAL: was not asked, or does not matter
 */
typedef enum
{
  RUNGS_WHY_FOR,
  RUNGS_WHY_AGAINST,
  RUNGS_WHY_NEUTRAL,
} RungsWhyState;

#define RUNGS_TYPE_WHY_POPOVER (rungs_why_popover_get_type ())

G_DECLARE_FINAL_TYPE (RungsWhyPopover, rungs_why_popover, RUNGS, WHY_POPOVER, GtkPopover)

/* Give it to a GtkMenuButton, or to its create-popup function where the reasons are looked up
 * late. */
RungsWhyPopover *rungs_why_popover_new (const char *decision);

/* What was decided, over the list; NULL: nothing. */
void rungs_why_popover_set_decision (RungsWhyPopover *self,
                                     const char      *decision);

void rungs_why_popover_add (RungsWhyPopover *self,
                            RungsWhyState    state,
                            const char      *text,
                            gboolean         deciding);

void rungs_why_popover_clear (RungsWhyPopover *self);

G_END_DECLS
