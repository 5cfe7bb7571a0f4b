using SparsePipeline.Checkpoints;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Sparsification.Souping;

/// <summary>The files of an average on its way to another cut, beside the output; gone with it.</summary>
public sealed class AverageFiles : IDisposable
{
    private StatisticsFile? _statistics;
    private SolutionFile? _solution;

    internal AverageFiles(string output)
    {
        (Checkpoint, Mask) = (TemporaryName.Beside(output), TemporaryName.Beside(output));
        (Recalibrated, Statistics, Solution) = (TemporaryName.Beside(output), TemporaryName.Beside(output), TemporaryName.Beside(output));
    }

    /// <summary>The average, as it was merged.</summary>
    public string Checkpoint { get; }

    /// <summary>The mask that the cut stays within.</summary>
    public string Mask { get; }

    /// <summary>Room for the average with recalibrated BatchNorm statistics, by which the layers see what they would.</summary>
    public string Recalibrated { get; }

    /// <summary>Gets what comes into the layers, as <see cref="StatisticsFile"/> reads it.</summary>
    public string Statistics { get; }

    /// <summary>Gets the layers, if they are solved on the way, as <see cref="SolutionFile"/> reads them.</summary>
    public string Solution { get; }

    /// <summary>The cut with what was collected for it.</summary>
    internal async Task<PruneRequest> WithStatisticsAsync(PruneRequest recut, SparsityMask ceiling, AverageCollector collect, CancellationToken cancellationToken)
    {
        ceiling.Save(Mask);
        var solved = await collect(this, cancellationToken);
        _statistics = StatisticsFile.Open(Statistics);
        _solution = solved ? SolutionFile.Open(Solution) : null;
        return recut with { Statistics = _statistics, Solution = _solution };
    }

    public void Dispose()
    {
        _statistics?.Dispose();
        _solution?.Dispose();
        foreach (var file in new[] { Checkpoint, Mask, Recalibrated, Statistics, Solution })
            File.Delete(file);
    }
}
