/* rungs-publish-command.c: drafts of sequences, and publishing them. */

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "rungs-commands.h"
#include "rungs-finding-view.h"
#include "rungs-listing.h"
#include "rungs-text-file.h"
#include "sequences/rungs-publish-check.h"
#include "sequences/rungs-sequence-draft-store.h"
#include "sequences/rungs-sequence-store.h"

static const RungsColumn GROUP_COLUMNS[] = {
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "version", N_ ("Version"), RUNGS_COLUMN_NUMBER, NULL },
  { "leads", N_ ("Leads"), RUNGS_COLUMN_NUMBER, NULL },
  { "happens", N_ ("What happens"), RUNGS_COLUMN_TEXT, NULL },
  { "ways", N_ ("Choices"), RUNGS_COLUMN_WORDS, NULL },
  { NULL },
};

static const RungsColumn PROBLEM_COLUMNS[] = {
  { "step", N_ ("Step"), RUNGS_COLUMN_TEXT, NULL },
  { "text", N_ ("What is wrong"), RUNGS_COLUMN_TEXT, NULL },
  { NULL },
};

static const RungsColumn PLAN_COLUMNS[] = {
  { "name", N_ ("Name"), RUNGS_COLUMN_TEXT, NULL },
  { "number", N_ ("Version in use"), RUNGS_COLUMN_COUNT, NULL },
  { "published", N_ ("Published"), RUNGS_COLUMN_FLAG, NULL },
  { "refused", N_ ("Why it cannot be"), RUNGS_COLUMN_LINES, NULL },
  { "withheld", N_ ("Messages withheld, for their step is gone"), RUNGS_COLUMN_COUNT, NULL },
  { "problems", N_ ("Problems"), RUNGS_COLUMN_ROWS, PROBLEM_COLUMNS },
  { "findings", N_ ("Its messages"), RUNGS_COLUMN_ROWS, RUNGS_FINDING_COLUMNS },
  { "groups", N_ ("Leads inside"), RUNGS_COLUMN_ROWS, GROUP_COLUMNS },
  { NULL },
};

static RungsSequence *
load_argument (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  return rungs_sequence_load_by_name (db, rungs_invocation_get_argument (call, 0), error);
}

/* ---- drafts */

static gboolean
say_draft (RungsInvocation  *call,
           RungsDb          *db,
           gint64            sequence,
           const char       *format,
           GError          **error)
{
  g_autoptr (RungsSequence) self = rungs_sequence_load (db, sequence, error);
  g_autofree char *sentence = self ? g_strdup_printf (format, self->name) : NULL;
  JsonObject *row;

  if (self == NULL)
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", self->id);
  rungs_row_set_text (row, "name", self->name);
  rungs_column_say (call, row, "%s", sentence);
  return TRUE;
}

static gboolean
create_sequence (RungsInvocation  *call,
                 RungsDb          *db,
                 GError          **error)
{
  gint64 id = rungs_sequence_create (db, rungs_invocation_get_argument (call, 0),
                                     rungs_invocation_get_now (call), error);

  return id != 0 && say_draft (call, db, id, _ ("“%s” was added. It has no version yet."), error);
}

static gboolean
save_draft (RungsInvocation  *call,
            RungsDb          *db,
            GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);
  g_autofree char *json
    = sequence ? rungs_text_file_read (rungs_invocation_get_argument (call, 1), error) : NULL;

  return json != NULL
         && rungs_sequence_draft_save (db, sequence->id, json, rungs_invocation_get_now (call),
                                       error)
         && say_draft (call, db, sequence->id, _ ("The draft of “%s” was kept."), error);
}

static gboolean
discard_draft (RungsInvocation  *call,
               RungsDb          *db,
               GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);

  return sequence != NULL && rungs_sequence_draft_discard (db, sequence->id, error)
         && say_draft (call, db, sequence->id, _ ("“%s” has no draft any more."), error);
}

/* ---- what publishing does */

/* "continue" says where they wait, what counts, and how many that lets go on. */
static char *
describe_waiting (const RungsPublishGroup *group,
                  const RungsPublishWay   *way)
{
  g_autofree char *place = NULL;

  if (group->place == RUNGS_PUBLISH_NOT_BEGUN)
    return g_strdup (_ ("they begin with the new version"));
  if (group->change == RUNGS_PUBLISH_SAME)
    return g_strdup (_ ("they wait on"));
  if (group->change == RUNGS_PUBLISH_REMOVED)
    place = g_strdup_printf (_ ("they wait at “%s” instead; the time they have waited counts"),
                             way->target);
  else
    place = g_strdup (_ ("they wait on; the time they have waited counts"));
  if (way->at_once == 0)
    return g_steal_pointer (&place);
  return g_strdup_printf (ngettext ("%s: %d goes on at once", "%s: %d go on at once",
                                    (gulong) way->at_once),
                          place, (int) way->at_once);
}

