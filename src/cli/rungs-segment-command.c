/* rungs-segment-command.c: segments: which there are, and who is in them. */

#include <glib/gi18n.h>

#include "rungs-column.h"
#include "rungs-commands.h"
#include "rungs-segment-view.h"
#include "segments/rungs-rule.h"
#include "segments/rungs-segment-member-store.h"
#include "segments/rungs-segments-follow.h"

static const RungsColumn SHOW_COLUMNS[] = {
  { "name", N_ ("Segment"), RUNGS_COLUMN_TEXT, NULL },
  { "key", N_ ("Key"), RUNGS_COLUMN_TEXT, NULL },
  { "kind", N_ ("Kind"), RUNGS_COLUMN_TERM, NULL },
  { "description", N_ ("About"), RUNGS_COLUMN_LINES, NULL },
  { "words", N_ ("Rule"), RUNGS_COLUMN_TEXT, NULL },
  { "missing", N_ ("Unknown"), RUNGS_COLUMN_WORDS, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "watched", N_ ("Watched"), RUNGS_COLUMN_FLAG, NULL },
  { "created_at", N_ ("Made"), RUNGS_COLUMN_TIME, NULL },
  { "updated_at", N_ ("Changed"), RUNGS_COLUMN_TIME, NULL },
  { "archived_at", N_ ("Put away"), RUNGS_COLUMN_TIME, NULL },
  { NULL },
};

static gboolean
show_segment (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  JsonObject *row = segment ? rungs_segment_to_row (call, db, segment, error) : NULL;

  if (row == NULL)
    return FALSE;
  rungs_column_show (call, SHOW_COLUMNS, row);
  return TRUE;
}

/* Says it about the segment as it is stored now; %s in `format` is its name. */
static gboolean
say (RungsInvocation  *call,
     RungsDb          *db,
     gint64            id,
     const char       *format,
     GError          **error)
{
  g_autoptr (RungsSegment) segment = rungs_segment_load (db, id, error);
  JsonObject *row = segment ? rungs_segment_to_row (call, db, segment, error) : NULL;

  if (row == NULL)
    return FALSE;
  rungs_column_say (call, row, format, segment->name);
  return TRUE;
}

static gboolean
add_segment (RungsInvocation  *call,
             RungsDb          *db,
             GError          **error)
{
  g_autofree char *rule = NULL;
  gint64 id;

  if (rungs_invocation_has (call, "rule")
      && (rule = rungs_rule_option_dup (call, error)) == NULL)
    return FALSE;
  id = rungs_segment_create (db, rungs_invocation_get_argument (call, 0),
                             rungs_invocation_get_text (call, "description", NULL), rule,
                             rungs_invocation_get_now (call), error);
  return id != 0 && say (call, db, id, _ ("The segment “%s” was added."), error);
}

static gboolean
edit_segment (RungsInvocation  *call,
              RungsDb          *db,
              GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  gint64 now = rungs_invocation_get_now (call);
  g_autofree char *rule = NULL;

  if (segment == NULL
      || (rungs_invocation_has (call, "rule")
          && ((rule = rungs_rule_option_dup (call, error)) == NULL
              || !rungs_segment_set_rule (db, segment->id, rule, now, error)))
      || !rungs_segment_rename (db, segment->id, rungs_invocation_get_text (call, "name", NULL),
                                rungs_invocation_get_text (call, "description", NULL), now, error))
    return FALSE;
  return say (call, db, segment->id, _ ("The segment “%s” was changed."), error);
}

static gboolean
archive_segment (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  gboolean undo = rungs_invocation_has (call, "undo");

  if (segment == NULL
      || !rungs_segment_archive (db, segment->id, !undo, rungs_invocation_get_now (call), error))
    return FALSE;
  return say (call, db, segment->id,
              undo ? _ ("The segment “%s” is in use again.") : _ ("The segment “%s” is put away."),
              error);
}

