/* rungs-fault-button.c: marks where the ladder does not hold together, and says why. */

#include "rungs-fault-button.h"

#include <glib/gi18n.h>

#include "insights/rungs-ladder-fault.h"
#include "widgets/rungs-why-popover.h"

GtkWidget *
rungs_fault_button_new (GPtrArray  *faults,
                        gint64      product,
                        gint64      offer,
                        const char *name)
{
  g_autoptr (RungsWhyPopover) popover = NULL;
  GtkWidget *button;

  for (guint i = 0; i < faults->len; i++)
    {
      const RungsLadderFault *fault = g_ptr_array_index (faults, i);
      g_autofree char *words = NULL;

      if (fault->product != product || fault->offer != offer)
        continue;
      if (popover == NULL)
        popover = g_object_ref_sink (rungs_why_popover_new (name));
      words = rungs_ladder_fault_to_words (fault);
      rungs_why_popover_add (popover, RUNGS_WHY_AGAINST, words, FALSE);
    }
  if (popover == NULL)
    return NULL;
  button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "dialog-warning-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), GTK_WIDGET (popover));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("What Is Wrong Here"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "warning");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What Is Wrong Here"),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, name, -1);
  return button;
}
