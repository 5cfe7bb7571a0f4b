using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data.Glyphs;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Glyphs;

public sealed class FontRenderingTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_longer_side_of_a_character_fills_22_of_28_pixels_in_the_middle()
    {
        var image = Draw((100, 100), (100, 900), (500, 900), (500, 100));

        for (var i = 0; i < image.Length; i++)
        {
            var (y, x) = (i / 28, i % 28);
            // 22 pixels high and, at half of that, 11 wide: from column 8.5 to 19.5, so that the columns at the edges are half covered.
            var expected = y is < 3 or >= 25 || x is < 8 or >= 20 ? 0 : x is 8 or 19 ? 128 : 255;
            ((int)image[i]).ShouldBeInRange(expected - 2, expected + 2, $"row {y}, column {x}");
        }
    }

    [Fact]
    public void Where_and_how_large_the_outline_is_does_not_matter() =>
        Draw((0, 0), (0, 200), (200, 200), (200, 0)).ShouldBe(Draw((-400, 300), (-400, 700), (0, 700), (0, 300)));

    [Fact]
    public void A_character_that_the_font_leaves_out_or_blank_has_no_image()
    {
        Write("A", _ => [(0, 0), (0, 0), (0, 0), (0, 0)]);
        using var rendering = new FontRendering(_folder.File("f.ttf"), 28);

        rendering.Draw('A').ShouldBeNull();
        rendering.Draw('B').ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_no_font_is_named()
    {
        File.WriteAllText(_folder.File("f.ttf"), "not a font");

        var failure = Should.Throw<DomainException>(() => new FontRendering(_folder.File("f.ttf"), 28)).Failure;

        (failure.Code, failure.Reason).ShouldBe((FailureCodes.CorruptArtifact, $"Font file '{_folder.File("f.ttf")}' cannot be read as a font."));
    }

    private byte[] Draw(params (short, short)[] corners)
    {
        Write("A", _ => corners);
        using var rendering = new FontRendering(_folder.File("f.ttf"), 28);
        return rendering.Draw('A').ShouldNotBeNull();
    }

    private void Write(string characters, Func<char, (short, short)[]> corners) =>
        File.WriteAllBytes(_folder.File("f.ttf"), TestFont.Write("Test", characters, corners));
}
