/* rungs-tab-stop.c: a list that is one stop of Tab. */

#include "rungs-tab-stop.h"

#include "widgets/rungs-focus.h"

struct _RungsTabStop
{
  AdwBin parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsTabStop, rungs_tab_stop, ADW_TYPE_BIN)

static gboolean
rungs_tab_stop_focus (GtkWidget        *widget,
                      GtkDirectionType  direction)
{
  gboolean by_tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (by_tab && rungs_focus_is_in (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (rungs_tab_stop_parent_class)->focus (widget, direction);
}

static void
rungs_tab_stop_class_init (RungsTabStopClass *klass)
{
  GTK_WIDGET_CLASS (klass)->focus = rungs_tab_stop_focus;
}

static void
rungs_tab_stop_init (RungsTabStop *self)
{
}
