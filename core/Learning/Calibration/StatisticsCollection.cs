using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using TorchSharp;

namespace SparsePipeline.Learning.Calibration;

/// <summary>Collects what comes into the layers of a network on a fixed sample of the training data.</summary>
public static class StatisticsCollection
{
    /// <summary>Examples at a time.</summary>
    private const int BatchSize = 64;

    /// <summary>Writes the statistics of all linear layers and ungrouped convolutions, as <see cref="StatisticsFile"/> reads them.</summary>
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="spec">Its architecture, the size and the seed of the sample.</param>
    /// <param name="data">The data set, loaded; the sample is drawn from its training split, in test-time transforms.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <remarks>Sums are taken in 64 bits, batch after batch in the order of the sample; a layer that is used several times sees all its uses.</remarks>
    /// <exception cref="DomainException">
    /// The checkpoint is corrupt, not finite or does not fit; the model is a script (<see cref="FailureCodes.InvalidModel"/>); or what comes into a layer is
    /// not finite (<see cref="FailureCodes.NotFinite"/>).
    /// </exception>
    public static void Run(string checkpoint, CollectSpec spec, DataSplits data, string output, CancellationToken cancellationToken)
    {
        if (spec.Model.Name == TorchScriptArchitecture.Name)
            throw new DomainException(
                FailureCodes.InvalidModel,
                "Model torchscript shows no layers, so nothing can be collected of what comes into them: libtorch runs a script as a whole.",
                "Use a pruner that goes by weights alone, such as 'global-magnitude'.");
        using var network = Networks.Load(spec.Model, data, checkpoint);
        network.eval();
        using var off = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        var others = TiedWeights.Of(network).Others;
        List<LayerInputs> layers = [.. network.named_modules().Select(m => LayerInputs.Of(m.name, m.module, others, spec.Products)).OfType<LayerInputs>()];
        Forward(network, spec, data, cancellationToken);
        layers.ForEach(l => l.Unhook());
        StatisticsFile.Write(output, [.. layers.Where(l => l.Count > 0).Select(l => l.Read())]);
    }

    private static void Forward(torch.nn.Module<torch.Tensor, torch.Tensor> network, CollectSpec spec, DataSplits data, CancellationToken cancellationToken)
    {
        var reader = new BatchReader(data.Training, data.Inputs);
        var sample = SeededRandom.Permutation(reader.Count, spec.Seed).AsSpan(0, Math.Min(spec.Examples, reader.Count));
        for (var start = 0; start < sample.Length; start += BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = torch.NewDisposeScope();
            network.call(reader.Read(sample.Slice(start, Math.Min(BatchSize, sample.Length - start))).Inputs);
        }
    }
}
