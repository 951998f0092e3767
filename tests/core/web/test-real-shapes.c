/* test-real-shapes.c: what providers send in truth is never quite what they document: fields that
 * nobody knows, fields that are missing, lists where one thing was, other encodings. Whatever
 * comes, each byte is kept, and what cannot be done says why in words that people understand. */

#include "rungs-web-world.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "db/rungs-statement.h"

/* The sanitizers make each case slow: of those, every so manieth. */
#ifdef __SANITIZE_ADDRESS__
#define EVERY 7
#else
#define EVERY 1
#endif

/* Lower case: no person says these. */
static const char *const MACHINERY[]
    = { "sql", "null", "assert", "g_", "constraint", "(null)", "quark", "gtype", "member",
        "<data>", "scanner" };

typedef struct
{
  RungsFixture *fixture;
  const RungsRawDelivery *sample;
  const char *provider;
  guint cases;
  guint n_of[4]; /* by RungsWebState */
} Trial;

static RungsFixture *
world_new (void)
{
  RungsFixture *fixture = rungs_fixture_new ();

  rungs_fixture_write (fixture, rungs_web_world_make);
  return fixture;
}

static void
assert_kept (Trial  *trial,
             gint64  id,
             GBytes *body)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsRawDelivery) kept
      = rungs_web_delivery_load_raw (trial->fixture->db, id, &error);

  g_assert_no_error (error);
  g_assert_true (g_bytes_equal (kept->body, body));
}

static void
assert_readable (const char *reason)
{
  g_autofree char *folded = g_utf8_strdown (reason, -1);

  g_assert_true (g_utf8_validate (reason, -1, NULL));
  g_assert_cmpuint (strlen (reason), >, 10);
  for (guint i = 0; i < G_N_ELEMENTS (MACHINERY); i++)
    if (strstr (folded, MACHINERY[i]) != NULL)
      g_error ("“%s” is not said by a person", reason);
}

static void
forget_keys (RungsFixture *fixture,
             RungsDb      *db)
{
  rungs_fixture_run (fixture, "UPDATE web_delivery SET key = NULL");
}

/* Takes the sample with another body. */
static RungsWebState
try_body (Trial  *trial,
          GBytes *body)
{
  g_autoptr (RungsRawDelivery) raw
      = rungs_raw_delivery_new (trial->sample->method, trial->sample->path, "203.0.113.7",
                                trial->sample->received_at);
  g_autofree char *headers = rungs_raw_delivery_dup_headers (trial->sample);
  g_autoptr (RungsWebDelivery) delivery = NULL;
  g_autoptr (GError) error = NULL;
  RungsWebState state;
  gint64 id;

  g_assert_true (rungs_raw_delivery_add_headers (raw, headers));
  rungs_raw_delivery_set_body (raw, body);
  state = rungs_web_world_receive (trial->fixture, raw);
  id = rungs_fixture_number (trial->fixture, "SELECT max (id) FROM web_delivery");
  delivery = rungs_web_delivery_load (trial->fixture->db, id, &error);
  g_assert_no_error (error);
  assert_kept (trial, id, body);
  if (state == RUNGS_WEB_QUARANTINE)
    assert_readable (delivery->reason);
  trial->cases++;
  trial->n_of[state]++;
  rungs_fixture_write (trial->fixture, forget_keys);
  return state;
}

static RungsWebState
try_text (Trial      *trial,
          const char *text)
{
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  return try_body (trial, body);
}

/* ---- JSON */

/* What is done to one thing of a document. */
typedef enum
{
  TAKE_AWAY,
  MAKE_LIST,
  MAKE_OBJECT,
  MAKE_NULL,
  MAKE_NUMBER,
  N_CHANGES,
} Change;

static JsonNode *
changed (JsonNode *node,
         Change    change)
{
  JsonArray *array;

  switch (change)
    {
    case MAKE_LIST:
      array = json_array_new ();
      json_array_add_element (array, json_node_copy (node));
      json_array_add_element (array, json_node_copy (node));
      return json_node_init_array (json_node_alloc (), array);
    case MAKE_OBJECT:
      return json_node_init_object (json_node_alloc (), json_object_new ());
    case MAKE_NUMBER:
      return json_node_init_int (json_node_alloc (), G_MAXINT64);
    case MAKE_NULL:
    case TAKE_AWAY:
    default:
      return json_node_init_null (json_node_alloc ());
    }
}

