/* rungs-broadcast-check-command.c: what stands against sending a broadcast, and sending it. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-broadcast-check.h"
#include "mail/rungs-broadcast-run-store.h"
#include "rungs-broadcast-view.h"
#include "rungs-commands.h"
#include "rungs-finding-view.h"
#include "rungs-listing.h"

#define DNS_SECONDS 5

/* What the name servers say, where they are to be asked. */
static gboolean
add_domain (RungsInvocation  *call,
            RungsDb          *db,
            GPtrArray        *findings,
            GError          **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *name = NULL;
  g_autoptr (RungsSenderDomain) domain = NULL;

  if (rungs_invocation_has (call, "offline"))
    return TRUE;
  name = rungs_broadcast_dup_domain (db, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (name == NULL)
    return TRUE;
  domain = rungs_sender_domain_ask (name, DNS_SECONDS);
  rungs_broadcast_check_add_domain (findings, domain);
  return TRUE;
}

static gboolean
check_broadcast (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  g_autoptr (RungsListing) listing = rungs_listing_new (call, RUNGS_FINDING_COLUMNS);
  g_autoptr (GPtrArray) findings
      = broadcast ? rungs_broadcast_check (db, broadcast, rungs_invocation_get_now (call), error)
                  : NULL;

  if (findings == NULL || !add_domain (call, db, findings, error))
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    rungs_listing_add (listing, rungs_finding_to_row (g_ptr_array_index (findings, i)));
  rungs_listing_end (listing, _ ("Nothing stands against sending it."));
  return TRUE;
}

static gboolean
say_sent (RungsInvocation  *call,
          RungsDb          *db,
          gint64            id,
          GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_load (db, id, error);
  JsonObject *row = broadcast ? rungs_broadcast_to_row (db, broadcast, error) : NULL;

  if (row != NULL)
    rungs_column_say (call, row,
                      _ ("“%s” is to leave. Until it begins, “broadcast unsend” takes it back."),
                      broadcast->name);
  return row != NULL;
}

static gboolean
send_broadcast (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsBroadcast) broadcast = rungs_broadcast_argument (call, db, error);
  g_autoptr (GPtrArray) findings
      = broadcast ? rungs_broadcast_check (db, broadcast, rungs_invocation_get_now (call), error)
                  : NULL;

  return findings != NULL && rungs_findings_pass (findings, error)
         && rungs_broadcast_send (db, broadcast->id, rungs_invocation_get_now (call), error)
         && say_sent (call, db, broadcast->id, error);
}

static const GOptionEntry CHECK_OPTIONS[] = {
  RUNGS_FLAG ("offline", N_ ("Do not ask the network about the domain")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_BROADCAST_CHECK_COMMANDS[] = {
  { "broadcast check", "NAME", N_ ("Say what stands against sending it, and who is left out"),
    RUNGS_COMMAND_READS, check_broadcast, CHECK_OPTIONS,
    N_ ("What “blocks” keeps it from being sent. The name servers are asked whether the domain of\n"
        "the mail account has SPF, DKIM and DMARC, for five seconds at most."),
    "[level, code, words, about, leads, rule]" },
  { "broadcast send", "NAME", N_ ("Let it leave, at its time"), RUNGS_COMMAND_WRITES,
    send_broadcast, NULL,
    N_ ("The open window, or “rungsctl run”, sends it. It begins after its grace."),
    "{" RUNGS_BROADCAST_JSON "}" },
  { NULL },
};
