/* rungs-map-texts.c: what the cards of the map say. */

#include "rungs-map-texts.h"

#include <glib/gi18n.h>

#include "import/rungs-import-words.h"
#include "ladder/rungs-ladder-words.h"
#include "widgets/rungs-display.h"

/* Amounts of a hundred and more are told without cents. */
#define WHOLE_FROM 100

/* `format` has one %s, for the number. */
static char *
counted (const char *format,
         gint64      n)
{
  g_autofree char *number = rungs_display_number (n);

  return g_strdup_printf (format, number);
}

/* ---- money */

char *
rungs_map_money_words (RungsMoney money)
{
  return rungs_display_money_short (money, WHOLE_FROM);
}

char *
rungs_map_monies_words (GArray *monies,
                        GArray *converted)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < monies->len; i++)
    {
      RungsMoney money = g_array_index (monies, RungsMoney, i);
      g_autofree char *amount = rungs_map_money_words (money);

      if (money.minor != 0)
        g_string_append_printf (words, "%s%s",
                                words->len > 0         ? " + "
                                : converted->len > 0 ? "≈ "
                                                     : "",
                                amount);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static void
add_monies (RungsMapText *text,
            GArray       *monies,
            GArray       *converted,
            const char   *what)
{
  char *words = rungs_map_monies_words (monies, converted);
  g_autofree char *otherwise = rungs_ladder_words_converted (converted);
  g_autofree char *all = g_strjoin ("\n", what, otherwise, NULL);

  if (words != NULL)
    rungs_map_text_add_figure (text, words, all, NULL);
}

/* A figure that opens the leads behind it. Takes the words. */
static void
add_leads (RungsMapText       *text,
           const RungsMapShow *show,
           char               *words,
           const char         *what,
           RungsLadderCount    count,
           RungsLadderPlace    place)
{
  RungsLadderNumber number = rungs_ladder_number_of_place (count, place);
  g_autofree char *target = rungs_ladder_number_to_target (&number, &show->question);

  rungs_map_text_add_figure (text, words, what, target);
}

/* ---- sources */

/* What a source cost, and what is in it. */
static void
add_costs (RungsMapText                   *text,
           const RungsLadderSourceFigures *figures)
{
  g_autofree char *parts = rungs_ladder_words_costs (figures);
  g_autofree char *what = g_strdup_printf (_ ("What it cost in the period: %s"), parts);

  add_monies (text, figures->costs, figures->costs_converted, what);
  if (figures->has_cost)
    {
      g_autofree char *cost = rungs_display_money (figures->cost);
      g_autofree char *each = rungs_ladder_words_cost_parts (figures);
      g_autofree char *tip = g_strdup_printf (_ ("What one lead cost: %s"), each);

      rungs_map_text_add_figure (text, g_strdup_printf (_ ("%s each"), cost), tip, NULL);
    }
}

static void
add_source_figures (RungsMapText                   *text,
                    const RungsMapShow             *show,
                    const RungsLadderSourceFigures *figures,
                    RungsLadderPlace                place)
{
  if (figures == NULL)
    return;
  add_leads (text, show, rungs_ladder_words_leads (figures->leads),
             _ ("Leads that came from here in the period"), RUNGS_LADDER_CAME, place);
  add_costs (text, figures);
}

/* The name of the one source that a kind has, or how many it has. */
static char *
sources_words (const RungsMap  *map,
               RungsSourceKind  kind)
{
  guint n = rungs_map_count_sources (map, kind);

  for (guint i = 0; n == 1 && i < map->sources->len; i++)
    {
      const RungsSource *source = g_ptr_array_index (map->sources, i);

      if (source->kind == kind && source->retired_at == 0)
        return g_strdup (source->name);
    }
  return n == 0 ? g_strdup (_ ("None yet"))
                : counted (ngettext ("%s source", "%s sources", n), (gint64) n);
}

RungsMapText *
rungs_map_kind_text (const RungsMapShow *show,
                     RungsSourceKind     kind,
                     const char         *id,
                     gboolean            open)
{
  RungsMapText *text = rungs_map_text_new (rungs_source_kind_words (kind));

  text->note = sources_words (show->map, kind);
  text->open = open;
  if (rungs_map_count_sources (show->map, kind) > 0)
    text->opens = g_strdup (id);
  if (show->figures != NULL)
    add_source_figures (text, show, rungs_ladder_figures_get_kind (show->figures, kind),
                        rungs_ladder_place (RUNGS_LADDER_KIND, (gint64) kind));
  return text;
}

RungsMapText *
rungs_map_source_text (const RungsMapShow *show,
                       const RungsSource  *source)
{
  RungsMapText *text = rungs_map_text_new (source->name);

  if (show->figures != NULL)
    add_source_figures (text, show, rungs_ladder_figures_get_source (show->figures, source->id),
                        rungs_ladder_place (RUNGS_LADDER_SOURCE, source->id));
  return text;
}

/* ---- the middle */

RungsMapText *
rungs_map_opt_in_text (const RungsMapShow *show)
{
  RungsMapText *text = rungs_map_text_new (_ ("Opt-in"));
  const RungsLadderOptInFigures *figures
    = show->figures ? rungs_ladder_figures_get_opt_in (show->figures) : NULL;

  if (figures != NULL)
    add_leads (text, show, rungs_ladder_words_leads (figures->leads),
               _ ("Leads that opted in in the period"), RUNGS_LADDER_CAME,
               rungs_ladder_place (RUNGS_LADDER_OPT_IN, 0));
  return text;
}

RungsMapText *
rungs_map_sequence_text (const RungsMapShow  *show,
                         const RungsSequence *sequence)
{
  RungsMapText *text = rungs_map_text_new (sequence->name);
  const RungsLadderSequenceFigures *figures
    = show->figures ? rungs_ladder_figures_get_sequence (show->figures, sequence->id) : NULL;
  RungsLadderPlace place = rungs_ladder_place (RUNGS_LADDER_SEQUENCE, sequence->id);

  if (sequence->state != RUNGS_SEQUENCE_LIVE)
    text->note
      = g_strdup (sequence->state == RUNGS_SEQUENCE_PAUSED ? _ ("paused") : _ ("draft"));
  if (figures != NULL)
    add_leads (text, show, counted (_ ("%s entered"), figures->entered),
               _ ("Leads that entered it in the period"), RUNGS_LADDER_CAME, place);
  if (figures != NULL && figures->walking > 0)
    add_leads (text, show, counted (_ ("%s in it"), figures->walking),
               _ ("Leads that are in it now"), RUNGS_LADDER_WALKING, place);
  return text;
}

/* ---- products */

static char *
price_words (const RungsProduct *product)
{
  g_autofree char *price = NULL;

  if (product->price.minor == 0)
    return g_strdup (_ ("free"));
  price = rungs_map_money_words (product->price);
  if (product->period_months == 1)
    return g_strdup_printf (_ ("%s a month"), price);
  if (product->period_months == 12)
    return g_strdup_printf (_ ("%s a year"), price);
  return g_steal_pointer (&price);
}

static char *
retired_words (const RungsProduct *product)
{
  g_autofree char *day = rungs_display_day (product->retired_at);

  return g_strdup_printf (_ ("not sold since %s"), day);
}

/* What is wrong with the product and with the offers that leave it. */
static char *
faults_words (const RungsMap     *map,
              const RungsProduct *product)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < map->ladder->faults->len; i++)
    {
      const RungsLadderFault *fault = g_ptr_array_index (map->ladder->faults, i);
      g_autofree char *sentence = rungs_ladder_fault_to_words (fault);

      if (fault->product == product->id)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "\n" : "", sentence);
    }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}

