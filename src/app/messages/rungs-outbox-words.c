/* rungs-outbox-words.c: what became of a message, in the user's words. */

#include "rungs-outbox-words.h"

#include <glib/gi18n.h>

#include "widgets/rungs-display.h"

static const struct
{
  const char *reason;
  const char *words;
  const char *sentence;
} REASONS[] = {
  { RUNGS_OUTBOX_NO_ADDRESS, N_ ("no address"),
    N_ ("It was withheld: the lead has no e-mail address, or one that cannot be right.") },
  { RUNGS_OUTBOX_BOUNCED, N_ ("address refused before"),
    N_ ("It was withheld: the lead's address was refused for good before. Correct it first.") },
  { RUNGS_OUTBOX_SUPPRESSED, N_ ("gets nothing more"),
    N_ ("It was withheld: this address is on the list of those that get nothing more.") },
  { RUNGS_OUTBOX_NO_CONSENT, N_ ("has not agreed"),
    N_ ("It was withheld: this is marketing, and the lead has not agreed to it, or no longer"
        " does.") },
  { RUNGS_OUTBOX_QUIET, N_ ("asked for a pause"),
    N_ ("It was withheld: this is marketing, and the lead asked for a pause.") },
  { RUNGS_OUTBOX_OWNED, N_ ("owns it already"),
    N_ ("It was withheld: the lead already owns what the message sells.") },
  { RUNGS_OUTBOX_LEFT, N_ ("left the sequence"),
    N_ ("It was withheld: the lead is no longer in the sequence that planned it.") },
  { RUNGS_OUTBOX_EDITED, N_ ("step taken out"),
    N_ ("It was withheld: the step that planned it was taken out of the sequence, or sends nothing"
        " any more.") },
  { RUNGS_OUTBOX_MERGED, N_ ("merged"),
    N_ ("It was withheld: two leads were merged, and as the other one they got it, or get it.") },
  { RUNGS_OUTBOX_CANCELLED, N_ ("broadcast cancelled"),
    N_ ("It was withheld: its broadcast was cancelled before it left.") },
  { RUNGS_OUTBOX_REFUNDED, N_ ("money given back"),
    N_ ("It was withheld: what it was to deliver was given back before.") },
  { RUNGS_OUTBOX_NO_TEXT, N_ ("no usable text"),
    N_ ("It was withheld: the message has no text, or one that could not be filled in for this"
        " lead.") },
  { RUNGS_OUTBOX_PAUSED, N_ ("sequence paused"),
    N_ ("It waits because its sequence is paused. It leaves when the sequence is started again.") },
  { RUNGS_OUTBOX_CAP, N_ ("enough for now"),
    N_ ("It waits because the lead got enough messages lately.") },
  { RUNGS_OUTBOX_WINDOW, N_ ("not the time of day"),
    N_ ("It waits for the time of day at which messages may leave.") },
  { RUNGS_OUTBOX_WEEKDAY, N_ ("not the day of the week"),
    N_ ("It waits for a day of the week on which messages may leave.") },
  { RUNGS_OUTBOX_HOLIDAY, N_ ("a holiday"),
    N_ ("It waits because today is a day on which no marketing leaves.") },
  { RUNGS_OUTBOX_SPACED, N_ ("another one today"),
    N_ ("It is late, and waits for a day on which the lead gets no other message.") },
  { RUNGS_OUTBOX_LATE, N_ ("too late"),
    N_ ("It was withheld: its time had been over for longer than its step allows.") },
  { RUNGS_OUTBOX_ACCOUNT_PAUSED, N_ ("account paused"),
    N_ ("It waits for its mail account, which has stopped. It leaves by it when the account goes"
        " on, or by another one when a rule says so.") },
  { RUNGS_OUTBOX_TEMPORARY, N_ ("server said: later"),
    N_ ("The server did not take it for now. It is tried again by itself.") },
  { RUNGS_OUTBOX_REFUSED, N_ ("refused by the server"),
    N_ ("The server refused it for good. Mend the cause, then try again.") },
  { RUNGS_OUTBOX_GAVE_UP, N_ ("gave up"),
    N_ ("The server said “later” too often, and the program gave up.") },
  { RUNGS_OUTBOX_BROKE_OFF, N_ ("the line broke"),
    N_ ("The message had gone out when the line broke, before the server said that it took it."
        " Look into the server's list of sent messages, or ask the lead, and decide.") },
  { RUNGS_OUTBOX_CRASHED, N_ ("the program ended"),
    N_ ("The program ended while the message was under way, so nobody knows whether the server"
        " took it. Look into the server's list of sent messages, or ask the lead, and decide.") },
};

const char *
rungs_outbox_state_words (RungsOutboxState state)
{
  switch (state)
    {
    case RUNGS_OUTBOX_PLANNED:
      return _ ("Planned");
    case RUNGS_OUTBOX_CLAIMED:
      return _ ("Under way");
    case RUNGS_OUTBOX_SENT:
      return _ ("Sent");
    case RUNGS_OUTBOX_FAILED:
      return _ ("Failed");
    case RUNGS_OUTBOX_WITHHELD:
      return _ ("Withheld");
    case RUNGS_OUTBOX_DOUBT:
      return _ ("In doubt");
    default:
      return "";
    }
}

const char *
rungs_outbox_state_style (RungsOutboxState state)
{
  switch (state)
    {
    case RUNGS_OUTBOX_FAILED:
      return "error";
    case RUNGS_OUTBOX_DOUBT:
      return "warning";
    case RUNGS_OUTBOX_WITHHELD:
      return "dim-label";
    case RUNGS_OUTBOX_PLANNED:
    case RUNGS_OUTBOX_CLAIMED:
    case RUNGS_OUTBOX_SENT:
    default:
      return NULL;
    }
}

const char *
rungs_outbox_reason_words (const char *reason)
{
  if (*reason == '\0')
    return "";
  for (gsize i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_str_equal (reason, REASONS[i].reason))
      return _ (REASONS[i].words);
  return reason;
}

/* What the state says by itself. */
static char *
state_sentence (const RungsOutboxRow *row)
{
  g_autofree char *due = rungs_display_time (row->due_at);

  switch (row->state)
    {
    case RUNGS_OUTBOX_PLANNED:
      /* Translators: %s is a day and a time. */
      return g_strdup_printf (_ ("It leaves on %s, if nothing speaks against it then."), due);
    case RUNGS_OUTBOX_CLAIMED:
      return g_strdup (_ ("It is being handed to the server at this moment."));
    case RUNGS_OUTBOX_SENT:
      return g_strdup (_ ("It was sent."));
    case RUNGS_OUTBOX_FAILED:
      return g_strdup (_ ("It could not be sent."));
    case RUNGS_OUTBOX_WITHHELD:
      return g_strdup (_ ("It was withheld."));
    case RUNGS_OUTBOX_DOUBT:
      return g_strdup (_ ("Nobody knows whether it was sent. Decide."));
    default:
      return g_strdup ("");
    }
}

char *
rungs_outbox_row_words (const RungsOutboxRow *row)
{
  g_return_val_if_fail (row != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (REASONS); i++)
    if (g_str_equal (rungs_outbox_row_get_reason (row), REASONS[i].reason))
      return g_strdup (_ (REASONS[i].sentence));
  return state_sentence (row);
}
