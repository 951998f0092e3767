/* rungs-notice-rule-store.h: how staff are told of new leads. Read this before the rest of the
 * notices.
 *
 * One rule counts for the business; a source, an endpoint or a form may have one of its own, which
 * then counts instead of it, all of it. A form goes before its endpoint, that before the source. */

#pragma once

#include "db/rungs-db.h"

G_BEGIN_DECLS

typedef enum
{
  RUNGS_NOTICE_OF_ALL,
  RUNGS_NOTICE_OF_SOURCE,
  RUNGS_NOTICE_OF_ENDPOINT,
  RUNGS_NOTICE_OF_FORM,
} RungsNoticeScope;

/* "", "source", "endpoint", "form". */
const char *rungs_notice_scope_to_text (RungsNoticeScope scope);

/* A row of the table `notice_rule`. */
typedef struct
{
  RungsNoticeScope scope;
  gint64 ref;       /* of a source or an endpoint; else 0 */
  char *form;       /* (owned) the name of a form; else "" */
  char *name;       /* (owned) what it is about, as people call it; read only */
  gboolean desktop; /* by a notification */
  gboolean today;   /* on Today, until somebody has looked at the lead */
  char *mail;       /* (owned) addresses, one a line; "" */
} RungsNoticeRule;

/* As it is where nothing was said: on the desktop and on Today. `form` may be NULL. */
RungsNoticeRule *rungs_notice_rule_new (RungsNoticeScope  scope,
                                        gint64            ref,
                                        const char       *form);
RungsNoticeRule *rungs_notice_rule_copy (const RungsNoticeRule *self);
void rungs_notice_rule_free (RungsNoticeRule *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsNoticeRule, rungs_notice_rule_free)

/* Returns: (transfer full) (element-type RungsNoticeRule): that of the business first, which is
 * always there, then those of sources, endpoints and forms, by name. */
GPtrArray *rungs_notice_rule_list (RungsDb  *db,
                                   GError  **error);

/* The one that is stored for just that; that of the business where there is none. */
RungsNoticeRule *rungs_notice_rule_load (RungsDb           *db,
                                         RungsNoticeScope   scope,
                                         gint64             ref,
                                         const char        *form,
                                         GError           **error);

/* The one that counts for a lead, by the first form it filled in, the endpoint that it came by, and
 * the source of its first touch. */
RungsNoticeRule *rungs_notice_rule_for_lead (RungsDb  *db,
                                             gint64    lead,
                                             GError  **error);

/* Stores it in the place of the one that there was. The addresses may be parted by commas, blanks
 * or lines. In a write transaction. Errors: INVALID (one is no e-mail address; a form without a
 * name). */
gboolean rungs_notice_rule_save (RungsDb                *db,
                                 const RungsNoticeRule  *rule,
                                 GError                **error);

/* From then on the business's counts. Of the business: as if nothing had been said. */
gboolean rungs_notice_rule_remove (RungsDb           *db,
                                   RungsNoticeScope   scope,
                                   gint64             ref,
                                   const char        *form,
                                   GError           **error);

/* Returns: (transfer full) (element-type utf8): the names of forms that have been filled in. */
GPtrArray *rungs_notice_list_forms (RungsDb  *db,
                                    GError  **error);

G_END_DECLS
