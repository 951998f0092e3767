/* rungs-form-editor-actions.c: what can be done with an opt-in form and its parts, by buttons,
 * menus and keys. */

#include <glib/gi18n.h>
#include <string.h>

#include "messages/rungs-message-dialog.h"
#include "rungs-form-editor-private.h"
#include "rungs-form-fields.h"
#include "rungs-form-name-dialog.h"
#include "rungs-form-publish-dialog.h"
#include "rungs-form-share-dialog.h"
#include "rungs-form-work.h"

/* Languages write its texts; the link is the reader's own. */
#define CONFIRM_LINK "{{ confirm_link }}"

static GtkWindow *
window_of (RungsFormEditor *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static RungsPage *
page_of (RungsFormEditor *self)
{
  return rungs_draft_editor_get_page (RUNGS_DRAFT_EDITOR (self));
}

static RungsStore *
store_of (RungsFormEditor *self)
{
  return rungs_page_get_store (page_of (self));
}

/* Returns: (nullable): the key of the field that is selected. */
static const char *
selected_key (RungsFormEditor *self)
{
  const char *part = rungs_form_outline_get_part (self->outline);

  return g_str_has_prefix (part, "fields.") ? part + strlen ("fields.") : NULL;
}

static void
close_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_signal_emit_by_name (widget, "closed");
}

/* ---- fields */

static void
select_field (RungsFormEditor *self,
              const char      *key)
{
  g_autofree char *part = g_strdup_printf ("fields.%s", key);

  rungs_form_outline_select (self->outline, part);
}

static void
pick_field_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  rungs_form_outline_open_list (RUNGS_FORM_EDITOR (widget)->outline);
}

static void
add_field_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  g_autofree char *key = rungs_form_fields_add (
    self->document, g_variant_get_string (parameter, NULL), selected_key (self));

  if (key == NULL)
    return;
  select_field (self, key);
  rungs_form_inspector_edit (self->inspector, NULL);
}

static void
duplicate_action (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  const char *selected = selected_key (self);
  g_autofree char *key
    = selected != NULL ? rungs_form_fields_duplicate (self->document, selected) : NULL;

  if (key == NULL)
    return;
  select_field (self, key);
  rungs_form_inspector_edit (self->inspector, NULL);
}

static gboolean
undo_due_cb (gpointer data)
{
  rungs_history_undo (rungs_draft_get_history (RUNGS_DRAFT (data)));
  return G_SOURCE_REMOVE;
}

/* The edit that is undone is the last one: any other ends the offer, this one too, when it is done
 * with. */
static void
undo_deletion (RungsPage *page,
               gpointer   data)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, undo_due_cb, data, g_object_unref);
}

static void
offer_back (RungsFormEditor *self,
            const char      *title)
{
  g_autofree char *done = g_strdup_printf (_ ("“%s” was deleted"), title);
  const RungsPageWork undo = {
    .start = undo_deletion,
    .data = g_object_ref (self->document),
    .data_free = g_object_unref,
  };

  rungs_page_offer_undo (page_of (self), done, &undo);
  g_free (self->offered);
  self->offered = g_strdup (rungs_draft_get_text (RUNGS_DRAFT (self->document)));
}

static void
delete_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  g_autofree char *key = g_strdup (selected_key (self));
  g_autofree char *title = NULL;
  const RungsOptIn *opt_in = rungs_form_document_get_opt_in (self->document);
  const RungsOptInField *next = NULL;
  int place = key != NULL ? rungs_form_document_find (self->document, key, NULL) : -1;

  if (place < 0)
    return;
  title = g_strdup (((RungsOptInField *) opt_in->fields->pdata[place])->label);
  if (opt_in->fields->len > 1)
    next = opt_in->fields->pdata[place + 1 < (int) opt_in->fields->len ? place + 1 : place - 1];
  if (next != NULL)
    select_field (self, next->key);
  rungs_form_fields_remove (self->document, key);
  offer_back (self, title);
  rungs_form_outline_focus (self->outline);
}

