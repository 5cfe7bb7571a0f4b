using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Learning.Data.Tensors;

/// <summary>What came into one layer of a network, as a step of kind <c>collect</c> stored it: rows of floats that nothing is said of.</summary>
/// <remarks>
/// Columns are centred one by one and scaled all alike, so that directions stay what they are and the mean of ‖x‖² over the training rows is the number of columns. Rows of one example
/// are all for training or all for validation.
/// </remarks>
internal sealed class ActivationsDataSet : IDataSet
{
    public const string Name = DataSpec.Activations;

    private const string Layer = "layer";
    private const string Remedy = "Name a file that a step of kind 'collect' stored with activations of the training and the test split.";

    public MethodInfo Info { get; } = new()
    {
        Axis = MethodAxes.Data,
        Name = Name,
        Title = "Activations of another network",
        UseWhen = "Use it for what comes into one layer of a network; the workflow 'sparse-autoencoder' collects it, or data.path names a file that was collected before.",
        DataKind = DataKinds.Numbers,
        Targets = TargetKinds.None,
        Options = [OptionInfo.Text(Layer, "Name pattern (* matches anything) of the layer's weights, for files that hold several layers.", "*")],
    };

    public IEnumerable<Stream> OpenFiles(DataSpec spec) => [File.OpenRead(DataPath.SingleFile(spec, Remedy))];

    public RawData Read(DataSpec spec)
    {
        using var file = StatisticsFile.Open(DataPath.SingleFile(spec, Remedy));
        var layer = LayerOf(file, new OptionValues(Info, spec.Options).Text(Layer), spec.Path!);
        var training = file.Rows(layer, test: false)!;
        var test = file.Rows(layer, test: true) ?? throw Refused(spec.Path!, $"holds no activations of '{layer}' from the test split");
        return new RawData(Classes: 0, Rows(training), Rows(test)) { TrainingGroups = training.Examples, ScalesAlike = true };
    }

    private static string LayerOf(StatisticsFile file, string pattern, string path)
    {
        var layers = file.WithRows;
        if (layers.Count == 0)
            throw Refused(path, "holds sums alone, and no activations");
        var matched = layers.Where(l => NamePattern.Matches(pattern, l)).ToList();
        if (matched.Count == 1)
            return matched[0];
        throw new DomainException(
            FailureCodes.InvalidOption,
            $"data.options.{Layer} is '{pattern}', which matches {(matched.Count == 0 ? "no layer" : NameList.Quoted(matched))} of the activations.",
            (matched.Count == 0 ? NamePattern.Question([pattern], layers) : null) ?? $"Name one of {NameList.Quoted(layers)}.");
    }

    private static Examples Rows(LayerRows rows) => Examples.Rows(rows.Inputs, rows.Numbers);

    private static DomainException Refused(string path, string problem) => DataPath.Refused(path, problem, Remedy);
}
