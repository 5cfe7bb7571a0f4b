using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SparsePipeline.Learning.Products;

/// <summary>Copies of a factor in the order in which tiles read it: so many lines side by side, term after term.</summary>
internal static unsafe class Panels
{
    /// <summary>Floats of a cache line: a load of 64 bytes elsewhere touches two.</summary>
    public const int Line = 16;

    public static int Padded(int lines, int width) => (lines + width - 1) / width * width;

    public static float* Align(float* pointer) => (float*)(((nint)pointer + 63) & ~(nint)63);

    /// <summary>Panel after panel, each [terms, width]; lines that are not there are zeros.</summary>
    /// <param name="lines">Rows of a first factor or columns of a second one, [lines, terms].</param>
    /// <param name="first">First line to copy.</param>
    /// <param name="count">How many.</param>
    /// <param name="term">First term to copy.</param>
    /// <param name="terms">How many.</param>
    /// <param name="width">Lines per panel.</param>
    /// <param name="panels">Receives them.</param>
    public static void Pack(in StridedMatrix lines, int first, int count, int term, int terms, int width, float* panels)
    {
        for (var line = 0; line < count; line += width, panels += (nint)width * terms)
        {
            var there = Math.Min(width, count - line);
            if (there < width)
                new Span<float>(panels, width * terms).Clear();
            var from = lines.At(first + line, term);
            if (lines.RowStep == 1)
                PackSideBySide(from, lines.ColumnStep, there, terms, width, panels);
            else
                PackOneByOne(from, lines, there, terms, width, panels);
        }
    }

    private static void PackSideBySide(float* from, int step, int there, int terms, int width, float* panel)
    {
        for (var term = 0; term < terms; term++, from += step, panel += width)
            new ReadOnlySpan<float>(from, there).CopyTo(new Span<float>(panel, there));
    }

    // Four lines at a time, transposed in registers, where terms lie side by side; what is left over one by one.
    private static void PackOneByOne(float* from, in StridedMatrix lines, int there, int terms, int width, float* panel)
    {
        var line = 0;
        if (lines.ColumnStep == 1)
            for (; line + 4 <= there; line += 4)
                PackFour(from + ((nint)line * lines.RowStep), lines.RowStep, terms, width, panel + line);
        for (; line < there; line++)
        {
            var source = from + ((nint)line * lines.RowStep);
            var to = panel + line;
            for (var term = 0; term < terms; term++, source += lines.ColumnStep, to += width)
                *to = *source;
        }
    }

    private static void PackFour(float* from, int step, int terms, int width, float* to)
    {
        var term = 0;
        for (; term + 4 <= terms; term += 4, from += 4)
        {
            var (a, b, c, d) = (Vector128.Load(from), Vector128.Load(from + step), Vector128.Load(from + (2 * (nint)step)), Vector128.Load(from + (3 * (nint)step)));
            var (ab, cd) = (Low(a, b), Low(c, d));
            Store(ab, cd, ref to, width);
            (ab, cd) = (High(a, b), High(c, d));
            Store(ab, cd, ref to, width);
        }
        for (; term < terms; term++, from++, to += width)
            for (var line = 0; line < 4; line++)
                to[line] = from[line * (nint)step];
    }

    /// <summary>(a0, b0, a1, b1).</summary>
    private static Vector128<float> Low(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackLow(a, b)
        : Vector128.Create(a[0], b[0], a[1], b[1]);

    /// <summary>(a2, b2, a3, b3).</summary>
    private static Vector128<float> High(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackHigh(a, b)
        : Vector128.Create(a[2], b[2], a[3], b[3]);

    /// <summary>Two terms of four lines.</summary>
    private static void Store(Vector128<float> ab, Vector128<float> cd, ref float* to, int width)
    {
        Vector128.Create(ab.GetLower(), cd.GetLower()).Store(to);
        to += width;
        Vector128.Create(ab.GetUpper(), cd.GetUpper()).Store(to);
        to += width;
    }
}
