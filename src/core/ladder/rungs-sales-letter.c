/* rungs-sales-letter.c: a page, message or script that sells a product. */

#include "ladder/rungs-sales-letter.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-names.h"

/* The link to the order itself. */
#define LINKS_OF_EMAIL 1

static const char *const PATHS[RUNGS_N_LETTER_PATHS] = { "ppc", "email", "phone", "page" };

const char *
rungs_letter_path_to_text (RungsLetterPath path)
{
  g_return_val_if_fail (path < RUNGS_N_LETTER_PATHS, PATHS[0]);

  return PATHS[path];
}

gboolean
rungs_letter_path_from_text (const char      *text,
                             RungsLetterPath *path)
{
  return rungs_names_find (PATHS, RUNGS_N_LETTER_PATHS, text, path);
}

RungsSalesLetter *
rungs_sales_letter_new (gint64          product,
                        RungsLetterPath path)
{
  RungsSalesLetter *self = g_new0 (RungsSalesLetter, 1);

  self->product = product;
  self->path = path;
  self->name = g_strdup ("");
  self->address = g_strdup ("");
  self->text = g_strdup ("");
  return self;
}

void
rungs_sales_letter_free (RungsSalesLetter *self)
{
  g_free (self->name);
  g_free (self->address);
  g_free (self->text);
  g_free (self);
}

guint
rungs_sales_letter_count_links (const RungsSalesLetter *self)
{
  guint links = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (const char *at = self->text; (at = strstr (at, "://")) != NULL; at += strlen ("://"))
    links++;
  return links;
}

RungsLetterHint
rungs_sales_letter_get_hint (const RungsSalesLetter *self)
{
  g_return_val_if_fail (self != NULL, RUNGS_LETTER_FINE);

  if (*self->text == '\0' && (*self->address == '\0' || self->path == RUNGS_LETTER_PHONE))
    return RUNGS_LETTER_EMPTY;
  if (self->path == RUNGS_LETTER_EMAIL && rungs_sales_letter_count_links (self) > LINKS_OF_EMAIL)
    return RUNGS_LETTER_DISTRACTS;
  if (self->path == RUNGS_LETTER_PPC && *self->text != '\0'
      && rungs_sales_letter_count_links (self) == 0)
    return RUNGS_LETTER_LACKS_LINKS;
  return RUNGS_LETTER_FINE;
}

const char *
rungs_letter_hint_to_words (RungsLetterHint hint)
{
  switch (hint)
    {
    case RUNGS_LETTER_EMPTY:
      return _ ("It says nothing yet.");
    case RUNGS_LETTER_DISTRACTS:
      return _ ("Whoever comes from a message should find one link only: to the order.");
    case RUNGS_LETTER_LACKS_LINKS:
      return _ ("Links to content lower what a click costs: this one has none.");
    case RUNGS_LETTER_FINE:
    default:
      return NULL;
    }
}
