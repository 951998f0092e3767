/* rungs-wrap-box.c: a box whose children go on below where they do not fit beside each other. */

#include "rungs-wrap-box.h"

#include "rungs-wrap-layout.h"

/* Of one that a template makes. */
#define SPACING 6

struct _RungsWrapBox
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RungsWrapBox, rungs_wrap_box, GTK_TYPE_WIDGET)

static void
rungs_wrap_box_dispose (GObject *object)
{
  rungs_wrap_box_clear (RUNGS_WRAP_BOX (object));

  G_OBJECT_CLASS (rungs_wrap_box_parent_class)->dispose (object);
}

static void
rungs_wrap_box_class_init (RungsWrapBoxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rungs_wrap_box_dispose;
}

static void
rungs_wrap_box_init (RungsWrapBox *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), rungs_wrap_layout_new (SPACING));
}

GtkWidget *
rungs_wrap_box_new (int spacing)
{
  GtkWidget *self = g_object_new (RUNGS_TYPE_WRAP_BOX, NULL);

  gtk_widget_set_layout_manager (self, rungs_wrap_layout_new (spacing));
  return self;
}

void
rungs_wrap_box_append (RungsWrapBox *self,
                       GtkWidget    *child)
{
  g_return_if_fail (RUNGS_IS_WRAP_BOX (self));

  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

void
rungs_wrap_box_clear (RungsWrapBox *self)
{
  GtkWidget *child;

  g_return_if_fail (RUNGS_IS_WRAP_BOX (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}
