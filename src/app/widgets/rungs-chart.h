/* rungs-chart.h: one or two lines over the same steps, with a range around the last one; or a bar
 * for each step.
 *
 * Its figures should stand in a table beside it: a chart is for the eye. A screen reader reads its
 * title and, as its description, what each line begins and ends with. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RUNGS_TYPE_CHART (rungs_chart_get_type ())

G_DECLARE_FINAL_TYPE (RungsChart, rungs_chart, RUNGS, CHART, GtkWidget)

/* A value in words; the result is freed with g_free(). */
typedef char *(*RungsChartWords) (double   value,
                                  gpointer data);

/* Makes it empty, with as many steps as there are `labels` (copied), which stand under it. */
void rungs_chart_set_steps (RungsChart        *self,
                            const char        *title,
                            const char *const *labels);

/* Whether each step has a bar of its own, with its range as a line over it: for steps that are no
 * course of time. One line can be added then. */
void rungs_chart_set_bars (RungsChart *self,
                           gboolean    bars);

/* How values are written at the left; `destroy` frees `data`. */
void rungs_chart_set_words (RungsChart      *self,
                            RungsChartWords  words,
                            gpointer         data,
                            GDestroyNotify   destroy);

/* Adds a line with a value for each step (copied); `low` and `high` (both nullable) are the range
 * of each. The first one is drawn grey and dashed, the last one in the accent colour. */
void rungs_chart_add_line (RungsChart   *self,
                           const char   *name,
                           const double *values,
                           const double *low,
                           const double *high);

G_END_DECLS
