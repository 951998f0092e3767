/* rungs-help-when.h: what happens when: the table of docs/what-happens-when.md, for the help. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *when; /* untranslated; NULL: the end */
  const char *what; /* untranslated; NULL: `when` is a heading */
} RungsHelpWhen;

extern const RungsHelpWhen RUNGS_HELP_WHEN[];

G_END_DECLS
