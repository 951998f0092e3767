/* rungs-ladder-number.c: the leads behind a figure of the ladder map.
 *
 * They are found as the figures are counted: in one pass over what all leads did, so that a figure
 * and its leads cannot differ. */

#include "insights/rungs-ladder-number.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "insights/rungs-ladder-walk.h"

static const char *const WORDS[] = {
  [RUNGS_LADDER_CAME] = "came",         [RUNGS_LADDER_NEW] = "new",
  [RUNGS_LADDER_FRONT] = "front",       [RUNGS_LADDER_BACK] = "back",
  [RUNGS_LADDER_CASES] = "cases",       [RUNGS_LADDER_HITS] = "hits",
  [RUNGS_LADDER_MISSES] = "misses",     [RUNGS_LADDER_OWNERS] = "owners",
  [RUNGS_LADDER_BUYERS] = "buyers",     [RUNGS_LADDER_PAYERS] = "payers",
  [RUNGS_LADDER_REFUNDED] = "refunded", [RUNGS_LADDER_WALKING] = "walking",
  [RUNGS_LADDER_FINISHED] = "finished", [RUNGS_LADDER_BOUGHT] = "bought",
};

/* A figure that is asked about, with its places as the catalogue numbers them. */
typedef struct
{
  const RungsLadderNumber *number;
  guint place;
  guint to;
  guint index; /* of the sequence or the product */
} Asked;

/* ---- as text */

static gboolean
is_of_arrow (RungsLadderCount what)
{
  return what == RUNGS_LADDER_CASES || what == RUNGS_LADDER_HITS || what == RUNGS_LADDER_MISSES;
}

/* Whether places of that kind have such a figure. */
static gboolean
fits (const RungsLadderNumber *self)
{
  switch (self->what)
    {
    case RUNGS_LADDER_NEW:
    case RUNGS_LADDER_FRONT:
    case RUNGS_LADDER_BACK:
      return self->place.kind <= RUNGS_LADDER_SOURCE && self->place.path == RUNGS_LADDER_ANY_PATH;
    case RUNGS_LADDER_CASES:
    case RUNGS_LADDER_HITS:
    case RUNGS_LADDER_MISSES:
      return self->to.kind >= RUNGS_LADDER_OPT_IN
             && !rungs_ladder_place_equal (self->place, self->to);
    case RUNGS_LADDER_OWNERS:
    case RUNGS_LADDER_BUYERS:
    case RUNGS_LADDER_PAYERS:
    case RUNGS_LADDER_REFUNDED:
      return self->place.kind == RUNGS_LADDER_PRODUCT;
    case RUNGS_LADDER_WALKING:
    case RUNGS_LADDER_FINISHED:
    case RUNGS_LADDER_BOUGHT:
      return self->place.kind == RUNGS_LADDER_SEQUENCE;
    case RUNGS_LADDER_CAME:
    default:
      return TRUE;
    }
}

RungsLadderNumber
rungs_ladder_number_of_place (RungsLadderCount what,
                              RungsLadderPlace place)
{
  return (RungsLadderNumber) {
    .what = what,
    .place = place,
    .to = rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0),
    .path = RUNGS_LADDER_ANY_PATH,
  };
}

RungsLadderNumber
rungs_ladder_number_of_arrow (RungsLadderCount what,
                              RungsLadderPlace from,
                              RungsLadderPlace to)
{
  return (RungsLadderNumber) {
    .what = what,
    .place = from,
    .to = to,
    .path = RUNGS_LADDER_ANY_PATH,
  };
}

char *
rungs_ladder_number_to_text (const RungsLadderNumber *self)
{
  g_autofree char *place = NULL;
  g_autofree char *to = NULL;
  gboolean all;

  g_return_val_if_fail (self != NULL, NULL);

  all = self->path == RUNGS_LADDER_ANY_PATH;
  place = rungs_ladder_place_to_text (self->place);
  to = is_of_arrow (self->what) ? rungs_ladder_place_to_text (self->to) : NULL;
  return g_strconcat (WORDS[self->what], ":", place, to != NULL ? ">" : "", to != NULL ? to : "",
                      all ? "" : "#", all ? "" : rungs_ladder_path_to_text (self->path), NULL);
}

/* Takes what follows `mark` off the end of `text`; NULL where there is none. */
static char *
take_rest (char *text,
           char  mark)
{
  char *rest = strchr (text, mark);

  if (rest == NULL)
    return NULL;
  *rest = '\0';
  return rest + 1;
}

static gboolean
read_path (const char *text,
           int        *path)
{
  for (*path = 0; *path < RUNGS_LADDER_PATHS; (*path)++)
    if (g_str_equal (text, rungs_ladder_path_to_text (*path)))
      return TRUE;
  return FALSE;
}

