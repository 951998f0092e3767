/* test-picture.c: what is sent of a picture fits, stands upright, and tells nothing of its place;
 * what is no picture, or a bomb, is refused before it is decoded. */

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-message-store.h"
#include "mail/rungs-picture-header.h"
#include "mail/rungs-picture-store.h"
#include "rungs-fixture.h"

#define NOW G_GINT64_CONSTANT (1795253400000)
#define PLACE "52.5200N 13.4050E"

/* The left half red, the right half blue; `shines` through: the first pixel. */
static GBytes *
draw (int         width,
      int         height,
      gboolean    shines,
      const char *format)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, shines, 8, width, height);
  g_autoptr (GdkPixbuf) right =
      gdk_pixbuf_new_subpixbuf (pixbuf, width / 2, 0, width - width / 2, height);
  char *data;
  gsize size;

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  gdk_pixbuf_fill (right, 0x0000ffff);
  if (shines)
    gdk_pixbuf_get_pixels (pixbuf)[3] = 0;
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, format, NULL, NULL));
  return g_bytes_new_take (data, size);
}

static void
append (GByteArray *array,
        const void *bytes,
        gsize       size)
{
  g_byte_array_append (array, bytes, size);
}

/* The JPEG with an Exif block that says how to turn it and where it was taken, a comment, and a
 * film behind its end. */
static GBytes *
with_exif (GBytes *jpeg,
           guint8  orientation)
{
  GByteArray *array = g_byte_array_new ();
  const guint8 tiff[] = { 'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, orientation,
                          0,   0,   0,  0, 0, 0, 0, 0 };
  const guint8 exif[] = { 0xFF, 0xE1, 0, 2 + 6 + sizeof tiff + sizeof PLACE };
  const guint8 comment[] = { 0xFF, 0xFE, 0, 2 + sizeof PLACE };
  gsize size;
  const guint8 *data = g_bytes_get_data (jpeg, &size);

  append (array, data, 2);
  append (array, exif, sizeof exif);
  append (array, "Exif\0", 6);
  append (array, tiff, sizeof tiff);
  append (array, PLACE, sizeof PLACE);
  append (array, comment, sizeof comment);
  append (array, PLACE, sizeof PLACE);
  append (array, data + 2, size - 2);
  append (array, PLACE, sizeof PLACE);
  return g_byte_array_free_to_bytes (array);
}

static gboolean
holds (GBytes     *bytes,
       const char *text)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return memmem (data, size, text, strlen (text)) != NULL;
}

static GdkPixbuf *
decode (GBytes *bytes)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, bytes, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static gboolean
is_red (GdkPixbuf *pixbuf,
        int        x,
        int        y)
{
  const guint8 *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf)
                        + x * gdk_pixbuf_get_n_channels (pixbuf);

  return pixel[0] > 200 && pixel[2] < 60;
}

static void
test_kept (void)
{
  g_autoptr (GBytes) jpeg = draw (40, 30, FALSE, "jpeg");
  g_autoptr (GBytes) told = with_exif (jpeg, 1);
  g_autoptr (GBytes) png = draw (40, 30, TRUE, "png");
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPicture) bare = rungs_picture_prepare (told, &error);
  g_autoptr (RungsPicture) same = rungs_picture_prepare (png, NULL);

  g_assert_no_error (error);
  g_assert_true (holds (told, PLACE));
  g_assert_false (holds (bare->bytes, PLACE));
  g_assert_false (holds (bare->bytes, "Exif"));
  g_assert_true (g_bytes_equal (bare->bytes, jpeg));
  g_assert_cmpstr (bare->media_type, ==, "image/jpeg");
  g_assert_cmpint (bare->width, ==, 40);
  g_assert_cmpint (bare->height, ==, 30);
  g_assert_cmpuint (bare->size, ==, g_bytes_get_size (jpeg));
  g_assert_cmpstr (same->media_type, ==, "image/png");
  g_assert_true (g_bytes_equal (same->bytes, png));
}

/* Orientation 6: the camera lay on its side; the left half is what belongs on top. */
static void
test_turned (void)
{
  g_autoptr (GBytes) jpeg = draw (40, 30, FALSE, "jpeg");
  g_autoptr (GBytes) told = with_exif (jpeg, 6);
  g_autoptr (RungsPicture) picture = rungs_picture_prepare (told, NULL);
  g_autoptr (GdkPixbuf) pixbuf = decode (picture->bytes);

  g_assert_cmpint (picture->width, ==, 30);
  g_assert_cmpint (picture->height, ==, 40);
  g_assert_false (holds (picture->bytes, PLACE));
  g_assert_true (is_red (pixbuf, 15, 5));
  g_assert_false (is_red (pixbuf, 15, 35));
}

