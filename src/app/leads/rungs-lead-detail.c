/* rungs-lead-detail.c: what is known of one lead, and what can be done about it. */

#include "rungs-coupon-give.h"
#include "rungs-lead-detail.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "leads/rungs-note-store.h"
#include "leads/rungs-tag-store.h"
#include "process/rungs-notice-store.h"
#include "rungs-lead-facts.h"
#include "rungs-lead-prompts.h"
#include "rungs-lead-score.h"
#include "rungs-lead-sections.h"
#include "rungs-lead-timeline.h"
#include "rungs-lead-view.h"
#include "rungs-lead-work.h"
#include "rungs-note-dialog.h"
#include "rungs-order-dialog.h"
#include "rungs-page.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-rows.h"
#include "widgets/rungs-why-popover.h"

/* Further events are read when this many pixels of them are left below what is seen. */
#define AHEAD 600

struct _RungsLeadDetail
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkLabel *fault;
  GtkWidget *sections;
  GtkLabel *name;
  GtkWidget *copy_button;
  RungsLeadFact *email;
  GtkLabel *contact;
  RungsLeadLine *partner;
  RungsLeadFacts *first_facts;
  RungsLeadFacts *facts;
  RungsLeadScore *score;
  GtkWidget *latest_section;
  GtkWidget *latest;
  GtkWidget *owned;
  GtkWidget *nothing_owned;
  RungsLeadLine *next;
  GtkMenuButton *why;
  GtkWidget *sequences;
  GtkWidget *orders;
  RungsLeadLine *consent;
  GtkButton *consent_button;
  GtkWidget *evidence;         /* what was said so far, folded */
  GtkWidget *consents;
  GtkWidget *sources;
  GtkWidget *no_source;
  GtkWidget *obstacles;
  GtkWidget *tags;
  RungsLeadTimeline *timeline;

  RungsStore *store;         /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of what is being read */
  RungsLeadView *view;       /* (owned) (nullable): what is shown */
  gint64 lead;               /* 0: none */
};

G_DEFINE_FINAL_TYPE (RungsLeadDetail, rungs_lead_detail, GTK_TYPE_WIDGET)

/* ---- showing */

static void
show_view (RungsLeadDetail *self)
{
  const RungsLeadView *view = self->view;
  g_autofree char *name = rungs_lead_dup_name (view->lead);

  gtk_label_set_label (self->name, *name != '\0' ? name : _ ("Nameless"));
  rungs_lead_sections_show_email (self->email, view);
  gtk_widget_set_visible (self->copy_button, view->lead->email != NULL);
  rungs_lead_sections_show_contact (self->contact, view);
  rungs_lead_sections_show_partner (self->partner, view);
  rungs_lead_facts_show (self->first_facts, view);
  rungs_lead_facts_show (self->facts, view);
  rungs_lead_score_show (self->score, self->store, view->lead);
  rungs_lead_timeline_show_rows (self->latest, view->latest->rows);
  gtk_widget_set_visible (self->latest_section, view->latest->rows->len > 0);
  rungs_lead_sections_show_owned (self->owned, view);
  gtk_widget_set_visible (self->nothing_owned, view->owned->len == 0);
  rungs_lead_sections_show_next (self->next, self->why, view);
  rungs_lead_sections_show_sequences (self->sequences, view);
  rungs_lead_sections_show_orders (self->orders, view);
  rungs_lead_sections_show_consent (self->consent, self->consent_button, view);
  rungs_lead_sections_show_obstacles (self->obstacles, view);
  rungs_lead_evidence_show_consents (self->consents, view->evidence);
  gtk_widget_set_visible (self->evidence, view->evidence->consents->len > 0);
  rungs_lead_evidence_show_touches (self->sources, view->evidence);
  gtk_widget_set_visible (self->no_source, view->evidence->touches->len == 0);
  rungs_lead_sections_show_tags (self->tags, view);
  gtk_widget_set_visible (self->sections, TRUE);
}

static void
show_fault (RungsLeadDetail *self,
            const GError    *error)
{
  g_autofree char *words = error != NULL ? rungs_error_words (error) : NULL;

  gtk_label_set_label (self->fault, words ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fault), words != NULL);
}

