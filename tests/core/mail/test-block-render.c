/* test-block-render.c: blocks in both parts of a mail, and what is refused for a lead. */

#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-body.h"
#include "mail/rungs-picture.h"
#include "mail/rungs-price-words.h"

#define NOW G_GINT64_CONSTANT (1795253400000)
#define SHA "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define MUG "cid:mug.0123456789abcdef@pictures.invalid"

static GPtrArray *
one_product (const char *link)
{
  GPtrArray *products
    = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_message_product_free);
  RungsMessageProduct *product = g_new0 (RungsMessageProduct, 1);

  product->sku = g_strdup ("KIT");
  product->name = g_strdup ("Kit <1>");
  product->price = g_strdup ("€29.00");
  product->link = g_strdup (link);
  g_ptr_array_add (products, product);
  return products;
}

static GPtrArray *
one_picture (void)
{
  GPtrArray *pictures = g_ptr_array_new_with_free_func ((GDestroyNotify) rungs_picture_free);
  RungsPicture *picture = g_new0 (RungsPicture, 1);

  picture->key = g_strdup ("mug");
  picture->media_type = g_strdup ("image/png");
  picture->width = 1200;
  picture->height = 800;
  picture->sha256 = g_strdup (SHA);
  picture->bytes = g_bytes_new_static ("PNG", 3);
  picture->size = 3;
  g_ptr_array_add (pictures, picture);
  return pictures;
}

static gboolean
render (const char           *blocks,
        const char           *letter,
        gboolean              embeds,
        RungsMessageContent  *content,
        GError              **error)
{
  g_autoptr (RungsMessageTemplate) template
    = rungs_message_template_new ("Hi", "Look", blocks, error);
  g_autoptr (GPtrArray) products = one_product (letter);
  g_autoptr (GPtrArray) pictures = one_picture ();
  g_autoptr (RungsArena) arena = rungs_arena_new ();
  g_autoptr (JsonNode) json
    = json_from_string ("{\"name\": \"A\\\"nn *\", \"url\": \"https://a.example/?q=1\","
                        " \"js\": \"javascript:alert(1)\", \"empty\": \"\"}",
                        NULL);
  const RungsMessageFrame frame = {
    .business_name = "Shop",
    .business_address = "Street 1",
    .language = "en",
    .signature = "**Orla**\nthe potter",
    .products = products,
    .pictures = pictures,
    .embeds_pictures = embeds,
  };

  return template != NULL
         && rungs_message_template_render (template, &frame, rungs_liquid_from_json (json, arena),
                                           NOW, NULL, content, error);
}

static const struct
{
  const char *blocks;
  const char *html; /* is in it; NULL: nothing is looked for */
  const char *text; /* what stands above the footer */
} CASES[] = {
  { "[{\"type\":\"heading\",\"level\":1,\"text\":\"For {{ name }} #\"}]",
    ">For A&quot;nn * #</h1>", "For A\"nn * #\n============\n" },
  { "[{\"type\":\"heading\",\"text\":\"Two\"},{\"type\":\"text\",\"text\":\"x\"}]", ">Two</h2>",
    "Two\n---\n\nx\n" },
  { "[{\"type\":\"button\",\"text\":\"Buy <{{ name }}>\",\"link\":\"{{ url }}&r=2\"}]",
    "<a href=\"https://a.example/?q=1&amp;r=2\" style=\"display:inline-block;padding:12px 24px;"
    "font-weight:bold;color:#ffffff;text-decoration:none\">Buy &lt;A&quot;nn *&gt;</a>",
    "Buy <A\"nn *> <https://a.example/?q=1&r=2>\n" },
  { "[{\"type\":\"picture\",\"picture\":\"mug\",\"alt\":\"Mug of {{ name }}\"}]",
    "<img src=\"" MUG "\" alt=\"Mug of A&quot;nn *\" width=\"600\" height=\"400\"",
    "[Mug of A\"nn *]\n" },
  { "[{\"type\":\"picture\",\"picture\":\"mug\",\"alt\":\"M\",\"width\":300,"
    "\"link\":\"https://b.example/\"}]",
    "<a href=\"https://b.example/\"><img src=\"" MUG "\" alt=\"M\" width=\"300\" height=\"200\"",
    "[M] <https://b.example/>\n" },
  { "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"picture\",\"picture\":\"mug\","
    "\"decorative\":true},{\"type\":\"text\",\"text\":\"b\"}]",
    "alt=\"\"", "a\n\nb\n" },
  { "[{\"type\":\"text\",\"text\":\"See ![a mug](picture:mug) here\"}]",
    "See <img src=\"" MUG "\" alt=\"a mug\" width=\"600\" height=\"400\"", "See a mug here\n" },
  { "[{\"type\":\"product\",\"sku\":\"kit\",\"text\":\"All *in*\",\"button\":\"Look\"}]",
    "Kit &lt;1&gt;</p>\n<p style=\"margin:0 0 16px\">€29.00</p>\n",
    "Kit <1>\n€29.00\n\nAll in\n\nLook <https://a.example/kit>\n" },
  { "[{\"type\":\"product\",\"sku\":\"KIT\"}]", "Kit &lt;1&gt;", "Kit <1>\n€29.00\n" },
  { "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"columns\",\"columns\":"
    "[[{\"type\":\"text\",\"text\":\"left\"},{\"type\":\"text\",\"text\":\"below\"}],"
    "[{\"type\":\"text\",\"text\":\"right\"}]],\"weights\":[2,1]},"
    "{\"type\":\"text\",\"text\":\"b\"}]",
    "max-width:408px;box-sizing:border-box;padding-right:24px;",
    "a\n\nleft\n\nbelow\n\nright\n\nb\n" },
  { "[{\"type\":\"columns\",\"columns\":[[{\"type\":\"picture\",\"picture\":\"mug\","
    "\"alt\":\"M\"}],[]]}]",
    "width=\"288\" height=\"192\"", "[M]\n" },
  { "[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"divider\"},{\"type\":\"signature\"}]",
    "<strong>Orla</strong><br>\nthe potter", "a\n\n----------\n\nOrla\nthe potter\n" },
  { "[{\"type\":\"html\",\"html\":\"<p onclick='x()'>Hi <b>{{ name }}</b><script>y()</script>"
    "<a href='{{ js }}'>z</a></p>\"}]",
    "<p>Hi <b>A&quot;nn *</b><a>z</a></p>", "Hi A\"nn *z\n" },
  { "[]", NULL, "" },
};

