/* rungs-today-page.c: the figures of the day, and what waits for a person. */

#include "rungs-today-page.h"

struct _RungsTodayPage
{
  RungsPage parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsTodayPage, rungs_today_page, RUNGS_TYPE_PAGE)

static void
rungs_today_page_class_init (RungsTodayPageClass *klass)
{
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass),
                                               "/app/rungs/Rungs/today/rungs-today-page.ui");
}

static void
rungs_today_page_init (RungsTodayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
