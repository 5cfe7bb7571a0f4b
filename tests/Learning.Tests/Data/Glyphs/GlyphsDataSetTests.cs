using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Glyphs;
using SparsePipeline.TestKit;

namespace SparsePipeline.Learning.Tests.Data.Glyphs;

public sealed class GlyphsDataSetTests : IDisposable
{
    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public GlyphsDataSetTests()
    {
        for (var font = 0; font < 10; font++)
            Write(FontKinds.Text[font % 3], $"Text{font}", font);
        Write("script", "Hand", 20);
        Write("display", "Poster", 21);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_family_is_in_one_split_and_script_and_display_are_shifts()
    {
        var data = Load(Spec);

        (data.Classes, data.Shape).ShouldBe((62, new InputShape(1, 28, 28)));
        data.Shifts.Keys.ShouldBe(["display", "script"]);
        (data.Training.Count, data.Validation.Count, data.Test.Count).ShouldBe((7 * 62, 1 * 62, 2 * 62));
        foreach (var split in new[] { data.Training, data.Validation, data.Test, data.Shifts["script"], data.Shifts["display"] })
            split.Labels.CountBy(l => l).ShouldAllBe(c => c.Value == split.Count / 62);
    }

    [Fact]
    public void Other_split_seeds_hold_out_other_families_for_validation_and_none_for_test()
    {
        var splits = Enumerable.Range(0, 4).Select(seed => Load(Spec with { SplitSeed = seed })).ToList();

        splits.Select(s => Images(s.Test)).Distinct().Count().ShouldBe(1);
        splits.Select(s => Images(s.Validation)).Distinct().Count().ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Copies_of_a_glyph_are_left_out()
    {
        var before = Load(Spec);
        File.Copy(_folder.File("sans/Text0.ttf"), _folder.File("sans/Copy.ttf"));

        var after = Load(Spec);

        (after.Training.Count + after.Validation.Count, after.Test.Count).ShouldBe((before.Training.Count + before.Validation.Count, before.Test.Count));
    }

    [Fact]
    public void The_side_is_an_option() => Load(Spec with { Options = new MethodOptions { ["side"] = System.Text.Json.JsonSerializer.SerializeToElement(12) } })
        .Shape.ShouldBe(new InputShape(1, 12, 12));

    [Fact]
    public void The_digest_changes_with_a_byte_of_a_font_and_with_its_kind()
    {
        var before = DataSets.Digest(Spec);
        Write("script", "Hand", 22);
        var redrawn = DataSets.Digest(Spec);
        Write("script", "Poster", 21);
        Write("display", "Hand", 22);
        File.Delete(_folder.File("script/Hand.ttf"));
        File.Delete(_folder.File("display/Poster.ttf"));

        new[] { before, redrawn, DataSets.Digest(Spec) }.Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData("sans/Text0.ttf", "has fonts of 9 sources to train on, and data set 'glyphs' needs 10.")]
    [InlineData("script/Hand.ttf", "has no fonts of kind 'script', a shift of data set 'glyphs'.")]
    public void Missing_fonts_are_told_with_the_command_that_installs_them(string missing, string reason)
    {
        File.Delete(_folder.File(missing));

        var failure = Should.Throw<DomainException>(() => Load(Spec)).Failure;

        failure.Code.ShouldBe(FailureCodes.DataUnavailable);
        failure.Reason.ShouldEndWith(reason);
        failure.Remedy.ShouldContain("apt-get install -y --no-install-recommends fonts-3270 fonts-adf-accanthis ");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_named() =>
        Should.Throw<DomainException>(() => Load(Spec with { Path = "/no/such/folder" })).Failure.Reason.ShouldContain("'/no/such/folder'");

    [Fact]
    public void A_font_that_is_cut_off_or_no_font_gives_data_or_a_named_error()
    {
        var whole = File.ReadAllBytes(_folder.File("sans/Text0.ttf"));
        foreach (var length in Enumerable.Range(0, 8).Select(n => n * whole.Length / 8))
        {
            File.WriteAllBytes(_folder.File("sans/Text0.ttf"), whole[..length]);
            try
            {
                Load(Spec).Classes.ShouldBe(62);
            }
            catch (DomainException error)
            {
                error.Failure.Reason.ShouldContain("Text0.ttf");
            }
        }
    }

    [Fact]
    public void The_table_of_families_knows_every_kind_and_no_other() =>
        FontKinds.All.ShouldBe(FontFamilies.All.Select(f => f.Kind).Distinct(), ignoreOrder: true);

    private DataSpec Spec => new() { Name = GlyphsDataSet.Name, Path = _folder.Path };

    private static DataSplits Load(DataSpec spec) => DataSets.Load(spec);

    private static string Images(Examples examples) => string.Concat(Enumerable.Range(0, examples.Count).Select(i => Convert.ToHexString(examples.Pixels(i))));

    private void Write(string kind, string family, int style)
    {
        Directory.CreateDirectory(_folder.File(kind));
        File.WriteAllBytes(_folder.File($"{kind}/{family}.ttf"), TestFont.Write(family, GlyphSet.Characters, c => Corners(c, style)));
    }

    /// <summary>Another slant for every style, another width for every character.</summary>
    private static (short, short)[] Corners(char character, int style)
    {
        var (slant, width) = ((short)(40 * style), (short)(200 + 8 * GlyphSet.Characters.IndexOf(character)));
        return [(0, 0), (slant, 1000), ((short)(slant + width), 1000), (width, 0)];
    }
}
