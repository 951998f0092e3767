/* test-block.c: blocks come out of JSON as they went in, and what is no block is named. */

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-block-markdown.h"
#include "mail/rungs-block.h"

/* One of each type, as it is written. */
static const char ALL[] =
    "[{\"type\":\"text\",\"text\":\"Dear *{{ lead.first_name }}*\"},"
    "{\"type\":\"heading\",\"level\":1,\"text\":\"Glaze\"},"
    "{\"type\":\"heading\",\"text\":\"Fire\"},"
    "{\"type\":\"button\",\"text\":\"Buy\",\"link\":\"https://a.example/\"},"
    "{\"type\":\"picture\",\"picture\":\"mug\",\"alt\":\"A mug\",\"link\":\"https://b.example/\","
    "\"width\":300},"
    "{\"type\":\"picture\",\"picture\":\"wave\",\"decorative\":true},"
    "{\"type\":\"product\",\"sku\":\"KIT\",\"text\":\"All you need\",\"button\":\"See it\"},"
    "{\"type\":\"columns\",\"columns\":[[{\"type\":\"text\",\"text\":\"left\"}],"
    "[{\"type\":\"divider\"},{\"type\":\"text\",\"text\":\"right\"}],[]],\"weights\":[1,2,12]},"
    "{\"type\":\"columns\",\"columns\":[[],[]]},"
    "{\"type\":\"divider\"},{\"type\":\"signature\"},"
    "{\"type\":\"html\",\"html\":\"<b>hi</b>\"}]";

static void
test_there_and_back (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (ALL, &error);
  g_autofree char *json = NULL;
  const RungsBlock *columns;

  g_assert_no_error (error);
  json = rungs_blocks_to_json (blocks);
  g_assert_cmpstr (json, ==, ALL);
  g_assert_cmpuint (blocks->len, ==, 12);
  columns = g_ptr_array_index (blocks, 7);
  g_assert_cmpuint (columns->columns->len, ==, 3);
  g_assert_cmpint (columns->weights[2], ==, 12);
}

static void
test_copy (void)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (ALL, NULL);
  g_autoptr (GPtrArray) copies = rungs_blocks_new ();
  g_autofree char *json = NULL;

  for (guint i = 0; i < blocks->len; i++)
    g_ptr_array_add (copies, rungs_block_copy (g_ptr_array_index (blocks, i)));
  json = rungs_blocks_to_json (copies);
  g_assert_cmpstr (json, ==, ALL);
}

static void
test_new (void)
{
  for (RungsBlockType type = 0; type < RUNGS_N_BLOCK_TYPES; type++)
    {
      g_autoptr (GPtrArray) blocks = rungs_blocks_new ();
      g_autoptr (GPtrArray) again = NULL;
      g_autofree char *json = NULL;
      g_autoptr (GError) error = NULL;
      RungsBlockType read;

      g_assert_true (rungs_block_type_from_text (rungs_block_type_to_text (type), &read));
      g_assert_cmpint (read, ==, type);
      g_ptr_array_add (blocks, rungs_block_new (type));
      json = rungs_blocks_to_json (blocks);
      again = rungs_blocks_parse (json, &error);
      g_assert_no_error (error);
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *json, *message;
  } CASES[] = {
    { "", "Text: it is damaged" },
    { "{}", "Text: it is damaged" },
    { "[null]", "Block 1: it is damaged" },
    { "[{\"type\":\"text\"}]", "Text: it is damaged: it has no “text”" },
    { "[{\"type\":\"divider\"},{\"type\":\"text\",\"text\":5}]",
      "Block 2: it is damaged: its “text” cannot be what it is" },
    { "[{\"type\":\"heading\",\"level\":3,\"text\":\"\"}]",
      "Block 1: it is damaged: its “level” cannot be what it is" },
    { "[{\"type\":\"picture\",\"picture\":\"a\",\"decorative\":\"yes\"}]",
      "Block 1: it is damaged: its “decorative” cannot be what it is" },
    { "[{\"type\":\"picture\",\"picture\":\"a\",\"width\":-9223372036854775808}]",
      "Block 1: it is damaged: its “width” cannot be what it is" },
    { "[{\"type\":\"columns\",\"columns\":[[]]}]", "Block 1: there can be two columns or three" },
    { "[{\"type\":\"columns\",\"columns\":[[],[],[],[]]}]",
      "Block 1: there can be two columns or three" },
    { "[{\"type\":\"columns\",\"columns\":\"no\"}]", "Block 1: there can be two columns or three" },
    { "[{\"type\":\"columns\",\"columns\":[[],{}]}]", "Block 1, column 2: it is damaged" },
    { "[{\"type\":\"columns\",\"columns\":[[],[{\"type\":\"x\"}]]}]",
      "Block 1, column 2, block 1: it is a “x”, which this version of Rungs does not know" },
    { "[{\"type\":\"columns\",\"columns\":[[],[{\"type\":\"columns\",\"columns\":[[],[]]}]]}]",
      "Block 1, column 2, block 1: columns cannot stand in columns" },
    { "[{\"type\":\"columns\",\"columns\":[[],[]],\"weights\":[1]}]",
      "Block 1: its weights are not one for each column, 1 to 12" },
    { "[{\"type\":\"columns\",\"columns\":[[],[]],\"weights\":[1,0]}]",
      "Block 1: its weights are not one for each column, 1 to 12" },
    { "[{\"type\":\"columns\",\"columns\":[[],[]],\"weights\":{}}]",
      "Block 1: its weights are not one for each column, 1 to 12" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_blocks_parse (CASES[i].json, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, CASES[i].message);
    }
}

static void
test_markdown (void)
{
  g_autoptr (GPtrArray) blocks = rungs_blocks_parse (ALL, NULL);
  g_autofree char *text = rungs_blocks_to_markdown (blocks);

  g_assert_cmpstr (text, ==,
                   "Dear *{{ lead.first_name }}*\n\n# Glaze\n\n## Fire\n\n"
                   "[Buy](https://a.example/)\n\n"
                   "[![A mug](picture:mug)](https://b.example/)\n\n![](picture:wave)\n\n"
                   "KIT\n\nAll you need\n\nSee it\n\nleft\n\n---\n\nright\n\n---\n\n<b>hi</b>");
  g_assert_false (rungs_blocks_are_text (blocks));
  g_ptr_array_set_size (blocks, 1);
  g_assert_true (rungs_blocks_are_text (blocks));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/block/there-and-back", test_there_and_back);
  g_test_add_func ("/mail/block/copy", test_copy);
  g_test_add_func ("/mail/block/new", test_new);
  g_test_add_func ("/mail/block/refused", test_refused);
  g_test_add_func ("/mail/block/markdown", test_markdown);
  return g_test_run ();
}
