using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using SparsePipeline.Learning.Models.TorchScript;
using TorchSharp;

namespace SparsePipeline.Learning.Calibration;

/// <summary>
/// Measures BatchNorm statistics again over a fixed share of the training data: after a merge those of the members no longer fit.
/// </summary>
/// <remarks>
/// As SMS (Zimmer, Spiegel, Pokutta 2024, arXiv 2306.16788), but: cumulative average instead of momentum 0.1, so that the result
/// does not hang on the last batches; fixed examples in test-time transforms instead of augmented ones, so that it repeats;
/// a share of 0 leaves the statistics alone instead of breaking the network; all BatchNorms, not only 2d.
/// </remarks>
internal static class BatchNormRecalibration
{
    /// <summary>Examples per batch, where the share holds as many; only full batches are used, because the cumulative average weighs all the same.</summary>
    public const int BatchSize = 64;

    /// <summary>One example has no variance.</summary>
    private const int SmallestBatch = 2;

    /// <summary>Recalibrates in place; null when there is nothing to do.</summary>
    /// <param name="network">Left in evaluation mode.</param>
    /// <param name="data">Its training split is used.</param>
    /// <param name="splitSeed">The data's split seed, from which the choice of examples derives.</param>
    /// <param name="share">Share of the training examples in [0, 1].</param>
    /// <param name="trainingBatch">Examples of an update: a share that holds fewer than <see cref="BatchSize"/> is taken in batches of these.</param>
    /// <param name="mostBatches">Fewer than the share has, for a look at whether it can be done at all; null for all.</param>
    /// <exception cref="DomainException">The share is outside [0, 1] or below one batch.</exception>
    public static RecalibrationReport? Run(
        torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data, long splitSeed, double share, int trainingBatch = BatchSize, int? mostBatches = null)
    {
        network.eval();
        var norms = network.modules().OfType<BatchNorm>().ToList();
        var scripted = network is TorchScriptNetwork script ? script.Norms() : [];
        if (share == 0 || norms.Count + scripted.Count == 0)
            return null;
        var (batches, batch) = Batches(data.Training.Count, share, trainingBatch);
        var report = new RecalibrationReport(Math.Min(batches, mostBatches ?? batches), batch, SeedDerivation.Derive(splitSeed, "recalibration"));
        norms.ForEach(Reset);
        Forward(network, data, report, scripted);
        norms.ForEach(n => n.Cumulative = false);
        network.eval();
        return report;
    }

    private static (int Count, int Size) Batches(int examples, double share, int trainingBatch)
    {
        var chosen = share is > 0 and <= 1 ? (int)(examples * share) : 0;
        var size = chosen >= BatchSize ? BatchSize : Math.Clamp(trainingBatch, SmallestBatch, BatchSize);
        return chosen >= size
            ? (chosen / size, size)
            : throw new DomainException(
                FailureCodes.InvalidOption,
                $"recalibration {share} of {examples} training examples is {chosen}, less than one batch of {size}.",
                "Choose a larger share up to 1, or 0 to leave the statistics alone.");
    }

    /// <summary>Only the norms go into training mode: dropout stays off.</summary>
    private static void Reset(BatchNorm norm)
    {
        norm.ResetStatistics();
        norm.Cumulative = true;
        norm.train();
    }

    private static void Forward(
        torch.nn.Module<torch.Tensor, torch.Tensor> network, DataSplits data, RecalibrationReport report, IReadOnlyList<ScriptNorm> scripted)
    {
        using var off = torch.no_grad();
        var reader = new BatchReader(data.Training, data);
        var order = SeededRandom.Permutation(reader.Count, report.Seed);
        if (scripted.Count > 0)
            Measure(scripted, () => Forward(0));
        for (var batch = 0; batch < report.Batches; batch++)
        {
            Forward(batch);
            foreach (var norm in scripted)
                norm.Count();
        }
        foreach (var norm in scripted)
            norm.End();

        void Forward(int batch)
        {
            using var scope = torch.NewDisposeScope();
            data.Task.Predict(network, reader.Read(order.AsSpan(batch * report.BatchSize, report.BatchSize)));
        }
    }

    /// <summary>A script does not say its momentum; one batch shows it.</summary>
    private static void Measure(IReadOnlyList<ScriptNorm> norms, Action forward)
    {
        foreach (var norm in norms)
            norm.BeginMomentum();
        forward();
        foreach (var norm in norms)
            norm.EndMomentum();
    }
}
