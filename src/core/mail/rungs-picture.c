/* rungs-picture.c: a picture as messages carry it. */

#include "mail/rungs-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gi18n.h>
#include <string.h>

#include "base/rungs-error.h"
#include "mail/rungs-picture-header.h"

#define LONGEST_KEY 40
#define JPEG_QUALITY "85"

/* A PNG of more bytes that nothing shines through is a photograph, which JPEG keeps better. */
#define LARGEST_PNG (400 * 1024)

/* As gdk-pixbuf calls the kinds. */
static const char *const FORMATS[] = {
  [RUNGS_PICTURE_JPEG] = "jpeg",
  [RUNGS_PICTURE_PNG] = "png",
  [RUNGS_PICTURE_GIF] = "gif",
  [RUNGS_PICTURE_WEBP] = "webp",
};

void
rungs_picture_free (RungsPicture *self)
{
  if (self == NULL)
    return;
  g_free (self->key);
  g_free (self->name);
  g_free (self->media_type);
  g_free (self->sha256);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

/* ---- keys */

gsize
rungs_picture_key_length (const char *text)
{
  g_return_val_if_fail (text != NULL, 0);

  return strspn (text, "abcdefghijklmnopqrstuvwxyz0123456789-");
}

char *
rungs_picture_dup_key (const char *name)
{
  g_autofree char *base = NULL;
  g_autofree char *ascii = NULL;
  GString *key = g_string_new (NULL);
  char *dot;

  g_return_val_if_fail (name != NULL, NULL);

  base = g_utf8_make_valid (name, -1);
  dot = strrchr (base, '.');
  if (dot != NULL && dot > base && strlen (dot) <= 5 && strchr (dot, ' ') == NULL)
    *dot = '\0';
  ascii = g_str_to_ascii (base, "C");
  for (const char *p = ascii; *p != '\0' && key->len < LONGEST_KEY; p++)
    if (g_ascii_isalnum (*p))
      g_string_append_c (key, g_ascii_tolower (*p));
    else if (key->len > 0 && key->str[key->len - 1] != '-')
      g_string_append_c (key, '-');
  while (key->len > 0 && key->str[key->len - 1] == '-')
    g_string_truncate (key, key->len - 1);
  if (key->len == 0)
    g_string_append (key, "picture");
  return g_string_free (key, FALSE);
}

char *
rungs_picture_dup_content_id (const RungsPicture *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_strdup_printf ("%s.%.16s@pictures.invalid", self->key, self->sha256);
}

/* ---- decoding */

static gboolean
refuse (GError    **error,
        const char *why)
{
  g_set_error_literal (error, RUNGS_ERROR, RUNGS_ERROR_INVALID, why);
  return FALSE;
}

static gboolean
can_decode (RungsPictureKind kind)
{
  g_autoptr (GSList) formats = gdk_pixbuf_get_formats ();

  for (GSList *l = formats; l != NULL; l = l->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (l->data);

      if (strcmp (name, FORMATS[kind]) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
check_header (GBytes              *file,
              RungsPictureHeader  *header,
              GError             **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (size > RUNGS_PICTURE_MAX_FILE)
    return refuse (error, _ ("the file is larger than 25 MB"));
  if (!rungs_picture_read_header (data, size, header))
    return refuse (error, _ ("the file is no picture: JPEG, PNG, GIF and WebP are"));
  if ((guint64) header->width * header->height > RUNGS_PICTURE_MAX_PIXELS)
    {
      g_set_error (error, RUNGS_ERROR, RUNGS_ERROR_INVALID,
                   _ ("the picture has %u × %u pixels, which is too many"), header->width,
                   header->height);
      return FALSE;
    }
  return header->kind != RUNGS_PICTURE_WEBP || can_decode (header->kind)
         || refuse (error, _ ("this computer cannot read WebP; save the picture as PNG or JPEG"));
}

/* A decoder may see another size than the header said: none is let at it then. */
static void
size_prepared_cb (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         data)
{
  gboolean *is_too_large = data;

  *is_too_large = (gint64) width * height > RUNGS_PICTURE_MAX_PIXELS;
  if (*is_too_large)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GdkPixbuf *
decode (GBytes           *file,
        RungsPictureKind  kind,
        GError          **error)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type (FORMATS[kind], NULL);
  gboolean is_too_large = FALSE;
  gboolean is_read;
  GdkPixbuf *pixbuf;

  if (loader == NULL)
    {
      refuse (error, _ ("this computer cannot read such pictures"));
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (size_prepared_cb), &is_too_large);
  is_read = gdk_pixbuf_loader_write_bytes (loader, file, NULL);
  is_read = gdk_pixbuf_loader_close (loader, NULL) && is_read && !is_too_large;
  pixbuf = is_read ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  if (pixbuf == NULL)
    {
      refuse (error, _ ("the picture is damaged"));
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* ---- making it fit */

static gboolean
fits (int width,
      int height)
{
  return width <= RUNGS_PICTURE_MAX_WIDTH && height <= RUNGS_PICTURE_MAX_HEIGHT;
}

static GdkPixbuf *
scale_down (GdkPixbuf *pixbuf)
{
  gint64 width = gdk_pixbuf_get_width (pixbuf);
  gint64 height = gdk_pixbuf_get_height (pixbuf);

  if (fits (width, height))
    return g_object_ref (pixbuf);
  if (width * RUNGS_PICTURE_MAX_HEIGHT >= height * RUNGS_PICTURE_MAX_WIDTH)
    {
      height = MAX (height * RUNGS_PICTURE_MAX_WIDTH / width, 1);
      width = RUNGS_PICTURE_MAX_WIDTH;
    }
  else
    {
      width = MAX (width * RUNGS_PICTURE_MAX_HEIGHT / height, 1);
      height = RUNGS_PICTURE_MAX_HEIGHT;
    }
  return gdk_pixbuf_scale_simple (pixbuf, width, height, GDK_INTERP_HYPER);
}

static GBytes *
encode (GdkPixbuf   *pixbuf,
        const char  *format,
        GError     **error)
{
  char *data;
  gsize size;
  gboolean is_jpeg = strcmp (format, "jpeg") == 0;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, format, error,
                                  is_jpeg ? "quality" : "compression", is_jpeg ? JPEG_QUALITY : "9",
                                  NULL))
    return NULL;
  return g_bytes_new_take (data, size);
}

static RungsPicture *
take_bytes (GBytes     *bytes,
            const char *format,
            int         width,
            int         height)
{
  RungsPicture *self = g_new0 (RungsPicture, 1);

  self->key = g_strdup ("");
  self->name = g_strdup ("");
  self->media_type = g_strdup_printf ("image/%s", format);
  self->width = width;
  self->height = height;
  self->size = g_bytes_get_size (bytes);
  self->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  self->bytes = bytes;
  return self;
}

static RungsPicture *
encode_fitting (GdkPixbuf         *pixbuf,
                RungsPictureKind   kind,
                GError           **error)
{
  g_autoptr (GdkPixbuf) small = scale_down (pixbuf);
  gboolean shines_through = small != NULL && gdk_pixbuf_get_has_alpha (small);
  const char *format = kind == RUNGS_PICTURE_JPEG ? "jpeg" : "png";
  g_autoptr (GBytes) bytes = NULL;

  if (small == NULL)
    {
      refuse (error, _ ("there is not enough memory for the picture"));
      return NULL;
    }
  bytes = encode (small, format, error);
  if (bytes != NULL && *format == 'p' && !shines_through && g_bytes_get_size (bytes) > LARGEST_PNG)
    {
      g_clear_pointer (&bytes, g_bytes_unref);
      format = "jpeg";
      bytes = encode (small, format, error);
    }
  return bytes ? take_bytes (g_steal_pointer (&bytes), format, gdk_pixbuf_get_width (small),
                             gdk_pixbuf_get_height (small))
               : NULL;
}

/* As it is, without what is not shown. */
static RungsPicture *
keep (GBytes                    *file,
      const RungsPictureHeader  *header,
      GError                   **error)
{
  g_autoptr (GByteArray) bare = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (file, &size);

  if (!rungs_picture_append_bare (data, size, header->kind, bare))
    {
      refuse (error, _ ("the picture is damaged"));
      return NULL;
    }
  return take_bytes (g_byte_array_free_to_bytes (g_steal_pointer (&bare)), FORMATS[header->kind],
                     header->width, header->height);
}

RungsPicture *
rungs_picture_prepare (GBytes  *file,
                       GError **error)
{
  RungsPictureHeader header;
  g_autoptr (GdkPixbuf) pixbuf = NULL;

  g_return_val_if_fail (file != NULL, NULL);

  if (!check_header (file, &header, error))
    return NULL;
  pixbuf = decode (file, header.kind, error);
  if (pixbuf == NULL)
    return NULL;
  if (header.kind != RUNGS_PICTURE_WEBP && header.orientation == 1
      && fits (header.width, header.height))
    return keep (file, &header, error);
  return encode_fitting (pixbuf, header.kind, error);
}
