using System.Collections.Frozen;
using SparsePipeline.Contracts;

namespace SparsePipeline.Runner;

/// <summary>The jobs of this runner by name.</summary>
internal sealed class JobTable
{
    private readonly FrozenDictionary<string, IRunnerJob> _jobs;

    public JobTable(IEnumerable<IRunnerJob> jobs)
    {
        var all = jobs.ToArray();
        var twice = all.GroupBy(j => j.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new InvalidOperationException($"Two jobs are named '{twice.Key}'.");
        _jobs = all.ToFrozenDictionary(j => j.Name, StringComparer.Ordinal);
    }

    /// <summary>The job; throws <see cref="DomainException"/> with the known names when there is none.</summary>
    public IRunnerJob Find(string? name) => _jobs.TryGetValue(name ?? "", out var job) ? job : throw new DomainException(
        FailureCodes.UnknownMethod,
        $"This runner has no job '{name}'.",
        $"Known jobs: {string.Join(", ", _jobs.Keys.Order(StringComparer.Ordinal))}.");
}
