/* rungs-sender-domain.h: what the name servers say about a domain that mail comes from: SPF (RFC
 * 7208), DKIM (RFC 6376), DMARC (RFC 7489). */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  RUNGS_DOMAIN_NOT_ASKED, /* no answer came */
  RUNGS_DOMAIN_LACKS,
  RUNGS_DOMAIN_HAS,
} RungsDomainAnswer;

typedef struct
{
  char *name; /* (owned) */
  RungsDomainAnswer spf;
  RungsDomainAnswer dkim; /* a key under one of the names that providers use: it can have others */
  RungsDomainAnswer dmarc;
} RungsSenderDomain;

void rungs_sender_domain_free (RungsSenderDomain *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RungsSenderDomain, rungs_sender_domain_free)

/* Asks, and waits for the answers, `seconds` at most; never fails: what was not answered is not
 * asked. For a thread of its own. */
RungsSenderDomain *rungs_sender_domain_ask (const char *domain,
                                            guint       seconds);

/* The same of another resolver, for tests. */
RungsSenderDomain *rungs_sender_domain_ask_of (GResolver  *resolver,
                                               const char *domain,
                                               guint       seconds);

G_END_DECLS