static char *
describe_way (const RungsPublishGroup *group,
              const RungsPublishWay   *way)
{
  if (way == NULL)
    return g_strdup (_ ("must be chosen: the step is gone"));
  switch (way->fate)
    {
    case RUNGS_PUBLISH_CONTINUE:
      return describe_waiting (group, way);
    case RUNGS_PUBLISH_AGAIN:
      return g_strdup (_ ("they wait again, from now on"));
    case RUNGS_PUBLISH_GO:
      if (way->target == NULL)
        return g_strdup (_ ("they have finished: nothing follows"));
      return g_strdup_printf (_ ("they go on at once, with “%s”"), way->target);
    case RUNGS_PUBLISH_END:
      return g_strdup (_ ("their walk ends"));
    case RUNGS_PUBLISH_KEEP:
    default:
      return g_strdup_printf (_ ("they go on walking version %d"), (int) group->number);
    }
}

static JsonObject *
group_to_row (const RungsPublishGroup *group)
{
  const RungsPublishWay *way = rungs_publish_group_get_way (group);
  g_autofree char *way_text = way ? rungs_publish_way_to_text (way) : NULL;
  g_autofree char *happens = describe_way (group, way);
  JsonObject *row = rungs_row_new ();
  JsonArray *ways;

  rungs_row_set_text (row, "step", group->step);
  rungs_row_set_number (row, "version", group->number);
  rungs_row_set_flag (row, "begun", group->place != RUNGS_PUBLISH_NOT_BEGUN);
  rungs_row_set_text (row, "change", rungs_publish_change_to_text (group->change));
  rungs_row_set_number (row, "leads", group->leads);
  rungs_row_set_text (row, "way", way_text);
  rungs_row_set_number (row, "at_once", way ? way->at_once : 0);
  rungs_row_set_text (row, "happens", happens);
  ways = rungs_row_set_array (row, "ways");
  for (guint i = 0; i < group->ways->len; i++)
    {
      g_autofree char *text = rungs_publish_way_to_text (g_ptr_array_index (group->ways, i));

      json_array_add_string_element (ways, text);
    }
  return row;
}

static void
add_problems (JsonObject             *row,
              const RungsPublishPlan *plan)
{
  JsonArray *problems = rungs_row_set_array (row, "problems");

  for (guint i = 0; i < plan->problems->len; i++)
    {
      const RungsGraphProblem *problem = g_ptr_array_index (plan->problems, i);
      JsonObject *one = rungs_row_new ();

      rungs_row_set_text (one, "step", problem->step);
      rungs_row_set_text (one, "text", problem->text);
      rungs_row_set_flag (one, "fatal", problem->fatal);
      json_array_add_object_element (problems, one);
    }
}

/* `number` is that of the version in use. */
/* Why it cannot be published; problems of the draft are listed by themselves. NULL: it can. */
static char *
find_refusal (const RungsPublishPlan *plan,
              GPtrArray              *findings)
{
  g_autoptr (GError) refused = NULL;

  if (rungs_graph_problems_are_fatal (plan->problems))
    return g_strdup (_ ("It cannot be published yet: see the problems."));
  if (rungs_publish_plan_check (plan, &refused))
    rungs_findings_pass (findings, &refused);
  return refused ? g_strdup (refused->message) : NULL;
}

static void
show_plan (RungsInvocation        *call,
           const RungsPublishPlan *plan,
           GPtrArray              *findings,
           gint64                  number,
           gboolean                published)
{
  g_autofree char *refused = published ? NULL : find_refusal (plan, findings);
  JsonObject *row = rungs_row_new ();
  JsonArray *found;
  JsonArray *groups;

  rungs_row_set_number (row, "id", plan->sequence);
  rungs_row_set_text (row, "name", plan->name);
  rungs_row_set_number (row, "number", number);
  rungs_row_set_flag (row, "published", published);
  rungs_row_set_text (row, "refused", refused);
  rungs_row_set_number (row, "withheld", rungs_publish_plan_count_withheld (plan));
  add_problems (row, plan);
  found = rungs_row_set_array (row, "findings");
  for (guint i = 0; i < findings->len; i++)
    json_array_add_object_element (found,
                                   rungs_finding_to_row (g_ptr_array_index (findings, i)));
  groups = rungs_row_set_array (row, "groups");
  for (guint i = 0; i < plan->groups->len; i++)
    json_array_add_object_element (groups, group_to_row (g_ptr_array_index (plan->groups, i)));
  rungs_column_show (call, PLAN_COLUMNS, row);
}

