/* rungs-color.c: the colour of a widget's text. The style context's own function for it is
 * deprecated from GTK 4.10 on, which has gtk_widget_get_color() in its place. */

#include "rungs-color.h"

GdkRGBA
rungs_color_of (GtkWidget *widget)
{
  GdkRGBA color;

  g_return_val_if_fail (GTK_IS_WIDGET (widget), ((GdkRGBA){ 0, 0, 0, 1 }));

#if GTK_CHECK_VERSION(4, 10, 0)
  gtk_widget_get_color (widget, &color);
#else
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
#endif
  return color;
}
