/* rungs-lead-found-store.h: in which of a lead's texts the words stand that were searched for. */

#pragma once

#include "db/rungs-search-words.h"

G_BEGIN_DECLS

/* In the order of RUNGS_LEAD_SEARCH_TEXTS. */
typedef enum
{
  RUNGS_LEAD_FOUND_EMAIL,
  RUNGS_LEAD_FOUND_FIRST_NAME,
  RUNGS_LEAD_FOUND_LAST_NAME,
  RUNGS_LEAD_FOUND_COMPANY,
  RUNGS_LEAD_FOUND_CITY,
  RUNGS_LEAD_FOUND_PHONE,
  RUNGS_LEAD_FOUND_NOTES,
  RUNGS_LEAD_FOUND_LOGGED, /* notes of the timeline, calls and meetings */
} RungsLeadFoundPlace;

/* Where one word was found. */
typedef struct
{
  RungsLeadFoundPlace place;
  char *before; /* (owned) what stands before it, one line, cut to what can be read at a glance */
  char *word;   /* (owned) as it stands there, whole */
  char *after;  /* (owned) and what stands after it */
} RungsLeadFound;

void rungs_lead_found_free (RungsLeadFound *self);

/* For each of the `n_words` words that `words` was made of the first place, in the order above,
 * that has it. For the few leads that are on screen: it reads all their notes. Returns: (transfer
 * full) (element-type RungsLeadFound): none of words that are not found; empty where the lead is
 * gone. */
GPtrArray *rungs_lead_found (RungsDb           *db,
                             gint64             lead,
                             RungsSearchWords  *words,
                             guint              n_words,
                             GError           **error);

G_END_DECLS
