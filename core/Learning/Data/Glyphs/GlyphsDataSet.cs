using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Glyphs;

/// <summary>
/// Letters and digits drawn from installed fonts: 62 classes (0–9, A–Z, a–z), grey, trained and tested on sans, serif and mono fonts, with the
/// shifts <c>script</c> and <c>display</c>.
/// </summary>
/// <remarks>
/// No source of fonts is in two splits. A fifth of the sources is the test split, chosen by a number derived from each name, so that another
/// font more or less moves few of the others. Every glyph fills its box, so that capitals which are large small letters (c, o, s, v, w, x, z)
/// can only be told by their weight: no network reaches 100 %.
/// </remarks>
internal sealed class GlyphsDataSet : IDataSet
{
    public const string Name = "glyphs";

    private const string Families = "families";
    private const string Side = "side";
    private const double TestShare = 0.2;
    private const long TestSeed = 0;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Letters and digits of installed fonts",
        UseWhen = "Use it for a natural shift on 62 classes: trained on fonts for text, measured on unseen ones, on script and on display fonts; "
            + "data.path names a folder other than /usr/share/fonts.",
        Paper = "In the spirit of Bulatov: notMNIST, 2011, http://yaroslavvb.blogspot.com/2011/09/notmnist-dataset.html",
        Attributes = [Families],
        Options = [OptionInfo.Integer(Side, "Height and width of the images, in pixels.", 28, 8, 64)],
    };

    /// <summary>The files, and before them what is believed about them: who moves a font to another kind has other data.</summary>
    public IEnumerable<Stream> OpenFiles(DataSpec spec)
    {
        var fonts = FontFolder.Find(spec.Path);
        return DataPath.OpenAll(fonts.Select(f => $"{f.Family.Kind}\t{f.Family.Group}"), fonts.Select(f => f.Path));
    }

    public RawData Read(DataSpec spec)
    {
        var fonts = FontFolder.Find(spec.Path);
        var text = fonts.Where(f => FontKinds.Text.Contains(f.Family.Kind)).ToList();
        var tested = TestGroups(text);
        var glyphs = new GlyphSet(new OptionValues(Info, spec.Options).Integer(Side));
        var (training, groups, families) = glyphs.Draw(text.Where(f => !tested.Contains(f.Family.Group)));
        var (test, _, _) = glyphs.Draw(text.Where(f => tested.Contains(f.Family.Group)));
        return new RawData(GlyphSet.Characters.Length, training, test)
        {
            Labels = [.. GlyphSet.Characters.Select(c => c.ToString())],
            TrainingGroups = groups,
            Attributes = new Dictionary<string, ExampleAttribute>(StringComparer.Ordinal) { [Families] = families },
            Shifts = FontKinds.Shifts.ToDictionary(kind => kind, kind => glyphs.Draw(fonts.Where(f => f.Family.Kind == kind)).Examples),
        };
    }

    private static HashSet<string> TestGroups(IEnumerable<FontFile> fonts)
    {
        var groups = fonts.Select(f => f.Family.Group).Distinct(StringComparer.Ordinal)
            .OrderBy(g => SeedDerivation.Derive(TestSeed, $"glyphs-test-split/{g}"))
            .ToList();
        return [.. groups.Take((int)Math.Round(groups.Count * TestShare))];
    }
}
