/* rungs-lead-fact.h: a fact of a lead that is edited where it stands. */

#pragma once

#include <adwaita.h>

#include "leads/rungs-field.h"
#include "leads/rungs-phone-number.h"

G_BEGIN_DECLS

/* What is shown. */
typedef struct
{
  gint64 key;        /* no two facts of a lead have the same */
  gint64 lead;
  char *name;        /* (owned) a column of rungs_lead_columns(), or "field:KEY" */
  char *text;        /* (owned) what is edited; "" for nothing */
  char *words;       /* (owned) how it is shown */
  char *link;        /* (owned) (nullable): what a click on the arrow opens */
  RungsField *field; /* (owned): its label is the title, its kind says how it is edited */
  const RungsCountry *country; /* (nullable): of the lead, where it is known: its telephone number
                                * is offered in the international form */
} RungsLeadFactItem;

/* Takes `field`, `text`, `words` (nullable: as the text) and `link`. */
RungsLeadFactItem *rungs_lead_fact_item_new (gint64      key,
                                             gint64      lead,
                                             const char *name,
                                             RungsField *field,
                                             char       *text,
                                             char       *words,
                                             char       *link);
void rungs_lead_fact_item_free (RungsLeadFactItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadFactItem, rungs_lead_fact_item_free)

#define RUNGS_TYPE_LEAD_FACT (rungs_lead_fact_get_type ())

/* Inside a page. A click, Enter or F2 begins editing; Enter (in several lines Ctrl+Enter), or going
 * elsewhere, keeps; Escape leaves it as it was. What is wrong, and what others changed meanwhile,
 * is told below it, and what was typed stays.
 *
 * RungsLeadFact:wide: without its title before it, over the whole width */
G_DECLARE_FINAL_TYPE (RungsLeadFact, rungs_lead_fact, RUNGS, LEAD_FACT, GtkWidget)

GtkWidget *rungs_lead_fact_new (void);

/* What is edited just now keeps what was typed; if it is another lead's it is stored first. */
void rungs_lead_fact_show (RungsLeadFact           *self,
                           const RungsLeadFactItem *item);

/* What it shows; NULL: nothing yet. */
const RungsLeadFactItem *rungs_lead_fact_get_item (RungsLeadFact *self);

/* The label that shows it. */
GtkLabel *rungs_lead_fact_get_label (RungsLeadFact *self);

void rungs_lead_fact_edit (RungsLeadFact *self);
gboolean rungs_lead_fact_is_edited (RungsLeadFact *self);

G_END_DECLS
