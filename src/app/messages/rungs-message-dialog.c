/* rungs-message-dialog.c: the window in which a message is written: its blocks, what it is for, and
 * how a lead reads it.
 *
 * Each change starts a proof a moment later, and stops the one before. The message can be saved
 * while the last proof found no error. Undo goes over everything: the history holds the whole
 * message as a JSON text, once for each change. */

#include "rungs-message-dialog.h"

#include <glib/gi18n.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "base/rungs-error.h"
#include "compat/rungs-question.h"
#include "leads/rungs-field-store.h"
#include "mail/rungs-language-names.h"
#include "mail/rungs-rich.h"
#include "rungs-block-editor.h"
#include "rungs-merge-words.h"
#include "rungs-message-preview.h"
#include "rungs-message-proof.h"
#include "rungs-rich-text.h"
#include "rungs-text-history.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-undo-keys.h"

#define PROOF_DELAY_MS 250

/* From here on the preview stands beside the text. */
#define BOTH_SIDES_WIDTH 860

/* What mail programs show of subject and preview: so much on telephones, so much elsewhere. */
#define SUBJECT_SHORT 40
#define SUBJECT_LONG 60
#define PREVIEW_LONG 110

/* What a value of the reader is taken for, before it is known. */
#define VALUE_LENGTH 8

static const char EMPTY[] = "[{\"type\":\"text\",\"text\":\"\"}]";

struct _RungsMessageDialog
{
  AdwWindow parent_instance;

  GtkWidget *save;
  GtkToggleButton *flip;
  GtkWidget *sides;
  GtkWidget *writing;
  GtkScrolledWindow *palette;
  AdwExpanderRow *about;
  AdwEntryRow *name;
  AdwEntryRow *purpose;
  AdwEntryRow *value;
  AdwComboRow *kind;
  AdwComboRow *language;
  GtkBox *subject_box;
  RungsRichText *subject;
  GtkLabel *subject_length;
  GtkBox *preview_box;
  RungsRichText *preview;
  GtkLabel *preview_length;
  char *tag; /* (owned): of a language that is not among those offered, as the last of them; "" */
  RungsBlockEditor *editor;
  RungsMessagePreview *shown;

  RungsStore *store;         /* (owned) */
  RungsMessage *message;     /* (owned): as it was when the dialog opened */
  RungsTextHistory *history; /* (owned): of the whole message */
  char *opened;              /* (owned): how it was when the dialog opened */
  GCancellable *cancellable; /* (owned) (nullable): of the proof under way */
  guint proof_source;        /* 0: none is queued */
  gboolean filling;          /* the fields change because of us */
  gboolean is_narrow;
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

/* A line with values of the reader in it. */
static char *
dup_line (RungsRichText *line)
{
  return rungs_rich_view_dup_markdown (rungs_rich_text_get_view (line));
}

static void
read_line (char          **text,
           RungsRichText  *line)
{
  g_free (*text);
  *text = g_strstrip (dup_line (line));
}

static const char *
get_language (RungsMessageDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->language);
  gsize n;
  const RungsLanguageName *languages = rungs_language_names (&n);

  if (selected == 0)
    return "";
  return selected <= n ? languages[selected - 1].tag : self->tag;
}

static void
show_language (RungsMessageDialog *self,
               const char         *tag)
{
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->language));
  gsize size;
  const RungsLanguageName *languages = rungs_language_names (&size);
  guint n = (guint) size;
  guint selected = *tag == '\0' ? 0 : n + 1;

  for (guint i = 0; i < n; i++)
    if (g_str_equal (tag, languages[i].tag))
      selected = i + 1;
  if (selected > n && g_strcmp0 (tag, self->tag) != 0)
    {
      g_free (self->tag);
      self->tag = g_strdup (tag);
      gtk_string_list_splice (names, n + 1, g_list_model_get_n_items (G_LIST_MODEL (names)) - n - 1,
                              (const char *const[]) { tag, NULL });
    }
  adw_combo_row_set_selected (self->language, selected);
}