/* On the store's writing thread. */
static gpointer
see_lead (RungsDb       *db,
          gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  return GINT_TO_POINTER (rungs_notice_see (db, *(gint64 *) data, rungs_display_now (), error));
}

/* Who is new was looked at now. Where that cannot be written down it is the next time. */
static void
mark_seen (RungsLeadDetail *self)
{
  if (self->view->is_unseen && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rungs_store_write_async (self->store, see_lead, g_memdup2 (&self->lead, sizeof self->lead),
                             g_free, NULL, NULL, NULL, NULL);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsLeadDetail) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsLeadView) view = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  gboolean other;

  if (self->scroller == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_BUSY))
    return;
  show_fault (self, error);
  if (view == NULL || view->lead->id != self->lead)
    return;
  other = self->view == NULL || self->view->lead->id != view->lead->id;
  g_clear_pointer (&self->view, rungs_lead_view_free);
  self->view = g_steal_pointer (&view);
  show_view (self);
  mark_seen (self);
  if (other)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
rungs_lead_detail_refresh (RungsLeadDetail *self)
{
  g_return_if_fail (RUNGS_IS_LEAD_DETAIL (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->store == NULL || self->lead == 0)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, rungs_lead_view_load,
                          g_memdup2 (&self->lead, sizeof self->lead), g_free,
                          (GDestroyNotify) rungs_lead_view_free, self->cancellable, loaded_cb,
                          g_object_ref (self));
  rungs_lead_timeline_refresh (self->timeline);
}

/* ---- doing */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsLeadDetail) self = data;
  g_autoptr (GError) error = NULL;

  rungs_store_write_finish (RUNGS_STORE (source), result, &error);
  if (error != NULL && gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Lead Could Not Be Changed"), error);
}

static void
write_work (RungsLeadDetail *self,
            RungsStoreFunc   func,
            RungsLeadWork   *work)
{
  rungs_store_write_async (self->store, func, work, (GDestroyNotify) rungs_lead_work_free, NULL,
                           NULL, written_cb, g_object_ref (self));
}

static void
copy_email_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  GtkWidget *page = gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE);

  if (self->view == NULL || self->view->lead->email == NULL)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), self->view->lead->email);
  if (page != NULL)
    rungs_page_notify (RUNGS_PAGE (page), _ ("The e-mail address was copied"));
}

static void
show_again_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);

  if (self->view != NULL)
    show_view (self);
}

static void
open_partner_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  g_autofree char *target
      = g_strdup_printf ("partners:%" G_GINT64_FORMAT, g_variant_get_int64 (parameter));

  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "partners", target);
}

/* A new note, call or meeting. */
static void
open_note (RungsLeadDetail *self,
           RungsNoteKind    kind)
{
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);
  g_autoptr (RungsNote) note = rungs_note_new (self->lead, kind, rungs_display_now ());

  if (self->lead != 0 && page != NULL)
    rungs_note_dialog_open (RUNGS_PAGE (page), note);
}

static void
note_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_note (RUNGS_LEAD_DETAIL (widget), RUNGS_NOTE);
}

static void
call_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  open_note (RUNGS_LEAD_DETAIL (widget), RUNGS_NOTE_CALL);
}

static void
meeting_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  open_note (RUNGS_LEAD_DETAIL (widget), RUNGS_NOTE_MEETING);
}

/* Of a note that was read to be edited. */
static void
note_read_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      data)
{
  g_autoptr (RungsLeadDetail) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsNote) note = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkWidget *page = gtk_widget_get_ancestor (GTK_WIDGET (self), RUNGS_TYPE_PAGE);

  if (page == NULL || gtk_widget_get_root (page) == NULL)
    return;
  if (note != NULL)
    rungs_note_dialog_open (RUNGS_PAGE (page), note);
  else
    rungs_error_tell (page, _ ("It Could Not Be Read"), error);
}

static gpointer
read_note (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  return rungs_note_load (db, *(gint64 *) data, error);
}

