/* rungs-message-dialog.c: writes or edits a message, checks it while it is written,
 * and shows how a lead reads it.
 *
 * Each change starts a proof a moment later, and stops the one before. The message can be saved
 * while the last proof found no error. */

#include "rungs-message-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "rungs-merge-words.h"
#include "rungs-message-proof.h"
#include "rungs-proof-view.h"
#include "widgets/rungs-error-words.h"

#define PROOF_DELAY_MS 250

struct _RungsMessageDialog
{
  AdwWindow parent_instance;

  GtkWidget *save;
  AdwEntryRow *name;
  AdwEntryRow *purpose;
  AdwEntryRow *value;
  AdwComboRow *kind;
  AdwEntryRow *subject;
  AdwEntryRow *preview;
  GtkTextView *text;
  GtkMenuButton *insert;
  GtkDropDown *readers;
  RungsProofView *proof;

  RungsStore *store;         /* (owned) */
  RungsMessage *message;     /* (owned): as it was when the dialog opened */
  GArray *leads;             /* (owned): the ids of the drop-down, after the invented one */
  GCancellable *cancellable; /* (owned) (nullable): of the proof under way */
  guint proof_source;        /* 0: none is queued */
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (RungsMessageDialog, rungs_message_dialog, ADW_TYPE_WINDOW)

typedef enum
{
  SIGNAL_SAVED,
} RungsMessageDialogSignal;

static guint signals[SIGNAL_SAVED + 1];

/* ---- what is in the fields */

static void
read_entry (char       **text,
            AdwEntryRow *row)
{
  g_free (*text);
  *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* The text of the message's blocks; empty where it has none. */
static char *
text_of (const RungsMessage *message)
{
  char *text = *message->blocks ? rungs_message_text_from_blocks (message->blocks, NULL) : NULL;

  return text != NULL ? text : g_strdup ("");
}

static RungsMessage *
read_form (RungsMessageDialog *self)
{
  RungsMessage *message = rungs_message_copy (self->message);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  read_entry (&message->name, self->name);
  read_entry (&message->purpose, self->purpose);
  read_entry (&message->value, self->value);
  read_entry (&message->subject, self->subject);
  read_entry (&message->preview, self->preview);
  message->marketing = adw_combo_row_get_selected (self->kind) == 0;
  before = text_of (self->message);
  if (!g_str_equal (text, before))
    {
      g_free (message->blocks);
      message->blocks = rungs_message_blocks_from_text (text);
    }
  return message;
}

static gboolean
is_changed (RungsMessageDialog *self)
{
  g_autoptr (RungsMessage) message = read_form (self);
  g_autofree char *before = text_of (self->message);
  g_autofree char *after = text_of (message);

  return !g_str_equal (message->name, self->message->name)
         || !g_str_equal (message->purpose, self->message->purpose)
         || !g_str_equal (message->value, self->message->value)
         || !g_str_equal (message->subject, self->message->subject)
         || !g_str_equal (message->preview, self->message->preview)
         || message->marketing != self->message->marketing || !g_str_equal (before, after);
}

/* ---- the proof */

static void
proved_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsMessageDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsMessageProof) proof
    = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->cancellable == NULL || self->saving
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (proof == NULL)
    {
      g_autofree char *words = rungs_error_words (error);

      rungs_proof_view_show_trouble (self->proof, words);
      return;
    }
  rungs_proof_view_show (self->proof, proof);
  gtk_widget_set_sensitive (self->save, !rungs_message_proof_has_errors (proof));
}

static gint64
reader_of (RungsMessageDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->readers);

  return selected > 0 && selected <= self->leads->len
           ? g_array_index (self->leads, gint64, selected - 1)
           : 0;
}

static gboolean
prove (gpointer data)
{
  RungsMessageDialog *self = data;
  RungsMessageDraft *draft = g_new0 (RungsMessageDraft, 1);

  self->proof_source = 0;
  draft->message = read_form (self);
  draft->lead = reader_of (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, rungs_message_proof_make, draft,
                          (GDestroyNotify) rungs_message_draft_free,
                          (GDestroyNotify) rungs_message_proof_free, self->cancellable, proved_cb,
                          g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (RungsMessageDialog *self)
{
  if (self->store == NULL)
    return;
  g_clear_handle_id (&self->proof_source, g_source_remove);
  self->proof_source = g_timeout_add (PROOF_DELAY_MS, prove, self);
}

static void
text_changed_cb (RungsMessageDialog *self)
{
  rungs_merge_words_mark (gtk_text_view_get_buffer (self->text));
  changed_cb (self);
}

/* ---- who reads it */

static void
readers_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      data)
{
  g_autoptr (RungsMessageDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) readers = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  GtkStringList *names;

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (readers == NULL)
    {
      rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Read"), error);
      return;
    }
  names = GTK_STRING_LIST (gtk_drop_down_get_model (self->readers));
  for (guint i = 0; i < readers->len; i++)
    {
      const RungsMessageReader *reader = g_ptr_array_index (readers, i);

      g_array_append_val (self->leads, reader->id);
      gtk_string_list_append (names, reader->name);
    }
}

/* ---- saving */

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (RungsMessageDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *id = rungs_store_write_finish (RUNGS_STORE (source), result, &error);

  if (id != NULL)
    {
      g_signal_emit (self, signals[SIGNAL_SAVED], 0, *id);
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->saving = FALSE;
  gtk_widget_set_sensitive (self->save, TRUE);
  if (g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT))
    {
      rungs_error_mark_row (self->name, error->message);
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
    }
  else
    rungs_error_tell (GTK_WIDGET (self), _ ("The Message Could Not Be Saved"), error);
}

static void
save_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (widget);

  if (self->saving || !gtk_widget_get_sensitive (self->save))
    return;
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  rungs_error_mark_row (self->name, NULL);
  rungs_store_write_async (self->store, rungs_message_do_save, read_form (self),
                           (GDestroyNotify) rungs_message_free, g_free, NULL, saved_cb,
                           g_object_ref (self));
}

