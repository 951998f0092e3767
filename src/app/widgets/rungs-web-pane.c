/* rungs-web-pane.c: a page of HTML as others will see it. */

#include "rungs-web-pane.h"

#include "compat/rungs-web-sheet.h"

struct _RungsWebPane
{
  GtkWidget parent_instance;

  GtkWidget *status;
  GtkWidget *sheet; /* (nullable) a RungsWebSheet; until it is known that it can be */
};

G_DEFINE_FINAL_TYPE (RungsWebPane, rungs_web_pane, GTK_TYPE_WIDGET)

static guint settled_signal;

static void
failed_cb (RungsWebPane *self)
{
  g_clear_pointer (&self->sheet, gtk_widget_unparent);
  g_signal_emit (self, settled_signal, 0);
}

static void
pointed_cb (RungsWebPane *self,
            const char   *address)
{
  rungs_web_pane_say (self, address);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsWebPane) self = data;
  gboolean can = rungs_web_sheet_probe_finish (result, NULL);

  /* it was let go of meanwhile */
  if (gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    return;
  if (can)
    {
      self->sheet = rungs_web_sheet_new ();
      gtk_widget_set_vexpand (self->sheet, TRUE);
      g_signal_connect_object (self->sheet, "pointed", G_CALLBACK (pointed_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->sheet, "failed", G_CALLBACK (failed_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_widget_insert_after (self->sheet, GTK_WIDGET (self), NULL);
    }
  g_signal_emit (self, settled_signal, 0);
}

static void
rungs_web_pane_dispose (GObject *object)
{
  RungsWebPane *self = RUNGS_WEB_PANE (object);

  g_clear_pointer (&self->sheet, gtk_widget_unparent);
  g_clear_pointer (&self->status, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_web_pane_parent_class)->dispose (object);
}

static void
rungs_web_pane_class_init (RungsWebPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_web_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/widgets/rungs-web-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsWebPane, status);
  settled_signal = g_signal_new ("settled", RUNGS_TYPE_WEB_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
rungs_web_pane_init (RungsWebPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_web_sheet_probe_async (NULL, probed_cb, g_object_ref (self));
}

gboolean
rungs_web_pane_can_draw (RungsWebPane *self)
{
  g_return_val_if_fail (RUNGS_IS_WEB_PANE (self), FALSE);

  return self->sheet != NULL;
}

void
rungs_web_pane_show (RungsWebPane *self,
                     const char   *html,
                     gboolean      is_dark,
                     int           width)
{
  g_return_if_fail (RUNGS_IS_WEB_PANE (self));

  if (self->sheet == NULL)
    return;
  gtk_widget_set_visible (self->sheet, html != NULL);
  if (html != NULL)
    rungs_web_sheet_show (RUNGS_WEB_SHEET (self->sheet), html, is_dark, width);
}

void
rungs_web_pane_say (RungsWebPane *self,
                    const char   *words)
{
  g_return_if_fail (RUNGS_IS_WEB_PANE (self));

  gtk_label_set_label (GTK_LABEL (self->status), words != NULL ? words : "");
  gtk_widget_set_visible (self->status, words != NULL);
}
