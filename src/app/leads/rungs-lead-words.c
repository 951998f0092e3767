/* rungs-lead-words.c: what holds of leads, in the user's words. */

#include "rungs-lead-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/rungs-display.h"

const char *
rungs_enrol_answer_words (RungsEnrolAnswer answer)
{
  switch (answer)
    {
    case RUNGS_ENROL_NOT_STARTED:
      return _ ("the sequence is a draft: start it first");
    case RUNGS_ENROL_ACTIVE:
      return _ ("in it already");
    case RUNGS_ENROL_REENTRY:
      return _ ("was in it before, and it takes nobody twice");
    case RUNGS_ENROL_OWNS:
      return _ ("owns what it sells");
    case RUNGS_ENROL_NO_ADDRESS:
      return _ ("no e-mail address that works");
    case RUNGS_ENROL_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail");
    case RUNGS_ENROL_SUPPRESSED:
      return _ ("on the do-not-send list");
    case RUNGS_ENROL_OK:
    default:
      return _ ("entered");
    }
}

char *
rungs_enrol_counts_words (const RungsEnrolCounts *counts)
{
  gint64 entered = counts->of[RUNGS_ENROL_OK];
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words,
                          ngettext ("%'d lead entered the sequence",
                                    "%'d leads entered the sequence", (gulong) entered),
                          (int) entered);
  for (int answer = RUNGS_ENROL_OK + 1; answer <= RUNGS_ENROL_SUPPRESSED; answer++)
    if (counts->of[answer] > 0)
      g_string_append_printf (words, " · %'d: %s", (int) counts->of[answer],
                              rungs_enrol_answer_words (answer));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

const char *
rungs_lead_column_words (const char *column)
{
  static const char *const table[][2] = {
    { "email", N_ ("E-mail") },       { "first_name", N_ ("First name") },
    { "last_name", N_ ("Last name") }, { "company", N_ ("Company") },
    { "phone", N_ ("Telephone") },    { "street", N_ ("Street") },
    { "postcode", N_ ("Postcode") },  { "city", N_ ("City") },
    { "region", N_ ("Region") },      { "country", N_ ("Country") },
    { "language", N_ ("Language") },  { "zone", N_ ("Time zone") },
    { "notes", N_ ("Notes") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_str_equal (table[i][0], column))
      return _ (table[i][1]);
  return column;
}

const char *
rungs_suppressed_words (RungsSuppressed reason)
{
  switch (reason)
    {
    case RUNGS_SUPPRESSED_UNSUBSCRIBED:
      return _ ("unsubscribed");
    case RUNGS_SUPPRESSED_BOUNCED:
      return _ ("the address does not exist");
    case RUNGS_SUPPRESSED_COMPLAINED:
      return _ ("called a message spam");
    case RUNGS_SUPPRESSED_ERASED:
      return _ ("asked to be forgotten");
    case RUNGS_SUPPRESSED_BY_HAND:
      return _ ("entered by hand");
    case RUNGS_SUPPRESSED_NOT:
    default:
      return "";
    }
}

/* With places for the text (%1), the day (%2) and the number (%3). */
static const char *
reason_sentence (RungsReasonCode code)
{
  switch (code)
    {
    case RUNGS_REASON_OWNS_FROM:
      return _ ("owns %1 since %2");
    case RUNGS_REASON_OWNS_NOTHING:
      return _ ("owns nothing yet");
    case RUNGS_REASON_WAITED:
      return _ ("the wait of %3 days is over");
    case RUNGS_REASON_CONDITION_MET:
      return _ ("meets the condition: %1");
    case RUNGS_REASON_IN_SEQUENCE:
      return _ ("the sequence “%1” is selling it now");
    case RUNGS_REASON_FIRST:
      return _ ("nothing that can be offered comes before it");
    case RUNGS_REASON_RETIRED:
      return _ ("is no longer sold");
    case RUNGS_REASON_OWNED:
      return _ ("is owned since %2");
    case RUNGS_REASON_OWNED_IN_BUNDLE:
      return _ ("is owned as part of %1");
    case RUNGS_REASON_PARTS_OWNED:
      return _ ("everything in it is owned");
    case RUNGS_REASON_WAITING:
      return _ ("%3 more days to wait, until %2");
    case RUNGS_REASON_CONDITION_NOT_MET:
      return _ ("does not meet the condition: %1");
    case RUNGS_REASON_CONDITION_BROKEN:
      return _ ("its condition cannot be asked: %1");
    case RUNGS_REASON_NOT_DECLINED:
      return _ ("waits while %1 may yet be bought");
    case RUNGS_REASON_DECLINED:
      return _ ("comes behind others: a sequence that sold it ended on %2 without a sale");
    case RUNGS_REASON_OUTRANKED:
      return _ ("%1 comes first");
    case RUNGS_REASON_NO_CONSENT:
      return _ ("has not agreed to marketing by e-mail, so nothing is sent");
    default:
      return "%1";
    }
}

char *
rungs_reason_words (const RungsReason *reason)
{
  g_autofree char *day = reason->at != 0 ? rungs_display_day (reason->at) : g_strdup ("");
  g_autofree char *number = rungs_display_number (reason->number);
  const char *values[] = { reason->text, day, number };
  g_autoptr (GString) words = g_string_new (NULL);

  for (const char *c = reason_sentence (reason->code); *c != '\0'; c++)
    if (c[0] == '%' && c[1] >= '1' && c[1] <= '3')
      g_string_append (words, values[*++c - '1']);
    else
      g_string_append_c (words, *c);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

const char *
rungs_call_direction_words (RungsCallDirection direction)
{
  switch (direction)
    {
    case RUNGS_CALL_IN:
      return _ ("the lead called");
    case RUNGS_CALL_OUT:
      return _ ("we called");
    case RUNGS_CALL_UNKNOWN:
    default:
      return "";
    }
}

const char *
rungs_call_outcome_words (const char *outcome)
{
  static const char *const table[][2] = {
    { "reached", N_ ("reached") },
    { "no-answer", N_ ("no answer") },
    { "left-message", N_ ("left a message") },
    { "busy", N_ ("was busy") },
    { "wrong", N_ ("wrong number") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_strcmp0 (table[i][0], outcome) == 0)
      return _ (table[i][1]);
  return outcome;
}

char *
rungs_note_outcome_words (const RungsNote *note)
{
  g_return_val_if_fail (note != NULL, NULL);

  return g_strdup (note->kind == RUNGS_NOTE_CALL ? rungs_call_outcome_words (note->outcome)
                                                 : note->outcome);
}
