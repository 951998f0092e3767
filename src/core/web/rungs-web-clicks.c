/* rungs-web-clicks.c: links of messages that were followed, and whether by a person. */

#include "web/rungs-web-clicks.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-clock.h"
#include "web/rungs-web-click-store.h"
#include "web/rungs-web-link-store.h"
#include "wire/rungs-machine-agent.h"

/* So many links of a message within the bounds are a machine's. */
#define LINKS_IN_BURST 3
#define LINKS_IN_SECOND 2
#define SECOND 1000

#define SAME_SPAN (5 * RUNGS_MINUTE)

/* Whether that header of a request says that nobody looks yet. */
static gboolean
says_ahead (const RungsRawDelivery *raw,
            const char             *header)
{
  const char *value = rungs_raw_delivery_get_header (raw, header);
  g_autofree char *small = value != NULL ? g_ascii_strdown (value, -1) : NULL;

  return small != NULL && (strstr (small, "prefetch") != NULL || strstr (small, "preview") != NULL);
}

const char *
rungs_web_machine_find (const RungsRawDelivery *raw)
{
  g_return_val_if_fail (raw != NULL, NULL);

  if (g_ascii_strcasecmp (raw->method, "HEAD") == 0)
    return "head";
  if (says_ahead (raw, "Sec-Purpose") || says_ahead (raw, "Purpose")
      || says_ahead (raw, "X-Purpose") || says_ahead (raw, "X-Moz"))
    return "prefetch";
  return rungs_machine_agent_is (rungs_raw_delivery_get_header (raw, "User-Agent")) ? "agent"
                                                                                   : NULL;
}

gboolean
rungs_web_click_apply (RungsWebWork            *work,
                       const RungsRawDelivery  *raw,
                       GError                 **error)
{
  g_auto (RungsWebLink) link = { { 0 } };
  RungsWebClick click = { .at = 0 };
  const char *why;

  g_return_val_if_fail (work != NULL && raw != NULL, FALSE);

  work->kind = "click";
  if (!rungs_web_link_read (work, raw, RUNGS_LINK_CLICK, &link, error))
    return FALSE;
  if (link.lead == 0)
    {
      work->nothing = _ ("Whom the message went to is not known any more.");
      return TRUE;
    }
  click.delivery = work->delivery;
  click.lead = link.lead;
  click.mail = link.link.mail;
  click.target = link.link.rest;
  click.at = raw->received_at;
  why = rungs_web_machine_find (raw);
  if (why == NULL && link.ended_at != 0 && click.at < link.ended_at + RUNGS_WEB_CLICK_SOON)
    why = "soon";
  return rungs_web_click_add (work->db, &click, why, error);
}

/* ---- by what came with it */

/* `why` (out): NULL: it was a person. */
static gboolean
find_why (RungsDb              *db,
          const RungsWebClick  *click,
          const char          **why,
          GError              **error)
{
  gint64 in_burst = 0, in_second = 0;
  gboolean same = FALSE;

  if (!rungs_web_click_count_around (db, click, RUNGS_WEB_CLICK_BURST, &in_burst, error)
      || !rungs_web_click_count_around (db, click, SECOND, &in_second, error)
      || !rungs_web_click_is_of_machine (db, click, SAME_SPAN, &same, error))
    return FALSE;
  *why = NULL;
  if (in_burst >= LINKS_IN_BURST || in_second >= LINKS_IN_SECOND)
    *why = "burst";
  else if (same)
    *why = "same";
  return TRUE;
}

gboolean
rungs_web_clicks_judge (RungsDb  *db,
                        gint64    now,
                        GError  **error)
{
  g_autoptr (GPtrArray) open
      = rungs_web_click_list_open (db, now - RUNGS_WEB_CLICK_BURST, error);
  const char *why;

  for (guint i = 0; open != NULL && i < open->len; i++)
    if (!find_why (db, open->pdata[i], &why, error)
        || !rungs_web_click_settle (db, open->pdata[i], why, error))
      return FALSE;
  return open != NULL;
}

gboolean
rungs_web_clicks_next (RungsDb  *db,
                       gint64   *at,
                       GError  **error)
{
  g_return_val_if_fail (at != NULL, FALSE);

  if (!rungs_web_click_first_open (db, at, error))
    return FALSE;
  if (*at != G_MAXINT64)
    *at += RUNGS_WEB_CLICK_BURST;
  return TRUE;
}
