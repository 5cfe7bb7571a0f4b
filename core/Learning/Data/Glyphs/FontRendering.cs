using System.Runtime.InteropServices;
using SkiaSharp;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>Draws the characters of one font, each as large as fits and in the middle: white on black, a margin of 3/28 around it.</summary>
/// <remarks>From outlines without hinting, so that the same file gives the same bytes whatever the desktop is set to.</remarks>
internal sealed class FontRendering : IDisposable
{
    private const float Box = 22f / 28;

    // Only the proportions of the outline matter; at this size its coordinates have bits to spare.
    private const float OutlineSize = 256;

    private readonly SKTypeface _typeface;
    private readonly SKFont _font;
    private readonly SKBitmap _bitmap;
    private readonly SKCanvas _canvas;
    private readonly SKPaint _paint = new() { Color = SKColors.White, IsAntialias = true, Style = SKPaintStyle.Fill };

    /// <param name="file">A TrueType or OpenType file.</param>
    /// <param name="side">Height and width of the images, in pixels.</param>
    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: it is no font.</exception>
    public FontRendering(string file, int side)
    {
        _typeface = Open(file);
        _font = new SKFont(_typeface, OutlineSize) { Hinting = SKFontHinting.None, LinearMetrics = true };
        _bitmap = new SKBitmap(new SKImageInfo(side, side, SKColorType.Gray8, SKAlphaType.Opaque));
        _canvas = new SKCanvas(_bitmap);
    }

    /// <exception cref="DomainException"><see cref="FailureCodes.CorruptArtifact"/>: it is no font.</exception>
    public static SKTypeface Open(string file) => SKTypeface.FromFile(file) ?? throw new DomainException(
        FailureCodes.CorruptArtifact, $"Font file '{file}' cannot be read as a font.", "Install its package again, or remove the file.");

    /// <summary>side × side bytes, row after row, or null when the font does not have the character or leaves it blank.</summary>
    public byte[]? Draw(char character)
    {
        if (_typeface.GetGlyph(character) == 0)
            return null;
        using var outline = _font.GetTextPath(character.ToString());
        var bounds = outline.TightBounds;
        var extent = Math.Max(bounds.Width, bounds.Height);
        if (!(extent > 0) || !float.IsFinite(extent))
            return null;
        _canvas.Clear(SKColors.Black);
        _canvas.ResetMatrix();
        _canvas.Translate(_bitmap.Width / 2f, _bitmap.Height / 2f);
        _canvas.Scale(Box * _bitmap.Width / extent);
        _canvas.Translate(-bounds.MidX, -bounds.MidY);
        _canvas.DrawPath(outline, _paint);
        return Pixels();
    }

    public void Dispose()
    {
        _paint.Dispose();
        _canvas.Dispose();
        _bitmap.Dispose();
        _font.Dispose();
        _typeface.Dispose();
    }

    private byte[] Pixels()
    {
        _canvas.Flush();
        var pixels = new byte[_bitmap.Width * _bitmap.Height];
        for (var row = 0; row < _bitmap.Height; row++)
            Marshal.Copy(_bitmap.GetPixels() + row * _bitmap.RowBytes, pixels, row * _bitmap.Width, _bitmap.Width);
        return pixels;
    }
}
