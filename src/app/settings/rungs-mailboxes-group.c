/* rungs-mailboxes-group.c: the mailboxes in which replies and returned mail come in. */

#include "settings/rungs-mailboxes-group.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "mail/rungs-secret.h"
#include "settings/rungs-mailbox-dialog.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-row-menu.h"

struct _RungsMailboxesGroup
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwActionRow *none_row;

  RungsPage *page;      /* (weak) (nullable): holds this */
  char *file;           /* (owned) (nullable): uuid of the business */
  GPtrArray *mailboxes; /* (owned) (nullable) */
  GPtrArray *rows;      /* (owned): those of the group, not owned */
  gint64 asked_about;   /* the mailbox a question is about */
};

G_DEFINE_FINAL_TYPE (RungsMailboxesGroup, rungs_mailboxes_group, ADW_TYPE_BIN)

static const RungsMailbox *
find_mailbox (RungsMailboxesGroup *self,
              gint64               id)
{
  for (guint i = 0; self->mailboxes != NULL && i < self->mailboxes->len; i++)
    if (((RungsMailbox *) self->mailboxes->pdata[i])->id == id)
      return self->mailboxes->pdata[i];
  return NULL;
}

/* ---- actions */

static void
add_action (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (widget);

  if (self->page != NULL && self->file != NULL)
    rungs_mailbox_dialog_open (self->page, self->file, NULL);
}

static void
edit_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (widget);
  const RungsMailbox *mailbox = find_mailbox (self, g_variant_get_int64 (parameter));

  if (mailbox != NULL && self->page != NULL)
    rungs_mailbox_dialog_open (self->page, self->file, mailbox);
}

/* On the store's writing thread. One that is stored again is looked into at once. */
static gpointer
look (RungsDb       *db,
      gpointer       data,
      GCancellable  *cancellable,
      GError       **error)
{
  return GINT_TO_POINTER (rungs_mailbox_save (db, data, error));
}

static void
look_action (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (widget);
  const RungsMailbox *mailbox = find_mailbox (self, g_variant_get_int64 (parameter));

  if (mailbox != NULL && self->page != NULL)
    rungs_page_do (self->page,
                   &(RungsPageWork){ .func = look,
                                     .data = rungs_mailbox_copy (mailbox),
                                     .data_free = (GDestroyNotify) rungs_mailbox_free,
                                     .done = _ ("The mailbox is looked into now"),
                                     .failed = _ ("The Mailbox Could Not Be Changed") },
                   NULL);
}

/* On the store's writing thread. */
static gpointer
remove_mailbox (RungsDb       *db,
                gpointer       data,
                GCancellable  *cancellable,
                GError       **error)
{
  return GINT_TO_POINTER (rungs_mailbox_remove (db, ((RungsMailbox *) data)->id, error));
}

static void
remove_answered_cb (gboolean agreed,
                    gpointer data)
{
  RungsMailboxesGroup *self = data;
  const RungsMailbox *mailbox = find_mailbox (self, self->asked_about);

  if (!agreed || mailbox == NULL || self->page == NULL)
    return;
  rungs_secret_clear_async (self->file, mailbox->uuid, RUNGS_SECRET_TIMEOUT, NULL, NULL, NULL);
  rungs_page_do (self->page,
                 &(RungsPageWork){ .func = remove_mailbox,
                                   .data = rungs_mailbox_copy (mailbox),
                                   .data_free = (GDestroyNotify) rungs_mailbox_free,
                                   .done = _ ("The mailbox was removed"),
                                   .failed = _ ("The Mailbox Could Not Be Removed") },
                 NULL);
}

static void
remove_action (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (widget);
  const RungsMailbox *mailbox = find_mailbox (self, g_variant_get_int64 (parameter));
  g_autofree char *body = NULL;

  if (mailbox == NULL)
    return;
  self->asked_about = mailbox->id;
  body = g_strdup_printf (_ ("Rungs looks into “%s” no more and forgets its password. What came "
                             "back so far stays with the leads."),
                          mailbox->name);
  rungs_question_ask (widget, _ ("Remove the Mailbox?"), body, _ ("_Remove"),
                      RUNGS_QUESTION_DESTRUCTIVE, remove_answered_cb, self);
}

/* ---- rows */