/* A member of an object somewhere in a document. */
typedef struct
{
  JsonObject *object;
  char *name; /* (owned) */
} Place;

static void
place_clear (gpointer data)
{
  g_free (((Place *) data)->name);
}

static void
collect (JsonNode *node,
         GArray   *places)
{
  if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      collect (json_array_get_element (json_node_get_array (node), i), places);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) names = json_object_get_members (json_node_get_object (node));

      for (GList *name = names; name != NULL; name = name->next)
        {
          Place place = { json_node_get_object (node), g_strdup (name->data) };

          g_array_append_val (places, place);
          collect (json_object_get_member (place.object, place.name), places);
        }
    }
}

static void
try_change (Trial       *trial,
            JsonNode    *root,
            const Place *place,
            Change       change)
{
  g_autoptr (JsonNode) before
      = json_node_copy (json_object_get_member (place->object, place->name));
  g_autofree char *text = NULL;

  if (change == TAKE_AWAY)
    json_object_remove_member (place->object, place->name);
  else
    json_object_set_member (place->object, place->name, changed (before, change));
  text = json_to_string (root, FALSE);
  try_text (trial, text);
  json_object_set_member (place->object, place->name, g_steal_pointer (&before));
}

/* Each thing of it is changed in each way. What stands deeper is changed first, for what stands
 * around it is made anew. */
static void
try_changes (Trial    *trial,
             JsonNode *root)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  collect (root, places);
  for (guint i = places->len; i > 0; i--)
    for (guint change = 0; change < N_CHANGES; change++)
      if ((i * N_CHANGES + change) % EVERY == 0)
        try_change (trial, root, &g_array_index (places, Place, i - 1), change);
}

/* Adds to each object what nobody knows. */
static void
add_unknown (JsonNode *node)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));

  g_array_set_clear_func (places, place_clear);
  collect (node, places);
  for (guint i = 0; i < places->len; i++)
    {
      JsonArray *list = json_array_new ();

      json_array_add_null_element (list);
      json_object_set_array_member (g_array_index (places, Place, i).object, "zz_new_in_2031",
                                    list);
    }
}

/* ---- what is done to any body */

static GBytes *
body_of (const Trial *trial)
{
  return trial->sample->body;
}

/* In another encoding: a letter that is none in UTF-8, in the place of each of some letters. */
static void
try_encodings (Trial *trial)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (body_of (trial), &length);

  for (gsize at = 0; at < length; at += 37)
    if (g_ascii_isalpha (bytes[at]))
      {
        g_autofree char *copy = g_memdup2 (bytes, length);
        g_autoptr (GBytes) body = NULL;

        copy[at] = (char) 0xe4;
        body = g_bytes_new_take (g_steal_pointer (&copy), length);
        try_body (trial, body);
      }
}

/* With a mark of the byte order, in UTF-16, cut off, twice, and nothing at all. */
static void
try_wholes (Trial *trial)
{
  gsize length = 0, wide = 0;
  const char *bytes = g_bytes_get_data (body_of (trial), &length);
  g_autofree char *utf16
      = g_convert (bytes, (gssize) length, "UTF-16", "UTF-8", NULL, &wide, NULL);
  g_autoptr (GByteArray) marked = g_byte_array_new ();
  g_autoptr (GBytes) half = g_bytes_new (bytes, length / 2);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GBytes) twice = NULL;
  g_autoptr (GBytes) in_utf16 = g_bytes_new (utf16, utf16 != NULL ? wide : 0);

  g_byte_array_append (marked, (const guint8 *) "\xef\xbb\xbf", 3);
  g_byte_array_append (marked, (const guint8 *) bytes, (guint) length);
  g_byte_array_append (marked, (const guint8 *) bytes, (guint) length);
  try_body (trial, half);
  try_body (trial, nothing);
  try_body (trial, in_utf16);
  twice = g_byte_array_free_to_bytes (g_steal_pointer (&marked));
  try_body (trial, twice);
}

