/* rungs-sequence-paper.c: a sequence on paper and in a file. */

#include "rungs-sequence-editor-private.h"

#include <glib/gi18n.h>

#include "compat/rungs-file-chooser.h"
#include "widgets/rungs-canvas-export.h"
#include "widgets/rungs-error-words.h"

static RungsCanvasPaper *
paper_new (RungsSequenceEditor *self)
{
  const char *name = rungs_sequence_document_get_graph (self->document)->name;

  return rungs_canvas_paper_new (name, gtk_label_get_label (self->sells));
}

static void
printed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsSequenceEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (!rungs_canvas_print_finish (RUNGS_CANVAS (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Printed"), error);
}

static void
print_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsSequenceEditor *self = RUNGS_SEQUENCE_EDITOR (widget);

  rungs_canvas_print_async (self->canvas, paper_new (self), printed_cb, g_object_ref (self));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (RungsSequenceEditor) self = data;
  g_autoptr (GError) error = NULL;

  if (!rungs_canvas_export_finish (RUNGS_CANVAS (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Sequence Could Not Be Written"), error);
  else if (error == NULL && rungs_sequence_editor_get_page (self) != NULL)
    rungs_page_notify (rungs_sequence_editor_get_page (self), _ ("The sequence is in the file"));
}

static void
chosen_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsSequenceEditor) self = data;
  g_autoptr (GFile) file = rungs_file_chooser_finish (result);

  if (file != NULL && self->document != NULL)
    rungs_canvas_export_async (self->canvas, file, paper_new (self), NULL, exported_cb,
                               g_object_ref (self));
}

static void
export_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  rungs_file_chooser_save_async (GTK_WINDOW (gtk_widget_get_root (widget)),
                                 _ ("Export the Sequence"), _ ("sequence.pdf"), NULL, chosen_cb,
                                 g_object_ref (widget));
}

void
rungs_sequence_paper_install (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "flow.print", NULL, print_action);
  gtk_widget_class_install_action (klass, "flow.export", NULL, export_action);
}
