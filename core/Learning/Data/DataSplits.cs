using SparsePipeline.Contracts;
using SparsePipeline.Learning.Tasks;
using SparsePipeline.Learning.Tasks.Kinds;

namespace SparsePipeline.Learning.Data;

/// <summary>A data set, split.</summary>
public sealed record DataSplits
{
    /// <summary>Number of classes; labels are below it. 0 for data without classes.</summary>
    public required int Classes { get; init; }

    public required Examples Training { get; init; }

    public required Examples Validation { get; init; }

    public required Examples Test { get; init; }

    /// <summary>Natural shifts by name: other writers, other fonts, … Empty when the data set has none.</summary>
    public required IReadOnlyDictionary<string, Examples> Shifts { get; init; }

    public required Standardization Inputs { get; init; }

    /// <summary>Names of the classes by their number; null calls them by it.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Names of the columns of rows, where the data names them.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The character or other token of every number of a text.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }

    /// <summary>What a text's numbers stand for, where that is not one character each; null otherwise.</summary>
    public string? Tokens { get; init; }

    /// <summary>How real targets are standardised; null for other data.</summary>
    public TargetScale? Target { get; init; }

    /// <summary>What networks are to do with it.</summary>
    internal LearningTask Task { get => field ??= new ClassificationTask.Work(this); init; }

    public InputShape Shape => Training.Shape;

    /// <summary>What a network trained on this takes and says, for whoever uses it elsewhere.</summary>
    public InputDescription Describe() => new()
    {
        Kind = Shape.Kind,
        Shape = Shape.Kind == DataKinds.Images ? [Shape.Channels, Shape.Height, Shape.Width] : [Shape.Size],
        Mean = Inputs.Means(Shape),
        Deviation = Inputs.Deviations(Shape),
        Columns = Columns,
        Labels = Labels ?? ClassNumbers.Of(Classes),
        Vocabulary = Vocabulary,
        Tokens = Tokens,
        Target = Target is { } target ? new(target.Name, target.Mean, target.Deviation) : null,
    };
}