static RungsMessage *
read_form (RungsMessageDialog *self)
{
  RungsMessage *message = rungs_message_copy (self->message);

  read_entry (&message->name, self->name);
  read_entry (&message->purpose, self->purpose);
  read_entry (&message->value, self->value);
  read_line (&message->subject, self->subject);
  read_line (&message->preview, self->preview);
  g_free (message->language);
  message->language = g_strdup (get_language (self));
  message->marketing = adw_combo_row_get_selected (self->kind) == 0;
  g_free (message->blocks);
  message->blocks = rungs_block_editor_dup_json (self->editor);
  return message;
}

/* All that is in the fields, as one text. */
static char *
dup_state (RungsMessageDialog *self)
{
  AdwEntryRow *const rows[] = { self->name, self->purpose, self->value };
  RungsRichText *const texts[] = { self->subject, self->preview };
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *blocks = rungs_block_editor_dup_json (self->editor);

  json_builder_begin_array (builder);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    json_builder_add_string_value (builder, gtk_editable_get_text (GTK_EDITABLE (rows[i])));
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *text = dup_line (texts[i]);

      json_builder_add_string_value (builder, text);
    }
  json_builder_add_string_value (builder, get_language (self));
  json_builder_add_int_value (builder, adw_combo_row_get_selected (self->kind));
  json_builder_add_string_value (builder, blocks);
  json_builder_end_array (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static gboolean
is_changed (RungsMessageDialog *self)
{
  g_autofree char *now = dup_state (self);

  return !g_str_equal (now, self->opened);
}

/* ---- the proof */

/* Of how many leads a value is missing: that comes a little later. */
static void
counted_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (RungsMessageDialog) self = data;
  g_autoptr (GPtrArray) findings = rungs_store_read_finish (RUNGS_STORE (source), result, NULL);

  if (findings != NULL && self->cancellable != NULL && !self->saving)
    rungs_message_preview_show_findings (self->shown, findings);
}

static RungsMessageDraft *
dup_draft (RungsMessageDialog *self)
{
  RungsMessageDraft *draft = g_new0 (RungsMessageDraft, 1);

  draft->message = read_form (self);
  draft->lead = rungs_message_preview_get_reader (self->shown);
  return draft;
}

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

      rungs_message_preview_show_trouble (self->shown, words);
      return;
    }
  rungs_message_preview_show (self->shown, proof);
  gtk_widget_set_sensitive (self->save, !rungs_message_proof_has_errors (proof));
  rungs_store_read_async (self->store, rungs_message_proof_count, dup_draft (self),
                          (GDestroyNotify) rungs_message_draft_free,
                          (GDestroyNotify) g_ptr_array_unref, self->cancellable, counted_cb,
                          g_object_ref (self));
}

