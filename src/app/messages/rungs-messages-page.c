/* rungs-messages-page.c: what leads are sent: the outbox, the practice folder,
 * and the messages themselves. */

#include "rungs-messages-page.h"

#include <glib/gi18n.h>

#include "rungs-broadcasts-view.h"
#include "rungs-messages-view.h"
#include "rungs-outbox-load.h"
#include "rungs-outbox-view.h"
#include "rungs-practice-view.h"

struct _RungsMessagesPage
{
  RungsPage parent_instance;

  AdwViewStack *stack;
  RungsOutboxView *outbox;
  RungsPracticeView *practice;
  RungsMessagesView *messages;
  RungsBroadcastsView *broadcasts;
};

G_DEFINE_FINAL_TYPE (RungsMessagesPage, rungs_messages_page, RUNGS_TYPE_PAGE)

static gboolean
shows (RungsMessagesPage *self,
       const char        *view)
{
  return g_strcmp0 (adw_view_stack_get_visible_child_name (self->stack), view) == 0;
}

static void
show_summary (RungsMessagesPage *self)
{
  g_autofree char *summary = NULL;

  if (rungs_page_get_store (RUNGS_PAGE (self)) == NULL)
    return;
  if (shows (self, "outbox"))
    summary = rungs_outbox_view_dup_summary (self->outbox);
  else if (shows (self, "practice"))
    summary = rungs_practice_view_dup_summary (self->practice);
  else if (shows (self, "broadcasts"))
    summary = rungs_broadcasts_view_dup_summary (self->broadcasts);
  else
    summary = rungs_messages_view_dup_summary (self->messages);
  rungs_page_set_subtitle (RUNGS_PAGE (self), summary);
  rungs_page_settle_focus (RUNGS_PAGE (self));
}

/* ---- the badge: how many messages are in doubt */

static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsMessagesPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *counts = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_parent (GTK_WIDGET (self)) == NULL)
    return;
  if (counts == NULL)
    {
      rungs_page_notify_error (RUNGS_PAGE (self), error);
      return;
    }
  rungs_outbox_view_set_counts (self->outbox, counts);
  rungs_page_set_badge (RUNGS_PAGE (self), (guint) counts[RUNGS_OUTBOX_DOUBT]);
}

static void
rungs_messages_page_refresh_badge (RungsPage *page)
{
  rungs_store_read_async (rungs_page_get_store (page), rungs_outbox_load_counts, NULL, NULL, g_free,
                          NULL, counted_cb, g_object_ref (page));
}

/* ---- the page */

static void
rungs_messages_page_refresh (RungsPage *page)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (page);

  if (shows (self, "outbox"))
    rungs_outbox_view_refresh (self->outbox);
  else if (shows (self, "practice"))
    rungs_practice_view_refresh (self->practice);
  else if (shows (self, "broadcasts"))
    rungs_broadcasts_view_refresh (self->broadcasts);
  else
    rungs_messages_view_refresh (self->messages);
}

static void
rungs_messages_page_search (RungsPage  *page,
                            const char *text)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (page);

  if (rungs_page_get_store (page) == NULL)
    return;
  if (shows (self, "outbox"))
    rungs_outbox_view_search (self->outbox);
  else if (shows (self, "practice"))
    rungs_practice_view_search (self->practice);
  else if (shows (self, "broadcasts"))
    rungs_broadcasts_view_search (self->broadcasts);
  else
    rungs_messages_view_search (self->messages);
}

static gboolean
rungs_messages_page_focus_content (RungsPage *page)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (page);

  if (shows (self, "outbox"))
    return rungs_outbox_view_focus_content (self->outbox);
  if (shows (self, "practice"))
    return rungs_practice_view_focus_content (self->practice);
  if (shows (self, "broadcasts"))
    return rungs_broadcasts_view_focus_content (self->broadcasts);
  return rungs_messages_view_focus_content (self->messages);
}

