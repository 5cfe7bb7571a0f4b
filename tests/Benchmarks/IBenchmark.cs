namespace SparsePipeline.Benchmarks;

/// <summary>One benchmark; a new one is a class and a line in <see cref="BenchmarkList"/>.</summary>
public interface IBenchmark
{
    /// <summary>Kebab-case name on the command line.</summary>
    string Name { get; }

    /// <summary>Measures. Everything is compared with something measured in the same run.</summary>
    Task<IReadOnlyList<BenchmarkResult>> RunAsync(BenchmarkSettings settings, CancellationToken cancellationToken);
}