static void
test_scaled (void)
{
  static const struct
  {
    int width, height, wide, high;
    gboolean shines;
    const char *format, *media_type;
  } CASES[] = {
    { 2400, 600, 1200, 300, FALSE, "jpeg", "image/jpeg" },
    { 1201, 1, 1200, 1, FALSE, "png", "image/png" },
    { 2000, 100, 1200, 60, TRUE, "png", "image/png" },
    { 100, 8000, 50, 4000, FALSE, "jpeg", "image/jpeg" },
    { 1200, 4000, 1200, 4000, FALSE, "png", "image/png" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) file
          = draw (CASES[i].width, CASES[i].height, CASES[i].shines, CASES[i].format);
      g_autoptr (GError) error = NULL;
      g_autoptr (RungsPicture) picture = rungs_picture_prepare (file, &error);
      g_autoptr (GdkPixbuf) pixbuf = NULL;

      g_assert_no_error (error);
      pixbuf = decode (picture->bytes);
      g_assert_cmpint (picture->width, ==, CASES[i].wide);
      g_assert_cmpint (picture->height, ==, CASES[i].high);
      g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, CASES[i].wide);
      g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, CASES[i].high);
      g_assert_cmpstr (picture->media_type, ==, CASES[i].media_type);
      g_assert_cmpint (gdk_pixbuf_get_has_alpha (pixbuf), ==, CASES[i].shines);
    }
}

