/* rungs-aws-signature.h: requests signed as Amazon Web Services want them (Signature Version 4).
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/create-signed-request.html. The address
 * of an object store (S3) is put together otherwise; it is none of ours. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *access_key;
  const char *secret_key;
  const char *region;  /* "eu-west-1" */
  const char *service; /* "ses" */
} RungsAwsSigner;

typedef struct
{
  const char *method; /* "POST" */
  const char *path;   /* as it stands in the request: "/v2/email/outbound-emails" */
  const char *query;  /* (nullable): as it stands in the request, without the ? */

  /* Pairs of name and value, NULL at the end: those that are signed. "Host" must be among them, and
   * "X-Amz-Date" with rungs_aws_date(). */
  const char *const *headers;

  const char *body; /* (nullable) */
  gsize length;
} RungsAwsRequest;

/* "20150830T123600Z"; `now` in milliseconds. */
char *rungs_aws_date (gint64 now);

/* Returns: (transfer full): the value of the header "Authorization". */
char *rungs_aws_sign (const RungsAwsSigner  *signer,
                      const RungsAwsRequest *request);

G_END_DECLS