static void
edit_note_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  gint64 id = g_variant_get_int64 (parameter);

  rungs_store_read_async (self->store, read_note, g_memdup2 (&id, sizeof id), g_free,
                          (GDestroyNotify) rungs_note_free, NULL, note_read_cb,
                          g_object_ref (self));
}

static void
consent_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);

  if (self->lead != 0)
    rungs_lead_prompt_consent (widget, self->store, self->lead);
}

static void
withdraw_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);

  if (self->lead != 0)
    rungs_lead_prompt_withdrawal (widget, self->store, self->lead);
}

static void
order_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  const RungsNextOffer *next = self->view != NULL ? self->view->next : NULL;

  if (self->lead != 0)
    rungs_order_dialog_open (widget, self->store, self->lead, next != NULL ? next->product : 0);
}

static void
give_coupon_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  GtkWidget *page = gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE);

  if (self->lead != 0 && page != NULL)
    rungs_coupon_give_open (RUNGS_PAGE (page), self->lead);
}

static void
refund_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  gint64 id = g_variant_get_int64 (parameter);

  for (guint i = 0; self->view != NULL && i < self->view->orders->len; i++)
    {
      const RungsOrder *order = g_ptr_array_index (self->view->orders, i);

      if (order->id == id)
        rungs_lead_prompt_refund (widget, self->store, order);
    }
}

static const char *
tag_name (RungsLeadDetail *self,
          gint64           id)
{
  for (guint i = 0; self->view != NULL && i < self->view->tags->len; i++)
    {
      const RungsTag *tag = g_ptr_array_index (self->view->tags, i);

      if (tag->id == id)
        return tag->name;
    }
  return "";
}

/* A work on one tag of the lead: `func` is told its name. */
static RungsPageWork
tag_work (RungsLeadDetail *self,
          RungsStoreFunc   func,
          gint64           tag)
{
  return (RungsPageWork) {
    .func = func,
    .data = rungs_lead_work_new_for_one (self->lead, tag, tag_name (self, tag)),
    .data_free = (GDestroyNotify) rungs_lead_work_free,
    .failed = _ ("The Lead Could Not Be Changed"),
  };
}

static void
remove_tag_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  GtkWidget *page = gtk_widget_get_ancestor (widget, RUNGS_TYPE_PAGE);
  gint64 tag = g_variant_get_int64 (parameter);
  g_autofree char *done
      = g_strdup_printf (_ ("The tag “%s” was taken away"), tag_name (self, tag));
  RungsPageWork work = tag_work (self, rungs_lead_work_remove_tag, tag);
  const RungsPageWork undo = tag_work (self, rungs_lead_work_add_tag, tag);

  work.done = done;
  rungs_page_do (RUNGS_PAGE (page), &work, &undo);
}

/* A question about stopping. */
typedef struct
{
  RungsLeadDetail *detail; /* (owned) */
  gint64 lead;
  gint64 sequence;
} Stop;

static void
stop_answered_cb (gboolean agreed,
                  gpointer data)
{
  g_autofree Stop *stop = data;
  g_autoptr (RungsLeadDetail) self = stop->detail;

  if (agreed)
    write_work (self, rungs_lead_work_stop,
                rungs_lead_work_new_for_one (stop->lead, stop->sequence, NULL));
}

static void
stop_sequence_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  Stop *stop = g_new0 (Stop, 1);

  stop->detail = g_object_ref (self);
  stop->lead = self->lead;
  stop->sequence = g_variant_get_int64 (parameter);
  rungs_question_ask (
    widget, _ ("Stop the Sequence?"),
    _ ("This lead leaves it now, and messages of it that wait are not sent. It can be added"
       " again, and then begins from the first step."),
    _ ("_Stop"), RUNGS_QUESTION_DESTRUCTIVE, stop_answered_cb, stop);
}

/* Scrolls to all that happened: after the focus, which scrolls too, from where it was. */
static void
timeline_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (widget);
  GtkWidget *section = gtk_widget_get_parent (GTK_WIDGET (self->timeline));
  graphene_rect_t bounds;

  gtk_widget_grab_focus (GTK_WIDGET (self->timeline));
  if (gtk_widget_compute_bounds (section, self->sections, &bounds))
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller),
                              bounds.origin.y);
}