/* "STEP=WAY": the last = parts them, for a step may be called anything. */
static gboolean
choose (RungsInvocation   *call,
        RungsPublishPlan  *plan,
        GError           **error)
{
  GPtrArray *choices = rungs_invocation_get_texts (call, "choose");

  for (guint i = 0; choices != NULL && i < choices->len; i++)
    {
      const char *text = g_ptr_array_index (choices, i);
      const char *equals = strrchr (text, '=');
      g_autofree char *step = equals ? g_strndup (text, (gsize) (equals - text)) : NULL;

      if (step == NULL)
        {
          g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                       _ ("“%s” is no choice such as “STEP=end”"), text);
          return FALSE;
        }
      if (!rungs_publish_plan_choose (plan, step, equals + 1, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
publish (RungsInvocation  *call,
         RungsDb          *db,
         GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);
  gint64 now = rungs_invocation_get_now (call);
  g_autoptr (RungsPublishPlan) plan
    = sequence ? rungs_publish_plan_load (db, sequence->id, now, error) : NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (RungsSequence) after = NULL;

  if (plan == NULL || !choose (call, plan, error)
      || (findings = rungs_publish_findings (db, plan, now, error)) == NULL)
    return FALSE;
  if (rungs_invocation_has (call, "plan"))
    {
      show_plan (call, plan, findings, plan->number, FALSE);
      return TRUE;
    }
  if (!rungs_publish_plan_check (plan, error) || !rungs_findings_pass (findings, error)
      || !rungs_publish_apply (db, sequence->id, plan, now, error))
    return FALSE;
  after = rungs_sequence_load (db, sequence->id, error);
  if (after == NULL)
    return FALSE;
  show_plan (call, plan, findings, after->number, TRUE);
  return TRUE;
}

static gboolean
unpublish (RungsInvocation  *call,
           RungsDb          *db,
           GError          **error)
{
  g_autoptr (RungsSequence) sequence = load_argument (call, db, error);
  RungsPublishUndone undone;
  g_autofree char *back = NULL;
  g_autofree char *gone = NULL;
  JsonObject *row;

  if (sequence == NULL
      || !rungs_publish_undo (db, sequence->id, rungs_invocation_get_now (call), &undone, error))
    return FALSE;
  row = rungs_row_new ();
  rungs_row_set_number (row, "id", sequence->id);
  rungs_row_set_number (row, "number", undone.number);
  rungs_row_set_number (row, "back", undone.back);
  rungs_row_set_number (row, "gone", undone.gone);
  back = g_strdup_printf ("%" G_GINT64_FORMAT, undone.back);
  gone = g_strdup_printf ("%" G_GINT64_FORMAT, undone.gone);
  rungs_column_say (call, row,
                    _ ("What was published of “%s” was taken back. Leads who stand where they"
                       " stood: %s; who had walked on: %s."),
                    sequence->name, back, gone);
  return TRUE;
}

static const GOptionEntry PUBLISH_OPTIONS[] = {
  RUNGS_FLAG ("plan", N_ ("Only show what would happen")),
  RUNGS_OPTION ("choose",
                N_ ("STEP=WAY"),
                N_ ("Where those who stand at the step go; may be given more than once")),
  RUNGS_OPTIONS_END,
};

const RungsCommand RUNGS_PUBLISH_COMMANDS[] = {
  { "sequence create", "NAME", N_ ("Add a sequence without a version, to write its draft"),
    RUNGS_COMMAND_WRITES, create_sequence, NULL, NULL, "{id, name}" },
  { "sequence draft", "NAME FILE", N_ ("Keep a JSON file as the draft of a sequence"),
    RUNGS_COMMAND_WRITES, save_draft, NULL,
    N_ ("A file “-” is standard input. A draft need not be complete; nobody walks it before it is\n"
        "published."),
    "{id, name}" },
  { "sequence discard", "NAME", N_ ("Forget the draft of a sequence"), RUNGS_COMMAND_WRITES,
    discard_draft, NULL, NULL, "{id, name}" },
  { "sequence publish", "NAME", N_ ("Let leads walk the draft, those inside too"),
    RUNGS_COMMAND_WRITES, publish, PUBLISH_OPTIONS,
    N_ ("--plan shows who stands where and what happens to them. A WAY is one of those it lists:\n"
        "“continue” (they wait on, and the time they have waited counts), “again” (they wait\n"
        "from now on), “go” or “go:STEP” (they go on at once), “end”, or “keep” (they go on\n"
        "walking the version they walk). Where a step is gone and it is not clear what follows\n"
        "it, one must be chosen. What stands against one of its messages (--plan lists it)\n"
        "keeps it from being published."),
    "{id, name, number, published, refused, withheld, problems: [step, text, fatal], "
    "findings: [level, code, words, about, leads, rule], "
    "groups: [step, version, begun, change, leads, way, at_once, happens, ways]}" },
  { "sequence unpublish", "NAME", N_ ("Take back what was published last"), RUNGS_COMMAND_WRITES,
    unpublish, NULL,
    N_ ("The version before is in use again. Whoever has not walked on since stands where they\n"
        "stood; whoever has goes on in the version that they walk."),
    "{id, number, back, gone}" },
  { NULL },
};
