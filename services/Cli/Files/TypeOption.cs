using System.CommandLine;
using SparsePipeline.Checkpoints;

namespace SparsePipeline.Cli.Files;

/// <summary><c>--dtype</c>: the type in which floating-point tensors are written.</summary>
internal static class TypeOption
{
    private const string Keep = "keep";
    private static readonly TensorType[] Types = [TensorType.F32, TensorType.F16, TensorType.BF16, TensorType.F64];

    static TypeOption() => Option.AcceptOnlyFromAmong([Keep, .. Types.Select(Name)]);

    public static Option<string> Option { get; } = new("--dtype")
    {
        Description = "Type of the floating-point tensors that are written, rounded to nearest, ties to even; keep leaves each its own.",
        HelpName = string.Join('|', [Keep, .. Types.Select(Name)]),
        DefaultValueFactory = _ => Keep,
    };

    /// <summary>The type asked for; null to keep each tensor's own.</summary>
    public static TensorType? Of(Invocation invocation) =>
        Types.Where(t => Name(t) == invocation.Value(Option)).Select(t => (TensorType?)t).FirstOrDefault();

    private static string Name(TensorType type) => type.HeaderName().ToLowerInvariant();
}
