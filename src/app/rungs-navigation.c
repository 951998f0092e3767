/* rungs-navigation.c: the list of pages at the left of the window. */

#include "rungs-navigation.h"

#include "rungs-navigation-row.h"
#include "widgets/rungs-tab-stop.h"

#define WIDTH 212

struct _RungsNavigation
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel *title_label;
  AdwHeaderBar *header_bar;
  GtkListBox *list;

  gboolean selecting; /* by the program, not by the user */
};

G_DEFINE_FINAL_TYPE (RungsNavigation, rungs_navigation, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SELECTED,
  SIGNAL_ACTIVATED,
} RungsNavigationSignal;

static guint signals[SIGNAL_ACTIVATED + 1];

static RungsNavigationRow *
find_row (RungsNavigation *self,
          const char      *name)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list));

  while (row != NULL
         && g_strcmp0 (rungs_navigation_row_get_name (RUNGS_NAVIGATION_ROW (row)), name) != 0)
    row = gtk_widget_get_next_sibling (row);
  return (RungsNavigationRow *) row;
}

static void
row_activated_cb (RungsNavigation    *self,
                  RungsNavigationRow *row)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATED], 0, rungs_navigation_row_get_name (row));
}

static void
row_selected_cb (RungsNavigation *self,
                 GtkListBoxRow   *row)
{
  if (row != NULL && !self->selecting)
    g_signal_emit (self, signals[SIGNAL_SELECTED], 0,
                   rungs_navigation_row_get_name (RUNGS_NAVIGATION_ROW (row)));
}

static void
rungs_navigation_dispose (GObject *object)
{
  RungsNavigation *self = RUNGS_NAVIGATION (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);

  G_OBJECT_CLASS (rungs_navigation_parent_class)->dispose (object);
}

static void
rungs_navigation_class_init (RungsNavigationClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_navigation_dispose;

  signals[SIGNAL_SELECTED] = g_signal_new ("selected", RUNGS_TYPE_NAVIGATION, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  signals[SIGNAL_ACTIVATED]
    = g_signal_new ("activated", RUNGS_TYPE_NAVIGATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);

  g_type_ensure (RUNGS_TYPE_TAB_STOP);
  gtk_widget_class_set_css_name (widget_class, "navigation");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/rungs-navigation.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsNavigation, box);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigation, title_label);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigation, header_bar);
  gtk_widget_class_bind_template_child (widget_class, RungsNavigation, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
}

static void
rungs_navigation_init (RungsNavigation *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_navigation_set_folded (self, FALSE);
}

void
rungs_navigation_add (RungsNavigation *self,
                      const char      *name,
                      const char      *title,
                      const char      *icon_name,
                      const char      *accelerator)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION (self));

  self->selecting = TRUE;
  gtk_list_box_append (self->list, rungs_navigation_row_new (name, title, icon_name, accelerator));
  self->selecting = FALSE;
}

void
rungs_navigation_select (RungsNavigation *self,
                         const char      *name)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION (self));

  self->selecting = TRUE;
  gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (find_row (self, name)));
  self->selecting = FALSE;
}

void
rungs_navigation_set_badge (RungsNavigation *self,
                            const char      *name,
                            guint            badge)
{
  RungsNavigationRow *row = find_row (self, name);

  g_return_if_fail (RUNGS_IS_NAVIGATION (self));

  if (row != NULL)
    rungs_navigation_row_set_badge (row, badge);
}

void
rungs_navigation_set_title (RungsNavigation *self,
                            const char      *title)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION (self));

  gtk_label_set_label (self->title_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title_label), title);
}

void
rungs_navigation_set_folded (RungsNavigation *self,
                             gboolean         folded)
{
  g_return_if_fail (RUNGS_IS_NAVIGATION (self));

  gtk_widget_set_visible (GTK_WIDGET (self->title_label), !folded);
  gtk_widget_set_size_request (self->box, folded ? -1 : WIDTH, -1);
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    rungs_navigation_row_set_folded (RUNGS_NAVIGATION_ROW (row), folded);
}
