using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Models;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics;

/// <summary>The networks that are evaluated as one: mostly a single one, or several that predict together.</summary>
internal sealed class Jury : IDisposable
{
    private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> _networks = [];
    private readonly DataSplits _data;
    private readonly IReadOnlyList<IMetric> _metrics;

    /// <exception cref="DomainException">A checkpoint is corrupt, not finite or does not fit.</exception>
    public Jury(ModelSpec model, DataSplits data, IReadOnlyList<string> checkpoints, string? script = null, IReadOnlyList<IMetric>? metrics = null)
    {
        (_data, _metrics) = (data, metrics ?? []);
        try
        {
            foreach (var checkpoint in checkpoints)
                _networks.Add(Networks.Load(model, data, checkpoint, script));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Of one prediction: the sum over all networks; null for scripts.</summary>
    public Flops? Flops() => _networks.Select(n => Metrics.Flops.Of(n, _data.Shape))
        .Aggregate((a, b) => a is null || b is null ? null : new(a.Dense + b.Dense, a.Sparse + b.Sparse));

    /// <summary>How the networks do on a split, and on each of its examples.</summary>
    /// <exception cref="DomainException"><see cref="FailureCodes.NotFinite"/>: a network's outputs overflow.</exception>
    public MeasuredSplit Measure(Examples split)
    {
        var scorer = Scoring.Measure(_networks, split, _data, _metrics);
        return new(scorer.Report(), scorer.Correctness(), scorer.Values());
    }

    public void Dispose() => _networks.ForEach(n => n.Dispose());
}
