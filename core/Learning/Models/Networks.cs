using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Methods;
using SparsePipeline.Learning.Models.TorchScript;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Models;

/// <summary>Builds networks from specs.</summary>
internal static class Networks
{
    /// <summary>A network with arbitrary weights, those of the script if it comes from one, on the device of this process; the caller disposes it.</summary>
    /// <exception cref="DomainException">The model is unknown, an option is wrong or the data does not fit.</exception>
    public static torch.nn.Module<torch.Tensor, torch.Tensor> Build(ModelSpec spec, DataSplits data, string? script = null)
    {
        var architecture = Architectures.Registry.Find(spec.Name);
        DataKindCheck.Run(architecture.Info, data.Shape);
        ModelTaskCheck.Run(architecture.Info, data.Task.Info);
        var options = new OptionValues(architecture.Info, spec.Options);
        var network = script is not null && architecture is TorchScriptArchitecture
            ? TorchScriptArchitecture.Load(script, data.Shape, data.Task.Outputs)
            : architecture.Build(data.Shape, data.Task.Outputs, options);
        if (ComputeDevice.IsDevice)
            Move(network, spec);
        return network;
    }

    /// <summary>A network with the weights of a checkpoint.</summary>
    /// <exception cref="DomainException">As above, or the checkpoint is corrupt, not finite or of another shape.</exception>
    public static torch.nn.Module<torch.Tensor, torch.Tensor> Load(ModelSpec spec, DataSplits data, string checkpoint, string? script = null)
    {
        var network = Build(spec, data, script);
        try
        {
            InputOrder.Ensure(WeightTransfer.MetadataOf(checkpoint), data);
            WeightTransfer.Load(network, checkpoint);
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // The library copies a tensor once for every name it has.
    private static void Move(torch.nn.Module<torch.Tensor, torch.Tensor> network, ModelSpec spec)
    {
        using var scope = torch.NewDisposeScope();
        var tied = TiedWeights.Of(network).Others.Count;
        network.to(ComputeDevice.Current);
        if (TiedWeights.Of(network).Others.Count == tied)
            return;
        network.Dispose();
        throw new DomainException(
            FailureCodes.InvalidModel,
            $"Model {spec.Name} uses tensors under several names, and moving it to {ComputeDevice.Current} would part them.",
            "Set Runners:Device to cpu, or give embedding and head weights of their own.");
    }
}
