/* rungs-broadcast-words.c: broadcasts in the user's words. */

#include "rungs-broadcast-words.h"

#include <glib/gi18n.h>
#include <string.h>

#include "rungs-message-words.h"
#include "widgets/rungs-display.h"

const char *
rungs_broadcast_state_words (const RungsBroadcast *broadcast)
{
  switch (broadcast->state)
    {
    case RUNGS_BROADCAST_SCHEDULED:
      return C_ ("broadcast", "Scheduled");
    case RUNGS_BROADCAST_SENDING:
      return broadcast->undecided_at != 0 && broadcast->winner == 0 ? _ ("Asks you")
                                                                     : _ ("Sending");
    case RUNGS_BROADCAST_PAUSED:
      return C_ ("broadcast", "Paused");
    case RUNGS_BROADCAST_DONE:
      return C_ ("broadcast", "Done");
    case RUNGS_BROADCAST_CANCELLED:
      return C_ ("broadcast", "Cancelled");
    case RUNGS_BROADCAST_DRAFT:
    default:
      return C_ ("broadcast", "Draft");
    }
}

const char *
rungs_broadcast_state_style (const RungsBroadcast *broadcast)
{
  switch (broadcast->state)
    {
    case RUNGS_BROADCAST_SENDING:
      return broadcast->undecided_at != 0 && broadcast->winner == 0 ? "warning" : "accent";
    case RUNGS_BROADCAST_PAUSED:
      return "warning";
    case RUNGS_BROADCAST_DRAFT:
    case RUNGS_BROADCAST_CANCELLED:
      return "dim-label";
    case RUNGS_BROADCAST_SCHEDULED:
    case RUNGS_BROADCAST_DONE:
    default:
      return NULL;
    }
}

char *
rungs_broadcast_when_words (const RungsBroadcast *broadcast)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *start
      = broadcast->start_at != 0 ? rungs_display_time (broadcast->start_at) : NULL;

  g_string_append (words, start != NULL ? start : _ ("As soon as it is sent"));
  if (broadcast->morning >= 0)
    {
      g_string_append (words, ", ");
      g_string_append_printf (words, _ ("in each lead's own day at %d:%02d"),
                              broadcast->morning / 60, broadcast->morning % 60);
    }
  if (broadcast->spread_minutes > 0)
    {
      g_autofree char *span
          = rungs_display_span ((gint64) broadcast->spread_minutes * 60 * 1000);

      g_string_append (words, ", ");
      g_string_append_printf (words, _ ("spread over %s"), span);
    }
  return g_strdup (words->str);
}

char *
rungs_broadcast_group_words (const RungsBroadcastFigures *figures)
{
  if (strcmp (figures->part, "test") == 0)
    return g_strdup_printf (_ ("Subject %d: %s"), figures->subject, figures->words);
  if (strcmp (figures->part, "rest") == 0)
    return *figures->words != '\0' ? g_strdup_printf (_ ("The rest: %s"), figures->words)
                                   : g_strdup (_ ("The rest, which waits"));
  if (strcmp (figures->part, "held") == 0)
    return g_strdup (_ ("Held out, got nothing"));
  return g_strdup (_ ("Everybody who got it"));
}

const char *
rungs_broadcast_part_words (const RungsBroadcastFigures *figures)
{
  const char *const subjects[] = { _ ("Subject 1"), _ ("Subject 2"), _ ("Subject 3"),
                                   _ ("Subject 4") };
  guint subject = (guint) CLAMP (figures->subject, 1, (int) G_N_ELEMENTS (subjects));

  if (strcmp (figures->part, "test") == 0)
    return subjects[subject - 1];
  if (strcmp (figures->part, "rest") == 0)
    return _ ("The rest");
  return strcmp (figures->part, "held") == 0 ? _ ("Held out") : _ ("All");
}

char *
rungs_broadcast_share_words (gint64         hits,
                             gint64         n,
                             RungsInterval  interval)
{
  if (n == 0)
    return g_strdup ("–");
  /* Translators: a share of leads, and between which shares the true one lies. */
  return g_strdup_printf (_ ("%.1f %% (%.1f to %.1f %%)"), 100. * (double) hits / (double) n,
                          100. * interval.low, 100. * interval.high);
}

char *
rungs_finding_dup_words (const RungsFinding *finding)
{
  return finding->problem != NULL ? rungs_message_problem_words (finding->problem)
                                  : g_strdup (finding->words);
}

const char *
rungs_finding_get_icon (const RungsFinding *finding)
{
  switch (finding->level)
    {
    case RUNGS_FINDING_BLOCKS:
      return "dialog-error-symbolic";
    case RUNGS_FINDING_WARNS:
      return "dialog-warning-symbolic";
    case RUNGS_FINDING_TELLS:
    default:
      return "dialog-information-symbolic";
    }
}

const char *
rungs_finding_get_style (const RungsFinding *finding)
{
  switch (finding->level)
    {
    case RUNGS_FINDING_BLOCKS:
      return "error";
    case RUNGS_FINDING_WARNS:
      return "warning";
    case RUNGS_FINDING_TELLS:
    default:
      return NULL;
    }
}