static gboolean
prove (gpointer data)
{
  RungsMessageDialog *self = data;

  self->proof_source = 0;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  rungs_store_read_async (self->store, rungs_message_proof_make, dup_draft (self),
                          (GDestroyNotify) rungs_message_draft_free,
                          (GDestroyNotify) rungs_message_proof_free, self->cancellable, proved_cb,
                          g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
prove_soon (RungsMessageDialog *self)
{
  if (self->store == NULL)
    return;
  g_clear_handle_id (&self->proof_source, g_source_remove);
  self->proof_source = g_timeout_add (PROOF_DELAY_MS, prove, self);
}

/* ---- what stands beside the fields */

/* How many signs a reader sees, about. */
static glong
length_of (const char *text)
{
  glong length = 0;

  while (*text != '\0')
    {
      gsize piece = rungs_rich_liquid_length (text);

      length += piece > 0 ? (text[1] == '{' ? VALUE_LENGTH : 0) : 1;
      text = piece > 0 ? text + piece : g_utf8_next_char (text);
    }
  return length;
}

static void
show_length (GtkLabel      *label,
             RungsRichText *line,
             glong          enough,
             glong          most)
{
  g_autofree char *text = dup_line (line);
  glong length = length_of (text);
  /* Translators: how many characters there are, and of how many mail programs show all. */
  g_autofree char *words = g_strdup_printf (_ ("%ld of %ld"), length, most);

  gtk_label_set_label (label, words);
  gtk_widget_remove_css_class (GTK_WIDGET (label), "warning");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (label), "success");
  gtk_widget_add_css_class (GTK_WIDGET (label), length > most                   ? "warning"
                                                : length > 0 && length <= enough ? "success"
                                                                                 : "dim-label");
}

static void
show_words (RungsMessageDialog *self)
{
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  const char *purpose = gtk_editable_get_text (GTK_EDITABLE (self->purpose));
  g_autofree char *title = g_markup_escape_text (*name != '\0' ? name : _ ("What it is"), -1);
  g_autofree char *subtitle = g_markup_escape_text (purpose, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->about), title);
  adw_expander_row_set_subtitle (self->about, subtitle);
  show_length (self->subject_length, self->subject, SUBJECT_SHORT, SUBJECT_LONG);
  show_length (self->preview_length, self->preview, PREVIEW_LONG, PREVIEW_LONG);
}

static void
show_sides (RungsMessageDialog *self)
{
  gboolean is_flipped = gtk_toggle_button_get_active (self->flip);

  gtk_widget_set_visible (GTK_WIDGET (self->flip), self->is_narrow);
  gtk_widget_set_visible (self->writing, !self->is_narrow || !is_flipped);
  gtk_widget_set_visible (GTK_WIDGET (self->shown), !self->is_narrow || is_flipped);
}

static gboolean
show_sides_later (gpointer data)
{
  show_sides (data);
  return G_SOURCE_REMOVE;
}

static void
rungs_message_dialog_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (widget);
  gboolean is_narrow = width < BOTH_SIDES_WIDTH;

  GTK_WIDGET_CLASS (rungs_message_dialog_parent_class)
    ->size_allocate (widget, width, height, baseline);
  if (is_narrow == self->is_narrow)
    return;
  self->is_narrow = is_narrow;
  g_idle_add_full (G_PRIORITY_HIGH_IDLE, show_sides_later, g_object_ref (self), g_object_unref);
}

/* ---- changes */

static void
show_history (RungsMessageDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.undo",
                                 rungs_text_history_can_undo (self->history));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "message.redo",
                                 rungs_text_history_can_redo (self->history));
}

static void
changed_in (RungsMessageDialog *self,
            const char         *place)
{
  g_autofree char *state = NULL;

  if (self->filling || self->history == NULL)
    return;
  state = dup_state (self);
  rungs_text_history_push (self->history, state, *place != '\0' ? place : NULL,
                           g_get_monotonic_time () / 1000);
  show_history (self);
  show_words (self);
  prove_soon (self);
}

static void
entry_changed_cb (RungsMessageDialog *self,
                  AdwEntryRow        *row)
{
  g_autofree char *place = g_strdup_printf ("%p", (gpointer) row);

  changed_in (self, place);
}

static void
line_edited_cb (RungsMessageDialog *self,
                RungsRichText      *line)
{
  g_autofree char *place = g_strdup_printf ("%p", (gpointer) line);

  changed_in (self, place);
}

static void
kind_changed_cb (RungsMessageDialog *self)
{
  changed_in (self, "");
}

static void
blocks_changed_cb (RungsMessageDialog *self,
                   const char         *place)
{
  changed_in (self, place);
}

/* Whoever sees a field change wants to go on there. */
static void
fill_entry (AdwEntryRow *row,
            const char  *text)
{
  if (g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row)), text))
    return;
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  gtk_editable_set_position (GTK_EDITABLE (row), -1);
}

