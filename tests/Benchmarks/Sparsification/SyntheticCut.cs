using SparsePipeline.Checkpoints;
using SparsePipeline.Contracts;
using SparsePipeline.Sparsification.Pruning;

namespace SparsePipeline.Benchmarks;

/// <summary>A global magnitude cut of one large mapped tensor, ready to be timed in parts.</summary>
internal sealed class SyntheticCut : IDisposable
{
    public const double Sparsity = 0.9;
    private const long FullCount = 100_000 * 1024;
    private readonly LargeFiles _files;

    public SyntheticCut(BenchmarkSettings settings)
    {
        Count = (long)(FullCount / 1024 * settings.Scale) * 1024;
        _files = new LargeFiles(settings, 2 * Count * sizeof(float));
        State = StateDict.Open(_files.Write("dense", Count, 1));
        var request = new PruneRequest { Method = MethodSpec.Of("global-magnitude"), Sparsity = Sparsity };
        var cut = PlannedCut.Of(State, request);
        Scores = new CheckpointScores(State, cut, request, Environment.ProcessorCount);
        Group = cut.Allocation.Allocate(Scores, cut.Keep).Single();
    }

    public long Count { get; }

    public StateDict State { get; }

    public CheckpointScores Scores { get; }

    public CutGroup Group { get; }

    public string NewPath(string name) => _files.NewPath(name);

    public void Dispose()
    {
        State.Dispose();
        _files.Dispose();
    }
}
