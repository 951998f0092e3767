/* rungs-demo-partners.c: reads the lines of the demo business that tell of partners: who there is
 * and by which terms, what was credited by hand, and what was paid.
 *
 * Orders are credited as they are read (rungs_demo_settle()), so that the book of commissions tells
 * of them in the order in which they came. */

#include "engine/rungs-demo-private.h"
#include "partners/rungs-commission-store.h"
#include "partners/rungs-partner-page-store.h"
#include "partners/rungs-partner-store.h"
#include "partners/rungs-partners-follow.h"
#include "partners/rungs-payout-store.h"
#include "partners/rungs-programme-store.h"
#include "partners/rungs-referral-store.h"

#define MINUTES_A_DAY 1440

static gint64
day_of (RungsDemo  *demo,
        JsonObject *line)
{
  return rungs_demo_instant (demo, rungs_demo_number (line, "day", 0) * MINUTES_A_DAY);
}

gboolean
rungs_demo_settle (RungsDemo *demo,
                   gint64     at,
                   GError   **error)
{
  return rungs_partners_follow (demo->db, at, error);
}

/* ---- who there is */

static gboolean
add_version (RungsDemo  *demo,
             gint64      programme,
             JsonObject *version,
             GError    **error)
{
  gint64 from = day_of (demo, version);
  g_autofree char *json = json_to_string (json_object_get_member (version, "terms"), FALSE);
  g_autoptr (RungsTerms) terms = rungs_terms_parse (json, error);

  return terms != NULL
         && rungs_programme_set_terms (demo->db, programme, from, terms, from, error) != 0;
}

static gboolean
read_programme (RungsDemo  *demo,
                JsonObject *line,
                GError    **error)
{
  JsonArray *versions = json_object_get_array_member (line, "versions");
  gint64 at = day_of (demo, json_array_get_object_element (versions, 0));
  gint64 id = rungs_programme_add (demo->db, rungs_demo_text (line, "name"), at, error);

  if (id == 0
      || !rungs_programme_texts_save (demo->db, id, rungs_demo_text (line, "texts"), at, error))
    return FALSE;
  rungs_demo_remember (demo->programmes, rungs_demo_text (line, "name"), id);
  for (guint i = 0; i < json_array_get_length (versions); i++)
    if (!add_version (demo, id, json_array_get_object_element (versions, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
read_partner (RungsDemo  *demo,
              JsonObject *line,
              GError    **error)
{
  const char *name = rungs_demo_text (line, "name");
  g_autoptr (RungsPartner) partner = rungs_partner_new (name, "");
  gint64 at = day_of (demo, line);
  gint64 programme = rungs_demo_find (demo->programmes, rungs_demo_text (line, "programme"));

  rungs_source_kind_from_text (rungs_demo_text (line, "kind"), &partner->kind);
  partner->source = rungs_demo_find (demo->sources, rungs_demo_text (line, "source"));
  rungs_partner_set (&partner->email, rungs_demo_text (line, "email"));
  rungs_partner_set (&partner->phone, rungs_demo_text (line, "phone"));
  rungs_partner_set (&partner->manager, rungs_demo_text (line, "manager"));
  rungs_partner_set (&partner->note, rungs_demo_text (line, "note"));
  rungs_partner_set (&partner->country, "IE");
  if (rungs_partner_add (demo->db, partner, at, error) == 0)
    return FALSE;
  rungs_demo_remember (demo->partners, name, partner->id);
  return rungs_programme_join (demo->db, programme, partner->id, at, error);
}

/* ---- what happened */

static gboolean
read_credit (RungsDemo  *demo,
             JsonObject *line,
             GError    **error)
{
  gint64 at = rungs_demo_at (demo, line, "at");
  gint64 order = rungs_demo_numbered (demo->orders, line, "order");
  gint64 partner = rungs_demo_find (demo->partners, rungs_demo_text (line, "partner"));

  return rungs_referral_set (demo->db, order, partner, at, error)
         && rungs_commission_settle (demo->db, order, at, error);
}

static gboolean
read_payout (RungsDemo  *demo,
             JsonObject *line,
             GError    **error)
{
  gint64 at = rungs_demo_at (demo, line, "at");
  RungsPayoutRequest request = { .until = at };
  gint64 released, id;

  g_strlcpy (request.currency, demo->currency, sizeof request.currency);
  if (!rungs_commissions_release (demo->db, at, 0, &released, error))
    return FALSE;
  id = rungs_payout_make (demo->db, &request, at, error);
  rungs_demo_number_is (demo->payouts, rungs_demo_number (line, "number", 0), id);
  return id != 0;
}

static gboolean
read_payment (RungsDemo  *demo,
              JsonObject *line,
              GError    **error)
{
  gint64 payout = rungs_demo_numbered (demo->payouts, line, "payout");
  JsonArray *partners = json_object_get_array_member (line, "partners");
  RungsPayoutState state = RUNGS_PAYOUT_PAID;

  rungs_payout_state_from_text (rungs_demo_text (line, "state"), &state);
  for (guint i = 0; i < json_array_get_length (partners); i++)
    {
      const char *name = json_array_get_string_element (partners, i);

      if (!rungs_payout_mark (demo->db, payout, rungs_demo_find (demo->partners, name), state,
                              rungs_demo_at (demo, line, "at"), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
rungs_demo_finish_partners (RungsDemo *demo,
                            GError   **error)
{
  gint64 released;

  return rungs_demo_settle (demo, demo->now, error)
         && rungs_commissions_release (demo->db, demo->now, 0, &released, error);
}

RungsDemoReader
rungs_demo_partner_reader (const char *is)
{
  static const struct
  {
    const char *is;
    RungsDemoReader read;
  } READERS[] = {
    { "programme", read_programme },
    { "partner", read_partner },
    { "credit", read_credit },
    { "payout", read_payout },
    { "payment", read_payment },
  };

  for (guint i = 0; i < G_N_ELEMENTS (READERS); i++)
    if (g_str_equal (READERS[i].is, is))
      return READERS[i].read;
  return NULL;
}
