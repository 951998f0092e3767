/* rungs-mailbox-dialog.c: adds or edits a mailbox in which replies and returned mail come in.
 *
 * The password is put into the keyring first: a mailbox whose password is nowhere is of no use. */

#include "settings/rungs-mailbox-dialog.h"

#include <glib/gi18n.h>

#include "compat/rungs-question.h"
#include "mail/rungs-account-store.h"
#include "mail/rungs-secret.h"
#include "widgets/rungs-choice-row.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"
#include "widgets/rungs-form.h"

/* What the form needs while it is open. */
typedef struct
{
  RungsForm *form; /* (unowned): it owns this */
  RungsStore *store;
  char *file;
  RungsMailbox *mailbox; /* as it was when the form was opened, then as it was filled in */
  AdwEntryRow *name_row;
  RungsChoiceRow *kind_row;
  AdwEntryRow *host_row;
  AdwEntryRow *url_row;
  RungsChoiceRow *auth_row;
  RungsChoiceRow *security_row;
  AdwEntryRow *username_row;
  AdwEntryRow *password_row;
  AdwEntryRow *folder_row;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_object_unref (self->store);
  rungs_mailbox_free (self->mailbox);
  g_free (self->file);
  g_free (self);
}

static void
take (AdwEntryRow  *row,
      char        **text)
{
  g_free (*text);
  *text = rungs_form_dup_entry (row);
}

static gboolean
check_filled (AdwEntryRow *row,
              const char  *text)
{
  rungs_error_mark_row (row, *text != '\0' ? NULL : _ ("this is needed"));
  return *text != '\0';
}

/* What only its kind needs. */
static gboolean
read_server (Dialog *self)
{
  RungsMailbox *mailbox = self->mailbox;
  g_autofree char *entered = rungs_form_dup_entry (self->url_row);

  take (self->host_row, &mailbox->host);
  g_free (mailbox->url);
  mailbox->url = rungs_jmap_dup_url (entered);
  if (gtk_widget_get_visible (GTK_WIDGET (self->auth_row)))
    rungs_smtp_auth_from_text (rungs_choice_row_get_value (self->auth_row), &mailbox->auth);
  return mailbox->kind == RUNGS_MAILBOX_JMAP ? check_filled (self->url_row, mailbox->url)
                                             : check_filled (self->host_row, mailbox->host);
}

static gboolean
read_fields (Dialog *self)
{
  RungsMailbox *mailbox = self->mailbox;
  gboolean is_new = mailbox->id == 0;
  gboolean right;

  take (self->name_row, &mailbox->name);
  rungs_mailbox_kind_from_text (rungs_choice_row_get_value (self->kind_row), &mailbox->kind);
  right = read_server (self);
  take (self->username_row, &mailbox->username);
  take (self->folder_row, &mailbox->folder);
  rungs_smtp_security_from_text (rungs_choice_row_get_value (self->security_row),
                                 &mailbox->security);
  right = check_filled (self->name_row, mailbox->name) && right;
  right = check_filled (self->username_row, mailbox->username) && right;
  right = check_filled (self->folder_row, mailbox->folder) && right;
  return (!is_new
          || check_filled (self->password_row,
                           gtk_editable_get_text (GTK_EDITABLE (self->password_row))))
         && right;
}

/* ---- storing */

/* On the store's writing thread. */
static gpointer
store_mailbox (RungsDb       *db,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  RungsMailbox *mailbox = data;
  gboolean stored = mailbox->id == 0
                      ? rungs_mailbox_add (db, mailbox, rungs_display_now (), error)
                      : rungs_mailbox_save (db, mailbox, error);

  return stored ? g_memdup2 (&mailbox->id, sizeof mailbox->id) : NULL;
}

static void
store (Dialog *self)
{
  rungs_form_save (self->form, self->store, store_mailbox, rungs_mailbox_copy (self->mailbox),
                   (GDestroyNotify) rungs_mailbox_free, _ ("The Mailbox Could Not Be Saved"),
                   self->name_row);
}

static void
password_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  Dialog *self = g_object_get_data (G_OBJECT (form), "rungs-mailbox");
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  rungs_form_set_ready (form, TRUE);
  if (rungs_secret_store_finish (result, &error))
    {
      store (self);
      return;
    }
  body = g_strdup_printf (_ ("The keyring did not take the password, and Rungs keeps it nowhere "
                             "else.\n\n%s"),
                          error->message);
  rungs_question_tell (GTK_WIDGET (form), _ ("The Password Could Not Be Stored"), body,
                       error->message);
}

static void
agreed_cb (RungsForm *form,
           Dialog    *self)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (self->password_row));
  g_autofree char *label = NULL;

  if (!read_fields (self))
    return;
  if (*password == '\0')
    {
      store (self);
      return;
    }
  rungs_form_set_ready (form, FALSE);
  /* Translators: what programs that show the keyring call a password of Rungs. */
  label = g_strdup_printf (_ ("Rungs: mailbox %s"), self->mailbox->name);
  rungs_secret_store_async (self->file, self->mailbox->uuid, label, password,
                            RUNGS_SECRET_PATIENT_TIMEOUT, NULL, password_stored_cb,
                            g_object_ref (form));
}

