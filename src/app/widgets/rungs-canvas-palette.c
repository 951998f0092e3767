/* rungs-canvas-palette.c: a list of things that can be dragged onto a canvas. */

#include "rungs-canvas-palette.h"

#include "widgets/rungs-canvas-private.h"
#include "widgets/rungs-focus.h"

struct _RungsCanvasPalette
{
  GtkWidget parent_instance;

  GtkListBox *list;
  RungsCanvas *canvas; /* (owned) (nullable) */
  char *focused;       /* (owned) (nullable): id of the row that had the keys when all went */
};

G_DEFINE_FINAL_TYPE (RungsCanvasPalette, rungs_canvas_palette, GTK_TYPE_WIDGET)

G_DEFINE_BOXED_TYPE (RungsCanvasThing,
                     rungs_canvas_thing,
                     rungs_canvas_thing_copy,
                     rungs_canvas_thing_free)

/* ---- dragging */

static const RungsCanvasThing *
thing_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "thing");
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source,
            double         x,
            double         y,
            gpointer       data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  return gdk_content_provider_new_typed (RUNGS_TYPE_CANVAS_THING, thing_of (row));
}

static GtkWidget *
make_picture (const RungsCanvasThing *thing)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  if (thing->icon != NULL)
    gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (thing->icon));
  gtk_box_append (GTK_BOX (box), gtk_label_new (thing->name));
  gtk_widget_add_css_class (box, "dragged-rows");
  return box;
}

static void
begun_cb (GtkDragSource *source,
          GdkDrag       *drag,
          gpointer       data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));

  gtk_drag_icon_set_child (GTK_DRAG_ICON (gtk_drag_icon_get_for_drag (drag)),
                           make_picture (thing_of (row)));
  gdk_drag_set_hotspot (drag, -12, -12);
}

/* Enter and a double click: where it goes is asked in a list. */
static void
activated_cb (RungsCanvasPalette *self,
              GtkListBoxRow      *row)
{
  if (self->canvas != NULL)
    rungs_canvas_choice_ask_where (
      self->canvas,
      gtk_widget_get_mapped (GTK_WIDGET (self->canvas)) ? GTK_WIDGET (self->canvas)
                                                        : GTK_WIDGET (self),
      RUNGS_CANVAS_DRAG_ITEM, thing_of (GTK_WIDGET (row))->id);
}

/* ---- the list */

static void
add_heading_cb (GtkListBoxRow *row,
                GtkListBoxRow *before,
                gpointer       data)
{
  const char *group = g_object_get_data (G_OBJECT (row), "group");
  const char *above = before ? g_object_get_data (G_OBJECT (before), "group") : NULL;
  GtkWidget *heading = NULL;

  if (group != NULL && g_strcmp0 (group, above) != 0)
    {
      heading = gtk_label_new (group);
      gtk_label_set_xalign (GTK_LABEL (heading), 0);
      gtk_widget_add_css_class (heading, "palette-heading");
    }
  gtk_list_box_row_set_header (row, heading);
}

static GtkWidget *
make_words (const char *name,
            const char *description)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *subtitle;

  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (box), title);
  if (description == NULL)
    return box;
  subtitle = gtk_label_new (description);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_box_append (GTK_BOX (box), subtitle);
  return box;
}

static GtkWidget *
make_row (const RungsCanvasThing *thing,
          const char             *description)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkDragSource *source = gtk_drag_source_new ();

  if (thing->icon != NULL)
    gtk_box_append (GTK_BOX (box),
                    g_object_new (GTK_TYPE_IMAGE, "icon-name", thing->icon, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL));
  gtk_box_append (GTK_BOX (box), make_words (thing->name, description));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, description ? description : thing->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, thing->name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description ? description : "", -1);
  gtk_drag_source_set_actions (source, GDK_ACTION_COPY);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), NULL);
  g_signal_connect (source, "drag-begin", G_CALLBACK (begun_cb), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  return row;
}

/* ---- the class */

static void
rungs_canvas_palette_dispose (GObject *object)
{
  RungsCanvasPalette *self = RUNGS_CANVAS_PALETTE (object);
  GtkWidget *child;

  g_clear_object (&self->canvas);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (rungs_canvas_palette_parent_class)->dispose (object);
}

static void
rungs_canvas_palette_finalize (GObject *object)
{
  g_free (RUNGS_CANVAS_PALETTE (object)->focused);
  G_OBJECT_CLASS (rungs_canvas_palette_parent_class)->finalize (object);
}

static void
rungs_canvas_palette_class_init (RungsCanvasPaletteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_canvas_palette_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_canvas_palette_finalize;
  gtk_widget_class_set_css_name (widget_class, "canvaspalette");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rungs_canvas_palette_init (RungsCanvasPalette *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_list_box_set_header_func (self->list, add_heading_cb, NULL, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

GtkWidget *
rungs_canvas_palette_new (void)
{
  return g_object_new (RUNGS_TYPE_CANVAS_PALETTE, NULL);
}

void
rungs_canvas_palette_set_canvas (RungsCanvasPalette *self,
                                 RungsCanvas        *canvas)
{
  g_return_if_fail (RUNGS_IS_CANVAS_PALETTE (self));
  g_return_if_fail (RUNGS_IS_CANVAS (canvas));

  g_set_object (&self->canvas, canvas);
}

void
rungs_canvas_palette_clear (RungsCanvasPalette *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (RUNGS_IS_CANVAS_PALETTE (self));

  g_clear_pointer (&self->focused, g_free);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    {
      if (rungs_focus_is_in (GTK_WIDGET (row)))
        {
          g_free (self->focused);
          self->focused = g_strdup (thing_of (GTK_WIDGET (row))->id);
        }
      gtk_list_box_remove (self->list, GTK_WIDGET (row));
    }
  if (self->canvas != NULL)
    g_ptr_array_set_size (self->canvas->things, 0);
}

void
rungs_canvas_palette_add (RungsCanvasPalette *self,
                          const char         *id,
                          const char         *group,
                          const char         *icon,
                          const char         *name,
                          const char         *description)
{
  RungsCanvasThing *thing;
  GtkWidget *row;

  g_return_if_fail (RUNGS_IS_CANVAS_PALETTE (self));
  g_return_if_fail (self->canvas != NULL);
  g_return_if_fail (id != NULL && name != NULL);

  thing = rungs_canvas_thing_new (id, icon, name);
  row = make_row (thing, description);
  g_object_set_data_full (G_OBJECT (row), "thing", thing,
                          (GDestroyNotify) rungs_canvas_thing_free);
  g_object_set_data_full (G_OBJECT (row), "group", g_strdup (group), g_free);
  gtk_list_box_append (self->list, row);
  g_ptr_array_add (self->canvas->things, rungs_canvas_thing_copy (thing));
  if (g_strcmp0 (id, self->focused) == 0)
    {
      g_clear_pointer (&self->focused, g_free);
      gtk_widget_grab_focus (row);
    }
}

RungsCanvasThing *
rungs_canvas_thing_new (const char *id,
                        const char *icon,
                        const char *name)
{
  RungsCanvasThing *self = g_new0 (RungsCanvasThing, 1);

  self->id = g_strdup (id);
  self->icon = g_strdup (icon);
  self->name = g_strdup (name);
  return self;
}

RungsCanvasThing *
rungs_canvas_thing_copy (const RungsCanvasThing *self)
{
  return rungs_canvas_thing_new (self->id, self->icon, self->name);
}

void
rungs_canvas_thing_free (RungsCanvasThing *self)
{
  g_free (self->id);
  g_free (self->icon);
  g_free (self->name);
  g_free (self);
}
