/* test-sender-domain.c: what is read from the answers of name servers. The servers are ours. */

#include "mail/rungs-sender-domain.h"

#include <string.h>

/* Answers from a table; what is not in it is not there; offline, nothing is answered. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  const char *const (*records)[2]; /* name, text; ends with NULL */
  gboolean offline;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
free_records (gpointer records)
{
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static void
lookup_records_async (GResolver           *resolver,
                      const char          *rrname,
                      GResolverRecordType  record_type,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             data)
{
  TestResolver *self = TEST_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  GList *found = NULL;

  g_assert_cmpint (record_type, ==, G_RESOLVER_RECORD_TXT);
  for (guint i = 0; !self->offline && self->records[i][0] != NULL; i++)
    if (strcmp (self->records[i][0], rrname) == 0)
      {
        const char *strings[] = { self->records[i][1], NULL };

        found = g_list_prepend (found, g_variant_ref_sink (g_variant_new ("(^as)", strings)));
      }
  if (found != NULL)
    g_task_return_pointer (task, found, free_records);
  else
    g_task_return_new_error (task, G_RESOLVER_ERROR,
                             self->offline ? G_RESOLVER_ERROR_TEMPORARY_FAILURE
                                           : G_RESOLVER_ERROR_NOT_FOUND,
                             "no answer");
}

static GList *
lookup_records_finish (GResolver     *resolver,
                       GAsyncResult  *result,
                       GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_records_async = lookup_records_async;
  resolver_class->lookup_records_finish = lookup_records_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

static RungsSenderDomain *
ask (const char *const (*records)[2],
     gboolean           offline)
{
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);

  resolver->records = records;
  resolver->offline = offline;
  return rungs_sender_domain_ask_of (G_RESOLVER (resolver), "shop.example", 5);
}

static void
test_all (void)
{
  static const char *const RECORDS[][2] = {
    { "shop.example", "some other text" },
    { "shop.example", "v=spf1 include:mail.example -all" },
    { "_dmarc.shop.example", "v=DMARC1; p=none" },
    { "s1._domainkey.shop.example", "k=rsa; p=abc" },
    { NULL, NULL },
  };
  g_autoptr (RungsSenderDomain) domain = ask (RECORDS, FALSE);

  g_assert_cmpstr (domain->name, ==, "shop.example");
  g_assert_cmpint (domain->spf, ==, RUNGS_DOMAIN_HAS);
  g_assert_cmpint (domain->dkim, ==, RUNGS_DOMAIN_HAS);
  g_assert_cmpint (domain->dmarc, ==, RUNGS_DOMAIN_HAS);
}

static void
test_lacking (void)
{
  static const char *const RECORDS[][2] = {
    { "shop.example", "google-site-verification=1" },
    { NULL, NULL },
  };
  g_autoptr (RungsSenderDomain) domain = ask (RECORDS, FALSE);

  g_assert_cmpint (domain->spf, ==, RUNGS_DOMAIN_LACKS);
  g_assert_cmpint (domain->dkim, ==, RUNGS_DOMAIN_LACKS);
  g_assert_cmpint (domain->dmarc, ==, RUNGS_DOMAIN_LACKS);
}

static void
test_offline (void)
{
  static const char *const RECORDS[][2] = { { NULL, NULL } };
  g_autoptr (RungsSenderDomain) domain = ask (RECORDS, TRUE);

  g_assert_cmpint (domain->spf, ==, RUNGS_DOMAIN_NOT_ASKED);
  g_assert_cmpint (domain->dkim, ==, RUNGS_DOMAIN_NOT_ASKED);
  g_assert_cmpint (domain->dmarc, ==, RUNGS_DOMAIN_NOT_ASKED);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/sender-domain/all", test_all);
  g_test_add_func ("/mail/sender-domain/lacking", test_lacking);
  g_test_add_func ("/mail/sender-domain/offline", test_offline);
  return g_test_run ();
}
