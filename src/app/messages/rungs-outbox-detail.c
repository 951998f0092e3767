/* rungs-outbox-detail.c: all that is known of one message of the outbox,
 * and what a person decides of it. */

#include "rungs-outbox-detail.h"

#include <glib/gi18n.h>

#include "rungs-mail-view.h"
#include "rungs-outbox-words.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-facts.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-why-lines.h"

struct _RungsOutboxDetail
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkLabel *name;
  GtkLabel *state;
  GtkLabel *words;
  GtkMenuButton *why;
  GtkWidget *buttons;
  GtkWidget *sent;
  GtkWidget *retry;
  GtkButton *lead;
  GtkWidget *facts;
  GtkLabel *origin;
  RungsMailView *mail;
};

typedef enum
{
  FACT_SERVER,
  FACT_SEQUENCE,
  FACT_BROADCAST,
  FACT_KIND,
  FACT_ACCOUNT,
  FACT_DUE,
  FACT_BEGUN,
  FACT_ENDED,
  FACT_ATTEMPTS,
  FACT_MESSAGE_ID,
} FactKey;

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
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WHY_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-outbox-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, state);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, words);
  gtk_widget_class_bind_template_child (widget_class, RungsOutboxDetail, why);
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

static char *
time_words (gint64 instant)
{
  return instant != 0 ? rungs_display_time (instant) : NULL;
}

static void
show_facts (RungsOutboxDetail    *self,
            const RungsOutboxRow *row)
{
  g_autoptr (GPtrArray) facts = rungs_facts_new ();

  rungs_facts_add (facts, FACT_SERVER, _ ("Server"),
                   g_strdup (rungs_error_stored_words (row->reply)));
  rungs_facts_add (facts, FACT_SEQUENCE, _ ("Sequence"), g_strdup (row->sequence_name));
  rungs_facts_add (facts, FACT_BROADCAST, _ ("Broadcast"), g_strdup (row->broadcast_name));
  rungs_facts_add (facts, FACT_KIND, _ ("Kind"),
                   g_strdup (row->marketing ? _ ("Marketing") : _ ("Transactional")));
  rungs_facts_add (facts, FACT_ACCOUNT, _ ("Account"), g_strdup (row->account_name));
  rungs_facts_add (facts, FACT_DUE, _ ("Due"), time_words (row->due_at));
  rungs_facts_add (facts, FACT_BEGUN, _ ("Begun"), time_words (row->claimed_at));
  rungs_facts_add (facts, FACT_ENDED, _ ("Ended"), time_words (row->ended_at));
  rungs_facts_add (facts, FACT_ATTEMPTS, _ ("Attempts"),
                   row->attempts > 0 ? rungs_display_number (row->attempts) : NULL);
  rungs_facts_add (facts, FACT_MESSAGE_ID, _ ("Message-ID"), g_strdup (row->message_id));
  rungs_facts_show (self->facts, facts);
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
  rungs_why_lines_show (RUNGS_WHY_POPOVER (gtk_menu_button_get_popover (self->why)),
                        rungs_outbox_state_words (row->state), details->why->lines);
  show_facts (self, row);
  show_mail (self, details);
}