static void
discard_answered_cb (gboolean agreed,
                     gpointer data)
{
  if (agreed)
    gtk_window_destroy (GTK_WINDOW (data));
}

static gboolean
rungs_message_dialog_close_request (GtkWindow *window)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (window);

  if (self->saving) /* it closes itself, or stays with what was written */
    return TRUE;
  if (!is_changed (self))
    return GTK_WINDOW_CLASS (rungs_message_dialog_parent_class)->close_request (window);
  rungs_question_ask (GTK_WIDGET (self), _ ("Discard the Changes?"),
                      _ ("What you wrote since this window opened is lost."), _ ("_Discard"),
                      RUNGS_QUESTION_DESTRUCTIVE, discard_answered_cb, self);
  return TRUE;
}

static void
insert_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);

  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, g_variant_get_string (parameter, NULL), -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

/* ---- the class */

static void
rungs_message_dialog_dispose (GObject *object)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (object);

  g_clear_handle_id (&self->proof_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (rungs_message_dialog_parent_class)->dispose (object);
}

static void
rungs_message_dialog_finalize (GObject *object)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (object);

  g_clear_pointer (&self->message, rungs_message_free);
  g_array_unref (self->leads);
  G_OBJECT_CLASS (rungs_message_dialog_parent_class)->finalize (object);
}

static void
rungs_message_dialog_class_init (RungsMessageDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_message_dialog_dispose;
  object_class->finalize = rungs_message_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_message_dialog_close_request;
  gtk_widget_class_install_action (widget_class, "message.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "message.insert", "s", insert_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "message.save",
                                       NULL);

  signals[SIGNAL_SAVED] = g_signal_new ("saved", RUNGS_TYPE_MESSAGE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (RUNGS_TYPE_PROOF_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-message-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, purpose);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, value);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, subject);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, preview);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, text);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, insert);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, readers);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, proof);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
rungs_message_dialog_init (RungsMessageDialog *self)
{
  g_autoptr (GMenuModel) words = rungs_merge_words_new_menu ("message.insert");

  self->leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_menu_model (self->insert, words);
  g_signal_connect_object (gtk_text_view_get_buffer (self->text), "changed",
                           G_CALLBACK (text_changed_cb), self, G_CONNECT_SWAPPED);
}

static void
fill_form (RungsMessageDialog *self)
{
  const RungsMessage *message = self->message;
  g_autofree char *text = text_of (message);

  gtk_editable_set_text (GTK_EDITABLE (self->name), message->name);
  gtk_editable_set_text (GTK_EDITABLE (self->purpose), message->purpose);
  gtk_editable_set_text (GTK_EDITABLE (self->value), message->value);
  gtk_editable_set_text (GTK_EDITABLE (self->subject), message->subject);
  gtk_editable_set_text (GTK_EDITABLE (self->preview), message->preview);
  adw_combo_row_set_selected (self->kind, message->marketing ? 0 : 1);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text), text, -1);
  gtk_text_view_set_editable (self->text, rungs_message_is_text (message->blocks));
}

RungsMessageDialog *
rungs_message_dialog_new (GtkWindow          *parent,
                          RungsStore         *store,
                          const RungsMessage *message)
{
  RungsMessageDialog *self
    = g_object_new (RUNGS_TYPE_MESSAGE_DIALOG, "transient-for", parent, NULL);

  self->message = message != NULL ? rungs_message_copy (message) : rungs_message_new ();
  fill_form (self);
  gtk_window_set_title (GTK_WINDOW (self),
                        message != NULL ? _ ("Edit Message") : _ ("New Message"));
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (message != NULL ? (gpointer) self->text
                                                                       : (gpointer) self->name));
  self->store = g_object_ref (store);
  changed_cb (self);
  rungs_store_read_async (store, rungs_message_load_readers, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, readers_loaded_cb,
                          g_object_ref (self));
  return self;
}