static gboolean
read_what (const char       *text,
           RungsLadderCount *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (g_str_equal (text, WORDS[i]))
      {
        *what = (RungsLadderCount) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
rungs_ladder_number_from_text (const char        *text,
                               RungsLadderNumber *number)
{
  g_autofree char *copy = g_strdup (text);
  char *path, *place, *to;

  g_return_val_if_fail (text != NULL && number != NULL, FALSE);

  *number = rungs_ladder_number_of_place (RUNGS_LADDER_CAME,
                                          rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
  path = take_rest (copy, '#');
  to = take_rest (copy, '>');
  place = take_rest (copy, ':');
  if (place == NULL || !read_what (copy, &number->what)
      || !rungs_ladder_place_from_text (place, &number->place)
      || (path != NULL && !read_path (path, &number->path)))
    return FALSE;
  if ((to != NULL) != is_of_arrow (number->what))
    return FALSE;
  return (to == NULL || rungs_ladder_place_from_text (to, &number->to)) && fits (number);
}

/* ---- whether a lead is behind it */

static gboolean
has_order (const RungsLadderWalk *walk,
           const Asked           *asked)
{
  gboolean front = asked->number->what == RUNGS_LADDER_FRONT;

  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (walk->deeds, i);

      if (line->at >= walk->came[asked->place] && line->amount > 0
          && rungs_ladder_walk_is_front (walk, line) == front)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_new (const RungsLadderWalk *walk,
        const Asked           *asked)
{
  const RungsLadderTouch *first = rungs_ladder_deeds_get_touch (walk->deeds, 0);
  RungsLadderPlace place = asked->number->place;

  if (place.kind == RUNGS_LADDER_SOURCE)
    return rungs_ladder_catalogue_source (first->source) == asked->place;
  return g_array_index (walk->catalogue->source_kinds, gint64, first->source) == place.id;
}

static gboolean
owns (const RungsLadderWalk *walk,
      guint                  product)
{
  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (walk->deeds, i);

      if (rungs_ladder_walk_owns_by (walk, line)
          && rungs_ladder_catalogue_holds (walk->catalogue, line->product, product))
        return TRUE;
    }
  return FALSE;
}

static gboolean
ordered (const RungsLadderWalk *walk,
         const Asked           *asked)
{
  gboolean bought = FALSE, paid = FALSE, got_back = FALSE;

  for (guint i = 0; i < walk->deeds->lines->len; i++)
    {
      const RungsLadderLine *line = rungs_ladder_deeds_get_line (walk->deeds, i);

      if (line->product != asked->index || !rungs_ladder_walk_asks_about (walk, line->at))
        continue;
      bought = TRUE;
      paid = paid || line->amount > 0;
      got_back = got_back || line->refunded > 0;
    }
  if (asked->number->what == RUNGS_LADDER_BUYERS)
    return bought;
  return paid && (got_back || asked->number->what == RUNGS_LADDER_PAYERS);
}

static gboolean
walked (const RungsLadderWalk *walk,
        const Asked           *asked)
{
  RungsLadderOutcome outcome = asked->number->what == RUNGS_LADDER_WALKING ? RUNGS_LADDER_WALKS
                               : asked->number->what == RUNGS_LADDER_FINISHED
                                 ? RUNGS_LADDER_WALKED
                                 : RUNGS_LADDER_SOLD;

  for (guint i = 0; i < walk->deeds->enrolments->len; i++)
    {
      const RungsLadderEnrolment *enrolment = rungs_ladder_deeds_get_enrolment (walk->deeds, i);

      if (enrolment->sequence == asked->index && enrolment->outcome == outcome
          && (outcome == RUNGS_LADDER_WALKS
              || rungs_ladder_walk_asks_about (walk, enrolment->ended_at)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_on_arrow (const RungsLadderWalk *walk,
             const Asked           *asked)
{
  if (!rungs_ladder_walk_came (walk, asked->place)
      || rungs_ladder_walk_was_before (walk, asked->place, asked->to))
    return FALSE;
  return asked->number->what == RUNGS_LADDER_CASES
         || rungs_ladder_walk_went_on (walk, asked->place, asked->to)
              == (asked->number->what == RUNGS_LADDER_HITS);
}

static gboolean
is_behind (const RungsLadderWalk *walk,
           const Asked           *asked)
{
  if (asked->number->path != RUNGS_LADDER_ANY_PATH && asked->number->path != walk->path)
    return FALSE;
  switch (asked->number->what)
    {
    case RUNGS_LADDER_NEW:
      return rungs_ladder_walk_came (walk, asked->place) && is_new (walk, asked);
    case RUNGS_LADDER_FRONT:
    case RUNGS_LADDER_BACK:
      return rungs_ladder_walk_came (walk, asked->place) && has_order (walk, asked);
    case RUNGS_LADDER_CASES:
    case RUNGS_LADDER_HITS:
    case RUNGS_LADDER_MISSES:
      return is_on_arrow (walk, asked);
    case RUNGS_LADDER_OWNERS:
      return owns (walk, asked->index);
    case RUNGS_LADDER_BUYERS:
    case RUNGS_LADDER_PAYERS:
    case RUNGS_LADDER_REFUNDED:
      return ordered (walk, asked);
    case RUNGS_LADDER_WALKING:
    case RUNGS_LADDER_FINISHED:
    case RUNGS_LADDER_BOUGHT:
      return walked (walk, asked);
    case RUNGS_LADDER_CAME:
    default:
      return rungs_ladder_walk_came (walk, asked->place);
    }
}

/* ---- all of them */

static gboolean
look_up (const RungsLadderCatalogue *catalogue,
         Asked                      *asked,
         GError                    **error)
{
  int place = rungs_ladder_catalogue_number (catalogue, asked->number->place);
  int to = rungs_ladder_catalogue_number (catalogue, asked->number->to);

  if (place < 0 || to < 0)
    {
      g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND,
                           _ ("What the figure is about is no longer there"));
      return FALSE;
    }
  asked->place = (guint) place;
  asked->to = (guint) to;
  asked->index = asked->place
                 - (asked->number->place.kind == RUNGS_LADDER_PRODUCT
                      ? rungs_ladder_catalogue_product (catalogue, 0)
                      : rungs_ladder_catalogue_sequence (catalogue, 0));
  return TRUE;
}

/* Ids of the leads behind it, rising. */
static GArray *
collect (RungsDb                    *db,
         const RungsLadderQuestion  *question,
         const RungsLadderNumber    *number,
         GError                    **error)
{
  g_autoptr (RungsLadderCatalogue) catalogue = rungs_ladder_catalogue_load (db, error);
  g_autoptr (RungsLadderHistory) history = NULL;
  g_autoptr (RungsLadderDeeds) deeds = rungs_ladder_deeds_new ();
  g_autoptr (RungsLadderWalk) walk = NULL;
  g_autoptr (GArray) leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  Asked asked = { .number = number };

  if (catalogue == NULL || !look_up (catalogue, &asked, error))
    return NULL;
  history = rungs_ladder_history_new (db, question, catalogue, error);
  if (history == NULL)
    return NULL;
  walk = rungs_ladder_walk_new (catalogue, question);
  while (rungs_ladder_history_next (history, deeds, error))
    {
      rungs_ladder_walk_follow (walk, deeds);
      if (is_behind (walk, &asked))
        g_array_append_val (leads, deeds->lead);
    }
  return rungs_ladder_history_done (history) ? g_steal_pointer (&leads) : NULL;
}

RungsLeadSet *
rungs_ladder_number_find (RungsDb                    *db,
                          const RungsLadderQuestion  *question,
                          const RungsLadderNumber    *number,
                          GError                    **error)
{
  g_autoptr (GArray) leads = NULL;
  RungsLeadSet *set;

  g_return_val_if_fail (question != NULL && number != NULL && fits (number), NULL);

  leads = collect (db, question, number, error);
  if (leads == NULL)
    return NULL;
  set = rungs_lead_set_new (leads->len > 0 ? g_array_index (leads, gint64, leads->len - 1) : 1);
  if (set == NULL)
    g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_FAILED,
                         _ ("There is not enough memory to count so many leads"));
  for (guint i = 0; set != NULL && i < leads->len; i++)
    rungs_lead_set_add (set, g_array_index (leads, gint64, i));
  return set;
}

GArray *
rungs_ladder_number_list (RungsDb                    *db,
                          const RungsLadderQuestion  *question,
                          const RungsLadderNumber    *number,
                          gint64                      after,
                          guint                       limit,
                          GError                    **error)
{
  g_autoptr (GArray) leads = NULL;
  guint first = 0;

  g_return_val_if_fail (question != NULL && number != NULL && fits (number), NULL);

  leads = collect (db, question, number, error);
  if (leads == NULL)
    return NULL;
  while (first < leads->len && g_array_index (leads, gint64, first) <= after)
    first++;
  g_array_remove_range (leads, 0, first);
  g_array_set_size (leads, MIN (leads->len, limit));
  return g_steal_pointer (&leads);
}