static void
scrolled_cb (RungsLeadDetail *self,
             GtkAdjustment   *adjustment)
{
  double left = gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
                - gtk_adjustment_get_page_size (adjustment);

  if (gtk_adjustment_get_value (adjustment) > 0 && left < AHEAD)
    rungs_lead_timeline_go_on (self->timeline);
}

/* ---- the class */

static void
rungs_lead_detail_dispose (GObject *object)
{
  RungsLeadDetail *self = RUNGS_LEAD_DETAIL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->scroller != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->scroller));
  self->scroller = NULL;
  g_clear_object (&self->store);
  g_clear_pointer (&self->view, rungs_lead_view_free);
  G_OBJECT_CLASS (rungs_lead_detail_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RUNGS_TYPE_LEAD_FACT);
  g_type_ensure (RUNGS_TYPE_LEAD_FACTS);
  g_type_ensure (RUNGS_TYPE_LEAD_LINE);
  g_type_ensure (RUNGS_TYPE_LEAD_SCORE);
  g_type_ensure (RUNGS_TYPE_LEAD_TIMELINE);
  g_type_ensure (RUNGS_TYPE_ROWS);
  g_type_ensure (RUNGS_TYPE_WHY_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/leads/rungs-lead-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, scroller);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, fault);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, sections);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, name);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, copy_button);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, email);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, contact);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, partner);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, first_facts);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, facts);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, score);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, latest_section);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, latest);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, owned);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, nothing_owned);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, next);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, why);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, sequences);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, orders);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, consent);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, consent_button);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, evidence);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, consents);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, sources);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, no_source);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, obstacles);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, tags);
  gtk_widget_class_bind_template_child (widget_class, RungsLeadDetail, timeline);
}

static void
rungs_lead_detail_class_init (RungsLeadDetailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_lead_detail_dispose;

  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "lead.copy-email", NULL, copy_email_action);
  gtk_widget_class_install_action (widget_class, "lead.open-partner", "x", open_partner_action);
  gtk_widget_class_install_action (widget_class, "lead.note", NULL, note_action);
  gtk_widget_class_install_action (widget_class, "lead.consent", NULL, consent_action);
  gtk_widget_class_install_action (widget_class, "lead.withdraw", NULL, withdraw_action);
  gtk_widget_class_install_action (widget_class, "lead.order", NULL, order_action);
  gtk_widget_class_install_action (widget_class, "lead.give-coupon", NULL, give_coupon_action);
  gtk_widget_class_install_action (widget_class, "lead.refund", "x", refund_action);
  gtk_widget_class_install_action (widget_class, "lead.remove-tag", "x", remove_tag_action);
  gtk_widget_class_install_action (widget_class, "lead.stop-sequence", "x", stop_sequence_action);
  gtk_widget_class_install_action (widget_class, "lead.show-again", NULL, show_again_action);
  gtk_widget_class_install_action (widget_class, "lead.call", NULL, call_action);
  gtk_widget_class_install_action (widget_class, "lead.meeting", NULL, meeting_action);
  gtk_widget_class_install_action (widget_class, "lead.edit-note", "x", edit_note_action);
  gtk_widget_class_install_action (widget_class, "lead.timeline", NULL, timeline_action);
}

static void
rungs_lead_detail_init (RungsLeadDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

void
rungs_lead_detail_set_store (RungsLeadDetail *self,
                             RungsStore      *store)
{
  g_return_if_fail (RUNGS_IS_LEAD_DETAIL (self));

  g_set_object (&self->store, store);
  rungs_lead_timeline_set_store (self->timeline, store);
}

void
rungs_lead_detail_set_lead (RungsLeadDetail *self,
                            gint64           lead)
{
  g_return_if_fail (RUNGS_IS_LEAD_DETAIL (self));

  if (self->lead == lead)
    return;
  self->lead = lead;
  rungs_lead_timeline_set_lead (self->timeline, lead);
  rungs_lead_detail_refresh (self);
}
