using SparsePipeline.Contracts;
using SparsePipeline.Learning.Tasks.Kinds;

namespace SparsePipeline.Learning.Data.Csv;

/// <summary>Columns of numbers and one of labels, classes or real numbers. Numbers are kept as 32-bit floats; each column is standardised by the training rows.</summary>
internal sealed class CsvDataSet : IDataSet
{
    public const string Name = "csv";

    private const string Header = "header";
    private const string Label = "label";
    private const string Separator = "separator";
    private const double TestShare = 0.2;
    private const long TestSeed = 0;

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Tables as CSV",
        UseWhen = "Use it for rows of numbers with a label: data.path names one CSV file, of which a fifth becomes the test split, or a folder with "
            + "train.csv and test.csv, optionally validation.csv and shift-NAME.csv; each may be gzipped.",
        DataKind = DataKinds.Numbers,
        Options =
        [
            OptionInfo.Boolean(Header, "Whether the first line names the columns; by these names columns are the same in all files.", true),
            OptionInfo.Text(Label, "Name of the label's column, or its number from 1; empty for the last.", ""),
            OptionInfo.Text(Separator, "The character between fields.", ","),
            OptionInfo.Text(
                TargetKinds.Option, $"What the label is: {TargetKinds.Classes}, or {TargetKinds.Numbers}, real ones, which tasks such as '{RegressionTask.Name}' learn.", TargetKinds.Classes),
        ],
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec)
    {
        var files = CsvFiles.Of(spec);
        return DataPath.OpenAll(files.Keys, files.Values);
    }

    public RawData Read(DataSpec spec)
    {
        var layout = Layout(spec);
        var files = CsvFiles.Of(spec);
        var training = CsvTable.Read(files[SplitNames.Training], layout);
        var tables = files.ToDictionary(f => f.Key, f => f.Key == SplitNames.Training ? training : CsvTable.Read(f.Value, layout, training), StringComparer.Ordinal);
        foreach (var (split, table) in tables.Where(t => t.Value.Columns != training.Columns))
            throw new DomainException(
                FailureCodes.ShapeMismatch, $"'{files[split]}' has {table.Columns} columns of numbers, but the training rows have {training.Columns}.", "Give all files the same columns.");
        var labels = HasNumbers(spec) ? null : new CsvLabels(training);
        var splits = tables.ToDictionary(t => t.Key, t => labels?.Of(t.Value, files[t.Key]) ?? CsvNumbers.Of(t.Value, files[t.Key]), StringComparer.Ordinal);
        var classes = labels?.Count ?? 0;
        var data = splits.ContainsKey(SplitNames.Test) ? CsvFiles.Names.Arrange(classes, splits) : Undivided(classes, splits[SplitNames.Training]);
        return data with { Labels = labels?.Names ?? [], Columns = training.NumberNames, TargetName = labels is null ? training.LabelName : null };
    }

    private bool HasNumbers(DataSpec spec) => new OptionValues(Info, spec.Options).Text(TargetKinds.Option) switch
    {
        TargetKinds.Classes => false,
        TargetKinds.Numbers => true,
        var other => throw new DomainException(
            FailureCodes.InvalidOption, $"data.options.{TargetKinds.Option} is '{other}'.", NameSuggestion.For(other, [TargetKinds.Classes, TargetKinds.Numbers])),
    };

    private CsvLayout Layout(DataSpec spec)
    {
        var options = new OptionValues(Info, spec.Options);
        return options.Text(Separator) is [('\t' or (>= ' ' and <= '~' and not '"')) and var separator]
            ? new CsvLayout(options.Boolean(Header), options.Text(Label), separator)
            : throw new DomainException(
                FailureCodes.InvalidOption, $"data.options.{Separator} is '{options.Text(Separator)}'.", "Use one ASCII character that is no quote, for example ',' or ';', or a tab.");
    }

    private static RawData Undivided(int classes, Examples all)
    {
        var order = SeededRandom.Permutation(all.Count, SeedDerivation.Derive(TestSeed, "csv-test-split"));
        var test = Math.Max(1, (int)Math.Round(order.Length * TestShare));
        return new RawData(classes, all.Select(order.AsSpan(test)), all.Select(order.AsSpan(0, test)));
    }
}
