/* rungs-commands.h: the tables of commands, one from each rungs-GROUP-command.c. */

#pragma once

#include "rungs-command.h"

G_BEGIN_DECLS

extern const RungsCommand RUNGS_ACCOUNT_COMMANDS[];
extern const RungsCommand RUNGS_ACCOUNT_RULE_COMMANDS[];
extern const RungsCommand RUNGS_AWARD_COMMANDS[];
extern const RungsCommand RUNGS_BROADCAST_CHECK_COMMANDS[];
extern const RungsCommand RUNGS_BROADCAST_COMMANDS[];
extern const RungsCommand RUNGS_BUSINESS_COMMANDS[];
extern const RungsCommand RUNGS_CONSENT_COMMANDS[];
extern const RungsCommand RUNGS_COUPON_COMMANDS[];
extern const RungsCommand RUNGS_COUPON_USE_COMMANDS[];
extern const RungsCommand RUNGS_DELIVERY_COMMANDS[];
extern const RungsCommand RUNGS_ENDPOINT_COMMANDS[];
extern const RungsCommand RUNGS_ENDPOINT_PULL_COMMANDS[];
extern const RungsCommand RUNGS_ENROLMENT_COMMANDS[];
extern const RungsCommand RUNGS_FIELD_COMMANDS[];
extern const RungsCommand RUNGS_FILE_COMMANDS[];
extern const RungsCommand RUNGS_FORM_COMMANDS[];
extern const RungsCommand RUNGS_HOLIDAY_COMMANDS[];
extern const RungsCommand RUNGS_IMPORT_COMMANDS[];
extern const RungsCommand RUNGS_INIT_COMMANDS[];
extern const RungsCommand RUNGS_LADDER_TEMPLATE_COMMANDS[];
extern const RungsCommand RUNGS_LEADS_COMMANDS[];
extern const RungsCommand RUNGS_LEAD_COMMANDS[];
extern const RungsCommand RUNGS_LEAD_EXPORT_COMMANDS[];
extern const RungsCommand RUNGS_LEDGER_COMMANDS[];
extern const RungsCommand RUNGS_LETTER_COMMANDS[];
extern const RungsCommand RUNGS_MAILBOX_COMMANDS[];
extern const RungsCommand RUNGS_RELAY_COMMANDS[];
extern const RungsCommand RUNGS_MAP_COMMANDS[];
extern const RungsCommand RUNGS_MERGE_COMMANDS[];
extern const RungsCommand RUNGS_MESSAGE_COMMANDS[];
extern const RungsCommand RUNGS_NEXT_OFFERS_COMMANDS[];
extern const RungsCommand RUNGS_NEXT_OFFER_COMMANDS[];
extern const RungsCommand RUNGS_NOTE_COMMANDS[];
extern const RungsCommand RUNGS_NOTICES_COMMANDS[];
extern const RungsCommand RUNGS_OFFER_COMMANDS[];
extern const RungsCommand RUNGS_ORDER_COMMANDS[];
extern const RungsCommand RUNGS_ORDER_IMPORT_COMMANDS[];
extern const RungsCommand RUNGS_OUTBOX_COMMANDS[];
extern const RungsCommand RUNGS_PAGE_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_DOCUMENT_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_FLAG_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_STATUS_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_PAGE_COMMANDS[];
extern const RungsCommand RUNGS_PAYEE_COMMANDS[];
extern const RungsCommand RUNGS_INVOICE_COMMANDS[];
extern const RungsCommand RUNGS_PARTNER_TAX_COMMANDS[];
extern const RungsCommand RUNGS_PAYMENT_COMMANDS[];
extern const RungsCommand RUNGS_PAYOUT_COMMANDS[];
extern const RungsCommand RUNGS_PICTURE_COMMANDS[];
extern const RungsCommand RUNGS_PRIVACY_COMMANDS[];
extern const RungsCommand RUNGS_PRODUCT_COMMANDS[];
extern const RungsCommand RUNGS_PROGRAMME_COMMANDS[];
extern const RungsCommand RUNGS_PROGRAMME_TEXTS_COMMANDS[];
extern const RungsCommand RUNGS_PUBLISH_COMMANDS[];
extern const RungsCommand RUNGS_RATE_COMMANDS[];
extern const RungsCommand RUNGS_REFERRAL_COMMANDS[];
extern const RungsCommand RUNGS_REHEARSE_COMMANDS[];
extern const RungsCommand RUNGS_RETENTION_COMMANDS[];
extern const RungsCommand RUNGS_RULE_COMMANDS[];
extern const RungsCommand RUNGS_RUN_COMMANDS[];
extern const RungsCommand RUNGS_SCORE_COMMANDS[];
extern const RungsCommand RUNGS_SEGMENT_COMMANDS[];
extern const RungsCommand RUNGS_SEGMENT_LEADS_COMMANDS[];
extern const RungsCommand RUNGS_SEQUENCE_COMMANDS[];
extern const RungsCommand RUNGS_SIGN_IN_COMMANDS[];
extern const RungsCommand RUNGS_SOURCE_COMMANDS[];
extern const RungsCommand RUNGS_SOURCE_LINK_COMMANDS[];
extern const RungsCommand RUNGS_SUPPRESS_COMMANDS[];
extern const RungsCommand RUNGS_TAG_COMMANDS[];
extern const RungsCommand RUNGS_TASK_COMMANDS[];
extern const RungsCommand RUNGS_TODAY_COMMANDS[];
extern const RungsCommand RUNGS_VISITS_COMMANDS[];
extern const RungsCommand RUNGS_WAY_COMMANDS[];
extern const RungsCommand RUNGS_WHAT_IF_COMMANDS[];
extern const RungsCommand RUNGS_WHY_COMMANDS[];

G_END_DECLS
