namespace SparsePipeline.Benchmarks;

/// <summary>One benchmark; a new one is a class and a line in <see cref="BenchmarkList"/>.</summary>
public interface IBenchmark
{
    /// <summary>Kebab-case name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures, and gives each figure as it is known. Everything is compared with something measured in the same run.</summary>
    IAsyncEnumerable<BenchmarkResult> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken);
}
