/* rungs-first-contact-store.h: how soon a person is in touch with who comes by itself.
 *
 * A lead is captured when it first fills in a form, books or orders (not by an import). Somebody is
 * in touch with it when a call is logged that reached it or left a message, or a meeting, or a task
 * about it is done. With whom somebody was in touch before it was captured is not counted. Derived
 * (table `first_contact`), and kept with the timeline. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-source-store.h"

G_BEGIN_DECLS

/* What is not told as a share: of fewer leads than these it is told how many they were. */
#define RUNGS_FIRST_CONTACT_FEW 20

/* What was captured before that does not wait any more, as lists have it. */
#define RUNGS_FIRST_CONTACT_DAYS 30

typedef struct
{
  gint64 lead;
  char *name;         /* (owned) how the lead is called in a list; "" */
  char *source;       /* (owned) "" */
  gint64 captured_at;
  gint64 contacted_at; /* 0: nobody was in touch yet */
  gboolean is_new;     /* nobody has looked at it, and somebody should */
} RungsFirstContact;

void rungs_first_contact_free (RungsFirstContact *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsFirstContact, rungs_first_contact_free)

/* Follows the timeline. In a write transaction. */
gboolean rungs_first_contacts_follow (RungsDb  *db,
                                      GError  **error);

/* Adds a line to `faults` where what is kept is not what the timeline says. */
gboolean rungs_first_contacts_check (RungsDb    *db,
                                     GPtrArray  *faults,
                                     GError    **error);

/* Makes all of it anew. In a write transaction. */
gboolean rungs_first_contacts_rebuild (RungsDb  *db,
                                       GError  **error);

/* `contact` (out) (transfer full) (nullable): NULL where the lead is not counted. */
gboolean rungs_first_contact_load (RungsDb            *db,
                                   gint64              lead,
                                   RungsFirstContact **contact,
                                   GError            **error);

/* Which leads wait: those captured since then with whom nobody was in touch. */
typedef struct
{
  gint64 since;
  gboolean on_today; /* only those of which the rules say that they are shown on Today */
} RungsContactQuery;

gboolean rungs_first_contact_count_waiting (RungsDb                 *db,
                                            const RungsContactQuery *query,
                                            gint64                  *n,
                                            GError                 **error);

/* Returns: (transfer full) (element-type RungsFirstContact): up to `limit` of them, who waits
 * longest first. */
GPtrArray *rungs_first_contact_list_waiting (RungsDb                 *db,
                                             const RungsContactQuery *asked,
                                             guint                    limit,
                                             GError                 **error);

/* ---- by source */

typedef struct
{
  gint64 source;        /* 0: of leads without one, and of all */
  RungsSourceKind kind;
  char *name;           /* (owned) "" */
  gint64 captured;
  gint64 contacted;
  gint64 judged;        /* of those captured, with whom somebody was in touch or could have been for
                         * an hour */
  gint64 within_hour;   /* of those judged */
  gint64 median;        /* milliseconds; -1: with half of them nobody was in touch yet */
  gint64 ninetieth;     /* the 90th percentile, of ten or more; -1 else, and as above */
} RungsContactFigures;

void rungs_contact_figures_free (RungsContactFigures *self);

/* Of leads captured from `from` until before `until`; of whom nobody was in touch with until `now`
 * the wait counts as longer than all others. Percentiles are those of the nearest rank. Returns:
 * (transfer full) (element-type RungsContactFigures): by kind and name, that of all last; only that
 * where nobody was captured. */
GPtrArray *rungs_contact_figures_load (RungsDb  *db,
                                       gint64    from,
                                       gint64    until,
                                       gint64    now,
                                       GError  **error);

G_END_DECLS
