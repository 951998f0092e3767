/* rungs-map-paper.c: the map on paper and in files, with what has to be said beside it there. */

#include "rungs-map-private.h"

#include <glib/gi18n.h>

#include "segments/rungs-segment-store.h"
#include "widgets/rungs-canvas-output.h"
#include "widgets/rungs-display.h"

/* ---- what is said beside it */

static const char *
segment_name (RungsMapView *self)
{
  for (guint i = 0; self->segment_key != NULL && i < self->segments->len; i++)
    {
      const RungsSegment *segment = g_ptr_array_index (self->segments, i);

      if (g_str_equal (segment->key, self->segment_key))
        return segment->name;
    }
  return _ ("All leads");
}

/* "Last 90 days · All leads · Printed on 22 November 2026"; without numbers only the day. */
static char *
dup_subtitle (RungsMapView *self)
{
  g_autofree char *day = rungs_display_day (rungs_display_now ());
  g_autofree char *printed = g_strdup_printf (_ ("As of %s"), day);
  GtkStringObject *period = gtk_drop_down_get_selected_item (self->period);

  if (rungs_map_view_get_show (self).figures == NULL || period == NULL)
    return g_steal_pointer (&printed);
  return g_strdup_printf ("%s · %s · %s", gtk_string_object_get_string (period),
                          segment_name (self), printed);
}

static RungsCanvasPaper *
paper_new (RungsMapView *self)
{
  const struct
  {
    const char *style;
    gboolean dashed;
    const char *words;
  } LEGEND[] = {
    { "opt-in", FALSE, _ ("By opt-in and its sequences") },
    { "direct", FALSE, _ ("Straight to a sales letter") },
    { "personal", FALSE, _ ("By phone") },
    { "personal", TRUE, _ ("In person") },
    { "offer", FALSE, _ ("Next offer, upsell") },
    { "offer", TRUE, _ ("Downsell, cross-sell") },
    { "undrawn", TRUE, _ ("Gone, but not drawn") },
  };
  const char *business = self->map != NULL ? self->map->ladder->business : "";
  /* Translators: the heading of the printed map: the name of the business. */
  g_autofree char *title = g_strdup_printf (_ ("%s: Ladder"), business);
  g_autofree char *subtitle = dup_subtitle (self);
  RungsCanvasPaper *paper = rungs_canvas_paper_new (title, subtitle);

  for (guint i = 0; i < G_N_ELEMENTS (LEGEND); i++)
    rungs_canvas_paper_add_legend (paper, LEGEND[i].style, LEGEND[i].dashed, LEGEND[i].words);
  if (rungs_map_view_get_show (self).figures != NULL)
    paper->note = g_strdup (
      _ ("At an arrow: how many leads went on, which share of those who could, what they have paid,"
         " and within which bounds the true share most likely lies (95 %)."));
  return paper;
}

/* ---- paper and files */

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);

  rungs_canvas_output_print (widget,
                             &(RungsCanvasOutput) { .canvas = self->canvas,
                                                    .paper = paper_new (self),
                                                    .failed = _ ("The Map Could Not Be Printed") });
}

static void
exported_cb (GtkWidget *widget)
{
  RungsPage *page = RUNGS_MAP_VIEW (widget)->page;

  if (page != NULL)
    rungs_page_notify (page, _ ("The map is in the file"));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsMapView *self = RUNGS_MAP_VIEW (widget);

  rungs_canvas_output_save (widget,
                            &(RungsCanvasOutput) { .canvas = self->canvas,
                                                   .paper = paper_new (self),
                                                   .title = _ ("Export the Map"),
                                                   .proposed = _ ("ladder.pdf"),
                                                   .failed = _ ("The Map Could Not Be Written"),
                                                   .done = exported_cb });
}

void
rungs_map_paper_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "map.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "map.export", NULL, export_action);
}
