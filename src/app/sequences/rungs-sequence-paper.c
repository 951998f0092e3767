/* rungs-sequence-paper.c: a sequence on paper and in a file. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>

#include "widgets/rungs-canvas-output.h"

static RungsCanvasPaper *
paper_new (RungsSequenceEditor *self)
{
  const char *name = rungs_sequence_document_get_graph (self->document)->name;

  return rungs_canvas_paper_new (name, gtk_label_get_label (self->sells));
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);

  rungs_canvas_output_print (widget, &(RungsCanvasOutput) {
                                         .canvas = self->canvas,
                                         .paper = paper_new (self),
                                         .failed = _ ("The Sequence Could Not Be Printed"),
                                     });
}

static void
exported_cb (GtkWidget *widget)
{
  RungsPage *page = rungs_sequence_editor_get_page (RUNGS_SEQUENCE_EDITOR (widget));

  if (page != NULL)
    rungs_page_notify (page, _ ("The sequence is in the file"));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);

  rungs_canvas_output_save (widget, &(RungsCanvasOutput) {
                                        .canvas = self->canvas,
                                        .paper = paper_new (self),
                                        .title = _ ("Export the Sequence"),
                                        .proposed = _ ("sequence.pdf"),
                                        .failed = _ ("The Sequence Could Not Be Written"),
                                        .done = exported_cb,
                                    });
}

void
rungs_sequence_paper_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "flow.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "flow.export", NULL, export_action);
}
