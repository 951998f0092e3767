/* rungs-sheet.c: something that is read and filled in from the top down. */

#include "rungs-sheet.h"

#define WIDTH 680

struct _RungsSheet
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  AdwClamp *clamp;
};

G_DEFINE_FINAL_TYPE (RungsSheet, rungs_sheet, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_CONTENT = 1,
  PROP_WIDTH,
} RungsSheetProperty;

static GParamSpec *properties[PROP_WIDTH + 1];

static void
rungs_sheet_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_SHEET (object)->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (rungs_sheet_parent_class)->dispose (object);
}

static void
rungs_sheet_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  RungsSheet *self = RUNGS_SHEET (object);

  switch ((RungsSheetProperty) id)
    {
    case PROP_CONTENT:
      adw_clamp_set_child (self->clamp, g_value_get_object (value));
      break;
    case PROP_WIDTH:
      adw_clamp_set_maximum_size (self->clamp, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
rungs_sheet_class_init (RungsSheetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = rungs_sheet_dispose;
  object_class->set_property = rungs_sheet_set_property;
  properties[PROP_CONTENT]
    = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, WIDTH, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sheet");
}

static void
rungs_sheet_init (RungsSheet *self)
{
  self->scroller = gtk_scrolled_window_new ();
  self->clamp = ADW_CLAMP (adw_clamp_new ());
  adw_clamp_set_maximum_size (self->clamp, WIDTH);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), GTK_WIDGET (self->clamp));
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
}