static gboolean
watch_segment (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  gboolean stop = rungs_invocation_has (call, "stop");

  if (segment == NULL
      || !rungs_segment_watch (db, segment->id, !stop, rungs_invocation_get_now (call), error))
    return FALSE;
  return say (call, db, segment->id,
              stop ? _ ("Who comes into “%s” and goes is no longer written down.")
                   : _ ("Who comes into “%s” and goes is written down from now on."),
              error);
}

static gboolean
delete_segment (RungsInvocation  *call,
                RungsDb          *db,
                GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  JsonObject *row = segment ? rungs_segment_to_row (call, db, segment, error) : NULL;
  g_autoptr (RungsSegmentSnapshot) snapshot =
      row ? rungs_segment_delete (db, segment->id, error) : NULL;

  if (snapshot == NULL)
    {
      g_clear_pointer (&row, json_object_unref);
      return FALSE;
    }
  rungs_column_say (call, row, _ ("The segment “%s” was deleted."), segment->name);
  return TRUE;
}

static gboolean
take_snapshot (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSegment) segment =
      rungs_segment_find (db, rungs_invocation_get_argument (call, 0), error);
  gint64 id = segment ? rungs_segment_take_snapshot (
                            db, segment, rungs_invocation_get_argument (call, 1),
                            rungs_invocation_get_now (call), error)
                      : 0;

  return id != 0 && say (call, db, id, _ ("The segment “%s” holds who is in it now."), error);
}

static const GOptionEntry ADD_OPTIONS[] = {
  RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("Who is in it; without a rule leads are put in by hand")),
  RUNGS_OPTION ("description", N_ ("TEXT"), N_ ("What it is for")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry EDIT_OPTIONS[] = {
  RUNGS_OPTION ("name", N_ ("NAME"), N_ ("Another name; rules go on using the key")),
  RUNGS_OPTION ("description", N_ ("TEXT"), N_ ("What it is for")),
  RUNGS_OPTION ("rule", N_ ("JSON"), N_ ("Another rule")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry ARCHIVE_OPTIONS[] = {
  RUNGS_FLAG ("undo", N_ ("Take it into use again")),
  RUNGS_OPTIONS_END,
};

static const GOptionEntry WATCH_OPTIONS[] = {
  RUNGS_FLAG ("stop", N_ ("Write it down no longer")),
  RUNGS_OPTIONS_END,
};

#define RULE_DETAILS N_ ("A rule is JSON; @FILE reads it from a file, - from standard input.")

const RungsCommand RUNGS_SEGMENT_COMMANDS[] = {
  { "segment add", "NAME", N_ ("Make a segment"), RUNGS_COMMAND_WRITES, add_segment, ADD_OPTIONS,
    RULE_DETAILS, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment show", "SEGMENT", N_ ("Show a segment, by its name or key"), RUNGS_COMMAND_READS,
    show_segment, NULL, NULL, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment edit", "SEGMENT", N_ ("Give a segment another name or rule"), RUNGS_COMMAND_WRITES,
    edit_segment, EDIT_OPTIONS, RULE_DETAILS, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment archive", "SEGMENT", N_ ("Put a segment away; rules go on asking it"),
    RUNGS_COMMAND_WRITES, archive_segment, ARCHIVE_OPTIONS, NULL, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment watch", "SEGMENT", N_ ("Write down who comes into a live segment, and who goes"),
    RUNGS_COMMAND_WRITES, watch_segment, WATCH_OPTIONS, NULL, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment delete", "SEGMENT", N_ ("Delete a segment; its leads stay"), RUNGS_COMMAND_WRITES,
    delete_segment, NULL, NULL, "{" RUNGS_SEGMENT_JSON "}" },
  { "segment snapshot", "SEGMENT NAME", N_ ("Make a fixed segment of who is in a segment now"),
    RUNGS_COMMAND_WRITES, take_snapshot, NULL, NULL, "{" RUNGS_SEGMENT_JSON "}" },
  { NULL },
};
