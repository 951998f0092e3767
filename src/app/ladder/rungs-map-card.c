/* rungs-map-card.c: one thing of the map: a source, the opt-in, a sequence, a product. */

#include "rungs-map-card.h"

#include <glib/gi18n.h>

struct _RungsMapCard
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *corner;
  GtkWidget *mark;
  GtkButton *fold;
  GtkLabel *note;
  GtkBox *figures;
};

G_DEFINE_FINAL_TYPE (RungsMapCard, rungs_map_card, GTK_TYPE_WIDGET)

/* ---- what it says */

static void
figure_free (gpointer data)
{
  RungsMapFigure *figure = data;

  g_free (figure->text);
  g_free (figure->what);
  g_free (figure->target);
  g_free (figure);
}

RungsMapText *
rungs_map_text_new (const char *title)
{
  RungsMapText *self = g_new0 (RungsMapText, 1);

  self->title = g_strdup (title);
  self->figures = g_ptr_array_new_with_free_func (figure_free);
  return self;
}

void
rungs_map_text_free (RungsMapText *self)
{
  g_free (self->title);
  g_free (self->corner);
  g_free (self->note);
  g_free (self->icon);
  g_free (self->faults);
  g_free (self->opens);
  g_ptr_array_unref (self->figures);
  g_free (self);
}

void
rungs_map_text_add_figure (RungsMapText *self,
                           char         *text,
                           const char   *what,
                           const char   *target)
{
  RungsMapFigure *figure = g_new (RungsMapFigure, 1);

  *figure = (RungsMapFigure) { text, g_strdup (what), g_strdup (target) };
  g_ptr_array_add (self->figures, figure);
}

/* ---- the widget */

static void
rungs_map_card_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_MAP_CARD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_map_card_parent_class)->dispose (object);
}

static void
rungs_map_card_class_init (RungsMapCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_map_card_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/ladder/rungs-map-card.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, box);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, icon);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, title);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, corner);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, mark);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, fold);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, note);
  gtk_widget_class_bind_template_child (widget_class, RungsMapCard, figures);
}

static void
rungs_map_card_init (RungsMapCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
rungs_map_card_new (void)
{
  return g_object_new (RUNGS_TYPE_MAP_CARD, NULL);
}

static void
show_label (GtkLabel   *label,
            const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL);
}

/* A figure with leads behind it is a button. */
static GtkWidget *
figure_new (const RungsMapFigure *figure)
{
  GtkWidget *label = gtk_label_new (figure->text);
  GtkWidget *widget = label;

  gtk_widget_add_css_class (label, "numeric");
  if (figure->target != NULL)
    {
      widget = gtk_button_new ();
      gtk_button_set_child (GTK_BUTTON (widget), label);
      gtk_widget_add_css_class (widget, "flat");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (widget), "(ss)", "leads", figure->target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), "win.show-target");
      gtk_widget_set_focusable (widget, FALSE); /* the card has the keys, its menu the figures */
    }
  gtk_widget_add_css_class (widget, "map-figure");
  gtk_widget_set_tooltip_text (widget, figure->what);
  return widget;
}

static void
show_figures (RungsMapCard       *self,
              const RungsMapText *text)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_box_remove (self->figures, child);
  for (guint i = 0; i < text->figures->len; i++)
    gtk_box_append (self->figures, figure_new (g_ptr_array_index (text->figures, i)));
  gtk_widget_set_visible (GTK_WIDGET (self->figures), text->figures->len > 0);
}

static void
show_fold (RungsMapCard       *self,
           const RungsMapText *text)
{
  const char *words = text->open ? _ ("Fold Sources") : _ ("Show Sources");

  gtk_widget_set_visible (GTK_WIDGET (self->fold), text->opens != NULL);
  if (text->opens == NULL)
    return;
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->fold), "s", text->opens);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->fold), "ladder.unfold");
  gtk_button_set_icon_name (self->fold, text->open ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->fold), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

void
rungs_map_card_show (RungsMapCard       *self,
                     const RungsMapText *text)
{
  g_return_if_fail (RUNGS_IS_MAP_CARD (self));

  gtk_widget_set_visible (GTK_WIDGET (self->icon), text->icon != NULL);
  gtk_image_set_from_icon_name (self->icon, text->icon);
  show_label (self->title, text->title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), text->title);
  show_label (self->corner, text->corner);
  show_label (self->note, text->note);
  gtk_widget_set_visible (self->mark, text->faults != NULL);
  gtk_widget_set_tooltip_text (self->mark, text->faults);
  show_fold (self, text);
  show_figures (self, text);
}
