/* rungs-why-words.c: checks and what they say, in the user's words. */

#include "mail/rungs-why-words.h"

#include <glib/gi18n.h>

typedef struct
{
  const char *word;
  const char *text;
} Words;

static const Words CHECKS[] = {
  { "account", N_ ("Mail account") },
  { "active", N_ ("Walking it already") },
  { "address", N_ ("Address") },
  { "cap", N_ ("Messages of the last days") },
  { "consent", N_ ("Consent") },
  { "due", N_ ("Its time") },
  { "hours", N_ ("Days and hours of sending") },
  { "late", N_ ("Lateness") },
  { "limits", N_ ("Limits of the mail account") },
  { "no-address", N_ ("Address") },
  { "no-consent", N_ ("Consent") },
  { "not-started", N_ ("Sequence") },
  { "ownership", N_ ("Product that it sells") },
  { "owns", N_ ("Product that it sells") },
  { "reentry", N_ ("Entering again") },
  { "sequence", N_ ("Sequence and text") },
  { "spacing", N_ ("Other late messages") },
  { "state", N_ ("What became of it") },
  { "step", N_ ("Where the lead stands") },
  { "suppressed", N_ ("Do-not-send list") },
  { "window", N_ ("Hours of sending") },
};

static const Words REASONS[] = {
  { "account-paused", N_ ("the account is paused") },
  { "active", N_ ("the lead is in it already") },
  { "bounced", N_ ("the address was refused for good") },
  { "broke-off", N_ ("the line broke off, and nobody knows whether it arrived") },
  { "cancelled", N_ ("it was cancelled") },
  { "cap", N_ ("the lead got enough lately") },
  { "crashed", N_ ("the program ended while it was under way") },
  { "edited", N_ ("its step is gone from the sequence") },
  { "gave-up", N_ ("the server said “later” too often") },
  { "holiday", N_ ("it is a holiday") },
  { "late", N_ ("it is too late for it") },
  { "left", N_ ("the lead no longer walks the sequence") },
  { "limit", N_ ("no more may leave by the account for now") },
  { "merged", N_ ("it would come twice after a merge") },
  { "no-account", N_ ("there is no mail account") },
  { "no-address", N_ ("the lead has none that works") },
  { "no-consent", N_ ("the lead has not agreed to marketing") },
  { "no-text", N_ ("the message has no text, or it cannot be merged") },
  { "not-due", N_ ("it is not due yet") },
  { "not-started", N_ ("the sequence is a draft") },
  { "owned", N_ ("the lead owns it") },
  { "owns", N_ ("the lead owns it") },
  { "paused", N_ ("the sequence stands still") },
  { "quiet", N_ ("the lead asked for a pause") },
  { "reentry", N_ ("the lead walked it before, and it takes nobody twice") },
  { "refunded", N_ ("what it was to deliver was given back") },
  { "refused", N_ ("the server refused it") },
  { "suppressed", N_ ("the address gets nothing more") },
  { "temporary", N_ ("the server said “later”") },
  { "waits", N_ ("the lead waits there") },
  { "waits-for", N_ ("the lead waits there for something to happen") },
  { "window", N_ ("it is not the time of day") },
};

static const char *
find_words (const Words *words,
            size_t       n,
            const char  *word)
{
  for (size_t i = 0; i < n; i++)
    if (g_str_equal (words[i].word, word))
      return _ (words[i].text);
  return word;
}

const char *
rungs_why_check_words (const char *check)
{
  g_return_val_if_fail (check != NULL, NULL);

  return find_words (CHECKS, G_N_ELEMENTS (CHECKS), check);
}

const char *
rungs_why_reason_words (const char *reason)
{
  if (reason == NULL)
    return _ ("nothing in the way");
  return find_words (REASONS, G_N_ELEMENTS (REASONS), reason);
}

char *
rungs_why_line_dup_words (const RungsWhyLine *line)
{
  const char *reason;

  g_return_val_if_fail (line != NULL, NULL);

  reason = rungs_why_reason_words (line->reason);
  if (line->about == NULL)
    return g_strdup (reason);
  if (line->reason == NULL)
    return g_strdup (line->about);
  /* Translators: why a check says no, and what it is about. */
  return g_strdup_printf (_ ("%s (%s)"), reason, line->about);
}
