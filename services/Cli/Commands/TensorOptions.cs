using System.CommandLine;
using System.Globalization;
using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;

namespace SparsePipeline.Cli.Commands;

/// <summary>What commands that cut are told about tensors, by patterns over their names.</summary>
internal static class TensorOptions
{
    public static readonly Option<string[]> Include = new("--include")
    {
        Description = "Matrices and kernels pruned although they are embeddings or the like; * matches anything; may be repeated.",
        HelpName = "PATTERN",
    };

    public static readonly Option<string[]> Exclude = new("--exclude") { Description = "Tensors never pruned; * matches anything; may be repeated.", HelpName = "PATTERN" };

    public static readonly Option<string[]> Layer = new("--layer")
    {
        Description = "A sparsity of their own for the tensors a pattern matches; may be repeated.",
        HelpName = "PATTERN=FRACTION",
    };

    public static readonly Option<string?> OutputLayer = new("--output-layer")
    {
        Description = "The network's last layer, whose rows no structure removes, or none; found by shapes and names when left out.",
        HelpName = "NAME",
    };

    /// <summary>All that was said.</summary>
    public static TensorSelection Read(Invocation invocation) => ReadPatterns(invocation) with
    {
        Layers = Sparsities(invocation.Value(Layer) ?? []),
        OutputLayer = invocation.Value(OutputLayer),
    };

    /// <summary>What was said about which tensors are taken, for commands that offer no more.</summary>
    public static TensorSelection ReadPatterns(Invocation invocation) => new()
    {
        Include = invocation.Value(Include) ?? [],
        Exclude = invocation.Value(Exclude) ?? [],
    };

    private static Dictionary<string, double> Sparsities(IEnumerable<string> layers)
    {
        var sparsities = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var layer in layers)
        {
            var at = layer.LastIndexOf('=');
            if (at < 1 || !double.TryParse(layer[(at + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var sparsity))
                throw new DomainException(
                    FailureCodes.InvalidOption, $"--layer '{layer}' is not of the form PATTERN=FRACTION.", "Write for example --layer 'lm_head.*=0.5', with a decimal point.");
            if (!sparsities.TryAdd(layer[..at], sparsity))
                throw new DomainException(FailureCodes.InvalidOption, $"--layer gives '{layer[..at]}' twice.", "Give each pattern once.");
        }

        return sparsities;
    }
}
