using SparsePipeline.Contracts;
using SparsePipeline.Learning.Data;
using SparsePipeline.Learning.Data.Corruption;
using SparsePipeline.Learning.Methods;

namespace SparsePipeline.Learning.Metrics;

/// <summary>The kinds and severities of corruption that a spec asks for.</summary>
internal sealed class CorruptionSuite
{
    private readonly IReadOnlyList<ICorruption> _kinds;
    private readonly IReadOnlyList<int> _severities;

    /// <exception cref="DomainException">A kind is unknown or not made for such data, or a severity is out of range.</exception>
    public CorruptionSuite(EvaluateSpec spec, InputShape data)
    {
        _kinds = [.. (spec.Corruptions ?? []).Select(Corruptions.Registry.Find)];
        foreach (var kind in _kinds)
            DataKindCheck.Run(kind.Info, data);
        _severities = spec.Severities ?? Severities.All;
        Severities.Check(_severities);
    }

    /// <summary>Measures the test split under each, one kind after the other.</summary>
    /// <param name="jury">What is measured.</param>
    /// <param name="data">The splits.</param>
    /// <param name="progress">Told the name of each kind before it is measured and the share of kinds that is done.</param>
    /// <param name="cancellationToken">Looked at before each kind.</param>
    public IReadOnlyList<CorruptionReport> Measure(Jury jury, DataSplits data, Action<string, double>? progress, CancellationToken cancellationToken)
    {
        var forms = CorruptedSplits.Of(data.Test);
        var reports = new List<CorruptionReport>();
        foreach (var kind in _kinds)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Invoke(kind.Info.Name, (double)reports.Count / _kinds.Count);
            reports.Add(new CorruptionReport
            {
                Name = kind.Info.Name,
                Severities = [.. _severities.Select(s => new SeverityReport(s, jury.Measure(forms.Find(kind, s)).Report))],
            });
        }
        return reports;
    }
}
