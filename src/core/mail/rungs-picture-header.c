/* rungs-picture-header.c: what the first bytes of a picture say of it. */

#include "mail/rungs-picture-header.h"

#include <string.h>

/* The bytes that are left. */
typedef struct
{
  const guint8 *at;
  gsize left;
} Rest;

static guint
read_be16 (const guint8 *p)
{
  return p[0] << 8 | p[1];
}

static guint
read_le16 (const guint8 *p)
{
  return p[0] | p[1] << 8;
}

static guint32
read_be32 (const guint8 *p)
{
  return (guint32) read_be16 (p) << 16 | read_be16 (p + 2);
}

static guint32
read_le32 (const guint8 *p)
{
  return read_le16 (p) | (guint32) read_le16 (p + 2) << 16;
}

static gboolean
skip (Rest  *rest,
      gsize  n)
{
  if (n > rest->left)
    return FALSE;
  rest->at += n;
  rest->left -= n;
  return TRUE;
}

static gboolean
begins_with (const Rest *rest,
             const char *bytes,
             gsize       n)
{
  return rest->left >= n && memcmp (rest->at, bytes, n) == 0;
}

/* ---- JPEG */

#define EXIF "Exif\0"
#define EXIF_SIZE 6
#define ORIENTATION 0x0112

/* The tag in the first directory of a TIFF block. */
static int
read_orientation (const guint8 *tiff,
                  gsize         size)
{
  gboolean is_little = size >= 8 && tiff[0] == 'I';
  guint (*read16) (const guint8 *) = is_little ? read_le16 : read_be16;
  gsize directory = size < 8 ? size : is_little ? read_le32 (tiff + 4) : read_be32 (tiff + 4);
  guint n = directory <= size && size - directory >= 2 ? read16 (tiff + directory) : 0;

  for (guint i = 0; i < n && directory + 2 + (i + 1) * 12 <= size; i++)
    {
      const guint8 *entry = tiff + directory + 2 + i * 12;
      guint value = read16 (entry + 8);

      if (read16 (entry) == ORIENTATION)
        return value >= 1 && value <= 8 ? (int) value : 1;
    }
  return 1;
}

/* Moves to the next marker, over fill bytes: `rest` begins behind it. 0 where there is none. */
static guint8
next_marker (Rest *rest)
{
  if (rest->left < 2 || rest->at[0] != 0xFF)
    return 0;
  while (rest->left > 0 && rest->at[0] == 0xFF)
    skip (rest, 1);
  if (rest->left == 0)
    return 0;
  skip (rest, 1);
  return rest->at[-1];
}

