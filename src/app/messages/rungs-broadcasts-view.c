/* rungs-broadcasts-view.c: the broadcasts, with how far each has got and what came of it. */

#include "rungs-broadcasts-view.h"

#include <glib/gi18n.h>
#include <string.h>

#include "compat/rungs-question.h"
#include "rungs-broadcast-detail.h"
#include "rungs-broadcast-dialog.h"
#include "rungs-broadcast-rows.h"
#include "rungs-broadcast-send.h"
#include "rungs-row-details.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"

struct _RungsBroadcastsView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  RungsBroadcastDetail *detail;

  RungsPage *page;          /* (unowned) (nullable): the one it stands in */
  RungsRowDetails *details; /* (owned) (nullable): a RungsBroadcastDetails */
};

G_DEFINE_FINAL_TYPE (RungsBroadcastsView, rungs_broadcasts_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsBroadcastsViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsBroadcastsView *self = data;

  return rungs_browser_query_new (browser, rungs_page_get_search_text (self->page));
}

static void
n_rows_changed_cb (RungsBroadcastsView *self)
{
  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

/* ---- the details of the selected row */

static RungsBroadcastDetails *
details_of (RungsBroadcastsView *self)
{
  return self->details != NULL ? rungs_row_details_get (self->details) : NULL;
}

static void
show_details (RungsBroadcastsView *self)
{
  RungsBroadcastDetails *details = details_of (self);

  if (details != NULL)
    rungs_broadcast_detail_show (self->detail, details);
}

static const RungsBroadcast *
broadcast_of (RungsBroadcastsView *self)
{
  RungsBroadcastDetails *details = details_of (self);

  return details != NULL ? details->row->broadcast : NULL;
}

/* ---- what can be done */

/* A deed on the selected one. */
static RungsPageWork
work_of (const RungsBroadcast *broadcast,
         RungsStoreFunc        func,
         const char           *done)
{
  return (RungsPageWork) { .func = func,
                           .data = g_memdup2 (&broadcast->id, sizeof broadcast->id),
                           .data_free = g_free,
                           .result_free = g_free,
                           .done = done,
                           .failed = _ ("The Broadcast Could Not Be Changed") };
}

static void
send_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);

  if (broadcast_of (self) != NULL)
    rungs_broadcast_send_open (self->page, broadcast_of (self));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  const RungsBroadcast *broadcast = broadcast_of (self);

  if (broadcast != NULL && broadcast->state == RUNGS_BROADCAST_DRAFT)
    rungs_broadcast_dialog_open (self->page, broadcast);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  const RungsBroadcast *broadcast = broadcast_of (self);
  RungsBroadcast *again;
  RungsPageWork work;
  RungsPageWork undo = { .func = rungs_broadcast_do_save,
                         .data_free = (GDestroyNotify) rungs_broadcast_free,
                         .result_free = g_free,
                         .failed = _ ("The Broadcast Could Not Be Put Back") };

  if (broadcast == NULL || broadcast->state != RUNGS_BROADCAST_DRAFT)
    return;
  work = work_of (broadcast, rungs_broadcast_do_remove, _ ("The broadcast was deleted"));
  again = rungs_broadcast_copy (broadcast);
  again->id = 0;
  undo.data = again;
  rungs_page_do (self->page, &work, &undo);
}

static void
unsend_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  RungsPageWork work;

  if (broadcast_of (self) == NULL)
    return;
  work = work_of (broadcast_of (self), rungs_broadcast_do_unsend,
                  _ ("The broadcast is a draft again: nothing left"));
  rungs_page_do (self->page, &work, NULL);
}

static void
pause_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  RungsPageWork work, undo;

  if (broadcast_of (self) == NULL)
    return;
  work = work_of (broadcast_of (self), rungs_broadcast_do_pause, _ ("The broadcast stands still"));
  undo = work_of (broadcast_of (self), rungs_broadcast_do_resume, NULL);
  rungs_page_do (self->page, &work, &undo);
}

static void
resume_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  RungsPageWork work, undo;

  if (broadcast_of (self) == NULL)
    return;
  work = work_of (broadcast_of (self), rungs_broadcast_do_resume, _ ("The broadcast goes on"));
  undo = work_of (broadcast_of (self), rungs_broadcast_do_pause, NULL);
  rungs_page_do (self->page, &work, &undo);
}

static void
cancel_answered_cb (gboolean agreed,
                    gpointer data)
{
  g_autoptr (RungsBroadcastsView) self = data;
  RungsPageWork work;

  if (!agreed || self->page == NULL || broadcast_of (self) == NULL)
    return;
  work = work_of (broadcast_of (self), rungs_broadcast_do_cancel,
                  _ ("The broadcast was cancelled: nothing more leaves of it"));
  rungs_page_do (self->page, &work, NULL);
}

/* Nothing can bring it back, so it is asked about. */
static void
cancel_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  const RungsBroadcast *broadcast = broadcast_of (self);
  g_autofree char *heading = NULL;

  if (broadcast == NULL)
    return;
  heading = g_strdup_printf (_ ("Cancel “%s”?"), broadcast->name);
  rungs_question_ask (widget, heading,
                      _ ("What has not left yet never will. To stop it for a while, pause it."),
                      _ ("_Cancel the Broadcast"), RUNGS_QUESTION_DESTRUCTIVE, cancel_answered_cb,
                      g_object_ref (self));
}

