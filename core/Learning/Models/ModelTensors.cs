using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>What the checkpoints of a model hold, before there is one.</summary>
public static class ModelTensors
{
    /// <summary>Names, types and shapes; tied weights once.</summary>
    /// <param name="model">A model.</param>
    /// <param name="data">Gives the numbers of inputs and classes.</param>
    /// <param name="script">File of the model's script; null for models that are built in.</param>
    /// <exception cref="DomainException">The model is unknown, an option is wrong or the data does not fit.</exception>
    public static IReadOnlyList<TensorInfo> Of(ModelSpec model, DataSplits data, string? script = null)
    {
        using var network = Networks.Build(model, data, script);
        using var scope = torch.NewDisposeScope();
        return
        [
            .. TiedWeights.Of(network).Tensors.OrderBy(t => t.Key, StringComparer.Ordinal)
                .Select(t => new TensorInfo(t.Key, t.Value.dtype == torch.ScalarType.Int64 ? TensorType.I64 : TensorType.F32, [.. t.Value.shape])),
        ];
    }

    /// <summary>Holds what a recipe says about tensors against the model.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.InvalidOption"/> with every pattern that matches nothing, or as above.</exception>
    public static void Check(TensorSelection selection, ModelSpec model, DataSplits data, string? script = null) =>
        SelectionCheck.Ensure(Of(model, data, script), script is null ? selection : selection with { Roles = ScriptRoles.Of(script) });
}
