/* rungs-map-card.h: one thing of the map: a source, the opt-in, a sequence, a product. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A figure of a card. */
typedef struct
{
  char *text;    /* (owned) */
  char *what;    /* (owned): what it is, for the tooltip */
  char *target;  /* (owned) (nullable): where on the page Leads the leads behind it are */
} RungsMapFigure;

/* What a card says. */
typedef struct
{
  char *title;       /* (owned) */
  char *corner;      /* (owned) (nullable): to the right of the title: a price */
  char *note;        /* (owned) (nullable): a line below the title */
  char *icon;        /* (owned) (nullable) */
  char *faults;      /* (owned) (nullable): what is wrong, a line each; shows a mark */
  GPtrArray *figures; /* (owned) (element-type RungsMapFigure) */
  char *opens;       /* (owned) (nullable): the target of the action ladder.unfold */
  gboolean open;     /* it is unfolded */
} RungsMapText;

RungsMapText *rungs_map_text_new (const char *title);
void rungs_map_text_free (RungsMapText *self);

/* Takes `text`; `target` may be NULL. */
void rungs_map_text_add_figure (RungsMapText *self,
                                char         *text,
                                const char   *what,
                                const char   *target);

#define RUNGS_TYPE_MAP_CARD (rungs_map_card_get_type ())

G_DECLARE_FINAL_TYPE (RungsMapCard, rungs_map_card, RUNGS, MAP_CARD, GtkWidget)

GtkWidget *rungs_map_card_new (void);

void rungs_map_card_show (RungsMapCard       *self,
                          const RungsMapText *text);

G_END_DECLS
