/* rungs-lead-view.h: all that the details of a lead show, read at one moment. */

#pragma once

#include "db/rungs-store.h"
#include "insights/rungs-first-contact-store.h"
#include "ladder/rungs-next-offer.h"
#include "ladder/rungs-order-store.h"
#include "ladder/rungs-ownership-store.h"
#include "leads/rungs-consent-store.h"
#include "leads/rungs-event-store.h"
#include "leads/rungs-lead.h"
#include "leads/rungs-suppression-store.h"
#include "partners/rungs-partner-store.h"
#include "rungs-lead-evidence.h"
#include "rungs-lead-happened.h"
#include "sequences/rungs-sequence-why-store.h"

G_BEGIN_DECLS

/* A walk through a sequence. */
typedef struct
{
  RungsEnrolment *enrolment; /* (owned) */
  char *message;             /* (owned) (nullable): the one that comes when the wait is over */
  RungsSequenceWhy *why;     /* (owned) (nullable): of the last walk through the sequence */
} RungsLeadWalk;

typedef struct
{
  RungsLead *lead;              /* (owned) */
  GPtrArray *fields;            /* (owned) (element-type RungsField): the business's own */
  GPtrArray *values;            /* (owned) (element-type RungsFieldValue) */
  GPtrArray *tags;              /* (owned) (element-type RungsTag) */
  RungsConsentState consent;    /* to marketing by e-mail */
  RungsConsent *last_consent;   /* (owned) (nullable): the row that says so */
  RungsLeadEvidence *evidence;  /* (owned): of consents and sources */
  RungsSuppressed suppressed;
  GPtrArray *owned;             /* (owned) (element-type RungsOwned) */
  RungsNextOffer *next;         /* (owned) (nullable): where it could not be found out */
  char *next_fault;             /* (owned) (nullable): why not */
  GPtrArray *walks;             /* (owned) (element-type RungsLeadWalk) */
  GPtrArray *orders;            /* (owned) (element-type RungsOrder) */
  RungsHappened *latest;        /* (owned): what happened last */
  RungsFirstContact *contact;   /* (owned) (nullable): how soon somebody was in touch */
  RungsPartner *partner;        /* (owned) (nullable): who the lead is, too */
  gboolean is_unseen;           /* nobody has looked at it since it came */
} RungsLeadView;

void rungs_lead_view_free (RungsLeadView *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsLeadView, rungs_lead_view_free)

/* A RungsStoreFunc with the id of a lead (gint64 *) as data. Returns: a RungsLeadView. */
gpointer rungs_lead_view_load (RungsDb       *db,
                               gpointer       data,
                               GCancellable  *cancellable,
                               GError       **error);

G_END_DECLS
