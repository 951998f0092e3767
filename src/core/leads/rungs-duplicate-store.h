/* rungs-duplicate-store.h: pairs of leads that may be one person, and why.
 *
 * Reading a million leads takes seconds: on a reading thread, with progress and cancel. */

#pragma once

#include <gio/gio.h>

#include "db/rungs-db.h"

G_BEGIN_DECLS

/**
 * RungsDuplicateReason: why two leads may be one; several can hold.
 * @RUNGS_DUPLICATE_EMAIL: one mailbox, written in two ways
 * @RUNGS_DUPLICATE_PHONE: the same number
 * @RUNGS_DUPLICATE_NAME_DATE: the same name, and the same date in a date field (birthday)
 * @RUNGS_DUPLICATE_NAME_COMPANY: the same name and company
 * @RUNGS_DUPLICATE_NAME_PLACE: the same name, and the same postcode (or town, without one)
 * @RUNGS_DUPLICATE_CLOSE_DATE: a name that is spelled nearly the same, and the same date …
 * @RUNGS_DUPLICATE_CLOSE_COMPANY: … company …
 * @RUNGS_DUPLICATE_CLOSE_PLACE: … postcode or town
 */
typedef enum
{
  RUNGS_DUPLICATE_EMAIL = 1 << 0,
  RUNGS_DUPLICATE_PHONE = 1 << 1,
  RUNGS_DUPLICATE_NAME_DATE = 1 << 2,
  RUNGS_DUPLICATE_NAME_COMPANY = 1 << 3,
  RUNGS_DUPLICATE_NAME_PLACE = 1 << 4,
  RUNGS_DUPLICATE_CLOSE_DATE = 1 << 5,
  RUNGS_DUPLICATE_CLOSE_COMPANY = 1 << 6,
  RUNGS_DUPLICATE_CLOSE_PLACE = 1 << 7,
} RungsDuplicateReason;

/* "email", "phone", "name-date", …: what --json prints. One bit. */
const char *rungs_duplicate_reason_to_text (RungsDuplicateReason reason);

typedef struct
{
  gint64 lead;       /* the one with the lower id */
  gint64 other;
  guint reasons;     /* RungsDuplicateReason */
  char *name;        /* (owned) how the first is called */
  char *email;       /* (owned) its address; "" for none */
  char *other_name;  /* (owned) */
  char *other_email; /* (owned) */
} RungsDuplicate;

void rungs_duplicate_free (RungsDuplicate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsDuplicate, rungs_duplicate_free)

/* How far it is (0 to 1), and how many pairs were found. On the thread that works. */
typedef void (*RungsDuplicateProgress) (double   fraction,
                                        guint    found,
                                        gpointer data);

/* The pairs, without those of which somebody said that they are different people; the most certain
 * first, at most `limit`. `progress` and `cancellable` may be NULL. `more` (nullable) says whether
 * there are more. In a read transaction (rungs_db_read()), so that all is of one moment. Returns:
 * (transfer full) (element-type RungsDuplicate). */
GPtrArray *rungs_duplicates_find (RungsDb                *db,
                                  guint                   limit,
                                  RungsDuplicateProgress  progress,
                                  gpointer                data,
                                  GCancellable           *cancellable,
                                  gboolean               *more,
                                  GError                **error);

/* Writes down that the two are different people, once. In a write transaction. Errors: NOT_FOUND,
 * INVALID (one lead). */
gboolean rungs_leads_set_different (RungsDb  *db,
                                    gint64    lead,
                                    gint64    other,
                                    gint64    now,
                                    GError  **error);

/* Takes that back: the pair is found again. */
gboolean rungs_leads_unset_different (RungsDb  *db,
                                      gint64    lead,
                                      gint64    other,
                                      GError  **error);

G_END_DECLS
