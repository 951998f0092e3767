/* rungs-outbox-detail.c: all that is known of one message of the outbox,
 * and what a person decides of it. */

#include "rungs-outbox-detail.h"

#include <glib/gi18n.h>

#include "rungs-mail-view.h"
#include "rungs-outbox-words.h"
#include "widgets/rungs-display.h"

struct _RungsOutboxDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *words;
  GtkWidget *buttons;
  GtkWidget *sent;
  GtkWidget *retry;
  GtkButton *lead;
  GtkGrid *facts;
  GtkLabel *origin;
  RungsMailView *mail;
};

G_DEFINE_FINAL_TYPE (RungsOutboxDetail, rungs_outbox_detail, GTK_TYPE_WIDGET)

static void
rungs_outbox_detail_dispose (GObject *object)
{
  g_clear_pointer (&RUNGS_OUTBOX_DETAIL (object)->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_outbox_detail_parent_class)->dispose (object);
}

static void
rungs_outbox_detail_class_init (RungsOutboxDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_outbox_detail_dispose;

  g_type_ensure (RUNGS_TYPE_MAIL_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-outbox-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, words);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, buttons);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, sent);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, retry);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, lead);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, origin);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, mail);
}

static void
rungs_outbox_detail_init (RungsOutboxDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A line of the facts; nothing where there is no text. */
static void
add_fact (RungsOutboxDetail *self,
          int               *row,
          const char        *name,
          const char        *text)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  GtkWidget *title, *value;

  if (text == NULL || *text == '\0')
    return;
  title = gtk_label_new (name);
  value = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (title), 1);
  gtk_label_set_yalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_selectable (GTK_LABEL (value), TRUE);
  /* a hyphen that is not there would be read as part of an address */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  gtk_label_set_attributes (GTK_LABEL (value), attributes);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->facts, title, 0, *row, 1, 1);
  gtk_grid_attach (self->facts, value, 1, (*row)++, 1, 1);
}

static void
add_time (RungsOutboxDetail *self,
          int               *row,
          const char        *name,
          gint64             instant)
{
  g_autofree char *text = instant != 0 ? rungs_display_time (instant) : NULL;

  add_fact (self, row, name, text);
}

static void
show_facts (RungsOutboxDetail    *self,
            const RungsOutboxRow *row)
{
  g_autofree char *attempts = row->attempts > 0 ? rungs_display_number (row->attempts) : NULL;
  GtkWidget *child;
  int line = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->facts))) != NULL)
    gtk_grid_remove (self->facts, child);
  add_fact (self, &line, _ ("Server"), row->reply);
  add_fact (self, &line, _ ("Sequence"), row->sequence_name);
  add_fact (self, &line, _ ("Kind"), row->marketing ? _ ("Marketing") : _ ("Transactional"));
  add_fact (self, &line, _ ("Account"), row->account_name);
  add_time (self, &line, _ ("Due"), row->due_at);
  add_time (self, &line, _ ("Begun"), row->claimed_at);
  add_time (self, &line, _ ("Ended"), row->ended_at);
  add_fact (self, &line, _ ("Attempts"), attempts);
  add_fact (self, &line, _ ("Message-ID"), row->message_id);
}

/* Where what is shown comes from. */
static const char *
origin_words (const RungsOutboxDetails *details)
{
  switch (details->origin)
    {
    case RUNGS_OUTBOX_MAIL_WRITTEN:
      return _ ("As it was written to the practice folder");
    case RUNGS_OUTBOX_MAIL_RECORDED:
      return _ ("Made again from the text that was used; what is known of the lead may have"
                " changed");
    case RUNGS_OUTBOX_MAIL_PLANNED:
    default:
      return details->row->state == RUNGS_OUTBOX_PLANNED ? _ ("As it would leave now")
                                                         : _ ("As it would have left");
    }
}

static void
show_mail (RungsOutboxDetail        *self,
           const RungsOutboxDetails *details)
{
  gtk_label_set_label (self->origin, origin_words (details));
  gtk_widget_set_visible (GTK_WIDGET (self->origin), details->mail != NULL);
  if (details->mail != NULL)
    rungs_mail_view_show (self->mail, details->mail);
  else
    rungs_mail_view_show_trouble (self->mail, details->trouble);
}

void
rungs_outbox_detail_show (RungsOutboxDetail        *self,
                          const RungsOutboxDetails *details)
{
  const RungsOutboxRow *row = details->row;
  g_autofree char *words = rungs_outbox_row_words (row);
  const char *style = rungs_outbox_state_style (row->state);
  gboolean doubt = row->state == RUNGS_OUTBOX_DOUBT;
  const char *const classes[] = { "state-chip", style, NULL };

  g_return_if_fail (RUNGS_IS_OUTBOX_DETAIL (self));

  gtk_label_set_label (self->name, row->message_name);
  gtk_label_set_label (self->state, rungs_outbox_state_words (row->state));
  gtk_widget_set_css_classes (GTK_WIDGET (self->state), (const char **) classes);
  gtk_label_set_label (self->words, words);
  gtk_button_set_label (self->lead, *row->lead_name ? row->lead_name : row->email);
  gtk_widget_set_visible (self->buttons, doubt || row->state == RUNGS_OUTBOX_FAILED);
  gtk_widget_set_visible (self->sent, doubt);
  show_facts (self, row);
  show_mail (self, details);
}