static void
fill_line (RungsRichText *line,
           const char    *text)
{
  g_autofree char *now = dup_line (line);

  if (g_str_equal (now, text))
    return;
  rungs_rich_view_set_markdown (rungs_rich_text_get_view (line), text);
  gtk_widget_grab_focus (GTK_WIDGET (line));
}

static void
show_state (RungsMessageDialog *self,
            const char         *state)
{
  AdwEntryRow *const rows[] = { self->name, self->purpose, self->value };
  g_autoptr (JsonNode) root = json_from_string (state, NULL);
  JsonArray *all = json_node_get_array (root);
  guint n = G_N_ELEMENTS (rows);

  self->filling = TRUE;
  for (guint i = 0; i < n; i++)
    fill_entry (rows[i], json_array_get_string_element (all, i));
  fill_line (self->subject, json_array_get_string_element (all, n));
  fill_line (self->preview, json_array_get_string_element (all, n + 1));
  show_language (self, json_array_get_string_element (all, n + 2));
  adw_combo_row_set_selected (self->kind, (guint) json_array_get_int_element (all, n + 3));
  rungs_block_editor_set_json (self->editor, json_array_get_string_element (all, n + 4));
  self->filling = FALSE;
  show_history (self);
  show_words (self);
  prove_soon (self);
}

static void
undo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (widget);
  const char *state = rungs_text_history_undo (self->history);

  if (state != NULL)
    show_state (self, state);
}

static void
redo_action (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  RungsMessageDialog *self = RUNGS_MESSAGE_DIALOG (widget);
  const char *state = rungs_text_history_redo (self->history);

  if (state != NULL)
    show_state (self, state);
}

/* ---- what can be inserted */

static gpointer
load_fields (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  return rungs_field_list_in_use (db, error);
}

static void
fields_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      data)
{
  g_autoptr (RungsMessageDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) fields = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (fields != NULL)
    rungs_merge_words_set_fields (GTK_WIDGET (self), fields);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)))
    rungs_error_tell (GTK_WIDGET (self), _ ("The Fields Could Not Be Read"), error);
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

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (readers == NULL)
    rungs_error_tell (GTK_WIDGET (self), _ ("The Leads Could Not Be Read"), error);
  else
    rungs_message_preview_set_readers (self->shown, readers);
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
      adw_expander_row_set_expanded (self->about, TRUE);
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
  g_clear_pointer (&self->history, rungs_text_history_free);
  g_free (self->opened);
  g_free (self->tag);
  G_OBJECT_CLASS (rungs_message_dialog_parent_class)->finalize (object);
}

static void
rungs_message_dialog_class_init (RungsMessageDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_message_dialog_dispose;
  object_class->finalize = rungs_message_dialog_finalize;
  widget_class->size_allocate = rungs_message_dialog_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = rungs_message_dialog_close_request;
  gtk_widget_class_install_action (widget_class, "message.save", NULL, save_action);
  gtk_widget_class_install_action (widget_class, "message.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "message.redo", NULL, redo_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "message.save",
                                       NULL);

  signals[SIGNAL_SAVED] = g_signal_new ("saved", RUNGS_TYPE_MESSAGE_DIALOG, G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);

  g_type_ensure (RUNGS_TYPE_BLOCK_EDITOR);
  g_type_ensure (RUNGS_TYPE_MESSAGE_PREVIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/app/rungs/Rungs/messages/rungs-message-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, save);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, flip);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, sides);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, writing);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, palette);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, about);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, name);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, purpose);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, value);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, language);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, subject_box);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, subject_length);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, preview_box);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, preview_length);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, editor);
  gtk_widget_class_bind_template_child (widget_class, RungsMessageDialog, shown);
  gtk_widget_class_bind_template_callback (widget_class, entry_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_sides);
  gtk_widget_class_bind_template_callback (widget_class, prove_soon);
}

