/* rungs-lead-line.h: a line in the details of a lead: an icon, two texts one below the other,
 * and a button. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_LEAD_LINE (rungs_lead_line_get_type ())

/* What it is told to show and shows already is left as it is. */
G_DECLARE_FINAL_TYPE (RungsLeadLine, rungs_lead_line, RUNGS, LEAD_LINE, GtkWidget)

GtkWidget *rungs_lead_line_new (void);

/* `below` is dimmed; NULL and "": there is none. */
void rungs_lead_line_set_texts (RungsLeadLine *self,
                                const char    *text,
                                const char    *below);

/* `style` (nullable) is a class of the style sheet. */
void rungs_lead_line_set_icon (RungsLeadLine *self,
                               const char    *icon_name,
                               const char    *style);

/* A small button that acts on the thing with that id; `action` NULL: there is none. */
void rungs_lead_line_set_button (RungsLeadLine *self,
                                 const char    *label,
                                 const char    *action,
                                 gint64         id);

/* The same with an icon in place of the label, which is read to those who do not see it; takes
 * `target`. */
void rungs_lead_line_set_icon_button (RungsLeadLine *self,
                                      const char    *icon_name,
                                      const char    *label,
                                      const char    *action,
                                      GVariant      *target);

/* A small button “Why?” at the end of the line, which opens the popover (a RungsWhyPopover) that is
 * returned; it is made when it is first asked for. */
GtkPopover *rungs_lead_line_get_why (RungsLeadLine *self);

G_END_DECLS
