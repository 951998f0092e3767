/* rungs-web-style.c: how a page or a form looks. */

#include "web/rungs-web-style.h"

#include <math.h>
#include <string.h>

#define ACCENT "#1c71d8"
#define PAPER "#ffffff"

/* WCAG 2.2, 1.4.3. */
#define LEAST_CONTRAST 4.5

static const char *const FONTS[] = { "site", "sans", "serif", "mono", NULL };

/* What stands in the rules for each of FONTS. */
static const char *const FAMILIES[]
    = { "inherit", "system-ui,sans-serif", "Georgia,serif", "ui-monospace,monospace" };

/* Of a form, in order: "@" is the scope, "$a" the accent, "$i" the ink, "$o" what is written on the
 * accent, "$c" the corners, "$f" the font, "$w" the width. */
static const char RULES[]
    = "@{box-sizing:border-box;max-width:$wpx;margin:0 auto;font-family:$f;line-height:1.5;"
      "color:#1a1a1a;overflow-wrap:anywhere}"
      "@ *{box-sizing:border-box}"
      "@ h1,@ h2{line-height:1.2;margin:0 0 .5em}"
      "@ p{margin:0 0 1em}"
      "@ a{color:$i}"
      "@ label,@ legend{display:block;font-weight:600;padding:0;margin:0 0 .25em}"
      "@ .f{border:0;padding:0;margin:0 0 1.1em;min-width:0}"
      "@ .n{font-weight:400;color:#595959}"
      "@ .h{margin:0 0 .25em;color:#595959;font-size:.9em}"
      "@ input:not([type=checkbox]):not([type=radio]),@ textarea,@ select{display:block;width:100%;"
      "min-height:2.75em;padding:.5em .7em;font:inherit;color:#1a1a1a;background:#fff;"
      "border:1px solid #767676;border-radius:$cpx}"
      "@ textarea{min-height:7em}"
      "@ .o{display:flex;gap:.6em;align-items:flex-start;font-weight:400;margin:0;padding:.35em 0}"
      "@ .o input{flex:none;width:1.25em;height:1.25em;margin:.15em 0 0;accent-color:$i}"
      "@ button{display:block;width:100%;min-height:2.75em;padding:.6em 1.2em;font:inherit;"
      "font-weight:600;color:$o;background:$a;border:1px solid $i;border-radius:$cpx;"
      "cursor:pointer}"
      "@ :focus-visible{outline:3px solid #1a1a1a;outline-offset:2px}"
      "@ [role=alert]:not(:empty){border:2px solid #a51d2d;padding:.6em;color:#a51d2d}"
      "@ .z{position:absolute!important;left:-9999px!important;width:1px;height:1px;"
      "overflow:hidden}";

RungsWebStyle *
rungs_web_style_new (void)
{
  RungsWebStyle *self = g_new0 (RungsWebStyle, 1);

  self->accent = g_strdup (ACCENT);
  self->font = g_strdup ("sans");
  self->corners = 6;
  self->width = 480;
  return self;
}

void
rungs_web_style_free (RungsWebStyle *self)
{
  if (self == NULL)
    return;
  g_free (self->accent);
  g_free (self->font);
  g_free (self);
}

RungsWebStyle *
rungs_web_style_copy (const RungsWebStyle *self)
{
  RungsWebStyle *copy = g_new0 (RungsWebStyle, 1);

  g_return_val_if_fail (self != NULL, NULL);

  copy->accent = g_strdup (self->accent);
  copy->font = g_strdup (self->font);
  copy->corners = self->corners;
  copy->width = self->width;
  return copy;
}

const char *const *
rungs_web_style_fonts (void)
{
  return FONTS;
}

/* ---- colours */

gboolean
rungs_web_colour_parse (const char *text,
                        guint8      rgb[3])
{
  if (text == NULL || strlen (text) != 7 || *text != '#')
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      int high = g_ascii_xdigit_value (text[1 + 2 * i]);
      int low = g_ascii_xdigit_value (text[2 + 2 * i]);

      if (high < 0 || low < 0)
        return FALSE;
      if (rgb != NULL)
        rgb[i] = (guint8) (high * 16 + low);
    }
  return TRUE;
}

/* WCAG 2.2, relative luminance. */
static double
get_luminance (const guint8 rgb[3])
{
  static const double SHARES[] = { 0.2126, 0.7152, 0.0722 };
  double sum = 0;

  for (guint i = 0; i < 3; i++)
    {
      double c = rgb[i] / 255.0;

      sum += SHARES[i] * (c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4));
    }
  return sum;
}

double
rungs_web_colour_contrast (const char *a,
                           const char *b)
{
  guint8 first[3] = { 0 }, second[3] = { 0 };
  double x, y;

  rungs_web_colour_parse (a, first);
  rungs_web_colour_parse (b, second);
  x = get_luminance (first);
  y = get_luminance (second);
  return (MAX (x, y) + 0.05) / (MIN (x, y) + 0.05);
}

static const char *
get_accent (const RungsWebStyle *self)
{
  return rungs_web_colour_parse (self->accent, NULL) ? self->accent : ACCENT;
}

char *
rungs_web_style_dup_ink (const RungsWebStyle *self)
{
  guint8 rgb[3];
  char *ink;

  g_return_val_if_fail (self != NULL, NULL);

  ink = g_ascii_strdown (get_accent (self), -1);
  while (rungs_web_colour_contrast (ink, PAPER) < LEAST_CONTRAST)
    {
      rungs_web_colour_parse (ink, rgb);
      g_free (ink);
      ink = g_strdup_printf ("#%02x%02x%02x", rgb[0] * 19 / 20, rgb[1] * 19 / 20, rgb[2] * 19 / 20);
    }
  return ink;
}

const char *
rungs_web_style_get_on_accent (const RungsWebStyle *self)
{
  const char *accent;

  g_return_val_if_fail (self != NULL, NULL);

  accent = get_accent (self);
  return rungs_web_colour_contrast (accent, "#000000") > rungs_web_colour_contrast (accent, PAPER)
           ? "#000000"
           : PAPER;
}

/* ---- rules */

static const char *
get_family (const RungsWebStyle *self)
{
  for (guint i = 0; FONTS[i] != NULL; i++)
    if (strcmp (FONTS[i], self->font) == 0)
      return FAMILIES[i];
  return FAMILIES[0];
}

char *
rungs_web_style_dup_css (const RungsWebStyle *self,
                         const char          *scope)
{
  g_autoptr (GString) css = g_string_new (RULES);
  g_autofree char *ink = NULL;
  g_autofree char *corners = NULL;
  g_autofree char *width = NULL;

  g_return_val_if_fail (self != NULL && scope != NULL, NULL);

  ink = rungs_web_style_dup_ink (self);
  corners = g_strdup_printf ("%u", MIN (self->corners, RUNGS_WEB_CORNERS_MOST));
  width = g_strdup_printf ("%u",
                           CLAMP (self->width, RUNGS_WEB_WIDTH_LEAST, RUNGS_WEB_WIDTH_MOST));
  g_string_replace (css, "$a", get_accent (self), 0);
  g_string_replace (css, "$i", ink, 0);
  g_string_replace (css, "$o", rungs_web_style_get_on_accent (self), 0);
  g_string_replace (css, "$c", corners, 0);
  g_string_replace (css, "$f", get_family (self), 0);
  g_string_replace (css, "$w", width, 0);
  g_string_replace (css, "@", scope, 0);
  return g_string_free (g_steal_pointer (&css), FALSE);
}
