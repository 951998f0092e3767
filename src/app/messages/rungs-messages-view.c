/* rungs-messages-view.c: the messages that sequences send. */

#include "rungs-messages-view.h"

#include <glib/gi18n.h>

#include "rungs-message-dialog.h"
#include "rungs-message-proof.h"
#include "rungs-message-rows.h"
#include "rungs-message-words.h"
#include "rungs-proof-view.h"
#include "widgets/rungs-browser-held.h"
#include "widgets/rungs-browser.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

struct _RungsMessagesView
{
  GtkWidget parent_instance;

  RungsBrowser *browser;
  GMenuModel *row_menu;
  GtkLabel *name;
  GtkLabel *kind;
  GtkLabel *purpose;
  GtkLabel *value;
  RungsProofView *proof;

  RungsPage *page;           /* (nullable): the one it stands in */
  GCancellable *cancellable; /* (owned) (nullable): of the message that is being read */
};

G_DEFINE_FINAL_TYPE (RungsMessagesView, rungs_messages_view, GTK_TYPE_WIDGET)

typedef enum
{
  SIGNAL_SUMMARY_CHANGED,
} RungsMessagesViewSignal;

static guint signals[SIGNAL_SUMMARY_CHANGED + 1];

static RungsStore *
store_of (RungsMessagesView *self)
{
  return self->page != NULL ? rungs_page_get_store (self->page) : NULL;
}

static gpointer
make_query (RungsBrowser *browser,
            gpointer      data)
{
  RungsMessagesView *self = data;

  return rungs_browser_query_new (browser, rungs_page_get_search_text (self->page));
}

static void
n_rows_changed_cb (RungsMessagesView *self)
{
  g_signal_emit (self, signals[SIGNAL_SUMMARY_CHANGED], 0);
}

/* ---- the selected message */

static void
show_proof (RungsMessagesView       *self,
            const RungsMessageProof *proof)
{
  const RungsMessage *message = proof->message;

  gtk_label_set_label (self->name, message->name);
  gtk_label_set_label (self->kind, rungs_message_kind_words (message->marketing));
  gtk_label_set_label (self->purpose, message->purpose);
  gtk_label_set_label (self->value, message->value);
  rungs_proof_view_show (self->proof, proof);
}

static void
show_trouble (RungsMessagesView *self,
              const GError      *error)
{
  g_autofree char *words = rungs_error_words (error);
  GtkLabel *const labels[] = { self->name, self->kind, self->purpose, self->value };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    gtk_label_set_label (labels[i], "");
  rungs_proof_view_show_trouble (self->proof, words);
}

static void
proof_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  g_autoptr (RungsMessagesView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessageProof) proof
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->browser == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proof != NULL)
    show_proof (self, proof);
  else
    show_trouble (self, error);
}

static void
load_proof (RungsMessagesView *self)
{
  gint64 id = rungs_browser_get_single (self->browser);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (id == 0 || store_of (self) == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (store_of (self), rungs_message_proof_load, g_memdup2 (&id, sizeof id),
                          g_free, (GDestroyNotify) rungs_message_proof_free, self->cancellable,
                          proof_loaded_cb, g_object_ref (self));
}

static void
selection_changed_cb (RungsMessagesView *self)
{
  gboolean one = rungs_browser_get_single (self->browser) != 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "messages.edit", one);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "messages.delete", one);
  load_proof (self);
}

/* ---- editing */

static void
saved_cb (RungsMessagesView *self,
          gint64             id)
{
  if (self->browser != NULL)
    rungs_browser_select (self->browser, id);
}

static void
open_dialog (RungsMessagesView  *self,
             const RungsMessage *message)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  RungsMessageDialog *dialog;

  if (root == NULL || store_of (self) == NULL)
    return;
  dialog = rungs_message_dialog_new (GTK_WINDOW (root), store_of (self), message);
  g_signal_connect_object (dialog, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
opened_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsMessagesView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessageProof) proof
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (proof != NULL)
    open_dialog (self, proof->message);
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Message Could Not Be Opened"), error);
}

static void
activated_cb (RungsMessagesView *self,
              gint64             id)
{
  rungs_store_read_async (store_of (self), rungs_message_proof_load, g_memdup2 (&id, sizeof id),
                          g_free, (GDestroyNotify) rungs_message_proof_free, NULL, opened_cb,
                          g_object_ref (self));
}

static void
edit_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMessagesView *self = RUNGS_MESSAGES_VIEW (widget);
  gint64 id = rungs_browser_get_single (self->browser);

  if (id != 0)
    activated_cb (self, id);
}

