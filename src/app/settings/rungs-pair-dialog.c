/* rungs-pair-dialog.c: pairs the file with a relay.
 *
 * The relay is asked on a thread of its own, which puts the key into the keyring; then the relay is
 * stored in the file. A relay whose key nobody has could not be asked. */

#include "settings/rungs-pair-dialog.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "leads/rungs-business-store.h"
#include "mail/rungs-secret.h"
#include "web/rungs-web-relay.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-error-words.h"

/* What belongs to the form. */
typedef struct
{
  RungsForm *form; /* (unowned): holds this */
  RungsStore *store;
  AdwEntryRow *address;
  AdwEntryRow *code;
  GCancellable *cancellable;
} Dialog;

static void
dialog_free (gpointer data)
{
  Dialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  g_object_unref (self->store);
  g_free (self);
}

/* A pairing on its way. */
typedef struct
{
  char *address;
  char *code;
  char *file; /* uuid of the business */
  RungsWebPairing pairing;
} Pairing;

static void
pairing_free (gpointer data)
{
  Pairing *self = data;

  g_free (self->address);
  g_free (self->code);
  g_free (self->file);
  rungs_web_pairing_clear (&self->pairing);
  g_free (self);
}

static void
paired_free (gpointer data)
{
  rungs_web_pairing_clear (data);
  g_free (data);
}

/* On the store's writing thread. */
static gpointer
save_relay (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  const RungsWebPairing *paired = data;

  rungs_web_relay_save (db, paired->uuid, paired->address, "", RUNGS_RELAY_ELSEWHERE,
                        rungs_display_now (), error);
  return NULL;
}

/* On a thread of its own. */
static void
pair (GTask        *task,
      gpointer      source,
      gpointer      data,
      GCancellable *cancellable)
{
  Pairing *work = data;
  GError *error = NULL;

  if (rungs_web_relay_pair (work->address, "", work->code, cancellable, &work->pairing, &error)
      && rungs_secret_store (work->file, work->pairing.uuid, _ ("Rungs: relay"), work->pairing.key,
                             RUNGS_SECRET_PATIENT_TIMEOUT, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What is wrong with a field is said beside it, all else over the form. */
static void
tell (Dialog       *self,
      gboolean      asking,
      const GError *error)
{
  AdwEntryRow *row = NULL;

  if (asking && g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_AUTH))
    row = self->code;
  else if (asking && g_error_matches (error, RUNGS_ERROR, RUNGS_ERROR_INVALID))
    row = self->address;
  if (row != NULL)
    rungs_error_mark_row (row, error->message);
  else
    rungs_error_tell (GTK_WIDGET (self->form), _ ("The Relay Could Not Be Paired"), error);
}

static void
paired_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  Pairing *work = g_task_get_task_data (G_TASK (result));
  gboolean paired = g_task_propagate_boolean (G_TASK (result), &error);
  Dialog *self = g_object_get_data (G_OBJECT (form), "rungs-dialog");

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  rungs_form_set_ready (form, TRUE);
  if (!paired)
    {
      tell (self, work->pairing.key == NULL, error);
      return;
    }
  rungs_form_save (form, self->store, save_relay, g_memdup2 (&work->pairing, sizeof work->pairing),
                   paired_free, _ ("The Relay Could Not Be Paired"), self->address);
  work->pairing = (RungsWebPairing){ 0 }; /* it was taken */
}

/* On a thread of the store. */
static gpointer
load_file (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr (RungsBusiness) business = rungs_business_load (db, error);

  return business != NULL ? g_strdup (business->uuid) : NULL;
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (RungsForm) form = data;
  g_autoptr (GError) error = NULL;
  char *file = rungs_store_read_finish (RUNGS_STORE (source), result, &error);
  Dialog *self = g_object_get_data (G_OBJECT (form), "rungs-dialog");
  g_autoptr (GTask) task = NULL;
  Pairing *work;

  if (file == NULL)
    {
      rungs_form_set_ready (form, TRUE);
      tell (self, FALSE, error);
      return;
    }
  work = g_new0 (Pairing, 1);
  work->address = rungs_form_dup_entry (self->address);
  work->code = rungs_form_dup_entry (self->code);
  work->file = file;
  task = g_task_new (NULL, self->cancellable, paired_cb, g_object_ref (form));
  g_task_set_task_data (task, work, pairing_free);
  g_task_run_in_thread (task, pair);
}

static void
agreed_cb (Dialog *self)
{
  g_autofree char *address = rungs_form_dup_entry (self->address);
  g_autofree char *code = rungs_form_dup_entry (self->code);

  rungs_error_mark_row (self->address,
                        *address == '\0' ? _ ("Where is the relay reached?") : NULL);
  rungs_error_mark_row (self->code, *code == '\0' ? _ ("Which code does it show?") : NULL);
  if (*address == '\0' || *code == '\0')
    return;
  rungs_form_set_ready (self->form, FALSE);
  rungs_store_read_async (self->store, load_file, NULL, NULL, g_free, NULL, loaded_cb,
                          g_object_ref (self->form));
}

RungsForm *
rungs_pair_dialog_new (GtkWindow  *parent,
                       RungsStore *store)
{
  Dialog *self = g_new0 (Dialog, 1);

  self->store = g_object_ref (store);
  self->cancellable = g_cancellable_new ();
  self->form = rungs_form_new (parent, _ ("Pair with a Relay"), _ ("_Pair"));
  rungs_form_set_text (self->form,
                       _ ("rungs-relay is a small program for any cheap server. On its first"
                          " start it shows a code, and “rungs-relay --pair” shows another one."));
  self->address = rungs_form_add_entry (self->form, _ ("Address"), "");
  self->code = rungs_form_add_entry (self->form, _ ("Code"), "");
  g_object_set_data_full (G_OBJECT (self->form), "rungs-dialog", self, dialog_free);
  g_signal_connect_swapped (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  return self->form;
}