static void
test_cases (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_auto (RungsMessageContent)
        content = { NULL };
      g_autoptr (GError) error = NULL;
      g_autofree char *whole = g_strconcat (CASES[i].text, "\n-- \nShop\nStreet 1\n", NULL);

      render (CASES[i].blocks, "https://a.example/kit", FALSE, &content, &error);
      g_assert_no_error (error);
      if (CASES[i].html != NULL && strstr (content.html, CASES[i].html) == NULL)
        g_error ("%s is not in %s", CASES[i].html, content.html);
      g_assert_cmpstr (content.text, ==, whole);
    }
}

/* What this lead's mail would have wrong in it is refused, and says in which block. */
static void
test_refused (void)
{
  static const struct
  {
    const char *blocks, *message;
  } WRONG[] = {
    { "[{\"type\":\"divider\"},{\"type\":\"button\",\"text\":\"a\",\"link\":\"{{ js }}\"}]",
      "Block 2: its link “javascript:alert(1)” does not begin with https://, mailto: or tel:" },
    { "[{\"type\":\"button\",\"text\":\"a\",\"link\":\" {{ empty }}\"}]",
      "Block 1: its link leads nowhere" },
    { "[{\"type\":\"button\",\"text\":\"{{ empty }}\",\"link\":\"https://a.example\"}]",
      "Block 1: nothing is written on the button" },
    { "[{\"type\":\"picture\",\"picture\":\"cup\",\"alt\":\"x\"}]",
      "Block 1: there is no picture “cup”" },
    { "[{\"type\":\"text\",\"text\":\"![x](picture:cup)\"}]", "Text: there is no picture “cup”" },
    { "[{\"type\":\"columns\",\"columns\":[[],[{\"type\":\"product\",\"sku\":\"BOX\"}]]}]",
      "Block 1, column 2, block 1: there is no product “BOX”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (WRONG); i++)
    {
      g_auto (RungsMessageContent)
        content = { NULL };
      g_autoptr (GError) error = NULL;

      g_assert_false (render (WRONG[i].blocks, "", FALSE, &content, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      g_assert_cmpstr (error->message, ==, WRONG[i].message);
    }
}

/* Without a sales letter there is no dead link; the check says so. */
static void
test_no_letter (void)
{
  g_auto (RungsMessageContent)
    content = { NULL };

  g_assert_true (render ("[{\"type\":\"product\",\"sku\":\"KIT\",\"button\":\"Look\"}]", "", FALSE,
                         &content, NULL));
  g_assert_null (strstr (content.html, "Look</a>"));
  g_assert_null (strstr (content.html, "<a "));
  g_assert_true (g_str_has_prefix (content.text, "Kit <1>\n€29.00\n\n-- \n"));
}

/* A preview has its pictures in it; the size is that of what is sent. */
static void
test_pictures (void)
{
  static const char BLOCKS[]
    = "[{\"type\":\"picture\",\"picture\":\"mug\",\"alt\":\"a\"},"
      "{\"type\":\"text\",\"text\":\"![b](picture:mug)\"}]";
  g_auto (RungsMessageContent)
    sent = { NULL };
  g_auto (RungsMessageContent)
    shown = { NULL };

  g_assert_true (render (BLOCKS, "", FALSE, &sent, NULL));
  g_assert_true (render (BLOCKS, "", TRUE, &shown, NULL));
  g_assert_cmpuint (sent.pictures->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (sent.pictures, 0), ==, "mug");
  g_assert_cmpuint (sent.html_size, ==, strlen (sent.html));
  g_assert_nonnull (strstr (shown.html, "src=\"data:image/png;base64,UE5H\""));
  g_assert_null (strstr (shown.html, "cid:"));
  g_assert_cmpuint (shown.html_size, ==, sent.html_size);
}

static char *
head_of (const char *language,
         const char *written_in)
{
  g_autoptr (RungsMessageTemplate) template
    = rungs_message_template_new ("Hi", "", "[]", NULL);
  g_auto (RungsMessageContent)
    content = { NULL };
  const RungsMessageFrame frame = { .business_name = "", .business_address = "",
                                    .language = language, .written_in = written_in };

  g_assert_true (rungs_message_template_render (template, &frame, RUNGS_LIQUID_NIL_VALUE, NOW,
                                                NULL, &content, NULL));
  return g_strndup (content.html, strstr (content.html, ">\n<head") + 1 - content.html);
}

static void
test_language (void)
{
  static const struct
  {
    const char *language, *written_in, *head;
  } HEADS[] = {
    { "de", "", "<html lang=\"de\" dir=\"ltr\">" },
    { "de", "fr", "<html lang=\"fr\" dir=\"ltr\">" },
    { "he-IL", NULL, "<html lang=\"he-IL\" dir=\"rtl\">" },
    { NULL, NULL, "<html dir=\"ltr\">" },
    { "\"><script>", "", "<html dir=\"ltr\">" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (HEADS); i++)
    {
      g_autofree char *head = head_of (HEADS[i].language, HEADS[i].written_in);
      g_autofree char *expected = g_strconcat ("<!DOCTYPE html>\n", HEADS[i].head, NULL);

      g_assert_cmpstr (head, ==, expected);
    }
}

/* As CLDR 44 has them (Intl.NumberFormat of Node.js, narrow symbols). */
static void
test_prices (void)
{
  static const struct
  {
    gint64 minor;
    const char *currency, *language, *words;
  } PRICES[] = {
    { 1234560, "EUR", "cs", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "da", "12.345,60\u00A0€" },
    { 1234560, "EUR", "de", "12.345,60\u00A0€" },
    { 1234560, "EUR", "de-DE", "12.345,60\u00A0€" },
    { 1234560, "EUR", "de-AT", "€\u00A012.345,60" },
    { 1234560, "USD", "de-CH", "$\u00A012’345.60" },
    { 1234560, "GBP", "en", "£12,345.60" },
    { 1234560, "CHF", "en-GB", "CHF\u00A012,345.60" },
    { 12346, "JPY", "en", "¥12,346" },
    { 1234560, "EUR", "es", "12.345,60\u00A0€" },
    { 1234560, "EUR", "fi", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "fr", "12\u202F345,60\u00A0€" },
    { 1234560, "EUR", "hu", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "it", "12.345,60\u00A0€" },
    { 1234560, "EUR", "nb", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "nl", "€\u00A012.345,60" },
    { 1234560, "PLN", "pl", "12\u00A0345,60\u00A0PLN" },
    { 1234560, "EUR", "pt", "€\u00A012.345,60" },
    { 1234560, "EUR", "pt-PT", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "ro", "12.345,60\u00A0€" },
    { 1234560, "EUR", "sk", "12\u00A0345,60\u00A0€" },
    { 1234560, "EUR", "sl", "12.345,60\u00A0€" },
    { 1234560, "SEK", "sv", "12\u00A0345,60\u00A0SEK" },
    { 4900, "EUR", "de", "49,00\u00A0€" },
    { 100000, "EUR", "en", "€1,000.00" },
    { 5, "EUR", "en", "€0.05" },
    { 4900, "EUR", "xx", "49.00 EUR" },
    { 4900, "EUR", "", "49.00 EUR" },
    { 4900, "EUR", NULL, "49.00 EUR" },
    { 4900, "EUR", "dex", "49.00 EUR" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (PRICES); i++)
    {
      g_autofree char *words = rungs_price_words (
        rungs_money (PRICES[i].minor, PRICES[i].currency), PRICES[i].language);

      g_assert_cmpstr (words, ==, PRICES[i].words);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/block-render/cases", test_cases);
  g_test_add_func ("/mail/block-render/refused", test_refused);
  g_test_add_func ("/mail/block-render/no-letter", test_no_letter);
  g_test_add_func ("/mail/block-render/pictures", test_pictures);
  g_test_add_func ("/mail/block-render/language", test_language);
  g_test_add_func ("/mail/block-render/prices", test_prices);
  return g_test_run ();
}