/* ---- deleting */

/* Offers to put it back; takes the message. */
static void
offer_back (RungsPage    *page,
            RungsMessage *message)
{
  g_autofree char *done = g_strdup_printf (_ ("“%s” was deleted"), message->name);
  const RungsPageWork undo = {
    .func = rungs_message_do_save,
    .data = message,
    .data_free = (GDestroyNotify) rungs_message_free,
    .result_free = g_free,
    .failed = _ ("The Message Could Not Be Put Back"),
  };

  rungs_page_offer_undo (page, done, &undo);
}

static void
deleted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsMessagesView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessage) message
    = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (message != NULL)
    offer_back (self->page, g_steal_pointer (&message));
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Message Could Not Be Deleted"), error);
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsMessagesView *self = RUNGS_MESSAGES_VIEW (widget);
  gint64 id = rungs_browser_get_single (self->browser);

  if (id != 0)
    rungs_store_write_async (store_of (self), rungs_message_do_remove, g_memdup2 (&id, sizeof id),
                             g_free, (GDestroyNotify) rungs_message_free, NULL, deleted_cb,
                             g_object_ref (self));
}

/* ---- the class */

static void
rungs_messages_view_dispose (GObject *object)
{
  RungsMessagesView *self = RUNGS_MESSAGES_VIEW (object);
  GtkWidget *browser = GTK_WIDGET (self->browser);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->browser = NULL;
  g_clear_pointer (&browser, gtk_widget_unparent);
  G_OBJECT_CLASS (rungs_messages_view_parent_class)->dispose (object);
}

static void
rungs_messages_view_class_init (RungsMessagesViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rungs_messages_view_dispose;
  gtk_widget_class_install_action (widget_class, "messages.edit", NULL, edit_action);
  gtk_widget_class_install_action (widget_class, "messages.delete", NULL, delete_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "messages.edit", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "messages.delete", NULL);

  signals[SIGNAL_SUMMARY_CHANGED] = g_signal_new ("summary-changed", RUNGS_TYPE_MESSAGES_VIEW,
                                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                                  G_TYPE_NONE, 0);

  g_type_ensure (RUNGS_TYPE_BROWSER);
  g_type_ensure (RUNGS_TYPE_PROOF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-messages-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, browser);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, row_menu);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, name);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, purpose);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, value);
  gtk_widget_class_bind_template_child (widget_class, RungsMessagesView, proof);
  gtk_widget_class_bind_template_callback (widget_class, activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, selection_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, n_rows_changed_cb);
}

static void
rungs_messages_view_init (RungsMessagesView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rungs_browser_set_menu (self->browser, self->row_menu);
  selection_changed_cb (self);
}

void
rungs_messages_view_set_up (RungsMessagesView *self,
                            RungsPage         *page)
{
  guint n = 0;
  const RungsBrowserColumn *columns = rungs_message_rows_get_columns (&n);

  g_return_if_fail (RUNGS_IS_MESSAGES_VIEW (self));

  self->page = page;
  rungs_browser_set_up (self->browser, "messages", rungs_page_get_store (page),
                        rungs_message_rows_get_source (), columns, n, make_query, self);
}

void
rungs_messages_view_refresh (RungsMessagesView *self)
{
  g_return_if_fail (RUNGS_IS_MESSAGES_VIEW (self));

  rungs_browser_refresh (self->browser);
  load_proof (self);
}

void
rungs_messages_view_search (RungsMessagesView *self)
{
  g_return_if_fail (RUNGS_IS_MESSAGES_VIEW (self));

  rungs_browser_requery (self->browser, *rungs_page_get_search_text (self->page) != '\0');
}

gboolean
rungs_messages_view_focus_content (RungsMessagesView *self)
{
  g_return_val_if_fail (RUNGS_IS_MESSAGES_VIEW (self), FALSE);

  return rungs_browser_focus (self->browser);
}

char *
rungs_messages_view_dup_summary (RungsMessagesView *self)
{
  guint n;
  g_autofree char *number = NULL;

  g_return_val_if_fail (RUNGS_IS_MESSAGES_VIEW (self), NULL);

  n = rungs_browser_get_n_rows (self->browser);
  number = rungs_display_number (n);
  return n > 0 ? g_strdup_printf (ngettext ("%s message", "%s messages", n), number) : NULL;
}

void
rungs_messages_view_begin (RungsMessagesView *self)
{
  g_return_if_fail (RUNGS_IS_MESSAGES_VIEW (self));

  open_dialog (self, NULL);
}
