namespace SparsePipeline.Checkpoints;

/// <summary>What somebody says about the tensors of a cut beyond the rule. Patterns are over whole names, <c>*</c> and <c>?</c> as in file names.</summary>
public sealed record TensorSelection
{
    /// <summary>Matrices and kernels that are pruned although the rule leaves them out.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Tensors never pruned, whatever else matches them.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>Sparsities of their own, in [0, 1), of the pruned tensors that a pattern matches.</summary>
    public IReadOnlyDictionary<string, double> Layers { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Weights of the network's last layer, <see cref="NoOutputLayer"/>, or null to find it.</summary>
    public string? OutputLayer { get; init; }

    /// <summary>What tensors are, by the structure of the model, where it is known; the others are judged by name and shape.</summary>
    public IReadOnlyDictionary<string, TensorRole> Roles { get; init; } = new Dictionary<string, TensorRole>(StringComparer.Ordinal);

    /// <summary>Why the structure of the model could not be read, in a sentence; null where it could, or where nobody gave one.</summary>
    public string? Unread { get; init; }

    /// <summary>Stands for no last layer: all layers are cut alike.</summary>
    public const string NoOutputLayer = "none";

    /// <summary>The rule alone.</summary>
    public static TensorSelection Default { get; } = new();

    /// <summary>The sparsity a tensor has of its own, or null.</summary>
    public double? SparsityOf(string name) => Layers.Where(l => NamePattern.Matches(l.Key, name)).Select(l => (double?)l.Value).FirstOrDefault();
}
