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
    /// <summary>Writes the statistics of all linear layers and ungrouped convolutions, as <see cref="StatisticsFile"/> reads them.</summary>
    /// <param name="checkpoint">Safetensors file.</param>
    /// <param name="spec">Its architecture, the size and the seed of the sample.</param>
    /// <param name="data">The data set, loaded; the sample is drawn from its training split, in test-time transforms.</param>
    /// <param name="output">The file to write.</param>
    /// <param name="cancellationToken">Looked at before each batch.</param>
    /// <param name="cut">
    /// Cuts each layer when what comes into it is known, so that later layers see what the cut ones say; null leaves the network as it is. Takes one pass
    /// over the sample for each layer, in the order in which the network calls them.
    /// </param>
    /// <returns>How many layers were looked at, on how many examples, and how often.</returns>
    /// <remarks>Sums are taken in 64 bits, batch after batch in the order of the sample; a layer that is used several times sees all its uses.</remarks>
    /// <exception cref="DomainException">
    /// The checkpoint is corrupt, not finite or does not fit; the model is a script (<see cref="FailureCodes.InvalidModel"/>); what comes into a layer is
    /// not finite (<see cref="FailureCodes.NotFinite"/>); or a pattern matches no layer (<see cref="FailureCodes.InvalidOption"/>).
    /// </exception>
    public static CollectedSample Run(string checkpoint, CollectSpec spec, DataSplits data, string output, CancellationToken cancellationToken, ILayerCut? cut = null)
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
        var pass = new SamplePass(network, data, cancellationToken);
        var others = TiedWeights.Of(network).Others;
        List<LayerInputs> all = [.. network.named_modules().Select(m => LayerInputs.Of(m.name, m.module, others, spec.Products, spec.OutputProducts)).OfType<LayerInputs>()];
        var layers = InOrderOfCalls(all, pass);
        var sample = Sample(data.Training, spec.Seed, spec.Examples);
        var activations = new StoredActivations(spec, layers, sample.Length, data.Test.Count);
        var gradients = spec.Gradients ? ExampleGradients.Of(network, data, sample, cancellationToken) : null;
        using var writer = StatisticsWriter.Create(output, [.. layers.Select(l => activations.Plan(l.Layer, spec.Products))], gradients);
        foreach (var group in cut is null ? [[.. layers.Select(l => l.Layer)]] : layers.Select(l => new[] { l.Layer }))
            Sum(group, activations, pass, sample, cut, writer);
        foreach (var layer in layers.Select(l => l.Layer))
            layer.Sample = activations.SampleOf(layer, test: true, writer);
        if (spec.Activations is { TestRows: > 0 } asked)
            pass.Run(data.Test, Sample(data.Test, SeedDerivation.Derive(spec.Seed, "test"), asked.TestRows), [.. layers.Select(l => l.Layer)]);
        all.ForEach(l => l.Unhook());
        writer.Complete();
        return new CollectedSample(layers.Count, sample.Length, cut is null ? 1 : layers.Count);
    }

    /// <summary>Sums what comes into some layers, and cuts them when it is known.</summary>
    private static void Sum(LayerInputs[] layers, StoredActivations activations, SamplePass pass, int[] sample, ILayerCut? cut, StatisticsWriter writer)
    {
        foreach (var layer in layers)
            (layer.Sums, layer.Sample) = (true, activations.SampleOf(layer, test: false, writer));
        pass.Run(pass.Data.Training, sample, layers);
        foreach (var layer in layers)
        {
            (layer.Sums, layer.Sample) = (false, null);
            var statistics = layer.Read();
            writer.Write(statistics);
            if (cut?.Cut(statistics) is { } weights)
                layer.Replace(weights);
        }
    }

    /// <summary>The layers that a network uses, in the order in which it calls them first, each with the rows that come into it for one example.</summary>
    private static List<(LayerInputs Layer, long Rows)> InOrderOfCalls(List<LayerInputs> all, SamplePass pass)
    {
        var called = new List<LayerInputs>();
        foreach (var layer in all)
            (layer.Sums, layer.Called) = (true, l => { if (!called.Contains(l)) called.Add(l); });
        pass.Run(pass.Data.Training, [0], []);
        var rows = called.ConvertAll(l => (l, l.Count));
        foreach (var layer in all)
        {
            (layer.Sums, layer.Called) = (false, null);
            layer.Reset();
        }

        return rows;
    }

    private static int[] Sample(Examples examples, long seed, int wanted) => SeededRandom.Permutation(examples.Count, seed)[..Math.Min(wanted, examples.Count)];
}
