/* rungs-partner-status-command.c: whether partners earn, and since when. */

#include <glib/gi18n.h>

#include "base/rungs-error.h"
#include "partners/rungs-partner-status-store.h"
#include "rungs-commands.h"
#include "rungs-listing.h"

static const RungsColumn COLUMNS[] = {
  { "status", N_ ("Status"), RUNGS_COLUMN_TERM, NULL },
  { "from", N_ ("From"), RUNGS_COLUMN_TIME, NULL },
  { "said_at", N_ ("Said at"), RUNGS_COLUMN_TIME, NULL },
  { "why", N_ ("Why"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

#define KEYS "status, from, said_at, why"

static JsonObject *
row_of (const RungsPartnerWord *word)
{
  JsonObject *row = rungs_row_new ();

  rungs_row_set_text (row, "status", rungs_partner_status_to_text (word->status));
  rungs_row_set_time (row, "from", word->at);
  rungs_row_set_time (row, "said_at", word->said_at);
  rungs_row_set_text (row, "why", word->why);
  return row;
}

static gboolean
list_words (RungsInvocation     *call,
            RungsDb             *db,
            const RungsPartner  *partner,
            GError             **error)
{
  g_autoptr (RungsListing) listing = rungs_listing_new (call, COLUMNS);
  g_autoptr (GPtrArray) words = rungs_partner_list_words (db, partner->id, error);

  if (words == NULL)
    return FALSE;
  for (guint i = 0; i < words->len; i++)
    rungs_listing_add (listing, row_of (words->pdata[i]));
  rungs_listing_end (listing, _ ("The partner has been active all the time."));
  return TRUE;
}

static gboolean
show_status (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autoptr (RungsPartner) partner
      = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);

  return partner != NULL && list_words (call, db, partner, error);
}

static gboolean
set_status (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  const char *why = rungs_invocation_get_text (call, "why", "");
  RungsPartnerStatus status;
  g_autoptr (RungsPartner) partner = NULL;

  if (!rungs_partner_status_from_text (rungs_invocation_get_argument (call, 1), &status))
    return rungs_error_refuse (error, _ ("STATUS is active, paused or ended"));
  partner = rungs_partner_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
  return partner != NULL
         && rungs_partner_set_status (db, partner->id, status, why,
                                      rungs_invocation_get_now (call), error)
         && list_words (call, db, partner, error);
}

static const GOptionEntry SET_OPTIONS[] = {
  RUNGS_OPTION ("why", N_ ("TEXT"), N_ ("Why")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PARTNER_STATUS_COMMANDS[] = {
  { "partner status", "NAME", N_ ("Show since when a partner earns, or does not"),
    RUNGS_COMMAND_READS, show_status, NULL, NULL, "[" KEYS "]" },
  { "partner set", "NAME STATUS", N_ ("Let a partner earn, or not, from now on"),
    RUNGS_COMMAND_WRITES, set_status, SET_OPTIONS,
    N_ ("STATUS is active, paused or ended. Who is paused is credited with nothing that comes\n"
        "from then on; what was earned before is held, may be paid and is paid as ever. Who has\n"
        "ended loses the page at the relay, too. The status at an order's moment decides."),
    "[" KEYS "]" },
  { NULL },
};
