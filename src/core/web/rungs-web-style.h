/* rungs-web-style.h: how a page or a form looks: few choices, with which none becomes unreadable.
 *
 * Colours of letters are made from the accent: black or white on it, whichever is told apart
 * better; where letters are of the accent's colour it is made darker until its contrast with the
 * white page is 4.5 : 1 (WCAG 2.2, 1.4.3, 1.4.11). */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RUNGS_WEB_CORNERS_MOST 24
#define RUNGS_WEB_WIDTH_LEAST 280
#define RUNGS_WEB_WIDTH_MOST 960

typedef struct
{
  char *accent;  /* (owned) "#1c71d8" */
  char *font;    /* (owned) "site": as the page around it has it; "sans", "serif", "mono" */
  guint corners; /* radius in pixels */
  guint width;   /* at most so many pixels */
} RungsWebStyle;

/* As a new form has it. */
RungsWebStyle *rungs_web_style_new (void);
void rungs_web_style_free (RungsWebStyle *self);
RungsWebStyle *rungs_web_style_copy (const RungsWebStyle *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsWebStyle, rungs_web_style_free)

/* "site", "sans", "serif", "mono"; NULL-terminated. */
const char *const *rungs_web_style_fonts (void);

/* Whether a text is a colour "#rrggbb"; `rgb` (nullable) (out). */
gboolean rungs_web_colour_parse (const char *text,
                                 guint8      rgb[3]);

/* How well two colours "#rrggbb" are told apart, 1 to 21: WCAG 2.2, contrast ratio. */
double rungs_web_colour_contrast (const char *a,
                                  const char *b);

/* Returns: (transfer full): the accent as letters on white are coloured: darker where it must. */
char *rungs_web_style_dup_ink (const RungsWebStyle *self);

/* Returns: "#000000" or "#ffffff": letters on the accent. */
const char *rungs_web_style_get_on_accent (const RungsWebStyle *self);

/* Returns: (transfer full): rules for a form, its fields and its button, within `scope`, a selector
 * such as ".rungs-form". */
char *rungs_web_style_dup_css (const RungsWebStyle *self,
                               const char          *scope);

G_END_DECLS
