/* rungs-liquid-filters-number.c: the filters that calculate.
 *
 * Whole numbers stay whole as long as they fit 64 bits; else calculation is in doubles, as in
 * JavaScript, so that 10 | divided_by: 4 is 2.5. */

#include "mail/rungs-liquid-filters.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "base/rungs-money.h"

double
rungs_liquid_number_of (RungsLiquidValue value)
{
  double number;

  return rungs_liquid_to_double (value, &number) ? number : 0;
}

static RungsLiquidValue
checked (RungsLiquidRender *render,
         double             number)
{
  if (!isfinite (number))
    rungs_liquid_render_fail (render, _ ("the number becomes too large"));
  return rungs_liquid_number (number);
}

static gboolean
are_whole (RungsLiquidValue a,
           RungsLiquidValue b)
{
  return a.kind == RUNGS_LIQUID_INTEGER && b.kind == RUNGS_LIQUID_INTEGER;
}

static RungsLiquidValue
plus (RungsLiquidRender      *render,
      RungsLiquidValue        input,
      const RungsLiquidValue *args,
      guint                   n_args)
{
  gint64 sum;

  if (are_whole (input, args[0]) && !__builtin_add_overflow (input.integer, args[0].integer, &sum))
    return rungs_liquid_integer (sum);
  return checked (render, rungs_liquid_number_of (input) + rungs_liquid_number_of (args[0]));
}

static RungsLiquidValue
minus (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  gint64 rest;

  if (are_whole (input, args[0]) && !__builtin_sub_overflow (input.integer, args[0].integer, &rest))
    return rungs_liquid_integer (rest);
  return checked (render, rungs_liquid_number_of (input) - rungs_liquid_number_of (args[0]));
}

static RungsLiquidValue
times (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  gint64 product;

  if (are_whole (input, args[0])
      && !__builtin_mul_overflow (input.integer, args[0].integer, &product))
    return rungs_liquid_integer (product);
  return checked (render, rungs_liquid_number_of (input) * rungs_liquid_number_of (args[0]));
}

static RungsLiquidValue
divided_by (RungsLiquidRender      *render,
            RungsLiquidValue        input,
            const RungsLiquidValue *args,
            guint                   n_args)
{
  double divisor = rungs_liquid_number_of (args[0]);
  double quotient = rungs_liquid_number_of (input) / divisor;

  if (divisor == 0)
    {
      rungs_liquid_render_fail (render, _ ("nothing can be divided by 0"));
      return RUNGS_LIQUID_NIL_VALUE;
    }
  if (n_args > 1 && rungs_liquid_number_of (args[1]) != 0)
    quotient = floor (quotient);
  return checked (render, quotient);
}

/* The result has the sign of the divisor. */
static RungsLiquidValue
modulo (RungsLiquidRender      *render,
        RungsLiquidValue        input,
        const RungsLiquidValue *args,
        guint                   n_args)
{
  double divisor = rungs_liquid_number_of (args[0]);

  if (divisor == 0)
    {
      rungs_liquid_render_fail (render, _ ("nothing can be divided by 0"));
      return RUNGS_LIQUID_NIL_VALUE;
    }
  return checked (render, fmod (fmod (rungs_liquid_number_of (input), divisor) + divisor, divisor));
}

/* `number` with its decimal point moved, exactly as it is written: 1.005 by 2 is 100.5. */
static double
shift_decimal (double number,
               int    places)
{
  RungsArena *arena = rungs_arena_new ();
  RungsLiquidValue text = rungs_liquid_to_string (rungs_liquid_number (number), arena);
  const char *exponent = memchr (text.string, 'e', text.length);
  int digits = exponent ? exponent - text.string : (int) text.length;
  g_autofree char *shifted = g_strdup_printf ("%.*se%d", digits, text.string,
                                              places + (exponent ? atoi (exponent + 1) : 0));

  rungs_arena_free (arena);
  return g_ascii_strtod (shifted, NULL);
}

/* To so many places, halves away from zero. */
static RungsLiquidValue
round_to (RungsLiquidRender      *render,
          RungsLiquidValue        input,
          const RungsLiquidValue *args,
          guint                   n_args)
{
  double number = rungs_liquid_number_of (input);
  double wanted = n_args > 0 ? rungs_liquid_number_of (args[0]) : 0;
  int places = (int) CLAMP (wanted, -400, 400);
  double scaled = shift_decimal (fabs (number), places);
  double rounded;

  if (!(scaled <= 9007199254740991.0))
    return rungs_liquid_number (number);
  rounded = shift_decimal (floor (scaled + 0.5), -places);
  return checked (render, number < 0 ? -rounded : rounded);
}

static RungsLiquidValue
ceiling (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  return rungs_liquid_number (ceil (rungs_liquid_number_of (input)));
}

static RungsLiquidValue
floored (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  return rungs_liquid_number (floor (rungs_liquid_number_of (input)));
}

static RungsLiquidValue
absolute (RungsLiquidRender      *render,
          RungsLiquidValue        input,
          const RungsLiquidValue *args,
          guint                   n_args)
{
  return rungs_liquid_number (fabs (rungs_liquid_number_of (input)));
}

static RungsLiquidValue
at_least (RungsLiquidRender      *render,
          RungsLiquidValue        input,
          const RungsLiquidValue *args,
          guint                   n_args)
{
  return rungs_liquid_number (
      MAX (rungs_liquid_number_of (input), rungs_liquid_number_of (args[0])));
}

static RungsLiquidValue
at_most (RungsLiquidRender      *render,
         RungsLiquidValue        input,
         const RungsLiquidValue *args,
         guint                   n_args)
{
  return rungs_liquid_number (
      MIN (rungs_liquid_number_of (input), rungs_liquid_number_of (args[0])));
}

/* Minor units of a currency as an amount: {{ 4900 | money: "EUR" }} is 49.00 EUR. */
static RungsLiquidValue
money (RungsLiquidRender      *render,
       RungsLiquidValue        input,
       const RungsLiquidValue *args,
       guint                   n_args)
{
  RungsLiquidValue code = rungs_liquid_render_string (render, args[0]);
  g_autofree char *currency = g_strndup (code.string, MIN (code.length, 16));
  g_autofree char *text = NULL;

  if (input.kind == RUNGS_LIQUID_NIL)
    return input;
  if (!rungs_currency_is_valid (currency) || input.kind != RUNGS_LIQUID_INTEGER)
    {
      rungs_liquid_render_fail (render,
                                _ ("“money” wants a whole number of cents and a currency, as in "
                                "4900 | money: \"EUR\""));
      return RUNGS_LIQUID_NIL_VALUE;
    }
  text = rungs_money_format (rungs_money (input.integer, currency));
  return rungs_liquid_string (rungs_arena_strndup (render->arena, text, strlen (text)));
}

static const RungsLiquidFilterInfo FILTERS[] = {
  { "abs", 0, 0, absolute }, { "at_least", 1, 1, at_least },     { "at_most", 1, 1, at_most },
  { "ceil", 0, 0, ceiling }, { "divided_by", 1, 2, divided_by }, { "floor", 0, 0, floored },
  { "minus", 1, 1, minus },  { "modulo", 1, 1, modulo },         { "money", 1, 1, money },
  { "plus", 1, 1, plus },    { "round", 0, 1, round_to },        { "times", 1, 1, times },
};

const RungsLiquidFilterInfo *
rungs_liquid_number_filters (gsize *n)
{
  *n = G_N_ELEMENTS (FILTERS);
  return FILTERS;
}