/* ---- choices */

static void
add_choice_action (GtkWidget  *widget,
                   const char *name,
                   GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  const char *key = g_variant_get_string (parameter, NULL);
  g_autofree char *value = rungs_form_fields_add_choice (self->document, key);
  g_autofree char *where = g_strdup_printf ("fields.%s.choices.%s", key, value ? value : "");

  if (value != NULL)
    rungs_form_inspector_edit (self->inspector, where);
}

static void
move_choice_action (GtkWidget  *widget,
                    const char *name,
                    GVariant   *parameter)
{
  const char *key, *value;
  int by;

  g_variant_get (parameter, "(&s&si)", &key, &value, &by);
  rungs_form_fields_move_choice (RUNGS_FORM_EDITOR (widget)->document, key, value, by);
}

static void
delete_choice_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  const char *key, *value;

  g_variant_get (parameter, "(&s&s)", &key, &value);
  rungs_form_fields_remove_choice (RUNGS_FORM_EDITOR (widget)->document, key, value);
}

/* ---- languages */

static void
add_language_action (GtkWidget  *widget,
                     const char *name,
                     GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  const char *language = g_variant_get_string (parameter, NULL);
  g_autofree char *path = g_strdup_printf ("languages.%s", language);
  JsonNode *none = json_node_init_object (json_node_alloc (), json_object_new ());

  rungs_form_document_put (self->document, _ ("new language"), path, none);
  rungs_form_document_set_language (self->document, language);
}

static void
remove_language_action (GtkWidget  *widget,
                        const char *name,
                        GVariant   *parameter)
{
  g_autofree char *path
    = g_strdup_printf ("languages.%s", g_variant_get_string (parameter, NULL));

  rungs_form_document_put (RUNGS_FORM_EDITOR (widget)->document, _ ("removal of a language"), path,
                           NULL);
}

static void
show_language_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  rungs_form_document_set_language (self->document, g_variant_get_string (parameter, NULL));
  rungs_form_outline_select (self->outline, "texts");
  rungs_form_inspector_edit (self->inspector, NULL);
}

/* ---- the message that asks to confirm */

static char *
dup_blocks (void)
{
  g_autoptr (JsonNode) root = json_node_init_array (json_node_alloc (), json_array_new ());
  JsonNode *text = json_node_init_object (json_node_alloc (), json_object_new ());
  JsonNode *button = json_node_init_object (json_node_alloc (), json_object_new ());

  rungs_form_json_put (text, "type", rungs_form_json_text ("text"));
  rungs_form_json_put (
    text, "text",
    rungs_form_json_text (_ ("You gave this address on our site. One click confirms that it is"
                             " yours; without it you hear no more from us.")));
  rungs_form_json_put (button, "type", rungs_form_json_text ("button"));
  rungs_form_json_put (button, "text", rungs_form_json_text (_ ("Yes, write to me")));
  rungs_form_json_put (button, "link", rungs_form_json_text (CONFIRM_LINK));
  rungs_form_json_insert (root, "", 0, text);
  rungs_form_json_insert (root, "", 1, button);
  return json_to_string (root, FALSE);
}

static RungsMessage *
confirmation_new (RungsFormEditor *self)
{
  RungsMessage *message = rungs_message_new ();
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);

  g_free (message->name);
  message->name = g_strdup_printf (_ ("Confirm: %s"), facts->form->name);
  g_free (message->purpose);
  message->purpose = g_strdup (_ ("Confirm the address"));
  g_free (message->value);
  message->value = g_strdup (_ ("Nobody else can sign the reader up"));
  g_free (message->subject);
  message->subject = g_strdup (_ ("Please confirm your address"));
  g_free (message->blocks);
  message->blocks = dup_blocks ();
  message->marketing = FALSE;
  return message;
}

