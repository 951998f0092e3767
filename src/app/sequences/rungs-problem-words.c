/* rungs-problem-words.c: what is wrong with a sequence that is being written, for its owner. */

#include "rungs-problem-words.h"

#include <glib/gi18n.h>

static const struct
{
  const char *member;
  const char *words;
} MISSING[] = {
  { "message", N_ ("Choose the message that it sends.") },
  { "days", N_ ("Say how long it waits.") },
  { "until", N_ ("Say what it waits for.") },
  { "time", N_ ("Say at what time it goes on.") },
  { "date", N_ ("Say on which day it goes on.") },
  { "event", N_ ("Choose what is to happen.") },
  { "kind", N_ ("Choose what is to happen.") },
  { "rule", N_ ("Say what is asked about the lead.") },
  { "branches", N_ ("A split has at least two ways.") },
  { "act", N_ ("Choose what it does.") },
  { "add_tag", N_ ("Choose the tag.") },
  { "remove_tag", N_ ("Choose the tag.") },
  { "field", N_ ("Choose the field.") },
  { "title", N_ ("Say what is to be done.") },
  { "start", N_ ("Choose the sequence.") },
  { "stop", N_ ("Choose the sequence.") },
  { "segment", N_ ("Choose the segment.") },
};

static const char *
missing_words (const RungsGraphProblem *problem)
{
  if (problem->step == NULL && g_str_equal (problem->member, "name"))
    return _ ("Give the sequence, or what it begins with, a name.");
  if (g_str_equal (problem->member, "name"))
    return _ ("Say which one is meant.");
  for (guint i = 0; i < G_N_ELEMENTS (MISSING); i++)
    if (g_str_equal (MISSING[i].member, problem->member))
      return _ (MISSING[i].words);
  return NULL;
}

char *
rungs_problem_words (const RungsGraphProblem *problem)
{
  const char *words = NULL;

  if (problem->fault == RUNGS_GRAPH_FAULT_MISSING && problem->member != NULL)
    words = missing_words (problem);
  else if (problem->fault == RUNGS_GRAPH_FAULT_EMPTY)
    words = _ ("It has no steps yet.");
  else if (problem->fault == RUNGS_GRAPH_FAULT_TARGET)
    words = _ ("An arrow leads to a step that is not there.");
  else if (problem->fault == RUNGS_GRAPH_FAULT_UNREACHED)
    words = _ ("No lead can ever come here: no arrow leads to it.");
  else if (problem->fault == RUNGS_GRAPH_FAULT_ROUND)
    words = _ ("Leads would go round for ever without a wait.");
  return g_strdup (words ? words : problem->text);
}

const char *
rungs_problem_remedy (const RungsGraphProblem *problem)
{
  switch (problem->fault)
    {
    case RUNGS_GRAPH_FAULT_MISSING:
    case RUNGS_GRAPH_FAULT_NAME:
      return problem->step != NULL ? _ ("_Choose") : NULL;
    case RUNGS_GRAPH_FAULT_UNWRITTEN:
      return _ ("_Write It");
    case RUNGS_GRAPH_FAULT_TARGET:
      return _ ("_End There");
    case RUNGS_GRAPH_FAULT_UNREACHED:
      return _ ("_Remove");
    case RUNGS_GRAPH_FAULT_ROUND:
      return _ ("Put a _Wait In");
    case RUNGS_GRAPH_FAULT_ENDLESS:
      return _ ("_End the Round");
    case RUNGS_GRAPH_FAULT_EMPTY:
    case RUNGS_GRAPH_FAULT_OTHER:
    default:
      return NULL;
    }
}
