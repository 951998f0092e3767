/* rungs-ladder-place.c: the places of the ladder map to which leads come. */

#include "insights/rungs-ladder-place.h"

#include <string.h>

static const char *const WORDS[] = {
  [RUNGS_LADDER_KIND] = "kind:",         [RUNGS_LADDER_SOURCE] = "source:",
  [RUNGS_LADDER_OPT_IN] = "opt-in",      [RUNGS_LADDER_SEQUENCE] = "sequence:",
  [RUNGS_LADDER_PRODUCT] = "product:",
};

const char *
rungs_ladder_path_to_text (int path)
{
  if (path == RUNGS_LADDER_ANY_PATH)
    return "any";
  return path == RUNGS_LADDER_NO_PATH ? "none" : rungs_path_to_text ((RungsPath) path);
}

RungsLadderPlace
rungs_ladder_place (RungsLadderPlaceKind kind,
                    gint64               id)
{
  return (RungsLadderPlace) { .kind = kind, .id = id, .path = RUNGS_LADDER_ANY_PATH };
}

RungsLadderPlace
rungs_ladder_place_by_path (RungsLadderPlaceKind kind,
                            gint64               id,
                            RungsPath            path)
{
  return (RungsLadderPlace) { .kind = kind, .id = id, .path = (int) path };
}

gboolean
rungs_ladder_place_equal (RungsLadderPlace a,
                          RungsLadderPlace b)
{
  return a.kind == b.kind && a.id == b.id && a.path == b.path;
}

char *
rungs_ladder_place_to_text (RungsLadderPlace place)
{
  const char *slash = place.path == RUNGS_LADDER_ANY_PATH ? "" : "/";
  const char *path = *slash != '\0' ? rungs_ladder_path_to_text (place.path) : "";

  if (place.kind == RUNGS_LADDER_OPT_IN)
    return g_strdup (WORDS[place.kind]);
  if (place.kind == RUNGS_LADDER_KIND)
    return g_strconcat (WORDS[place.kind], rungs_source_kind_to_text ((RungsSourceKind) place.id),
                        slash, path, NULL);
  return g_strdup_printf ("%s%" G_GINT64_FORMAT "%s%s", WORDS[place.kind], place.id, slash, path);
}

/* Takes "/direct" off the end of `text`. */
static gboolean
take_path (char *text,
           int  *path)
{
  char *slash = strchr (text, '/');
  RungsPath known;

  *path = RUNGS_LADDER_ANY_PATH;
  if (slash == NULL)
    return TRUE;
  *slash = '\0';
  if (!rungs_path_from_text (slash + 1, &known))
    return FALSE;
  *path = (int) known;
  return TRUE;
}

static gboolean
read_id (RungsLadderPlace *place,
         const char       *text)
{
  RungsSourceKind kind;

  if (place->kind != RUNGS_LADDER_KIND)
    return g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &place->id, NULL);
  if (!rungs_source_kind_from_text (text, &kind))
    return FALSE;
  place->id = (gint64) kind;
  return TRUE;
}

gboolean
rungs_ladder_place_from_text (const char       *text,
                              RungsLadderPlace *place)
{
  g_autofree char *copy = g_strdup (text);

  g_return_val_if_fail (text != NULL && place != NULL, FALSE);

  *place = rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0);
  if (g_str_equal (text, WORDS[RUNGS_LADDER_OPT_IN]))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (WORDS); i++)
    if (i != RUNGS_LADDER_OPT_IN && g_str_has_prefix (copy, WORDS[i]))
      {
        place->kind = (RungsLadderPlaceKind) i;
        return take_path (copy, &place->path)
               && (place->path == RUNGS_LADDER_ANY_PATH || place->kind <= RUNGS_LADDER_SOURCE)
               && read_id (place, copy + strlen (WORDS[i]));
      }
  return FALSE;
}
