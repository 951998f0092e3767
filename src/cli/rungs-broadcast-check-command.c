/* rungs-broadcast-check-command.c: what stands against sending a broadcast, and sending it. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "mail/rungs-broadcast-check.h"
#include "mail/rungs-broadcast-run-store.h"
#include "rungs-broadcast-view.h"
#include "rungs-commands.h"
#include "rungs-listing.h"
#include "rungs-message-words.h"

#define DNS_SECONDS 5

static const RungsColumn CHECK_COLUMNS[] = {
  { "level", N_ ("It"), RUNGS_COLUMN_TERM, NULL },
  { "words", N_ ("What"), RUNGS_COLUMN_TEXT, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_COUNT, NULL },
  { NULL },
};

static JsonObject *
finding_to_row (const RungsFinding *finding)
{
  g_autofree char *words = finding->problem != NULL
                               ? rungs_message_problem_dup_words (finding->problem)
                               : g_strdup (finding->words);
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "level", rungs_finding_level_to_text (finding->level));
  rungs_row_set_text (row, "code", finding->code);
  rungs_row_set_text (row, "words", words);
  rungs_row_set_number (row, "leads", finding->leads);
  if (finding->rule != NULL)
    rungs_row_set_json (row, "rule", finding->rule);
  else
    rungs_row_set_text (row, "rule", NULL);
  return row;
}

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
  g_autoptr (RungsListing) listing = rungs_listing_new (call, CHECK_COLUMNS);
  g_autoptr (GPtrArray) findings
      = broadcast ? rungs_broadcast_check (db, broadcast, rungs_invocation_get_now (call), error)
                  : NULL;

  if (findings == NULL || !add_domain (call, db, findings, error))
    return FALSE;
  for (guint i = 0; i < findings->len; i++)
    rungs_listing_add (listing, finding_to_row (g_ptr_array_index (findings, i)));
  rungs_listing_end (listing, _ ("Nothing stands against sending it."));
  return TRUE;
}

/* Errors: CONFLICT, with what does. */
static gboolean
nothing_blocks (RungsInvocation       *call,
                RungsDb               *db,
                const RungsBroadcast  *broadcast,
                GError               **error)
{
  g_autoptr (GPtrArray) findings
      = rungs_broadcast_check (db, broadcast, rungs_invocation_get_now (call), error);

  for (guint i = 0; findings != NULL && i < findings->len; i++)
    {
      const RungsFinding *finding = g_ptr_array_index (findings, i);
      g_autofree char *words = NULL;

      if (finding->level != RUNGS_FINDING_BLOCKS)
        continue;
      words = finding->problem != NULL ? rungs_message_problem_dup_words (finding->problem)
                                       : g_strdup (finding->words);
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT, words);
      return FALSE;
    }
  return findings != NULL;
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

  return broadcast != NULL && nothing_blocks (call, db, broadcast, error)
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
    "[level, code, words, leads, rule]" },
  { "broadcast send", "NAME", N_ ("Let it leave, at its time"), RUNGS_COMMAND_WRITES,
    send_broadcast, NULL,
    N_ ("The open window, or “rungsctl run”, sends it. It begins after its grace."),
    "{" RUNGS_BROADCAST_JSON "}" },
  { NULL },
};
