/* rungs-partner-store.h: who refers leads or sales for a commission. */

#pragma once

#include "db/rungs-db.h"
#include "leads/rungs-source-store.h"
#include "partners/rungs-payee.h"

G_BEGIN_DECLS

/* What each means stands in rungs-partner-status-store.h. */
typedef enum
{
  RUNGS_PARTNER_APPLIED,
  RUNGS_PARTNER_ACTIVE,
  RUNGS_PARTNER_PAUSED,
  RUNGS_PARTNER_ENDED,
} RungsPartnerStatus;

/* A row of the table `partner`. Texts are owned and never NULL. */
typedef struct
{
  gint64 id;
  char *uuid;
  char *name;
  gint64 source; /* leads that come from there are the partner's */
  RungsSourceKind kind; /* of the source: RUNGS_SOURCE_AFFILIATE or RUNGS_SOURCE_JV */
  char *email;
  char *phone;
  char *country;
  char *language;
  char currency[4]; /* in which it earns by what is booked first from now on; "": as sold */
  char *manager;
  char *note;
  gint64 lead; /* who the partner is, too; 0: none that we know */
  gint64 recruited_by; /* another partner; 0: none */
  RungsPayWay pay_way; /* rungs_payee_save() sets it */
  gint64 created_at;
  RungsPartnerStatus status; /* rungs_partner_set_status() sets it, … */
  gint64 ended_at; /* … and this, when it ended; 0: it has not */
} RungsPartner;

/* An affiliate without a source, active. `currency`: "" for that which is sold in. */
RungsPartner *rungs_partner_new (const char *name,
                                 const char *currency);
void rungs_partner_free (RungsPartner *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsPartner, rungs_partner_free)

/* Puts `value`, without the space around it, in the place of `*text`. */
void rungs_partner_set (char       **text,
                        const char  *value);

/* Stores a new one; makes its uuid, and where it has no source, takes or makes that of its kind
 * with its name. Returns: its id; 0 on error: INVALID (no name, an e-mail address, a currency that
 * is none, a country that is none, a source of another kind, recruited in a circle), CONFLICT (the
 * name, the source or the lead is another partner's), NOT_FOUND (no such source). */
gint64 rungs_partner_add (RungsDb       *db,
                          RungsPartner  *partner,
                          gint64         now,
                          GError       **error);

/* Stores all but uuid, source, kind, pay_way, created_at, status and ended_at. Errors: as above. */
gboolean rungs_partner_save (RungsDb             *db,
                             const RungsPartner  *partner,
                             gint64               now,
                             GError             **error);

/* Errors: NOT_FOUND. */
RungsPartner *rungs_partner_load (RungsDb  *db,
                                  gint64    id,
                                  GError  **error);
RungsPartner *rungs_partner_load_by_name (RungsDb     *db,
                                          const char  *name,
                                          GError     **error);

/* `partner` (out) (transfer full) (nullable): who that lead is; NULL: no partner. */
gboolean rungs_partner_find_of_lead (RungsDb        *db,
                                     gint64          lead,
                                     RungsPartner  **partner,
                                     GError        **error);

/* Returns: (transfer full) (element-type RungsPartner): all, by name. */
GPtrArray *rungs_partner_list (RungsDb  *db,
                               GError  **error);

/* `there` (out): whether the business has any. */
gboolean rungs_partners_are_there (RungsDb   *db,
                                   gboolean  *there,
                                   GError   **error);

G_END_DECLS