static void
message_saved_cb (RungsFormEditor *self,
                  gint64           message)
{
  if (self->document == NULL)
    return;
  rungs_form_document_put (self->document, _ ("Message that asks for it"), "confirm_message",
                           rungs_form_json_number (message));
  rungs_draft_refresh (RUNGS_DRAFT (self->document));
}

static void
write_message_action (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);
  g_autoptr (RungsMessage) message = confirmation_new (self);
  RungsMessageDialog *dialog
    = rungs_message_dialog_new (window_of (self), store_of (self), message);

  g_signal_connect_object (dialog, "saved", G_CALLBACK (message_saved_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* ---- the form itself */

static void
publish_action (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  if (!rungs_draft_editor_put_off (RUNGS_DRAFT_EDITOR (self), "form.publish"))
    rungs_form_publish_dialog_present (page_of (self),
                                       rungs_draft_get_id (RUNGS_DRAFT (self->document)));
}

static void
share_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  rungs_form_share_dialog_present (window_of (self), store_of (self),
                                   rungs_draft_get_id (RUNGS_DRAFT (self->document)));
}

static void
rename_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  rungs_form_name_dialog_present (window_of (self), store_of (self),
                                  rungs_form_document_get_facts (self->document));
}

static void
retire_action (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  rungs_form_work_retire (page_of (self), rungs_form_document_get_facts (self->document)->form,
                          TRUE);
}

static void
reuse_action (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  RungsFormEditor *self = RUNGS_FORM_EDITOR (widget);

  rungs_form_work_retire (page_of (self), rungs_form_document_get_facts (self->document)->form,
                          FALSE);
}

/* ---- all of them */

void
rungs_form_editor_actions_install (GtkWidgetClass *klass)
{
  static const struct
  {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc func;
  } ACTIONS[] = {
    { "form.close", NULL, close_action },
    { "form.pick-field", NULL, pick_field_action },
    { "form.add-field", "s", add_field_action },
    { "form.duplicate", NULL, duplicate_action },
    { "form.delete", NULL, delete_action },
    { "form.add-choice", "s", add_choice_action },
    { "form.move-choice", "(ssi)", move_choice_action },
    { "form.delete-choice", "(ss)", delete_choice_action },
    { "form.add-language", "s", add_language_action },
    { "form.remove-language", "s", remove_language_action },
    { "form.show-language", "s", show_language_action },
    { "form.write-message", NULL, write_message_action },
    { "form.publish", NULL, publish_action },
    { "form.share", NULL, share_action },
    { "form.rename", NULL, rename_action },
    { "form.retire", NULL, retire_action },
    { "form.reuse", NULL, reuse_action },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ACTIONS); i++)
    gtk_widget_class_install_action (klass, ACTIONS[i].name, ACTIONS[i].parameter,
                                     ACTIONS[i].func);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Insert, 0, "form.pick-field", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_d, GDK_CONTROL_MASK, "form.duplicate", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_F2, 0, "form.rename", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_Escape, 0, "form.close", NULL);
}

/* Something else was done since: undoing is for the buttons again. */
static void
end_offer (RungsFormEditor *self)
{
  if (self->offered == NULL
      || g_str_equal (self->offered, rungs_draft_get_text (RUNGS_DRAFT (self->document))))
    return;
  g_clear_pointer (&self->offered, g_free);
  rungs_page_end_undo (page_of (self));
}

void
rungs_form_editor_actions_update (RungsFormEditor *self)
{
  const RungsFormFacts *facts = rungs_form_document_get_facts (self->document);
  const char *key = selected_key (self);
  gboolean is_retired = facts != NULL && facts->form->retired_at != 0;
  gboolean is_question = key != NULL && g_str_has_prefix (key, "question:");
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "form.duplicate", is_question);
  gtk_widget_action_set_enabled (widget, "form.delete", key != NULL);
  gtk_widget_action_set_enabled (widget, "form.retire", !is_retired);
  gtk_widget_action_set_enabled (widget, "form.reuse", is_retired);
  gtk_widget_action_set_enabled (widget, "form.publish", !is_retired);
  end_offer (self);
}
