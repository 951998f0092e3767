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