/* A GIF of one pixel with a comment and what is behind its end. */
static void
test_gif (void)
{
  static const char GIF[] = "GIF89a\1\0\1\0\200\0\0\0\0\0\377\377\377"
                            "!\376\5place\0"
                            "!\377\13NETSCAPE2.0\3\1\0\0\0"
                            ",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
                            "behind";
  g_autoptr (GBytes) file = g_bytes_new_static (GIF, sizeof GIF - 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (RungsPicture) picture = rungs_picture_prepare (file, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (picture->media_type, ==, "image/gif");
  g_assert_true (holds (picture->bytes, "NETSCAPE2.0"));
  g_assert_false (holds (picture->bytes, "place"));
  g_assert_false (holds (picture->bytes, "behind"));
}

static void
test_refused (void)
{
  static const char HUGE_PNG[] = "\x89PNG\r\n\x1A\n\0\0\0\15IHDR\0\1\0\0\0\1\0\0\10\6\0\0\0....";
  static const char HUGE_WEBP[] = "RIFF....WEBPVP8X....\0...\377\377\377\377\377\377";
  static const struct
  {
    const char *data;
    gsize size;
    const char *message;
  } CASES[] = {
    { "", 0, "*is no picture*" },
    { "%PDF-1.4", 8, "*is no picture*" },
    { "<svg xmlns='http://www.w3.org/2000/svg'/>", 41, "*is no picture*" },
    { "GIF89a\0\0\0\0\0\0\0", 13, "*is no picture*" },
    { "\xFF\xD8\xFF\xE0\0", 5, "*is no picture*" },
    { "GIF89a\1\0\1\0\0\0\0", 13, "*damaged*" },
    { HUGE_PNG, sizeof HUGE_PNG - 1, "the picture has 65536 × 65536 pixels, which is too many" },
    { HUGE_WEBP, sizeof HUGE_WEBP - 1, "the picture has 16777216 × 16777216 pixels, which is*" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autoptr (GBytes) file = g_bytes_new_static (CASES[i].data, CASES[i].size);
      g_autoptr (GError) error = NULL;

      g_assert_null (rungs_picture_prepare (file, &error));
      g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
      if (!g_pattern_match_simple (CASES[i].message, error->message))
        g_error ("%s", error->message);
    }
}

/* Cut at any byte, it is refused or fits, and nothing is read behind the end. */
static void
test_torn (void)
{
  static const char *const FORMATS[] = { "jpeg", "png" };

  for (gsize i = 0; i < G_N_ELEMENTS (FORMATS); i++)
    {
      g_autoptr (GBytes) whole = draw (16, 12, FALSE, FORMATS[i]);
      g_autoptr (GBytes) told = i == 0 ? with_exif (whole, 1) : g_bytes_ref (whole);
      gsize size = g_bytes_get_size (told);

      for (gsize cut = 0; cut < size; cut++)
        {
          g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (told, NULL), MAX (cut, 1));
          g_autoptr (GByteArray) bare = g_byte_array_new ();
          RungsPictureHeader header;

          if (rungs_picture_read_header (data, cut, &header))
            rungs_picture_append_bare (data, cut, header.kind, bare);
        }
    }
}

static void
test_keys (void)
{
  static const struct
  {
    const char *name, *key;
  } CASES[] = {
    { "A mug!.jpeg", "a-mug" },       { "IMG_0042.JPG", "img-0042" },
    { "Töpfer – Becher", "topfer-becher" }, { "…", "picture" },
    { "", "picture" },                { ".png", "png" },
    { "v1.2 final", "v1-2-final" },
    { "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (CASES); i++)
    {
      g_autofree char *key = rungs_picture_dup_key (CASES[i].name);

      g_assert_cmpstr (key, ==, CASES[i].key);
    }
}

/* ---- the store */

static RungsPicture *
add_new (RungsDb    *db,
         const char *name,
         int         width)
{
  g_autoptr (GBytes) file = draw (width, 10, FALSE, "png");
  g_autoptr (GError) error = NULL;
  RungsPicture *picture = rungs_picture_add (db, file, name, NOW, &error);

  g_assert_no_error (error);
  return picture;
}

static void
test_store (RungsFixture *self,
            RungsDb      *db)
{
  g_autoptr (RungsPicture) mug = add_new (db, "Mug.png", 10);
  g_autoptr (RungsPicture) other = add_new (db, "Mug.png", 11);
  g_autoptr (RungsPicture) again = add_new (db, "Cup.png", 10);
  g_autoptr (RungsPicture) whole = rungs_picture_load (db, "mug", TRUE, NULL);
  g_autoptr (RungsPicture) renamed = NULL;
  g_autoptr (GPtrArray) all = rungs_picture_list (db, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (mug->key, ==, "mug");
  g_assert_cmpstr (other->key, ==, "mug-2");
  g_assert_cmpint (again->id, ==, mug->id);
  g_assert_cmpstr (again->name, ==, "Mug.png");
  g_assert_true (g_bytes_equal (whole->bytes, mug->bytes));
  g_assert_cmpuint (whole->size, ==, mug->size);
  g_assert_cmpuint (all->len, ==, 2);
  g_assert_cmpstr (((RungsPicture *) g_ptr_array_index (all, 0))->key, ==, "mug-2");

  g_assert_true (rungs_picture_rename (db, "mug", " Blue mug ", NULL));
  renamed = rungs_picture_load (db, "mug", FALSE, NULL);
  g_assert_cmpstr (renamed->name, ==, "Blue mug");
  g_assert_false (rungs_picture_rename (db, "mug", " ", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (rungs_picture_rename (db, "cup", "Cup", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

static void
save_message (RungsDb    *db,
              const char *name,
              const char *blocks)
{
  g_autoptr (RungsMessage) message = rungs_message_new ();
  char **texts[] = { &message->name, &message->purpose, &message->value, &message->subject };
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_free (*texts[i]);
      *texts[i] = g_strdup (name);
    }
  g_free (message->blocks);
  message->blocks = g_strdup (blocks);
  rungs_message_save (db, message, NOW, &error);
  g_assert_no_error (error);
}

static void
test_removal (RungsFixture *self,
              RungsDb      *db)
{
  g_autoptr (RungsPicture) a = add_new (db, "a", 10);
  g_autoptr (RungsPicture) b = add_new (db, "b", 11);
  g_autoptr (RungsPicture) c = add_new (db, "c", 12);
  g_auto (GStrv) users = NULL;
  g_autoptr (GError) error = NULL;

  save_message (db, "As a block",
                "[{\"type\":\"columns\",\"columns\":"
                "[[],[{\"type\":\"picture\",\"picture\":\"a\"}]]}]");
  save_message (db, "In a text",
                "[{\"type\":\"text\",\"text\":\"See ![it](picture:b) and picture:cc\"}]");
  users = rungs_picture_list_messages (db, "a", NULL);
  g_assert_cmpuint (g_strv_length (users), ==, 1);
  g_assert_cmpstr (users[0], ==, "As a block");
  g_assert_false (rungs_picture_remove (db, "b", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_CONFLICT);
  g_assert_cmpstr (error->message, ==, "the message “In a text” shows it");
  g_clear_error (&error);
  g_assert_true (rungs_picture_remove (db, "c", NULL));
  g_assert_false (rungs_picture_remove (db, "c", &error));
  g_assert_error (error, RUNGS_ERROR, RUNGS_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/picture/kept", test_kept);
  g_test_add_func ("/mail/picture/turned", test_turned);
  g_test_add_func ("/mail/picture/scaled", test_scaled);
  g_test_add_func ("/mail/picture/gif", test_gif);
  g_test_add_func ("/mail/picture/refused", test_refused);
  g_test_add_func ("/mail/picture/torn", test_torn);
  g_test_add_func ("/mail/picture/keys", test_keys);
  rungs_fixture_add_test ("/mail/picture/store", test_store);
  rungs_fixture_add_test ("/mail/picture/removal", test_removal);
  return g_test_run ();
}
