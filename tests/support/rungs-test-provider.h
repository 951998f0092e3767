/* rungs-test-provider.h: the providers that come with Rungs, spoken to on loopback. */

#pragma once

#include "smtp/rungs-transport.h"
#include "wire/rungs-provider.h"

G_BEGIN_DECLS

/* That of provider-shapes.js. */
#define RUNGS_TEST_PROVIDER_KEY "secret-key-of-the-test"

/* The text of the file, in which all addresses begin with `base` ("http://127.0.0.1:8080"). */
char *rungs_test_provider_dup_text (const char *key,
                                    const char *base);

RungsProvider *rungs_test_provider_load (const char *key,
                                         const char *base);

/* What provider-shapes.js wants to be told. */
JsonObject *rungs_test_provider_new_options (RungsProvider *provider);

RungsTransport *rungs_test_provider_new_transport (const char *key,
                                                   const char *base);

G_END_DECLS
