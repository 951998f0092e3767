/* rungs-programme-texts-form.c: the texts that partners of a programme may copy from their page. */

#include "rungs-programme-texts-form.h"

#include <glib/gi18n.h>

#include "partners/rungs-partner-page-store.h"
#include "rungs-page-opening.h"
#include "widgets/rungs-display.h"
#include "widgets/rungs-form.h"

/* The texts, as they are read and as they are stored. */
typedef struct
{
  gint64 programme;
  char *texts; /* (owned) (nullable): not read yet */
} Texts;

static void
texts_free (gpointer data)
{
  Texts *self = data;

  g_free (self->texts);
  g_free (self);
}

/* The form while it is open. */
typedef struct
{
  RungsPage *page; /* (owned) */
  gint64 programme;
  GtkTextBuffer *buffer;
} TextsForm;

static void
texts_form_free (gpointer data)
{
  TextsForm *self = data;

  g_object_unref (self->page);
  g_free (self);
}

/* On a reading thread. */
static gpointer
load_texts (RungsDb       *db,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  Texts *texts = data;

  texts->texts = rungs_programme_texts_load (db, texts->programme, error);
  return texts->texts != NULL ? texts : NULL;
}

/* On the store's writing thread. */
static gpointer
store_texts (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Texts *texts = data;

  return rungs_programme_texts_save (db, texts->programme, texts->texts, rungs_display_now (),
                                     error)
             ? g_memdup2 (&texts->programme, sizeof texts->programme)
             : NULL;
}

static void
agreed_cb (RungsForm *form,
           TextsForm *self)
{
  Texts *texts = g_new0 (Texts, 1);

  texts->programme = self->programme;
  texts->texts = rungs_form_dup_lines (self->buffer);
  rungs_form_save (form, rungs_page_get_store (self->page), store_texts, texts, texts_free,
                   _ ("The Texts Could Not Be Saved"), NULL);
}

static void
saved_cb (RungsForm *form,
          gint64     id,
          TextsForm *self)
{
  rungs_page_notify (self->page, _ ("Saved; the pages of partners follow within minutes"));
}

static void
show (RungsPage *page,
      GtkWindow *parent,
      gpointer   facts)
{
  Texts *texts = facts;
  TextsForm *self = g_new0 (TextsForm, 1);
  RungsForm *form = rungs_form_new (parent, _ ("Texts to Copy"), _ ("_Save"));

  self->page = g_object_ref (page);
  self->programme = texts->programme;
  rungs_form_set_text (form,
                       _ ("Partners of this programme can copy them from their pages. A line of "
                          "--- parts texts, a first line “# …” is a title; {{link}} stands for the "
                          "partner's link, {{coupon}} for its coupon."));
  self->buffer = rungs_form_add_lines (form, _ ("Texts"), texts->texts);
  gtk_window_set_default_size (GTK_WINDOW (form), 560, 480);
  rungs_form_open (form, self, texts_form_free, G_CALLBACK (agreed_cb), G_CALLBACK (saved_cb));
  texts_free (texts);
}

void
rungs_programme_texts_form_open (RungsPage *page,
                                 gint64     programme)
{
  Texts *texts = g_new0 (Texts, 1);

  texts->programme = programme;
  rungs_page_open_with (page, load_texts, texts, texts_free, show);
}
