/* rungs-partner-look-store.h: keeps what a person said of flags, and which of them wait. Nothing
 * here moves money, or changes to whom an order is credited. */

#pragma once

#include "partners/rungs-partner-flag-store.h"

G_BEGIN_DECLS

/* ---- what a person says */

/* What was looked at when it was decided. */
typedef struct
{
  gint64 partner;
  RungsPartnerFlagKind kind;
  gint64 cases;
  gint64 until;
  char *words; /* (owned) the evidence */
} RungsPartnerFlagSeen;

RungsPartnerFlagSeen *rungs_partner_flag_seen_new (const RungsPartnerFlag *flag);
void rungs_partner_flag_seen_free (RungsPartnerFlagSeen *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerFlagSeen, rungs_partner_flag_seen_free)

/* It does not wait any more, until there is more evidence than was seen. Returns: its id; 0 on
 * error. */
gint64 rungs_partner_flag_decide (RungsDb                     *db,
                                  const RungsPartnerFlagSeen  *seen,
                                  RungsPartnerFlagVerdict      verdict,
                                  const char                  *note,
                                  gint64                       now,
                                  GError                     **error);

/* Takes the decision of that id away, as if it had not been said, and has the partner looked at
 * anew: for whoever takes a decision back at once. */
gboolean rungs_partner_flag_undecide (RungsDb  *db,
                                      gint64    id,
                                      GError  **error);

/* ---- looking at partners by and by */

/* When a partner is to be looked at; G_MAXINT64: there is none. */
gboolean rungs_partner_looks_next_due (RungsDb  *db,
                                       gint64   *due,
                                       GError  **error);

/* What was found of some partners. */
typedef struct _RungsPartnerLook RungsPartnerLook;

/* Looks at no more than `most` partners that are to be looked at. Writes nothing. */
RungsPartnerLook *rungs_partner_look (RungsDb  *db,
                                      guint     most,
                                      gint64    now,
                                      GError  **error);
void rungs_partner_look_free (RungsPartnerLook *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartnerLook, rungs_partner_look_free)

/* Writes down what waits, and when they are to be looked at again. */
gboolean rungs_partner_look_keep (RungsDb           *db,
                                  RungsPartnerLook  *look,
                                  gint64             now,
                                  GError           **error);

/* How many partners have something that waits, as they were last looked at; `first` (out): one of
 * them, 0 where there is none. */
gboolean rungs_partner_flags_count (RungsDb  *db,
                                    gint64   *partners,
                                    gint64   *first,
                                    GError  **error);

G_END_DECLS
