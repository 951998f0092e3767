/* rungs-web-unsubscribe.c: a POST at /u/TOKEN: a lead says no. */

#include "web/rungs-web-unsubscribe.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "base/rungs-email-address.h"
#include "base/rungs-error.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-quiet-store.h"
#include "leads/rungs-suppression-store.h"
#include "web/rungs-web-link-store.h"
#include "wire/rungs-form-data.h"

#define ORIGIN "unsubscribe link"

/* As the person's own word. `new` is set where the address got something until now. An address that
 * is none gets nothing anyway. */
static gboolean
suppress (RungsWebWork  *work,
          const char    *email,
          gboolean      *new,
          GError       **error)
{
  g_autofree char *key = rungs_email_key (email, NULL);
  RungsSuppressed before = RUNGS_SUPPRESSED_NOT;

  if (key == NULL)
    return TRUE;
  if (!rungs_suppression_check (work->db, email, &before, error)
      || !rungs_suppression_add (work->db, email, RUNGS_SUPPRESSED_UNSUBSCRIBED, "", work->now,
                                 error))
    return FALSE;
  *new = *new || before == RUNGS_SUPPRESSED_NOT;
  return TRUE;
}

/* `new` is set where consent held until now, or nothing was ever said. */
static gboolean
withdraw (RungsWebWork  *work,
          gint64         at,
          gboolean      *new,
          GError       **error)
{
  RungsConsentState state = RUNGS_CONSENT_NONE;
  gint64 consent;

  if (!rungs_consent_state (work->db, work->lead, RUNGS_PURPOSE_MARKETING, RUNGS_CHANNEL_EMAIL,
                            &state, error))
    return FALSE;
  if (state == RUNGS_CONSENT_WITHDRAWN)
    return TRUE;
  *new = TRUE;
  consent = rungs_consent_withdraw (work->db, work->lead, RUNGS_PURPOSE_MARKETING,
                                    RUNGS_CHANNEL_EMAIL, at, ORIGIN, error);
  return consent != 0 && rungs_web_lead_prove (work, consent, error);
}

static gboolean
refuse_more (RungsWebWork        *work,
             const RungsWebLink  *link,
             gint64               at,
             GError             **error)
{
  gboolean agreed = FALSE, new = FALSE;

  if (!rungs_web_lead_agreed_since (work, work->lead, at, &agreed, error))
    return FALSE;
  if (agreed)
    {
      work->nothing = _ ("The person has agreed again since.");
      return TRUE;
    }
  if (!withdraw (work, at, &new, error) || !suppress (work, link->sent_to, &new, error)
      || !suppress (work, link->email, &new, error))
    return FALSE;
  if (!new)
    work->nothing = _ ("The person had unsubscribed before.");
  return TRUE;
}

/* ---- a pause */

/* What the page posts, by the days that it asks for; the end of one: 0. */
static const struct
{
  const char *choice;
  gint64 days;
} PAUSES[] = {
  { RUNGS_WEB_CHOICE_MONTH, 30 },
  { RUNGS_WEB_CHOICE_QUARTER, 90 },
  { RUNGS_WEB_CHOICE_BACK, 0 },
};

/* `days` (out). FALSE: no pause is asked for. */
static gboolean
read_pause (const RungsRawDelivery *raw,
            gint64                 *days)
{
  const char *type = rungs_raw_delivery_get_header (raw, "Content-Type");
  gsize length = 0;
  const char *body = g_bytes_get_data (raw->body, &length);
  g_autoptr (GPtrArray) fields = NULL;

  if (type == NULL || !g_str_has_prefix (type, "application/x-www-form-urlencoded"))
    return FALSE;
  fields = rungs_form_data_read_urlencoded (body, length, NULL);
  for (guint i = 0; fields != NULL && i < fields->len; i++)
    {
      const RungsFormField *field = fields->pdata[i];

      for (gsize j = 0; j < G_N_ELEMENTS (PAUSES); j++)
        if (strcmp (field->name, RUNGS_WEB_CHOICE) == 0
            && strcmp (field->value, PAUSES[j].choice) == 0)
          {
            *days = PAUSES[j].days;
            return TRUE;
          }
    }
  return FALSE;
}

static gboolean
let_pause (RungsWebWork  *work,
           gint64         at,
           gint64         days,
           GError       **error)
{
  gboolean taken = FALSE;

  work->kind = "pause";
  if (!rungs_quiet_set (work->db, work->lead, days != 0 ? at + days * RUNGS_DAY : 0, at, &taken,
                        error))
    return FALSE;
  if (!taken)
    work->nothing = _ ("It changes nothing: the person asked for it before, or for something else"
                       " since.");
  return TRUE;
}

gboolean
rungs_web_unsubscribe_apply (RungsWebWork            *work,
                             const RungsRawDelivery  *raw,
                             GError                 **error)
{
  g_auto (RungsWebLink) link = { { 0 } };
  gint64 days = 0;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "unsubscribe";
  if (!rungs_web_link_read (work, raw, RUNGS_LINK_UNSUBSCRIBE, &link, error))
    return FALSE;
  if (g_strcmp0 (raw->method, "POST") != 0)
    work->nothing = _ ("The link was only opened.");
  else if (link.lead == 0)
    work->nothing = _ ("Whom the message went to is not known any more.");
  else if (read_pause (raw, &days))
    return let_pause (work, raw->received_at, days, error);
  else
    return refuse_more (work, &link, raw->received_at, error);
  return TRUE;
}