/* Keys that a field must not take for its own. */
static RungsRichText *
add_line (RungsMessageDialog *self,
          GtkBox             *box,
          const char         *name)
{
  GtkWidget *line = rungs_rich_text_new (RUNGS_RICH_MODE_PLAIN, name);

  gtk_box_append (box, line);
  g_signal_connect_object (line, "edited", G_CALLBACK (line_edited_cb), self, G_CONNECT_SWAPPED);
  return RUNGS_RICH_TEXT (line);
}

static void
add_languages (RungsMessageDialog *self)
{
  GtkStringList *names = GTK_STRING_LIST (adw_combo_row_get_model (self->language));
  gsize n;
  const RungsLanguageName *languages = rungs_language_names (&n);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (names, languages[i].name);
}

static void
rungs_message_dialog_init (RungsMessageDialog *self)
{
  AdwEntryRow *rows[3];

  gtk_widget_init_template (GTK_WIDGET (self));
  self->tag = g_strdup ("");
  self->subject = add_line (self, self->subject_box, _ ("Subject"));
  self->preview = add_line (self, self->preview_box, _ ("Preview, shown beside the subject"));
  add_languages (self);
  gtk_scrolled_window_set_child (self->palette, rungs_block_editor_new_palette (self->editor));
  g_signal_connect_object (self->editor, "changed", G_CALLBACK (blocks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  rows[0] = self->name;
  rows[1] = self->purpose;
  rows[2] = self->value;
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_editable_set_enable_undo (GTK_EDITABLE (rows[i]), FALSE);
  rungs_undo_keys_add (GTK_WIDGET (self), "message.undo", "message.redo", GTK_PHASE_CAPTURE);
}

static void
fill_form (RungsMessageDialog *self)
{
  const RungsMessage *message = self->message;
  RungsBlockList *blocks = rungs_block_editor_get_list (self->editor);

  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->name), message->name);
  gtk_editable_set_text (GTK_EDITABLE (self->purpose), message->purpose);
  gtk_editable_set_text (GTK_EDITABLE (self->value), message->value);
  rungs_rich_view_set_markdown (rungs_rich_text_get_view (self->subject), message->subject);
  rungs_rich_view_set_markdown (rungs_rich_text_get_view (self->preview), message->preview);
  show_language (self, message->language);
  adw_combo_row_set_selected (self->kind, message->marketing ? 0 : 1);
  rungs_block_editor_set_json (self->editor, message->blocks);
  if (message->id == 0 && rungs_block_list_get_n_cards (blocks) == 0)
    rungs_block_editor_set_json (self->editor, EMPTY);
  adw_expander_row_set_expanded (self->about, *message->name == '\0');
  self->filling = FALSE;
  self->opened = dup_state (self);
  self->history = rungs_text_history_new (self->opened);
  show_history (self);
  show_words (self);
}

RungsMessageDialog *
rungs_message_dialog_new (GtkWindow          *parent,
                          RungsStore         *store,
                          const RungsMessage *message)
{
  RungsMessageDialog *self
    = g_object_new (RUNGS_TYPE_MESSAGE_DIALOG, "transient-for", parent, NULL);

  self->message = message != NULL ? rungs_message_copy (message) : rungs_message_new ();
  rungs_block_editor_set_store (self->editor, store);
  fill_form (self);
  gtk_window_set_title (GTK_WINDOW (self),
                        message != NULL ? _ ("Edit Message") : _ ("New Message"));
  gtk_window_set_focus (GTK_WINDOW (self),
                        message != NULL ? GTK_WIDGET (rungs_rich_text_get_view (self->subject))
                                        : GTK_WIDGET (self->name));
  self->store = g_object_ref (store);
  prove_soon (self);
  rungs_store_read_async (store, load_fields, NULL, NULL, (GDestroyNotify) g_ptr_array_unref, NULL,
                          fields_loaded_cb, g_object_ref (self));
  rungs_store_read_async (store, rungs_message_load_readers, NULL, NULL,
                          (GDestroyNotify) g_ptr_array_unref, NULL, readers_loaded_cb,
                          g_object_ref (self));
  return self;
}
