/* rungs-check-list.h: what stands against sending, and what to know before: the same list before a
 * broadcast, a sequence and a single message. */

#pragma once

#include <gtk/gtk.h>

#include "db/rungs-store.h"
#include "mail/rungs-broadcast-check.h"

G_BEGIN_DECLS

#define RUNGS_TYPE_CHECK_LIST (rungs_check_list_get_type ())

/**
 * RungsCheckList:compact: (write only): stands among other things: it has no frame, and says
 *   nothing where nothing was found
 * RungsCheckList:links: (write only): its numbers lead to the leads behind them
 * RungsCheckList::checked: what rungs_check_list_check() began is known, or more of it
 */
G_DECLARE_FINAL_TYPE (RungsCheckList, rungs_check_list, RUNGS, CHECK_LIST, GtkWidget)

GtkWidget *rungs_check_list_new (void);

/* Shows findings (nullable) (element-type RungsFinding); NULL: it is not seen. */
void rungs_check_list_show (RungsCheckList *self,
                            GPtrArray      *findings);

/* Says why it is not known what was found. */
void rungs_check_list_show_trouble (RungsCheckList *self,
                                    const char     *words);

/* What is to be shown, and the domain that the name servers are asked about. */
typedef struct
{
  GPtrArray *findings; /* (owned) (element-type RungsFinding) */
  char *domain;        /* (owned) (nullable) */
} RungsChecked;

/* Takes `findings` (nullable), and adds the domain that mail comes from. Returns: NULL with the
 * error, or where there are no findings. */
RungsChecked *rungs_checked_new (RungsDb    *db,
                                 GPtrArray  *findings,
                                 GError    **error);
void rungs_checked_free (RungsChecked *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsChecked, rungs_checked_free)

/* Reads a RungsChecked with `func` and shows it; then asks the name servers, on a thread and for
 * five seconds at most, and shows what they say. */
void rungs_check_list_check (RungsCheckList *self,
                             RungsStore     *store,
                             RungsStoreFunc  func,
                             gpointer        data,
                             GDestroyNotify  data_free);

/* Whether all was read, and nothing of it blocks. */
gboolean rungs_check_list_passes (RungsCheckList *self);

G_END_DECLS