static void
add_refunds (RungsMapText           *text,
             const RungsMapShow     *show,
             const RungsLadderShare *refunds,
             RungsLadderPlace        place)
{
  g_autofree char *hits = NULL;
  g_autofree char *cases = NULL;

  if (refunds->hits == 0)
    return;
  hits = rungs_display_number (refunds->hits);
  cases = rungs_display_number (refunds->cases);
  add_leads (
    text, show,
    refunds->too_few
      ? g_strdup_printf (_ ("%s of %s back"), hits, cases)
      : g_strdup_printf (_ ("%d %% back"), (int) (refunds->hits * 100 / refunds->cases)),
    _ ("Leads that got money back, of those who paid in the period"), RUNGS_LADDER_REFUNDED, place);
}

RungsMapText *
rungs_map_product_text (const RungsMapShow *show,
                        const RungsProduct *product)
{
  RungsMapText *text = rungs_map_text_new (product->name);
  const RungsLadderProductFigures *figures
    = show->figures ? rungs_ladder_figures_get_product (show->figures, product->id) : NULL;
  RungsLadderPlace place = rungs_ladder_place (RUNGS_LADDER_PRODUCT, product->id);

  text->corner = price_words (product);
  if (product->retired_at != 0)
    text->note = retired_words (product);
  text->faults = faults_words (show->map, product);
  if (figures == NULL)
    return text;
  add_leads (text, show,
             counted (ngettext ("%s owner", "%s owners", (gulong) figures->owners),
                      figures->owners),
             _ ("Leads that own it now"), RUNGS_LADDER_OWNERS, place);
  add_monies (text, figures->revenue, figures->revenue_converted, _ ("Revenue of the period"));
  add_refunds (text, show, &figures->refunds, place);
  return text;
}

char *
rungs_map_text_describe (const RungsMapText *text)
{
  g_autoptr (GString) words = g_string_new (NULL);
  const char *lines[] = { text->corner, text->note, text->faults };

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    if (lines[i] != NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", lines[i]);
  for (guint i = 0; i < text->figures->len; i++)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "",
                            ((RungsMapFigure *) text->figures->pdata[i])->text);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
