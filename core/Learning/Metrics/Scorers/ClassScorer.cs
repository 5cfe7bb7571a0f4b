using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Runtime;
using TorchSharp;

namespace SparsePipeline.Learning.Metrics.Scorers;

/// <summary>Measures predictions of classes from logits; several networks predict by <see cref="SoftVote"/>.</summary>
internal sealed class ClassScorer(DataSplits data, Examples split, IReadOnlyList<IMetric> further) : IScorer
{
    private readonly ClassificationMetrics _metrics = new(data.Classes, split.Shape.Positions, further);
    private readonly int[]? _lengths = data.Tokens is null ? null : [.. data.Vocabulary!.Select(t => Math.Max(1, t.EnumerateRunes().Count()))];
    private long _characters;

    public void Add(IReadOnlyList<torch.Tensor> outputs, Batch batch)
    {
        var vote = SoftVote.Of([.. outputs.Select(o => HostMemory.Values<float>(torch.nn.functional.log_softmax(o, 1)).ToArray())]);
        var classes = HostMemory.Values<long>(batch.Targets!);
        if (_lengths is not null)
            foreach (var token in classes)
                _characters += _lengths[token];
        _metrics.Add(vote, classes);
    }

    public SplitReport Report() => _metrics.Report(split.Shape.Kind) is var report && _lengths is null
        ? report
        : report with { BitsPerCharacter = report.Loss * report.Examples / _characters / Math.Log(2) };

    public CorrectExamples Correctness() => _metrics.Correctness();
}
