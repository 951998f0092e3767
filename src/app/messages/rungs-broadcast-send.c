/* rungs-broadcast-send.c: the last question before a broadcast leaves.
 *
 * The check list is read anew, and the name servers are asked about the domain. Sending waits for
 * neither the network nor its answers; it waits for the list, and does not go while something on it
 * blocks. */

#include "rungs-broadcast-send.h"

#include <glib/gi18n.h>

#include "rungs-broadcast-load.h"
#include "rungs-broadcast-words.h"
#include "rungs-check-list.h"
#include "widgets/rungs-form.h"

typedef struct
{
  RungsPage *page;           /* (owned) */
  RungsBroadcast *broadcast; /* (owned) */
} Sending;

static void
sending_free (gpointer  data,
              GObject  *form)
{
  Sending *self = data;

  g_object_unref (self->page);
  rungs_broadcast_free (self->broadcast);
  g_free (self);
}

static void
checked_cb (RungsForm      *form,
            RungsCheckList *list)
{
  rungs_form_set_ready (form, rungs_check_list_passes (list));
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

void
rungs_broadcast_send_open (RungsPage            *page,
                           const RungsBroadcast *broadcast)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (page));
  g_autofree char *title = g_strdup_printf (_ ("Send “%s”"), broadcast->name);
  g_autofree char *when = rungs_broadcast_when_words (broadcast);
  GtkWidget *list = rungs_check_list_new ();
  RungsForm *form;
  Sending *self;

  g_return_if_fail (RUNGS_IS_PAGE (page));

  form = rungs_form_new (GTK_WINDOW (root), title, _ ("_Send"));
  self = g_new0 (Sending, 1);
  self->page = g_object_ref (page);
  self->broadcast = rungs_broadcast_copy (broadcast);
  rungs_form_set_text (form, when);
  rungs_form_add_widget (form, list);
  rungs_form_set_ready (form, FALSE);
  gtk_window_set_default_size (GTK_WINDOW (form), 520, 560); /* the list is not there yet */
  g_signal_connect (form, "agreed", G_CALLBACK (agreed_cb), self);
  g_signal_connect (form, "saved", G_CALLBACK (saved_cb), self);
  g_signal_connect_object (list, "checked", G_CALLBACK (checked_cb), form, G_CONNECT_SWAPPED);
  g_object_weak_ref (G_OBJECT (form), sending_free, self);
  gtk_window_present (GTK_WINDOW (form));
  rungs_check_list_check (RUNGS_CHECK_LIST (list), rungs_page_get_store (page),
                          rungs_broadcast_checked_load,
                          g_memdup2 (&broadcast->id, sizeof broadcast->id), g_free);
}