static gboolean
is_frame_header (guint8 marker)
{
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

/* The length of the segment that begins at `rest`, with its two bytes; 0 where it is torn. */
static gsize
segment_size (const Rest *rest)
{
  gsize size = rest->left >= 2 ? read_be16 (rest->at) : 0;

  return size >= 2 && size <= rest->left ? size : 0;
}

static gboolean
read_jpeg (Rest                rest,
           RungsPictureHeader *header)
{
  header->orientation = 1;
  skip (&rest, 2);
  while (TRUE)
    {
      guint8 marker = next_marker (&rest);
      gsize size = segment_size (&rest);

      if (marker == 0 || size == 0)
        return FALSE;
      if (marker == 0xE1 && size > 2 + EXIF_SIZE && memcmp (rest.at + 2, EXIF, EXIF_SIZE) == 0)
        header->orientation = read_orientation (rest.at + 2 + EXIF_SIZE, size - 2 - EXIF_SIZE);
      if (is_frame_header (marker) && size >= 8)
        {
          header->height = read_be16 (rest.at + 3);
          header->width = read_be16 (rest.at + 5);
          return TRUE;
        }
      skip (&rest, size);
    }
}

/* Of what programs add: the outline, the colours, and how they are stored (Adobe's). */
static gboolean
keeps_segment (guint8        marker,
               const guint8 *segment,
               gsize         size)
{
  if (marker == 0xE2)
    return size > 13 && memcmp (segment + 2, "ICC_PROFILE", 12) == 0;
  return marker != 0xFE && (marker < 0xE1 || marker > 0xEF || marker == 0xEE);
}

/* The compressed picture itself: up to the next marker that is one. */
static gsize
scan_size (const Rest *rest)
{
  gsize i = 0;

  while (i + 1 < rest->left
         && !(rest->at[i] == 0xFF && rest->at[i + 1] != 0
              && (rest->at[i + 1] < 0xD0 || rest->at[i + 1] > 0xD7)))
    i++;
  return i + 1 < rest->left ? i : 0;
}

static void
append_marker (GByteArray *bare,
               guint8      marker)
{
  const guint8 bytes[] = { 0xFF, marker };

  g_byte_array_append (bare, bytes, sizeof bytes);
}

static gboolean
append_bare_jpeg (Rest        rest,
                  GByteArray *bare)
{
  append_marker (bare, 0xD8);
  skip (&rest, 2);
  while (TRUE)
    {
      guint8 marker = next_marker (&rest);
      gsize size = segment_size (&rest);

      if (marker == 0xD9)
        {
          append_marker (bare, marker);
          return TRUE;
        }
      if (marker == 0 || size == 0)
        return FALSE;
      if (keeps_segment (marker, rest.at, size))
        {
          append_marker (bare, marker);
          g_byte_array_append (bare, rest.at, size);
        }
      skip (&rest, size);
      if (marker != 0xDA)
        continue;
      size = scan_size (&rest);
      if (size == 0)
        return FALSE;
      g_byte_array_append (bare, rest.at, size);
      skip (&rest, size);
    }
}

/* ---- PNG */

#define PNG_SIGNATURE "\x89PNG\r\n\x1A\n"
#define PNG_SIGNATURE_SIZE 8
#define PNG_CHUNK_FRAME 12 /* length, type and checksum */

static gboolean
read_png (Rest                rest,
          RungsPictureHeader *header)
{
  skip (&rest, PNG_SIGNATURE_SIZE);
  if (rest.left < PNG_CHUNK_FRAME + 13 || memcmp (rest.at + 4, "IHDR", 4) != 0)
    return FALSE;
  header->width = read_be32 (rest.at + 8);
  header->height = read_be32 (rest.at + 12);
  return TRUE;
}

static gboolean
keeps_chunk (const guint8 *type)
{
  static const char SHOWN[] = "IHDRPLTEIDATIENDtRNScHRMgAMAiCCPsRGBsBITbKGDpHYsacTLfcTLfdAT";

  for (gsize i = 0; i + 4 < sizeof SHOWN; i += 4)
    if (memcmp (type, SHOWN + i, 4) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
append_bare_png (Rest        rest,
                 GByteArray *bare)
{
  g_byte_array_append (bare, rest.at, PNG_SIGNATURE_SIZE);
  skip (&rest, PNG_SIGNATURE_SIZE);
  while (rest.left >= PNG_CHUNK_FRAME)
    {
      gsize size = (gsize) read_be32 (rest.at) + PNG_CHUNK_FRAME;
      const guint8 *type = rest.at + 4;

      if (size > rest.left)
        return FALSE;
      if (keeps_chunk (type))
        g_byte_array_append (bare, rest.at, size);
      skip (&rest, size);
      if (memcmp (type, "IEND", 4) == 0)
        return TRUE;
    }
  return FALSE;
}

/* ---- GIF */

#define GIF_SCREEN 13 /* signature and logical screen */

static gboolean
read_gif (Rest                rest,
          RungsPictureHeader *header)
{
  if (rest.left < GIF_SCREEN)
    return FALSE;
  header->width = read_le16 (rest.at + 6);
  header->height = read_le16 (rest.at + 8);
  return TRUE;
}

static gsize
colours_size (guint8 flags)
{
  return (flags & 0x80) != 0 ? (gsize) 3 << ((flags & 7) + 1) : 0;
}

/* The size of sub-blocks up to the empty one; 0 where they are torn. */
static gsize
sub_blocks_size (const Rest *rest,
                 gsize       from)
{
  gsize i = from;

  while (i < rest->left && rest->at[i] != 0)
    i += rest->at[i] + 1;
  return i < rest->left ? i + 1 : 0;
}

/* Of what stands between the pictures: how long each is shown, and how often. */
static gboolean
keeps_extension (const Rest *rest)
{
  return rest->at[1] == 0xF9
         || (rest->at[1] == 0xFF && rest->left > 14
             && (memcmp (rest->at + 3, "NETSCAPE2.0", 11) == 0
                 || memcmp (rest->at + 3, "ANIMEXTS1.0", 11) == 0));
}

/* The size of an extension or a picture; 0 where it is neither. */
static gsize
gif_block_size (const Rest *rest)
{
  if (rest->left >= 3 && rest->at[0] == 0x21)
    return sub_blocks_size (rest, 2);
  if (rest->left >= 11 && rest->at[0] == 0x2C)
    return sub_blocks_size (rest, 10 + colours_size (rest->at[9]) + 1);
  return 0;
}

static gboolean
append_bare_gif (Rest        rest,
                 GByteArray *bare)
{
  gsize size = GIF_SCREEN + colours_size (rest.at[10]);

  while (size > 0 && size <= rest.left)
    {
      if (rest.at[0] != 0x21 || keeps_extension (&rest))
        g_byte_array_append (bare, rest.at, size);
      skip (&rest, size);
      if (rest.left > 0 && rest.at[0] == 0x3B)
        {
          g_byte_array_append (bare, rest.at, 1);
          return TRUE;
        }
      size = gif_block_size (&rest);
    }
  return FALSE;
}

/* ---- WebP */

static gboolean
read_webp (Rest                rest,
           RungsPictureHeader *header)
{
  skip (&rest, 12);
  if (rest.left < 18)
    return FALSE;
  if (begins_with (&rest, "VP8 ", 4))
    {
      header->width = read_le16 (rest.at + 14) & 0x3FFF;
      header->height = read_le16 (rest.at + 16) & 0x3FFF;
    }
  else if (begins_with (&rest, "VP8L", 4))
    {
      header->width = (read_le32 (rest.at + 9) & 0x3FFF) + 1;
      header->height = (read_le32 (rest.at + 9) >> 14 & 0x3FFF) + 1;
    }
  else if (begins_with (&rest, "VP8X", 4))
    {
      header->width = (read_le32 (rest.at + 11) >> 8) + 1;
      header->height = (read_le32 (rest.at + 14) >> 8) + 1;
    }
  else
    return FALSE;
  return TRUE;
}

/* ---- */

static gboolean
read_kind (const Rest       *rest,
           RungsPictureKind *kind)
{
  if (begins_with (rest, "\xFF\xD8\xFF", 3))
    *kind = RUNGS_PICTURE_JPEG;
  else if (begins_with (rest, PNG_SIGNATURE, PNG_SIGNATURE_SIZE))
    *kind = RUNGS_PICTURE_PNG;
  else if (begins_with (rest, "GIF87a", 6) || begins_with (rest, "GIF89a", 6))
    *kind = RUNGS_PICTURE_GIF;
  else if (begins_with (rest, "RIFF", 4) && rest->left >= 12
           && memcmp (rest->at + 8, "WEBP", 4) == 0)
    *kind = RUNGS_PICTURE_WEBP;
  else
    return FALSE;
  return TRUE;
}

gboolean
rungs_picture_read_header (const guint8       *data,
                           gsize               size,
                           RungsPictureHeader *header)
{
  static gboolean (*const READERS[]) (Rest, RungsPictureHeader *) = {
    [RUNGS_PICTURE_JPEG] = read_jpeg,
    [RUNGS_PICTURE_PNG] = read_png,
    [RUNGS_PICTURE_GIF] = read_gif,
    [RUNGS_PICTURE_WEBP] = read_webp,
  };
  const Rest rest = { data, size };

  g_return_val_if_fail (header != NULL, FALSE);

  *header = (RungsPictureHeader){ .orientation = 1 };
  return read_kind (&rest, &header->kind) && READERS[header->kind](rest, header)
         && header->width > 0 && header->height > 0;
}

gboolean
rungs_picture_append_bare (const guint8     *data,
                           gsize             size,
                           RungsPictureKind  kind,
                           GByteArray       *bare)
{
  const Rest rest = { data, size };
  RungsPictureHeader header;

  g_return_val_if_fail (bare != NULL, FALSE);

  if (!rungs_picture_read_header (data, size, &header) || header.kind != kind)
    return FALSE;
  switch (kind)
    {
    case RUNGS_PICTURE_JPEG:
      return append_bare_jpeg (rest, bare);
    case RUNGS_PICTURE_PNG:
      return append_bare_png (rest, bare);
    case RUNGS_PICTURE_GIF:
      return append_bare_gif (rest, bare);
    case RUNGS_PICTURE_WEBP:
    default:
      return FALSE;
    }
}
