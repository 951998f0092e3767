/* rungs-broadcast-send.c: the last question before a broadcast leaves.
 *
 * The check list is read anew, and the name servers are asked about the domain, on a thread and for
 * five seconds at most. Sending waits for neither the network nor its answers; it waits for the
 * list, and does not go while something on it blocks. */

#include "rungs-broadcast-send.h"

#include <glib/gi18n.h>

#include "rungs-broadcast-detail.h"
#include "rungs-broadcast-load.h"
#include "rungs-broadcast-words.h"
#include "widgets/rungs-form.h"

#define DNS_SECONDS 5

typedef struct
{
  RungsPage *page;           /* (owned) */
  RungsBroadcast *broadcast; /* (owned) */
  RungsForm *form;           /* (weak) (nullable) once it is closed */
  GtkListBox *list;
  GPtrArray *findings;       /* (owned) (nullable) */
} Sending;

/* Kept by the form and by each question that is under way. */
static void
sending_clear (gpointer data)
{
  Sending *self = data;

  g_object_unref (self->page);
  rungs_broadcast_free (self->broadcast);
  g_clear_weak_pointer (&self->form);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
}

static void
sending_unref (gpointer data)
{
  g_rc_box_release_full (data, sending_clear);
}

static void
form_gone_cb (gpointer  data,
              GObject  *form)
{
  sending_unref (data);
}

static void
show_findings (Sending *self)
{
  rungs_broadcast_detail_fill_findings (self->list, self->findings);
  rungs_form_set_ready (self->form, !rungs_findings_block (self->findings));
}

/* ---- the name servers */

static void
ask_domain (GTask        *task,
            gpointer      source,
            gpointer      data,
            GCancellable *cancellable)
{
  g_task_return_pointer (task, rungs_sender_domain_ask (data, DNS_SECONDS),
                         (GDestroyNotify) rungs_sender_domain_free);
}

static void
domain_asked_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      data)
{
  Sending *self = data;
  g_autoptr (RungsSenderDomain) domain = g_task_propagate_pointer (G_TASK (result), NULL);

  if (self->form != NULL && domain != NULL)
    {
      rungs_broadcast_check_add_domain (self->findings, domain);
      show_findings (self);
    }
  sending_unref (self);
}

/* ---- the list */

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  Sending *self = data;
  g_autoptr (GError) error = NULL;
  RungsBroadcastChecked *checked
      = rungs_store_read_finish (RUNGS_STORE (source), result, &error);

  if (self->form != NULL && checked == NULL)
    rungs_page_notify_error (self->page, error);
  if (self->form != NULL && checked != NULL)
    {
      self->findings = g_ptr_array_ref (checked->findings);
      show_findings (self);
      if (checked->domain != NULL)
        {
          g_autoptr (GTask) task
              = g_task_new (NULL, NULL, domain_asked_cb, g_rc_box_acquire (self));

          g_task_set_task_data (task, g_strdup (checked->domain), g_free);
          g_task_run_in_thread (task, ask_domain);
        }
    }
  rungs_broadcast_checked_free (checked);
  sending_unref (self);
}

/* ---- the answer */

static void
agreed_cb (RungsForm *form,
           Sending   *self)
{
  gint64 id = self->broadcast->id;

  rungs_form_save (form, rungs_page_get_store (self->page), rungs_broadcast_do_send,
                   g_memdup2 (&id, sizeof id), g_free, _ ("The Broadcast Could Not Be Sent"),
                   NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          Sending   *self)
{
  g_autofree char *done
      = self->broadcast->start_at == 0
            ? g_strdup_printf (ngettext ("“%s” begins in %d minute", "“%s” begins in %d minutes",
                                         (gulong) self->broadcast->grace_minutes),
                               self->broadcast->name, self->broadcast->grace_minutes)
            : g_strdup_printf (_ ("“%s” is scheduled"), self->broadcast->name);
  const RungsPageWork undo = { .func = rungs_broadcast_do_unsend,
                               .data = g_memdup2 (&id, sizeof id),
                               .data_free = g_free,
                               .result_free = g_free,
                               .failed = _ ("The Broadcast Could Not Be Taken Back") };

  rungs_page_offer_undo (self->page, done, &undo);
}

static GtkListBox *
new_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What stands against sending it"), -1);
  return GTK_LIST_BOX (list);
}

void
rungs_broadcast_send_open (RungsPage            *page,
                           const RungsBroadcast *broadcast)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *title = g_strdup_printf (_ ("Send “%s”"), broadcast->name);
  g_autofree char *when = rungs_broadcast_when_words (broadcast);
  Sending *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  if (root == NULL)
    return;
  self = g_rc_box_new0 (Sending);
  self->page = g_object_ref (page);
  self->broadcast = rungs_broadcast_copy (broadcast);
  g_set_weak_pointer (&self->form, rungs_form_new (GTK_WINDOW (root), title, _ ("_Send")));
  rungs_form_set_text (self->form, when);
  self->list = new_list ();
  rungs_form_add_widget (self->form, GTK_WIDGET (self->list));
  rungs_form_set_ready (self->form, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (self->form), 520, 560); /* the list is not there yet */
  g_signal_connect (self->form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (self->form, "saved", G_CALLBACK (saved_cb), self);
  g_object_weak_ref (G_OBJECT (self->form), form_gone_cb, self);
  gtk_window_present (GTK_WINDOW (self->form));
  rungs_store_read_async (rungs_page_get_store (page), rungs_broadcast_checked_load,
                          g_memdup2 (&broadcast->id, sizeof broadcast->id), g_free,
                          (GDestroyNotify) rungs_broadcast_checked_free, NULL, checked_cb,
                          g_rc_box_acquire (self));
}