static GtkWidget *
new_menu_button (const RungsMailbox *mailbox)
{
  g_autoptr (GMenu) menu = g_menu_new ();

  rungs_row_menu_append (menu, _ ("_Edit…"), "mailboxes.edit", mailbox->id);
  rungs_row_menu_append (menu, _ ("_Look Now"), "mailboxes.look", mailbox->id);
  rungs_row_menu_append (menu, _ ("_Remove…"), "mailboxes.remove", mailbox->id);
  return rungs_row_menu_button_new (menu, mailbox->name);
}

static char *
describe (const RungsMailbox *mailbox)
{
  const char *server = mailbox->kind == RUNGS_MAILBOX_JMAP ? mailbox->url : mailbox->host;
  g_autofree char *when = NULL;

  if (*mailbox->trouble != '\0')
    return g_strdup (rungs_error_stored_words (mailbox->trouble));
  if (mailbox->looked_at == 0)
    return g_strdup_printf (_ ("%s · not looked into yet"), server);
  when = rungs_display_moment (mailbox->looked_at, rungs_display_now ());
  /* Translators: a server, and when it was asked: "14:05", "Yesterday 09:00". */
  return g_strdup_printf (_ ("%s · looked into: %s"), server, when);
}

static GtkWidget *
new_row (const RungsMailbox *mailbox)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean trouble = *mailbox->trouble != '\0';
  GtkWidget *icon
    = gtk_image_new_from_icon_name (trouble ? "dialog-warning-symbolic" : "mail-unread-symbolic");
  g_autofree char *subtitle = describe (mailbox);
  g_autofree char *title_markup = g_markup_escape_text (mailbox->name, -1);
  g_autofree char *subtitle_markup = g_markup_escape_text (subtitle, -1);

  if (trouble)
    gtk_widget_add_css_class (icon, "error");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title_markup);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle_markup);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_menu_button (mailbox));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "x", mailbox->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "mailboxes.edit");
  return row;
}

static void
rungs_mailboxes_group_dispose (GObject *object)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (object);

  g_clear_weak_pointer (&self->page);

  G_OBJECT_CLASS (rungs_mailboxes_group_parent_class)->dispose (object);
}

static void
rungs_mailboxes_group_finalize (GObject *object)
{
  RungsMailboxesGroup *self = RUNGS_MAILBOXES_GROUP (object);

  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  g_ptr_array_unref (self->rows);
  g_free (self->file);

  G_OBJECT_CLASS (rungs_mailboxes_group_parent_class)->finalize (object);
}

static void
rungs_mailboxes_group_class_init (RungsMailboxesGroupClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rungs_mailboxes_group_dispose;
  object_class->finalize = rungs_mailboxes_group_finalize;

  gtk_widget_class_install_action (widget_class, "mailboxes.add", NULL, add_action);
  gtk_widget_class_install_action (widget_class, "mailboxes.edit", "x", edit_action);
  gtk_widget_class_install_action (widget_class, "mailboxes.look", "x", look_action);
  gtk_widget_class_install_action (widget_class, "mailboxes.remove", "x", remove_action);
  gtk_widget_class_set_template_from_resource (
    widget_class, "/app/rungs/Rungs/settings/rungs-mailboxes-group.ui");
  gtk_widget_class_bind_template_child (widget_class, RungsMailboxesGroup, group);
  gtk_widget_class_bind_template_child (widget_class, RungsMailboxesGroup, none_row);
}

static void
rungs_mailboxes_group_init (RungsMailboxesGroup *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
rungs_mailboxes_group_show (RungsMailboxesGroup *self,
                            RungsPage           *page,
                            const char          *file,
                            GPtrArray           *mailboxes)
{
  g_return_if_fail (RUNGS_IS_MAILBOXES_GROUP (self));

  g_set_weak_pointer (&self->page, page);
  g_free (self->file);
  self->file = g_strdup (file);
  g_clear_pointer (&self->mailboxes, g_ptr_array_unref);
  self->mailboxes = g_ptr_array_ref (mailboxes);

  gtk_widget_set_visible (GTK_WIDGET (self->none_row), mailboxes->len == 0);
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < mailboxes->len; i++)
    {
      GtkWidget *row = new_row (mailboxes->pdata[i]);

      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
}
