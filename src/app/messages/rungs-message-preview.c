/* rungs-message-preview.c: a message as a lead reads it. */

#include "rungs-message-preview.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rungs-proof-view.h"
#include "widgets/rungs-drop-down.h"
#include "widgets/rungs-web-pane.h"

#define DESKTOP_WIDTH 680
#define PHONE_WIDTH 375

struct _RungsMessagePreview
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkDropDown *readers;
  GtkToggleButton *desktop;
  GtkToggleButton *phone;
  GtkToggleButton *text;
  GtkToggleButton *dark;
  RungsProofView *proof;
  GtkWidget *scroller; /* of the proof */
  RungsWebPane *pane;

  GArray *leads; /* (owned): the ids of the drop-down, after the invented one */
  char *html;    /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (RungsMessagePreview, rungs_message_preview, GTK_TYPE_WIDGET)

static guint reader_changed_signal;

/* ---- what is shown */

static gboolean
is_text (RungsMessagePreview *self)
{
  return gtk_toggle_button_get_active (self->text) || !rungs_web_pane_can_draw (self->pane);
}

static void
show_page (RungsMessagePreview *self)
{
  gboolean as_text = is_text (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->dark), !as_text);
  rungs_proof_view_set_has_text (self->proof, as_text);
  gtk_widget_set_vexpand (self->scroller, as_text);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller),
                                              as_text ? -1 : 130);
  rungs_web_pane_show (self->pane, as_text ? NULL : self->html,
                       gtk_toggle_button_get_active (self->dark),
                       gtk_toggle_button_get_active (self->phone) ? PHONE_WIDTH : DESKTOP_WIDTH);
}

void
rungs_message_preview_show (RungsMessagePreview *self,
                            RungsMessageProof   *proof)
{
  g_return_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self));
  g_return_if_fail (proof != NULL);

  rungs_proof_view_show (self->proof, proof);
  g_free (self->html);
  self->html = g_strdup (proof->content.html);
  show_page (self);
}

void
rungs_message_preview_show_findings (RungsMessagePreview *self,
                                     GPtrArray           *findings)
{
  g_return_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self));

  rungs_proof_view_show_findings (self->proof, findings);
}

void
rungs_message_preview_show_trouble (RungsMessagePreview *self,
                                    const char          *words)
{
  g_return_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self));

  rungs_proof_view_show_trouble (self->proof, words);
  g_clear_pointer (&self->html, g_free);
  show_page (self);
}

gboolean
rungs_message_preview_is_drawn (RungsMessagePreview *self)
{
  g_return_val_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self), FALSE);

  return self->html != NULL && !is_text (self);
}

static void
settled_cb (RungsMessagePreview *self)
{
  if (!rungs_web_pane_can_draw (self->pane))
    {
      gtk_toggle_button_set_active (self->text, TRUE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->desktop), FALSE);
      gtk_widget_set_sensitive (GTK_WIDGET (self->phone), FALSE);
      rungs_web_pane_say (
        self->pane,
        _ ("Only the text can be shown: WebKit, which draws mails, does not run here."));
    }
  show_page (self);
}

/* ---- who reads it */

static void
reader_changed_cb (RungsMessagePreview *self)
{
  g_signal_emit (self, reader_changed_signal, 0);
}

void
rungs_message_preview_set_readers (RungsMessagePreview *self,
                                   GPtrArray           *readers)
{
  GtkStringList *names;

  g_return_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self));
  g_return_if_fail (readers != NULL);

  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->readers));
  for (guint i = 0; i < readers->len; i++)
    {
      const RungsMessageReader *reader = g_ptr_array_index (readers, i);

      g_array_append_val (self->leads, reader->id);
      gtk_string_list_append (names, reader->name);
    }
  if (readers->len > 0 && gtk_drop_down_get_selected (self->readers) == 0)
    gtk_drop_down_set_selected (self->readers, 1);
}

gint64
rungs_message_preview_get_reader (RungsMessagePreview *self)
{
  guint selected;

  g_return_val_if_fail (RUNGS_IS_MESSAGE_PREVIEW (self), 0);

  selected = gtk_drop_down_get_selected (self->readers);
  return selected > 0 && selected <= self->leads->len
           ? g_array_index (self->leads, gint64, selected - 1)
           : 0;
}

/* ---- the class */

static void
rungs_message_preview_dispose (GObject *object)
{
  RungsMessagePreview *self = RUNGS_MESSAGE_PREVIEW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_message_preview_parent_class)->dispose (object);
}

static void
rungs_message_preview_finalize (GObject *object)
{
  RungsMessagePreview *self = RUNGS_MESSAGE_PREVIEW (object);

  g_array_unref (self->leads);
  g_free (self->html);
  G_OBJECT_CLASS (rungs_message_preview_parent_class)->finalize (object);
}

static void
rungs_message_preview_class_init (RungsMessagePreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_message_preview_dispose;
  G_OBJECT_CLASS (klass)->finalize = rungs_message_preview_finalize;
  g_type_ensure (RUNGS_TYPE_PROOF_VIEW);
  g_type_ensure (RUNGS_TYPE_WEB_PANE);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/messages/rungs-message-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, box);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, readers);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, desktop);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, phone);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, text);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, dark);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, proof);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagePreview, pane);
  gtk_widget_class_bind_template_callback (widget_class, reader_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, settled_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_page);
  reader_changed_signal = g_signal_new ("reader-changed", RUNGS_TYPE_MESSAGE_PREVIEW,
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rungs_message_preview_init (RungsMessagePreview *self)
{
  self->leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_drop_down_set_label (self->readers, _ ("Read as"));
}
