/* rungs-return-report.h: the fields of reports about mail (RFC 3464, RFC 5965). Private to
 * rungs-return.c. */

#pragma once

#include <glib.h>

#include "mail/rungs-return.h"

G_BEGIN_DECLS

/* Reads the fields of a message/delivery-status: what became of the message, whose it was, and in
 * which words. Of several recipients it is the one that fared worst. `self` is left alone where
 * the report tells of no trouble. */
void rungs_return_report_read_status (RungsReturn *self,
                                      const char  *fields);

/* Where a report says in its fields only that it failed ("5.0.0", and no Diagnostic-Code), as
 * Exim's do that found the address bad itself: the reason, from what it tells a person. */
void rungs_return_report_read_reason (RungsReturn *self,
                                      const char  *text);

/* Reads the fields of a message/feedback-report. `self` is left alone where it is no complaint: it
 * says that all is well ("not-spam"), or something else. */
void rungs_return_report_read_feedback (RungsReturn *self,
                                        const char  *fields);

/* Reads a bounce that follows no RFC: a status code, an address and words in a text. */
void rungs_return_report_read_text (RungsReturn *self,
                                    const char  *text);

/* Which of the kinds of bounces a status code and words make. `gave_up`: the server has. */
RungsReturnKind rungs_return_report_judge (const char *status,
                                           const char *words,
                                           gboolean    gave_up);

G_END_DECLS
