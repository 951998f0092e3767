/* rungs-plain-words.c: English words for a while, whatever language the user speaks. */

#include "base/rungs-plain-words.h"

#include <locale.h>

struct _RungsPlainWords
{
  locale_t before;
  locale_t plain; /* (owned): 0: it could not be made */
};

RungsPlainWords *
rungs_plain_words_new (void)
{
  RungsPlainWords *self = g_new0 (RungsPlainWords, 1);

  self->before = uselocale ((locale_t) 0);
  self->plain = newlocale (LC_MESSAGES_MASK, "C", duplocale (self->before));
  if (self->plain != (locale_t) 0)
    uselocale (self->plain);
  return self;
}

void
rungs_plain_words_free (RungsPlainWords *self)
{
  uselocale (self->before);
  if (self->plain != (locale_t) 0)
    freelocale (self->plain);
  g_free (self);
}
