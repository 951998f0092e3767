/* rungs-bulk.h: long work of a page that is done part by part.
 *
 * Each part is a write of its own, so that other writers have their turn and the window goes on; a
 * small window says how far it is and can stop it. What is done by then stays, is told, and can be
 * taken back, which is such work again. */

#pragma once

#include "rungs-page.h"

G_BEGIN_DECLS

/**
 * RungsBulkKind: what is done to many things.
 * @title: what the small window says, untranslated
 * @failed: the heading where it failed, untranslated
 * @part: does it to the things from `first` on, `n` of them, in a write transaction on the store's
 *   thread; `data` is not changed. Returns: what came of it; NULL with an error
 * @found_free: frees what came of a part
 * @keep: the part is in the file: adds what came of it (taken) to `data`
 * @words: (transfer full): what was done
 * @problems: (nullable): (transfer full) (nullable): what it was not done to, and why
 * @problems_heading: (nullable): the heading over that, untranslated
 * @offer: (nullable): what taking it back needs, of what came of all parts: the data of @undo, and
 *   of how many things (`n`). Returns: (nullable): NULL where there is nothing to take back
 * @undo: (nullable): how it is taken back
 * @data_free: frees the data
 */
typedef struct _RungsBulkKind RungsBulkKind;

struct _RungsBulkKind
{
  const char *title;
  const char *failed;
  gpointer (*part) (RungsDb   *db,
                    gpointer   data,
                    guint      first,
                    guint      n,
                    GError   **error);
  GDestroyNotify found_free;
  void (*keep) (gpointer data,
                gpointer found);
  char *(*words) (gpointer data);
  char *(*problems) (gpointer data);
  const char *problems_heading;
  gpointer (*offer) (gpointer  data,
                     guint    *n);
  const RungsBulkKind *undo;
  GDestroyNotify data_free;
};

/* Does it to `n` things; takes `data`. `kind` must live as long as the program. */
void rungs_bulk_start (RungsPage           *page,
                       const RungsBulkKind *kind,
                       gpointer             data,
                       guint                n);

G_END_DECLS