static void
choose_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);
  const RungsBroadcast *broadcast = broadcast_of (self);
  RungsPageWork work;

  if (broadcast == NULL)
    return;
  gint64 choice[] = { broadcast->id, g_variant_get_int64 (parameter) };

  work = work_of (broadcast, rungs_broadcast_do_choose,
                  _ ("The rest leaves with that subject"));
  g_free (work.data);
  work.data = g_memdup2 (choice, sizeof choice);
  rungs_page_do (self->page, &work, NULL);
}

static void
show_leads_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  const char *target = g_variant_get_string (parameter, NULL);
  g_autofree char *rule = *target == '{' ? g_strconcat ("rule:", target, NULL) : NULL;

  gtk_widget_activate_action (widget, "win.show-target", "(ss)", "leads",
                              rule != NULL ? rule : target);
}

static void
say_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (widget);

  if (self->page != NULL)
    rungs_page_notify (self->page, g_variant_get_string (parameter, NULL));
}

static void
activated_cb (RungsBroadcastsView *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "broadcasts.edit", NULL);
}

static void
new_action (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  rungs_broadcasts_view_begin (RUNGS_BROADCASTS_VIEW (widget));
}

/* ---- the class */

static void
rungs_broadcasts_view_dispose (GObject *object)
{
  RungsBroadcastsView *self = RUNGS_BROADCASTS_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_clear_object (&self->details);
  g_clear_weak_pointer (&self->page);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_broadcasts_view_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "broadcasts.new", NULL, new_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.send", NULL, send_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.delete", NULL, delete_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.unsend", NULL, unsend_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.pause", NULL, pause_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.resume", NULL, resume_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.cancel", NULL, cancel_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.choose", "x", choose_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.show-leads", "s", show_leads_action);
  gtk_widget_class_install_action (widget_class, "broadcasts.say", "s", say_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "broadcasts.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "broadcasts.delete", NULL);
}

static void
rungs_broadcasts_view_class_init (RungsBroadcastsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_broadcasts_view_dispose;
  install_actions (widget_class);

  signals[SIGNAL_SUMMARY_CHANGED] = g_signal_new ("summary-changed", RUNGS_TYPE_BROADCASTS_VIEW,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_BROADCAST_DETAIL);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/app/rungs/Rungs/messages/rungs-broadcasts-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastsView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsBroadcastsView, detail);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
}

static void
rungs_broadcasts_view_init (RungsBroadcastsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_broadcasts_view_set_up (RungsBroadcastsView *self,
                              RungsPage           *page)
{
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_broadcast_rows_get_columns (&n);

  g_return_if_fail (RUNGS_IS_BROADCASTS_VIEW (self));

  self->page = page;
  g_object_add_weak_pointer (G_OBJECT (page), (gpointer *) &self->page);
  rungs_browser_set_up (self->browser, "broadcasts", rungs_page_get_store (page),
                        rungs_broadcast_rows_get_source (), columns, n, make_query, self);
  self->details = rungs_row_details_new (page, self->browser, rungs_broadcast_details_load,
                                         (GDestroyNotify) rungs_broadcast_details_free);
  g_signal_connect_object (self->details, "changed", G_CALLBACK (show_details), self,
                           G_CONNECT_SWAPPED);
}

void
rungs_broadcasts_view_refresh (RungsBroadcastsView *self)
{
  g_return_if_fail (RUNGS_IS_BROADCASTS_VIEW (self));

  rungs_browser_refresh (self->browser);
  rungs_row_details_refresh (self->details);
}

void
rungs_broadcasts_view_search (RungsBroadcastsView *self)
{
  g_return_if_fail (RUNGS_IS_BROADCASTS_VIEW (self));

  rungs_browser_requery (self->browser, *rungs_page_get_search_text (self->page) != '\0');
}

gboolean
rungs_broadcasts_view_focus_content (RungsBroadcastsView *self)
{
  g_return_val_if_fail (RUNGS_IS_BROADCASTS_VIEW (self), FALSE);

  return rungs_browser_focus (self->browser);
}

char *
rungs_broadcasts_view_dup_summary (RungsBroadcastsView *self)
{
  guint n = rungs_browser_get_n_rows (self->browser);
  g_autofree char *number = rungs_display_number (n);

  return n > 0 ? g_strdup_printf (ngettext ("%s broadcast", "%s broadcasts", n), number) : NULL;
}

void
rungs_broadcasts_view_begin (RungsBroadcastsView *self)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_new ();

  g_return_if_fail (RUNGS_IS_BROADCASTS_VIEW (self));

  if (self->page != NULL)
    rungs_broadcast_dialog_open (self->page, broadcast);
}

void
rungs_broadcasts_view_select (RungsBroadcastsView *self,
                              gint64               broadcast)
{
  g_return_if_fail (RUNGS_IS_BROADCASTS_VIEW (self));

  rungs_browser_select (self->browser, broadcast);
}
