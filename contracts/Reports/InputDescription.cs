namespace SparsePipeline.Contracts;

/// <summary>What a network was trained to take and to say: all that is needed beside its weights to use it elsewhere exactly.</summary>
/// <remarks>An input is (raw − <see cref="Mean"/>) / <see cref="Deviation"/>, computed in 64 bits and rounded to 32; text is not standardised.</remarks>
public sealed record InputDescription
{
    /// <summary>One of <see cref="DataKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of one example: [channels, height, width], [columns] or [characters].</summary>
    public required IReadOnlyList<int> Shape { get; init; }

    /// <summary>One per channel or column, of the raw values of the training examples; empty for text.</summary>
    public IReadOnlyList<double> Mean { get; init; } = [];

    /// <summary>As <see cref="Mean"/>; 1 for what is constant.</summary>
    public IReadOnlyList<double> Deviation { get; init; } = [];

    /// <summary>What the network says in place of classes, of data with a real number for each example; null for other data.</summary>
    public TargetDescription? Target { get; init; }

    /// <summary>What a text's numbers stand for, where that is not one character each; null otherwise.</summary>
    public string? Tokens { get; init; }

    /// <summary>Names of the columns in the order of the inputs; null where the data names none.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>Names of the classes in the order of the logits; of text, the tokens of <see cref="Vocabulary"/>. Empty for data without classes.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>The character or other token that each number stands for, of text; the first is empty and stands for every character that is not there. Null for other data.</summary>
    public IReadOnlyList<string>? Vocabulary { get; init; }
}
