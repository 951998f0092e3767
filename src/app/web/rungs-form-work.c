/* rungs-form-work.c: what is done to opt-in forms in the file, and how it is taken back. */

#include "rungs-form-work.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

/* A form, and since when it is to be retired; or what is put back of one that was deleted. */
typedef struct
{
  gint64 form;
  gint64 retired_at; /* 0: not */
  char *name;        /* (owned) */
  char *slug;        /* (owned) */
  gint64 source;
  RungsOptIn *draft; /* (owned) */
} Deed;

static void
deed_free (gpointer data)
{
  Deed *deed = data;

  rungs_opt_in_free (deed->draft);
  g_free (deed->name);
  g_free (deed->slug);
  g_free (deed);
}

static Deed *
deed_new (const RungsOptInForm *form,
          gint64                retired_at)
{
  Deed *deed = g_new0 (Deed, 1);

  deed->form = form->id;
  deed->retired_at = retired_at;
  deed->name = g_strdup (form->name);
  deed->slug = g_strdup (form->slug);
  deed->source = form->source;
  deed->draft = rungs_opt_in_copy (form->draft);
  return deed;
}

/* ---- on the thread of the store */

static gpointer
do_retire (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  const Deed *deed = data;

  rungs_opt_in_retire (db, deed->form, deed->retired_at, error);
  return NULL;
}

static gpointer
do_delete (RungsDb       *db,
           gpointer       data,
           GCancellable  *cancellable,
           GError       **error)
{
  rungs_opt_in_delete (db, ((Deed *) data)->form, error);
  return NULL;
}

static gpointer
do_put_back (RungsDb       *db,
             gpointer       data,
             GCancellable  *cancellable,
             GError       **error)
{
  const Deed *deed = data;

  rungs_opt_in_add (db, deed->name, deed->slug, deed->source, deed->draft, rungs_display_now (),
                    error);
  return NULL;
}

/* ---- from the page */

static RungsPageWork
retiring (const RungsOptInForm *form,
          gint64                retired_at,
          const char           *done)
{
  return (RungsPageWork){
    .func = do_retire,
    .data = deed_new (form, retired_at),
    .data_free = deed_free,
    .done = done,
    .failed = _ ("The Form Could Not Be Changed"),
  };
}

void
rungs_form_work_retire (RungsPage            *page,
                        const RungsOptInForm *form,
                        gboolean              retired)
{
  g_autofree char *gone = g_strdup_printf (_ ("“%s” takes nothing any more"), form->name);
  g_autofree char *back = g_strdup_printf (_ ("“%s” is in use again"), form->name);
  const RungsPageWork work
    = retiring (form, retired ? rungs_display_now () : 0, retired ? gone : back);
  const RungsPageWork undo = retiring (form, form->retired_at, retired ? back : gone);

  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_page_do (page, &work, &undo);
}

void
rungs_form_work_delete (RungsPage            *page,
                        const RungsOptInForm *form)
{
  g_autofree char *gone = g_strdup_printf (_ ("“%s” was deleted"), form->name);
  g_autofree char *back = g_strdup_printf (_ ("“%s” is there again"), form->name);
  const RungsPageWork work = {
    .func = do_delete,
    .data = deed_new (form, 0),
    .data_free = deed_free,
    .done = gone,
    .failed = _ ("The Form Could Not Be Deleted"),
  };
  const RungsPageWork undo = {
    .func = do_put_back,
    .data = deed_new (form, 0),
    .data_free = deed_free,
    .done = back,
    .failed = _ ("The Form Could Not Be Put Back"),
  };

  g_return_if_fail (RUNGS_IS_PAGE (page));

  rungs_page_do (page, &work, &undo);
}