/* Another view is seen: it may be old, and may have been searched for other words. */
static void
view_changed_cb (RungsMessagesPage *self)
{
  rungs_page_set_main_action_label (RUNGS_PAGE (self), shows (self, "broadcasts")
                                                           ? _ ("_New Broadcast…")
                                                           : _ ("_New Message…"));
  rungs_messages_page_search (RUNGS_PAGE (self), NULL);
  show_summary (self);
}

static void
rungs_messages_page_main_action (RungsPage *page)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (page);

  if (rungs_page_get_store (page) == NULL)
    return;
  if (shows (self, "broadcasts"))
    {
      rungs_broadcasts_view_begin (self->broadcasts);
      return;
    }
  adw_view_stack_set_visible_child_name (self->stack, "messages");
  rungs_messages_view_begin (self->messages);
}

static void
rungs_messages_page_show_target (RungsPage  *page,
                                 const char *target)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (page);
  g_auto (GStrv) parts = g_strsplit (target, ":", 2);

  if (g_strcmp0 (parts[0], "state") == 0 && parts[1] != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, "outbox");
      rungs_page_set_search_text (page, "");
      rungs_outbox_view_set_state (self->outbox, rungs_outbox_state_from_text (parts[1]));
    }
  else if (g_strcmp0 (parts[0], "outbox") == 0 && parts[1] != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, "outbox");
      rungs_page_set_search_text (page, "");
      rungs_outbox_view_select (self->outbox, g_ascii_strtoll (parts[1], NULL, 10));
    }
  else if (g_strcmp0 (parts[0], "broadcast") == 0 && parts[1] != NULL)
    {
      adw_view_stack_set_visible_child_name (self->stack, "broadcasts");
      rungs_page_set_search_text (page, "");
      rungs_broadcasts_view_select (self->broadcasts, g_ascii_strtoll (parts[1], NULL, 10));
    }
  else if (g_strcmp0 (parts[0], "practice") == 0 || g_strcmp0 (parts[0], "messages") == 0
           || g_strcmp0 (parts[0], "broadcasts") == 0)
    adw_view_stack_set_visible_child_name (self->stack, parts[0]);
}

static void
rungs_messages_page_constructed (GObject *object)
{
  RungsMessagesPage *self = RUNGS_MESSAGES_PAGE (object);

  G_OBJECT_CLASS (rungs_messages_page_parent_class)->constructed (object);

  if (rungs_page_get_store (RUNGS_PAGE (self)) == NULL)
    return;
  rungs_outbox_view_set_up (self->outbox, RUNGS_PAGE (self));
  rungs_practice_view_set_up (self->practice, RUNGS_PAGE (self));
  rungs_messages_view_set_up (self->messages, RUNGS_PAGE (self));
  rungs_broadcasts_view_set_up (self->broadcasts, RUNGS_PAGE (self));
}

static void
rungs_messages_page_class_init (RungsMessagesPageClass *klass)
{
  static const char *const tables[] = { "outbox",    "message",        "message_version",
                                        "broadcast", "broadcast_lead", NULL };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  RungsPageClass *page_class = RUNGS_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = rungs_messages_page_constructed;
  page_class->tables = tables;
  page_class->main_action = rungs_messages_page_main_action;
  page_class->search = rungs_messages_page_search;
  page_class->focus_content = rungs_messages_page_focus_content;
  page_class->refresh = rungs_messages_page_refresh;
  page_class->refresh_badge = rungs_messages_page_refresh_badge;
  page_class->show_target = rungs_messages_page_show_target;

  g_type_ensure (RUNGS_TYPE_BROADCASTS_VIEW);
  g_type_ensure (RUNGS_TYPE_MESSAGES_VIEW);
  g_type_ensure (RUNGS_TYPE_OUTBOX_VIEW);
  g_type_ensure (RUNGS_TYPE_PRACTICE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-messages-page.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesPage, outbox);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesPage, practice);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesPage, messages);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesPage, broadcasts);
  gtk_widget_class_bind_template_callback (widget_class, view_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_summary);
}

static void
rungs_messages_page_init (RungsMessagesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
