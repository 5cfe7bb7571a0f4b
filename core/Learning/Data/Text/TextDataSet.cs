using System.Text;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Text;

/// <summary>Text files by character or by pieces of words: windows of neighbouring tokens, each labelled with the tokens one further on.</summary>
/// <remarks>Windows do not overlap, and no window goes from one file into the next.</remarks>
internal sealed class TextDataSet : IDataSet
{
    public const string Name = "text";

    private const string Context = "context";
    private const string Files = "files";
    private const string Test = "test";
    private const string TestFiles = "testFiles";
    private const string Shift = "shift";
    private const string Tokens = "tokens";
    private const string Largest = "vocabulary";
    private const string Characters = "characters";
    private const string BytePairs = "byte-pairs";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Text by character or token",
        UseWhen = "Use it for language models of your own UTF-8 text; data.path names a file or a folder.",
        DataKind = DataKinds.Text,
        Options =
        [
            OptionInfo.Integer(Context, "Characters or other tokens in a window: no prediction looks further back.", 64, 2, 4096),
            OptionInfo.Text(Files, "Names of the files in the folder, patterns with * and ? separated by commas.", "*.txt"),
            OptionInfo.Number(Test, "Share at the end of every file that is the test split.", 0.1, 0.001, 0.9),
            OptionInfo.Text(TestFiles, "Names of files that are the test split instead, as patterns.", ""),
            OptionInfo.Text(Tokens, $"What is predicted: {Characters}, or {BytePairs}, pieces of words that the training text is best made of.", Characters),
            OptionInfo.Integer(Largest, "Most tokens, one for unknown characters included: the most frequent characters, or characters and pieces of words.", Vocabulary.Bytes, 2, 65_536),
            OptionInfo.Text(Shift, $"Names of files that are kept for the shift '{ShiftName}', as patterns.", ""),
        ],
    };

    /// <summary>What the shift of <c>shift</c> is called.</summary>
    internal const string ShiftName = "files";

    public IEnumerable<Stream> OpenFiles(DataSpec spec)
    {
        var files = Find(spec, new OptionValues(Info, spec.Options));
        return DataPath.OpenAll(files.All.Select(Path.GetFileName), files.All);
    }

    public RawData Read(DataSpec spec)
    {
        var options = new OptionValues(Info, spec.Options);
        var files = Find(spec, options);
        var (training, test) = Split([.. files.Training.Select(TextFile.Read)], files.Test, options.Number(Test));
        var pairs = IsBytePairs(options);
        Vocabulary vocabulary = pairs ? BytePairVocabulary.Of(training, options.Integer(Largest)) : CharacterVocabulary.Of(training, options.Integer(Largest));
        var windows = new TextWindows(vocabulary, options.Integer(Context), pairs ? "tokens" : Characters);
        var raw = new RawData(vocabulary.Size, windows.Of(training, "training"), windows.Of(test, "the test split"))
        {
            Labels = vocabulary.Tokens,
            Vocabulary = vocabulary.Tokens,
            Tokens = pairs ? BytePairs : null,
        };
        return files.Shift.Count == 0
            ? raw
            : raw with { Shifts = new Dictionary<string, Examples> { [ShiftName] = windows.Of(files.Shift.Select(TextFile.Read), "the shift") } };
    }

    private static bool IsBytePairs(OptionValues options) => options.Text(Tokens) switch
    {
        Characters => false,
        BytePairs => true,
        var other => throw new DomainException(FailureCodes.InvalidOption, $"data.options.{Tokens} is '{other}'.", NameSuggestion.For(other, [Characters, BytePairs])),
    };

    private static (IReadOnlyList<Rune[]> Training, IReadOnlyList<Rune[]> Test) Split(
        IReadOnlyList<Rune[]> texts, IReadOnlyList<string> testFiles, double share) => testFiles.Count > 0
        ? (texts, [.. testFiles.Select(TextFile.Read)])
        : ([.. texts.Select(t => t[..^Held(t, share)])], [.. texts.Select(t => t[^Held(t, share)..])]);

    private static int Held(Rune[] text, double share) => (int)Math.Round(text.Length * share);

    private static TextFiles Find(DataSpec spec, OptionValues options)
    {
        var files = TextFiles.Find(spec.Path, options.Text(Files), options.Text(TestFiles), options.Text(Shift));
        files.EnsureFits();
        return files;
    }
}