/* A form: each of its parts is left out, and comes twice. */
static void
try_parts (Trial *trial)
{
  gsize length = 0;
  const char *bytes = g_bytes_get_data (body_of (trial), &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_auto (GStrv) parts = g_strsplit (text, "&", -1);

  for (guint i = 0; parts[0] != NULL && parts[i] != NULL; i++)
    {
      char *kept = parts[i];
      g_autofree char *without = NULL, *twice = NULL;

      parts[i] = (char *) "zz_new_in_2031=%00%ff&&=";
      without = g_strjoinv ("&", parts);
      parts[i] = kept;
      twice = g_strconcat (text, "&", parts[i], NULL);
      try_text (trial, without);
      try_text (trial, twice);
    }
}

/* What came of it, but for by what the delivery itself is known: that may be its bytes. */
static char *
dump_facts (RungsFixture *fixture)
{
  g_autofree char *all = rungs_web_world_dump (fixture->db);
  g_auto (GStrv) lines = g_strsplit (all, "\n", -1);
  GString *facts = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0' && !g_str_has_prefix (lines[i], "delivery "))
      g_string_append_printf (facts, "%s\n", lines[i]);
  return g_string_free (facts, FALSE);
}

/* What nobody knows changes nothing. */
static void
try_unknown (RungsFixture           *first,
             const RungsRawDelivery *sample,
             const char             *provider,
             JsonNode               *root)
{
  g_autoptr (RungsFixture) plain = rungs_fixture_new_like (first);
  g_autoptr (RungsFixture) more = rungs_fixture_new_like (first);
  Trial trial = { .fixture = more, .sample = sample, .provider = provider };
  g_autoptr (JsonNode) copy = json_node_copy (root);
  g_autofree char *text = NULL, *as_it_was = NULL, *as_it_is = NULL;
  RungsWebState state = rungs_web_world_receive (plain, sample);

  add_unknown (copy);
  text = json_to_string (copy, FALSE);
  g_assert_cmpint (try_text (&trial, text), ==, state);
  as_it_was = dump_facts (plain);
  as_it_is = dump_facts (more);
  g_assert_cmpstr (as_it_is, ==, as_it_was);
}

static void
try_sample (RungsFixture           *first,
            RungsFixture           *fixture,
            const char             *provider,
            const RungsRawDelivery *sample)
{
  Trial trial = { .fixture = fixture, .sample = sample, .provider = provider };
  gsize length = 0;
  const char *bytes = g_bytes_get_data (sample->body, &length);
  g_autofree char *text = g_strndup (bytes, length);
  g_autoptr (JsonNode) root = json_from_string (text, NULL);

  if (root != NULL && (JSON_NODE_HOLDS_OBJECT (root) || JSON_NODE_HOLDS_ARRAY (root)))
    {
      try_unknown (first, sample, provider, root);
      try_changes (&trial, root);
    }
  else
    try_parts (&trial);
  try_encodings (&trial);
  try_wholes (&trial);
  g_test_message ("%s: %u cases: %u wait, %u done, %u nothing, %u in quarantine", provider,
                  trial.cases, trial.n_of[RUNGS_WEB_WAITING], trial.n_of[RUNGS_WEB_APPLIED],
                  trial.n_of[RUNGS_WEB_IGNORED], trial.n_of[RUNGS_WEB_QUARANTINE]);
}

static void
test_shapes (gconstpointer data)
{
  const char *provider = data;
  g_autoptr (RungsFixture) first = world_new ();
  g_autoptr (GPtrArray) samples = rungs_web_world_samples (first->db, provider);

  for (guint i = 0; i < samples->len; i++)
    {
      g_autoptr (RungsFixture) fixture = rungs_fixture_new_like (first);
      g_autoptr (GPtrArray) problems = NULL;
      g_autoptr (GError) error = NULL;

      try_sample (first, fixture, provider, samples->pdata[i]);
      problems = rungs_db_check (fixture->db, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (problems->len, ==, 0);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GPtrArray) providers = NULL;

  g_test_init (&argc, &argv, NULL);
  providers = rungs_provider_list (RUNGS_PROVIDER_RECEIVE, NULL);
  for (guint i = 0; i < providers->len; i++)
    {
      const char *key = rungs_provider_get_key (providers->pdata[i]);
      g_autofree char *name = g_strconcat ("/web/real-shapes/", key, NULL);

      g_test_add_data_func (name, key, test_shapes);
    }
  return g_test_run ();
}
