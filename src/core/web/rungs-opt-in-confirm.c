/* rungs-opt-in-confirm.c: a POST at /c/TOKEN: an address is its owner's, who agreed, and who takes
 * back by it that they had unsubscribed.
 *
 * The wording is that which stood in the form; the evidence is this delivery, and opt_in_pending
 * names the submission that it confirms. */

#include <glib/gi18n.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "leads/rungs-suppression-store.h"
#include "web/rungs-opt-in-apply.h"
#include "web/rungs-opt-in-enrol.h"
#include "web/rungs-opt-in-pending-store.h"
#include "web/rungs-web-link-store.h"

static gboolean
take_back (RungsWebWork  *work,
           const char    *email,
           GError       **error)
{
  g_autofree char *key = rungs_email_key (email, NULL);

  return key == NULL || rungs_suppression_take_back (work->db, email, work->now, error);
}

static gboolean
confirm (RungsWebWork             *work,
         const RungsOptInPending  *pending,
         const RungsWebLink       *link,
         gint64                    at,
         GError                  **error)
{
  g_autoptr (RungsOptInVersion) version
      = rungs_opt_in_version_load (work->db, pending->version, error);
  g_autofree char *origin = g_strdup_printf ("form: %s", pending->form_name);

  if (version == NULL || !rungs_opt_in_pending_confirm (work, pending, at, error)
      || !take_back (work, link->email, error))
    return FALSE;
  return rungs_web_lead_agree (work, work->lead, at, origin,
                               rungs_opt_in_get_text (version->definition, pending->language,
                                                      "consent"),
                               error)
         && rungs_opt_in_enrol (work, version->definition, pending->form_name, error);
}

/* `id` (out): what the link confirms; 0: nothing any more. A link that the relay has made knows no
 * lead: it says by which submission it was asked for. */
static gboolean
find_pending (RungsWebWork  *work,
              RungsWebLink  *link,
              gint64        *id,
              GError       **error)
{
  g_auto (RungsOptInRequest) request = { 0 };

  *id = link->link.mail;
  if (link->link.mail != 0 || link->link.lead != 0)
    return TRUE;
  if (!rungs_opt_in_request_find (work->db, link->link.rest, &request, error))
    return FALSE;
  *id = request.pending;
  link->lead = work->lead = request.lead;
  g_free (link->email);
  link->email = g_steal_pointer (&request.email);
  return TRUE;
}

gboolean
rungs_opt_in_confirm_apply (RungsWebWork            *work,
                            const RungsRawDelivery  *raw,
                            GError                 **error)
{
  g_auto (RungsWebLink) link = { { 0 } };
  g_autoptr (RungsOptInPending) pending = NULL;
  gint64 id = 0;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "confirm";
  if (!rungs_web_link_read (work, raw, RUNGS_LINK_CONFIRM, &link, error))
    return FALSE;
  if (g_strcmp0 (raw->method, "POST") != 0)
    {
      work->nothing = _ ("The link was only opened.");
      return TRUE;
    }
  if (!find_pending (work, &link, &id, error))
    return FALSE;
  if (id == 0 && link.lead != 0)
    {
      work->nothing = _ ("It was confirmed before.");
      return TRUE;
    }
  if (link.lead == 0)
    {
      work->nothing = _ ("Whom the message went to is not known any more.");
      return TRUE;
    }
  pending = rungs_opt_in_pending_load (work->db, id, error);
  if (pending == NULL)
    return FALSE;
  if (pending->lead != link.lead)
    work->nothing = _ ("Whom the message went to is not known any more.");
  else if (pending->confirmed_at != 0)
    work->nothing = _ ("It was confirmed before.");
  else if (raw->received_at > pending->expires_at)
    work->nothing = _ ("It came too late: the link had expired.");
  else
    return confirm (work, pending, &link, raw->received_at, error);
  return TRUE;
}