/* ---- the form */

static void
kind_changed_cb (Dialog *self)
{
  gboolean jmap = g_strcmp0 (rungs_choice_row_get_value (self->kind_row), "jmap") == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->url_row), jmap);
  gtk_widget_set_visible (GTK_WIDGET (self->auth_row), jmap);
  gtk_widget_set_visible (GTK_WIDGET (self->host_row), !jmap);
  gtk_widget_set_visible (GTK_WIDGET (self->security_row), !jmap);
}

static RungsChoiceRow *
add_kind (Dialog *self)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Read By"), NULL);

  rungs_choice_row_add (row, "imap", _ ("IMAP, as most mailboxes"));
  rungs_choice_row_add (row, "jmap", _ ("JMAP"));
  rungs_choice_row_set_value (row, rungs_mailbox_kind_to_text (self->mailbox->kind));
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

/* Of JMAP alone: over IMAP it is a password. */
static RungsChoiceRow *
add_auth (Dialog *self)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Signing In"), NULL);

  rungs_choice_row_add (row, "auto", _ ("With a password"));
  rungs_choice_row_add (row, "xoauth2", _ ("With an access token"));
  rungs_choice_row_set_value (row, rungs_smtp_auth_to_text (self->mailbox->auth));
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static RungsChoiceRow *
add_security (Dialog *self)
{
  RungsChoiceRow *row = g_object_new (RUNGS_TYPE_CHOICE_ROW, "title", _ ("Security"), NULL);

  rungs_choice_row_add (row, "tls", _ ("TLS from the start (port 993)"));
  rungs_choice_row_add (row, "starttls", _ ("STARTTLS (port 143)"));
  rungs_choice_row_add (row, "none", _ ("None (only on this computer)"));
  rungs_choice_row_set_value (row, rungs_smtp_security_to_text (self->mailbox->security));
  rungs_form_add_widget (self->form, GTK_WIDGET (row));
  return row;
}

static AdwEntryRow *
add_password (Dialog *self)
{
  GtkWidget *row = adw_password_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 self->mailbox->id == 0
                                   ? _ ("Password")
                                   : _ ("New Password (the old one stays where this is empty)"));
  rungs_form_add_widget (self->form, row);
  return ADW_ENTRY_ROW (row);
}

/* Where it is let in without a password of ours, others know the server and the user. */
static void
hide_server (Dialog *self)
{
  GtkWidget *rows[] = { GTK_WIDGET (self->kind_row),     GTK_WIDGET (self->host_row),
                        GTK_WIDGET (self->url_row),      GTK_WIDGET (self->security_row),
                        GTK_WIDGET (self->username_row), GTK_WIDGET (self->password_row),
                        GTK_WIDGET (self->auth_row) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i], FALSE);
  rungs_form_set_text (
    self->form,
    self->mailbox->auth == RUNGS_SMTP_AUTH_GOA
      ? _ ("This mailbox is read by an account of this computer. Nothing in it is changed.")
      : _ ("This mailbox is read by the sign-in of the mail account with the same address. "
           "Nothing in it is changed."));
}

static void
fill (Dialog *self)
{
  const RungsMailbox *mailbox = self->mailbox;

  rungs_form_set_text (self->form,
                       _ ("Your mail provider tells these under “incoming mail”, “IMAP” or “JMAP”. "
                          "Nothing in the mailbox is changed, and of mails that have nothing to "
                          "do with your messages nothing is kept."));
  self->name_row = rungs_form_add_entry (self->form, _ ("Name of the Mailbox"), mailbox->name);
  self->kind_row = add_kind (self);
  self->host_row = rungs_form_add_entry (self->form, _ ("Server"), mailbox->host);
  self->url_row = rungs_form_add_entry (self->form, _ ("Address of the Server"), mailbox->url);
  self->auth_row = add_auth (self);
  self->security_row = add_security (self);
  self->username_row = rungs_form_add_entry (self->form, _ ("User Name"), mailbox->username);
  self->password_row = add_password (self);
  self->folder_row = rungs_form_add_entry (self->form, _ ("Folder"), mailbox->folder);
  g_signal_connect_swapped (self->kind_row, "notify::value", G_CALLBACK (kind_changed_cb), self);
  kind_changed_cb (self);
  if (mailbox->auth == RUNGS_SMTP_AUTH_OAUTH || mailbox->auth == RUNGS_SMTP_AUTH_GOA)
    hide_server (self);
}

GtkWindow *
rungs_mailbox_dialog_open (RungsPage          *page,
                           const char         *file,
                           const RungsMailbox *mailbox)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (page)));
  Dialog *self = g_new0 (Dialog, 1);

  self->form = rungs_form_new (parent, mailbox ? _ ("Mailbox") : _ ("New Mailbox"), _ ("_Save"));
  self->store = g_object_ref (rungs_page_get_store (page));
  self->file = g_strdup (file);
  self->mailbox = mailbox ? rungs_mailbox_copy (mailbox) : rungs_mailbox_new ();
  g_object_set_data_full (G_OBJECT (self->form), "rungs-mailbox", self, dialog_free);
  fill (self);
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  gtk_window_present (GTK_WINDOW (self->form));
  return GTK_WINDOW (self->form);
}
