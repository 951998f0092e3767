/* rungs-rule-window.h: a rule editor in a window of its own. */

#pragma once

#include <adwaita.h>

#include "widgets/rungs-rule-fields.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_RULE_WINDOW (rungs_rule_window_get_type ())

/**
 * RungsRuleWindow::agreed: the user takes the rule; the window closes.
 * @rule: (nullable): as JSON; NULL where it asks nothing
 */
G_DECLARE_FINAL_TYPE (RungsRuleWindow, rungs_rule_window, RUNGS, RULE_WINDOW, AdwWindow)

/* `agree` is the label of the button that takes the rule, with a mnemonic; `rule` (nullable) is
 * what it begins with. */
GtkWidget *rungs_rule_window_new (GtkWindow       *parent,
                                  RungsRuleFields *fields,
                                  const char      *title,
                                  const char      *agree,
                                  const char      *rule);

G_END_DECLS
