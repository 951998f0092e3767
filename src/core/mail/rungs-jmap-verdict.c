/* rungs-jmap-verdict.c: what a JMAP server's refusals mean for a message.
 *
 * A server that hands on what an SMTP server said does so in the description, which then begins
 * with its status code (RFC 3463); that decides, for servers differ in what type they give it:
 * Cyrus says "forbiddenToSend" of a recipient that is greylisted. */

#include "mail/rungs-jmap-verdict.h"

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "smtp/rungs-mail-status.h"

#define WORDS_LIMIT 500

typedef struct
{
  const char *type;
  RungsDeliveryOutcome outcome;
  gboolean address_is_bad;
  gboolean server_is_away;
} Verdict;

static const Verdict OF_OBJECTS[] = {
  { "invalidRecipients", RUNGS_DELIVERY_PERMANENT, TRUE, FALSE },
  { "noRecipients", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "tooManyRecipients", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "invalidEmail", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "invalidProperties", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "tooLarge", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
  { "forbiddenFrom", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "forbiddenMailFrom", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "forbiddenToSend", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "forbidden", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "overQuota", RUNGS_DELIVERY_ACCOUNT_TROUBLE, FALSE, FALSE },
  { "rateLimit", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
};

static const Verdict OF_CALLS[] = {
  { "serverUnavailable", RUNGS_DELIVERY_TEMPORARY, FALSE, TRUE },
  { "serverFail", RUNGS_DELIVERY_TEMPORARY, FALSE, FALSE },
  { "requestTooLarge", RUNGS_DELIVERY_PERMANENT, FALSE, FALSE },
};

static const Verdict *
find (const Verdict *verdicts,
      gsize          n,
      const char    *type)
{
  for (gsize i = 0; i < n; i++)
    if (g_strcmp0 (verdicts[i].type, type) == 0)
      return &verdicts[i];
  return NULL;
}

static void
apply (const Verdict        *verdict,
       RungsDeliveryOutcome  otherwise,
       RungsDelivery        *delivery)
{
  delivery->outcome = verdict != NULL ? verdict->outcome : otherwise;
  delivery->address_is_bad = verdict != NULL && verdict->address_is_bad;
  delivery->server_is_away = verdict != NULL && verdict->server_is_away;
}

static void
say (RungsDelivery *delivery,
     const char    *words)
{
  g_free (delivery->reply);
  delivery->reply = rungs_transport_clean_line (words, -1, WORDS_LIMIT);
}

void
rungs_jmap_verdict_of_error (const GError  *error,
                             RungsDelivery *delivery)
{
  g_return_if_fail (error != NULL && delivery != NULL);

  say (delivery, error->message);
  if (rungs_error_is_cancelled (error))
    delivery->outcome = RUNGS_DELIVERY_CANCELLED;
  else if (error->code == RUNGS_ERROR_BUSY || error->code == RUNGS_ERROR_NETWORK)
    {
      delivery->outcome = RUNGS_DELIVERY_TEMPORARY;
      delivery->server_is_away = TRUE;
    }
  else
    delivery->outcome = RUNGS_DELIVERY_ACCOUNT_TROUBLE;
}

void
rungs_jmap_verdict_of_call (const char    *type,
                            const GError  *error,
                            RungsDelivery *delivery)
{
  g_return_if_fail (error != NULL && delivery != NULL);

  say (delivery, error->message);
  apply (find (OF_CALLS, G_N_ELEMENTS (OF_CALLS), type), RUNGS_DELIVERY_ACCOUNT_TROUBLE, delivery);
}

/* What an SMTP server said decides, where its code is known. */
static void
heed_status (const char    *description,
             RungsDelivery *delivery)
{
  RungsMailStatus status;

  if (description == NULL || !rungs_mail_status_parse (description, &status) || status.class == 2)
    return;
  if (status.class == 4)
    delivery->outcome = RUNGS_DELIVERY_TEMPORARY;
  else if (rungs_mail_status_is_bad_address (&status))
    delivery->outcome = RUNGS_DELIVERY_PERMANENT;
  delivery->address_is_bad = rungs_mail_status_is_bad_address (&status);
  delivery->server_is_away = FALSE;
}

void
rungs_jmap_verdict_of_object (JsonObject    *trouble,
                              RungsDelivery *delivery)
{
  const char *type = rungs_jmap_json_get_text (trouble, "type");
  const char *description = rungs_jmap_json_get_text (trouble, "description");
  g_autofree char *words = NULL;

  g_return_if_fail (delivery != NULL);

  words = g_strdup_printf (_ ("the JMAP server refuses (%s%s%s)"), type ? type : "?",
                           description ? ": " : "", description ? description : "");
  say (delivery, words);
  apply (find (OF_OBJECTS, G_N_ELEMENTS (OF_OBJECTS), type), RUNGS_DELIVERY_TEMPORARY, delivery);
  heed_status (description, delivery);
}
